import Exceptions
import WorkingTime

/// `teams/SLUG/drift.csv`: the team manager's weekly list, by worker, worst first.
struct DriftLists {
  static let columns = [
    "section", "change", "worker", "rule", "status", "person_id", "table", "record_id", "occasion",
    "from", "due_on", "done_on", "days_late", "days_left", "age_band", "count", "first_seen",
    "runs_open", "message", "fix", "source_file", "source_line",
  ]

  /// What was agreed of waived exceptions.
  let waivers: WaiverWords
  private let report: RunReport
  private var items: [TeamName: [DriftItem]] = [:]
  private var changes: [TeamName: TeamChanges] = [:]

  init(_ report: RunReport) {
    self.report = report
    waivers = WaiverWords(report)
    let hasLedger = report.news?.previous != nil
    for exceptions in [report.exceptions, report.dueSoon] {
      for place in exceptions.indices {
        guard DriftItem.Section(exceptions[place].record, hasLedger: hasLedger) != nil,
          let item = DriftItem(exceptions[place], asOf: report.asOf, hasLedger: hasLedger)
        else { continue }
        items[exceptions[place].team, default: []].append(item)
      }
    }
    for place in report.exceptions.indices where hasLedger {
      let record = report.exceptions[place].record
      guard let change = record.change, record.list != .waived else { continue }
      changes[report.exceptions[place].team, default: TeamChanges()].count(change)
    }
    for entry in report.news?.ended ?? [] where entry.end?.isPutRight ?? false {
      changes[entry.team, default: TeamChanges()].resolved += 1
    }
    for entry in (report.news?.ended ?? []) + (report.news?.unsettled ?? []) {
      guard let item = DriftItem(entry, asOf: report.asOf) else { continue }
      items[entry.team, default: []].append(item)
    }
  }

  /// The list of one team; it may hold no more than how the team stands.
  func list(of team: TeamTally) -> [UInt8] {
    let items = items(of: team)
    var list = CSVWriter()
    list.row(Self.columns)
    list.summary("standing", text: standing(of: team))
    for section in DriftItem.Section.allCases {
      list.summary("total", text: section.rawValue, count: items.count { $0.section == section })
    }
    for band in AgeBand.allCases {
      list.summary(
        "ageing", text: "waiting for \(band.rawValue) days", band: band.rawValue,
        count: items.count { $0.band == band })
    }
    let workers = Workers(items)
    var cells = ExceptionCells()
    for worker in workers.inOrder {
      for item in worker.inOrder {
        list.row(item, waivers, hasPrevious: report.news?.previous != nil, by: &cells)
      }
    }
    return list.bytes
  }

  /// The lines of a team, in no particular order.
  func items(of team: TeamTally) -> [DriftItem] { items[team.team] ?? [] }

  /// What has changed in a team since the previous run, on all its lists.
  func changes(of team: TeamTally) -> TeamChanges { changes[team.team] ?? TeamChanges() }

  /// How a team stands, in a sentence.
  func standing(of team: TeamTally) -> String { team.sentence(after: report) }
}

/// The workers of a team, first those whose cases have waited longest.
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

    /// The longest wait among items that can still be done or are not known to be done, and the
    /// number of such items.
    let worst: (age: Int, count: Int)

    init(_ name: String, _ items: [DriftItem]) {
      self.name = name
      self.items = items
      let open = items.filter { [.overdue, .failed, .notJudged].contains($0.section) }
      worst = (open.compactMap(\.age).max() ?? -1, open.count)
    }
  }

  let inOrder: [Worker]

  init(_ items: [DriftItem]) {
    var byName: [[UInt8]: [DriftItem]] = [:]
    for item in items { byName[Array(item.worker.utf8), default: []].append(item) }
    inOrder = byName.map { Worker(String(decoding: $0, as: UTF8.self), $1) }.sorted {
      a, b in
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
    cell(.fix, of: item, cells, or: nil)
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
