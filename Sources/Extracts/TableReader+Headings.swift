import Diagnostics

extension TableReader {
  /// Assigns the columns of a file to the fields, and reports what is wrong with its headings.
  mutating func take(_ headings: Headings, into run: inout FileRun) {
    run.recordSum?.use(headings, definition)
    run.report.delimiter = headings.delimiter
    run.report.headerLine = headings.line
    run.report.unknownHeadings = headings.unknown
    var missing: [String] = []
    for number in fields.indices {
      let columns = headings.columns[number]
      fields[number].take(headings.texts, column: columns.first)
      if headings.has(number) {
        table.hasHeading[number] = true
      } else {
        table.lacksHeading[number] = true
        let fault = missingHeading(number, headings)
        if let fault {
          run.report.faults.append(fault)
        } else {
          missing.append(name(number, headings))
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

  private func missingHeading(_ number: Int, _ headings: Headings) -> InputFault? {
    guard definition.requiredFields.contains(number) else { return nil }
    return .missingHeading(
      definition.fields[number], isKey: definition.primaryKey.contains(number),
      near: near(number, headings), line: headings.line)
  }

  private func name(_ number: Int, _ headings: Headings) -> String {
    let hint = near(number, headings).map { " (perhaps “\($0)”)" } ?? ""
    return definition.fields[number].name + hint
  }

  /// The unknown heading that most resembles one of the field's.
  private func near(_ number: Int, _ headings: Headings) -> String? {
    let field = definition.fields[number]
    for wanted in field.headings + [field.name] {
      if let near = nearestName(to: wanted, among: headings.unknown) { return near }
    }
    return nil
  }
}
