import Diagnostics

extension TableReader {
  /// Assigns the columns of a file to the fields, and reports what is wrong with its headings.
  mutating func take(_ headings: Headings, into run: inout FileRun) {
    run.recordSum?.use(headings, definition)
    run.report.delimiter = headings.delimiter
    run.report.headerLine = headings.line
    run.report.unknownHeadings = headings.unknown
    let near = nearHeadings(headings)
    var missing: [String] = []
    for number in fields.indices {
      let columns = headings.columns[number]
      fields[number].take(headings.texts, column: columns.first)
      if headings.has(number) {
        table.hasHeading[number] = true
      } else {
        table.lacksHeading[number] = true
        let fault = missingHeading(number, headings, near: near[number])
        if let fault {
          run.report.faults.append(fault)
        } else {
          let hint = near[number].map { " (perhaps “\($0)”)" } ?? ""
          missing.append(definition.fields[number].name + hint)
        }
      }
      if columns.count > 1 {
        run.report.faults.append(
          .doubleHeading(definition.fields[number], headings, columns: columns))
      }
    }
    // By their indices: copying the reader of a field is expensive.
    run.report.labels = fields.indices.map { fields[$0].label }
    let key = definition.primaryKey
    hasKey = !key.isEmpty && key.allSatisfy(headings.has)
    keyPlaces = (hasKey ? key : Array(fields.indices)).compactMap {
      fields[$0].column < 0 ? nil : (fields[$0].column, fields[$0].checks)
    }
    if !headings.unknown.isEmpty {
      let named = headings.unknown.prefix(8).map { "“\($0)”" }.joined(separator: ", ")
      let more = headings.unknown.count > 8 ? " and \(headings.unknown.count - 8) more" : ""
      run.report.remarks.append("no field is named by \(named)\(more): not read.")
    }
    if !missing.isEmpty {
      run.report.remarks.append(
        "no column for \(missing.joined(separator: ", ")): absent in every row of this file.")
    }
  }

  private func missingHeading(_ number: Int, _ headings: Headings, near: String?) -> InputFault? {
    guard definition.requiredFields.contains(number) else { return nil }
    return .missingHeading(
      definition.fields[number], isKey: definition.primaryKey.contains(number), near: near,
      line: headings.line)
  }

  /// For each field without a column, the unknown heading that most resembles one of its own.
  ///
  /// A heading can be that of one field alone: the one that it most resembles itself.
  private func nearHeadings(_ headings: Headings) -> [Int: String] {
    let unknown = headings.unknown
    if unknown.isEmpty { return [:] }
    var rivals: [String: [Int]] = [:]
    for number in definition.fields.indices where !headings.has(number) {
      for name in wanted(number) {
        guard let heading = nearestName(to: name, among: unknown) else { continue }
        rivals[heading, default: []].append(number)
        break
      }
    }
    var near: [Int: String] = [:]
    for (heading, numbers) in rivals {
      let nearest = nearestName(to: heading, among: numbers.flatMap { wanted($0) }) ?? ""
      if let number = numbers.first(where: { wanted($0).contains(nearest) }) ?? numbers.first {
        near[number] = heading
      }
    }
    return near
  }

  /// The headings under which a field may stand, and its name.
  private func wanted(_ number: Int) -> [String] {
    let field = definition.fields[number]
    return field.headings + [field.name]
  }
}
