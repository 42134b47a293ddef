import Values

/// A first table definition in YAML for each kind of export, that an analyst then corrects.
///
/// They hold headings, but no cells other than what stands for no value. Where a file cannot be
/// read, its draft is a comment that says so. Files that differ in the number at the end of their
/// names alone are parts of one table, unless their headings differ: they are drafted once, where
/// the first of them stands. A number such as that of `Rep014.csv` names the table, unless others of
/// the series have the same headings.
public func draftDefinitions(from looks: [FileLook]) -> [String] {
  let series = Dictionary(grouping: looks.compactMap(\.draft), by: \.name)
  let single = looks.map { look -> DraftTable? in
    guard var draft = look.draft else { return nil }
    draft.takeName(among: series[draft.name] ?? [])
    draft.takers = look.definitions.filter(\.isByName).map {
      DraftTable.Taker(table: $0.table, source: $0.source)
    }
    return draft
  }
  let alike = Dictionary(grouping: single.compactMap(\.self), by: \.kind)
  var told: Set<DraftTable.Kind> = []
  let drafts = single.map { draft -> DraftTable? in
    guard let draft, told.insert(draft.kind).inserted else { return nil }
    return draft.joined(with: Array((alike[draft.kind] ?? []).dropFirst()))
  }
  let all = drafts.compactMap(\.self)
  var named: Set<String> = []
  return looks.indices.compactMap { number -> String? in
    if single[number] == nil {
      let path = DraftWriter.quoted(looks[number].file.relativePath)
      return "# \(path) shows no headings to draft a table from.\n"
    }
    guard var draft = drafts[number] else { return nil }
    draft.refer(toChildrenAmong: all)
    // A draft without a field is a remark, which names no table.
    if draft.names.contains(where: { $0 != nil }) {
      draft.isNamedAgain = !named.insert(draft.name).inserted
    }
    return DraftWriter(draft: draft).yaml
  }
}

/// Whether the files of a series do not all have the same headings.
private func hasOtherHeadings(_ series: [DraftTable]) -> Bool {
  Set(series.map { Set($0.headings.map(normalHeading)) }).count > 1
}

extension DraftTable {
  /// Takes the name that it has among the drafts of its series.
  fileprivate mutating func takeName(among series: [DraftTable]) {
    isNumbered = hasOtherHeadings(series)
    let report = DraftNames.reportStem(path)
    let ofReport = series.filter { DraftNames.reportStem($0.path) == report }
    isOfReport = (isNumbered || ofReport.count == series.count) && !hasOtherHeadings(ofReport)
  }

  /// Reads a whole file to see what each column could hold.
  ///
  /// `missing` are the texts that a definition of the file reads as no value, if there is one.
  init(
    _ look: FileLook, _ survey: FileSurvey, quote: UInt8, missing: Set<Text> = []
  ) throws(SystemFault) {
    var columns = look.headings.map { _ in ColumnGuess() }
    let declared = ByteSet(missing)
    var footers: [String] = []
    var wideFooters: [[String]] = []
    let buffer = try LineBuffer(
      look.file.path, survey, quote: quote, settings: ReadSettings(), isDigested: false)
    var reader = RecordReader(buffer, delimiter: look.delimiter ?? .comma, quote: quote)
    _ = try reader.passOver(before: look.headerLine ?? 1)
    var record = Record()
    _ = try reader.next(&record)
    let echo = record
    let headingsEnd = reader.last.number
    let known = KnownFooters()
    var unlikely = UnlikelyRows()
    while true {
      let step = try reader.next(&record)
      if step == .end { break }
      if step == .record, reader.first.number == headingsEnd + 1,
        record.isUnderline(of: look.headings)
      {
        continue
      }
      let isWhole = step == .record && record.count == columns.count
      if reader.text.count < 200 {
        // An export may have several footers below each other.
        let matching = known.matching(reader.text.span)
        footers = matching.isEmpty ? [] : footers + matching.filter { !footers.contains($0) }
        if !matching.isEmpty {
          if isWhole {
            unlikely.take(footer: reader.first.number)
            // A longer series is no footer, and need not be kept.
            if wideFooters.count < 1000 { wideFooters.append(record.texts) }
          }
          continue
        }
      } else {
        footers = []
      }
      wideFooters = []
      unlikely.goOn()
      guard isWhole, !record.isSame(as: echo) else { continue }
      let empty = columns[0].empty
      for column in columns.indices { columns[column].take(record, column, declared: declared) }
      unlikely.take(record, line: reader.first.number, isEmpty: columns[0].empty > empty)
    }
    self.init(path: look.file.relativePath, headings: look.headings, columns, footers: footers)
    self.unlikely = unlikely
    self.wideFooters = wideFooters
    if let own = look.delimiter, !HeaderSearch.delimiters.contains(own) { delimiter = own }
  }
}

extension Record {
  /// Whether both have the same cells.
  fileprivate func isSame(as other: Record) -> Bool {
    count == other.count
      && (0..<count).allSatisfy { column in
        bytes.span.extracting(fields[column].range).equals(
          other.bytes.span.extracting(other.fields[column].range))
      }
  }
}
