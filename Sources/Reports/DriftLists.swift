import Exceptions
import WorkingTime

/// `teams/SLUG/drift.csv`: the team manager's list, by worker, worst first.
struct DriftLists: Sendable {
  static let columns = [
    "section", "change", "worker", "rule", "status", "person_id", "table", "record_id", "occasion",
    "from", "due_on", "done_on", "days_late", "days_left", "age_band", "count", "first_seen",
    "runs_open", "message", "fix", "source_file", "source_line",
  ]

  /// What was agreed of waived exceptions.
  let waivers: WaiverWords
  private let report: RunReport
  private let hasLedger: Bool
  private var places: [TeamName: [Place]] = [:]
  private var changes: [TeamName: TeamChanges] = [:]

  /// Where a line's subject is among those of the report: far less than the line itself.
  enum Place {
    case exception(Int32)
    case dueSoon(Int32)
    case ended(Int32)
    case unsettled(Int32)
  }

  /// The number of rows made at a time.
  private static let most = 1_024

  init(_ report: RunReport) {
    self.report = report
    waivers = WaiverWords(report)
    hasLedger = report.news?.previous != nil
    add(report.exceptions) { .exception($0) }
    add(report.dueSoon) { .dueSoon($0) }
    for place in report.exceptions.indices where hasLedger {
      let record = report.exceptions[place].record
      changes[report.exceptions[place].team, default: TeamChanges()].count(record)
    }
    for entry in report.news?.ended ?? [] {
      changes[entry.team, default: TeamChanges()].count(entry)
    }
    add(report.news?.ended ?? []) { .ended($0) }
    add(report.news?.unsettled ?? []) { .unsettled($0) }
  }

  private mutating func add(_ exceptions: [CaseException], _ place: (Int32) -> Place) {
    for number in exceptions.indices
    where DriftItem.Section(exceptions[number].record, hasLedger: hasLedger) != nil {
      places[exceptions[number].team, default: []].append(place(Int32(number)))
    }
  }

  private mutating func add(_ entries: [LedgerEntry], _ place: (Int32) -> Place) {
    for (number, entry) in entries.enumerated() where DriftItem.isListed(entry) {
      places[entry.team, default: []].append(place(Int32(number)))
    }
  }

  /// What makes the list of one team, part by part; it may hold no more than how the team stands.
  func parts(of team: TeamTally) -> [ReportFile.Part] {
    let items = items(of: team)
    let head = head(of: team, items)
    let rows = Workers(items).inOrder.flatMap(\.inOrder)
    let starts = stride(from: 0, to: rows.count, by: Self.most)
    return [{ head }]
      + starts.map { start -> ReportFile.Part in
        { self.rows(rows[start..<min(start + Self.most, rows.count)]) }
      }
  }

  private func head(of team: TeamTally, _ items: [DriftItem]) -> [UInt8] {
    var head = CSVWriter()
    head.row(Self.columns)
    head.summary("standing", text: standing(of: team, \.description))
    for section in DriftItem.Section.allCases {
      head.summary("total", text: section.rawValue, count: items.count { $0.section == section })
    }
    for band in AgeBand.allCases {
      head.summary(
        "ageing", text: "waiting for \(band.rawValue) days", band: band.rawValue,
        count: items.count { $0.band == band })
    }
    return head.bytes
  }

  private func rows(_ items: ArraySlice<DriftItem>) -> [UInt8] {
    var rows = CSVWriter()
    var cells = ExceptionCells()
    for item in items { rows.row(item, waivers, hasPrevious: hasLedger, by: &cells) }
    return rows.bytes
  }

  /// The lines of a team, in no particular order.
  func items(of team: TeamTally) -> [DriftItem] { (places[team.team] ?? []).compactMap(item(at:)) }

  /// The line of a subject; nil if it has none.
  func item(at place: Place) -> DriftItem? {
    func item(_ exception: CaseException) -> DriftItem? {
      DriftItem(exception, at: place, asOf: report.asOf, hasLedger: hasLedger)
    }
    func item(_ entry: LedgerEntry?) -> DriftItem? {
      entry.flatMap { DriftItem($0, at: place, asOf: report.asOf) }
    }
    return switch place {
    case .exception(let number): item(report.exceptions[Int(number)])
    case .dueSoon(let number): item(report.dueSoon[Int(number)])
    case .ended(let number): item(report.news?.ended[Int(number)])
    case .unsettled(let number): item(report.news?.unsettled[Int(number)])
    }
  }

  /// What has changed in a team since the previous run, on all its lists.
  func changes(of team: TeamTally) -> TeamChanges { changes[team.team] ?? TeamChanges() }

  /// How a team stands, in a sentence with its days as `day` writes them.
  func standing(of team: TeamTally, _ day: (CalendarDate) -> String) -> String {
    team.sentence(after: report, day)
  }
}

/// The workers of a team, first those with an error, and among these and the others those whose
/// cases have waited longest.
struct Workers {
  struct Worker {
    let name: String
    let items: [DriftItem]

    /// The items, worst first.
    var inOrder: [DriftItem] {
      // The keys are built once, not for each comparison.
      items.map { (item: $0, key: $0.key) }.sorted { a, b in
        a.item.precedesByAge(b.item) ?? (a.key < b.key)
      }.map(\.item)
    }

    /// Whether not all of the items that can still be done, or are not known to be done, are
    /// warnings.
    let hasError: Bool

    /// The longest wait among such items, and their number.
    let worst: (age: Int, count: Int)

    init(_ name: String, _ items: [DriftItem]) {
      self.name = name
      self.items = items
      let open = items.filter { [.overdue, .failed, .notJudged].contains($0.section) }
      hasError = open.contains { !$0.isWarning }
      worst = (open.compactMap(\.age).max() ?? -1, open.count)
    }
  }

  let inOrder: [Worker]

  init(_ items: [DriftItem]) {
    var byName: [[UInt8]: [DriftItem]] = [:]
    for item in items { byName[Array(item.worker.utf8), default: []].append(item) }
    inOrder = byName.map { Worker(String(decoding: $0, as: UTF8.self), $1) }.sorted {
      a, b in
      if a.hasError != b.hasError { return a.hasError }
      if a.worst != b.worst { return a.worst > b.worst }
      return byteOrder(a.name, b.name) < 0
    }
  }
}

extension CSVWriter {
  /// Adds a row that stands for the team, not for a record.
  fileprivate mutating func summary(
    _ section: String, text: String, band: String = "", count: Int? = nil
  ) {
    plain(section)
    for _ in 0..<13 { plain("") }
    plain(band)
    number(count)
    plain("")
    plain("")
    self.text(text)
    for _ in 0..<3 { plain("") }
    endRow()
  }

  fileprivate mutating func row(
    _ item: DriftItem, _ waivers: WaiverWords, hasPrevious: Bool, by cells: inout ExceptionCells
  ) {
    let exception = item.exception
    let entry = item.entry
    cells.clear()
    if let exception { exception.source.write(exception.record, to: &cells) }
    plain(item.section.rawValue)
    // In the first run with a ledger nothing is new, because there is nothing to compare with.
    let change = hasPrevious ? exception?.change : nil
    plain(change?.rawValue ?? entry?.end?.rawValue ?? entry?.doubt?.rawValue ?? "")
    cell(.worker, of: item, cells, or: item.worker)
    cell(.rule, of: item, cells, or: entry?.key.rule)
    plain((exception?.status ?? entry?.status)?.rawValue ?? "")
    cell(.personID, of: item, cells, or: item.personID)
    cell(.table, of: item, cells, or: entry?.key.table)
    cell(.recordID, of: item, cells, or: entry?.key.record)
    let occasion = exception?.occasion ?? entry?.key.occasion ?? 0
    number(occasion > 0 ? occasion : nil)
    cell(.from, of: item, cells, or: nil)
    cell(.dueOn, of: item, cells, or: entry?.dueOn?.description)
    cell(.doneOn, of: item, cells, or: entry?.doneOn?.description)
    number(cells.daysLate)
    number(item.daysLeft)
    plain(item.band?.rawValue ?? "")
    plain("")
    plain((exception?.firstSeen ?? entry?.firstSeen)?.description ?? "")
    number(exception?.runsOpen)
    if let exception, let agreed = waivers.words(of: exception, \.description) {
      words([exception.message, agreed])
    } else {
      cell(.message, of: item, cells, or: entry?.doubt?.message)
    }
    // The advice of the rule would tell people to do again what they have done.
    if item.section == .late, let advice = exception?.lateAdvice(\.description) {
      text(advice)
    } else {
      cell(.fix, of: item, cells, or: nil)
    }
    cell(.sourceFile, of: item, cells, or: nil)
    number(cells.sourceLine)
    endRow()
  }

  /// Writes a text of an exception as its source has it, or what is known of it if the run does not
  /// list the exception.
  private mutating func cell(
    _ cell: ExceptionCell, of item: DriftItem, _ cells: borrowing ExceptionCells,
    or other: @autoclosure () -> String?
  ) {
    guard let exception = item.exception else { return text(other() ?? "") }
    if let number = ExceptionCells.order.firstIndex(of: cell) {
      self.cell(number, of: cells)
    } else {
      self.cell { exception.source.append(cell, of: exception.record, to: &$0) }
    }
  }
}
