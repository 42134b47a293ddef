import Exceptions

/// What the exceptions of one rule have in common, and how their texts are written.
protocol ExceptionKind: AnyObject, Sendable {
  var rule: String { get }
  var pack: String { get }
  var severity: CaseException.Severity { get }
  /// The teams, by the numbers that the records have.
  var teams: [TeamName] { get }

  /// Writes one of the texts, other than the rule's and the pack's name.
  func append(_ cell: ExceptionCell, of record: ExceptionRecord, to bytes: inout [UInt8])
  /// Writes the person and then the record; returns the number of bytes before the record.
  func appendNames(of record: ExceptionRecord, to bytes: inout [UInt8]) -> Int
  /// Writes the cells of a list's row.
  func write(_ record: ExceptionRecord, to cells: inout ExceptionCells)
  /// Writes the cells of some rows in turn, all of this kind, as `ExceptionSource` does.
  func write(
    _ exceptions: ArraySlice<CaseException>, to cells: inout ExceptionCells,
    row: (ExceptionRecord, Bool, borrowing ExceptionCells) -> Void)
  func daysLate(of record: ExceptionRecord) -> Int?
  func sourceLine(of record: ExceptionRecord) -> Int?
  /// Whether two exceptions are known to have the same message and fix.
  func haveSameAdvice(_ a: ExceptionRecord, _ b: ExceptionRecord) -> Bool
}

extension ExceptionKind {
  func write(
    _ exceptions: ArraySlice<CaseException>, to cells: inout ExceptionCells,
    row: (ExceptionRecord, Bool, borrowing ExceptionCells) -> Void
  ) {
    cells.write(
      exceptions, by: { write($0, to: &$1) }, haveSameAdvice: { haveSameAdvice($0, $1) }, row: row)
  }
}

/// The exceptions that one run found.
final class FoundExceptions: ExceptionSource {
  private let kinds: [any ExceptionKind]
  private let blockLists: [[String]]

  /// `kinds` and `blockLists` by the numbers that the records have; the first list is empty.
  init(kinds: [any ExceptionKind], blockLists: [[String]] = [[]]) {
    self.kinds = kinds
    self.blockLists = blockLists
  }

  private func kind(of record: ExceptionRecord) -> any ExceptionKind { kinds[Int(record.kind)] }

  func text(_ cell: ExceptionCell, of record: ExceptionRecord) -> String {
    switch cell {
    case .rule: return kind(of: record).rule
    case .pack: return kind(of: record).pack
    default:
      var bytes: [UInt8] = []
      kind(of: record).append(cell, of: record, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  func append(_ cell: ExceptionCell, of record: ExceptionRecord, to bytes: inout [UInt8]) {
    let kind = kind(of: record)
    switch cell {
    case .rule: bytes.append(contentsOf: kind.rule.utf8)
    case .pack: bytes.append(contentsOf: kind.pack.utf8)
    default: kind.append(cell, of: record, to: &bytes)
    }
  }

  func write(_ record: ExceptionRecord, to cells: inout ExceptionCells) {
    kind(of: record).write(record, to: &cells)
  }

  /// Writes rows of one kind in stretches, so that shared objects are looked up once for each.
  ///
  /// Retaining them for each row would make threads wait for each other's reference counts.
  func write(
    _ exceptions: ArraySlice<CaseException>, to cells: inout ExceptionCells,
    row: (ExceptionRecord, Bool, borrowing ExceptionCells) -> Void
  ) {
    var start = exceptions.startIndex
    while start < exceptions.endIndex {
      let number = exceptions[start].record.kind
      let end =
        exceptions[start...].firstIndex { $0.record.kind != number } ?? exceptions.endIndex
      kinds[Int(number)].write(exceptions[start..<end], to: &cells, row: row)
      start = end
    }
  }

  func appendNames(of record: ExceptionRecord, to bytes: inout [UInt8]) -> Int {
    kind(of: record).appendNames(of: record, to: &bytes)
  }

  func team(of record: ExceptionRecord) -> TeamName {
    kind(of: record).teams[Int(record.team)]
  }

  func severity(of record: ExceptionRecord) -> CaseException.Severity {
    kind(of: record).severity
  }

  func daysLate(of record: ExceptionRecord) -> Int? { kind(of: record).daysLate(of: record) }

  func sourceLine(of record: ExceptionRecord) -> Int? { kind(of: record).sourceLine(of: record) }

  func blocks(of record: ExceptionRecord) -> [String] { blockLists[Int(record.blocks)] }

  func haveSameAdvice(_ a: ExceptionRecord, _ b: ExceptionRecord) -> Bool {
    a.kind == b.kind && kind(of: a).haveSameAdvice(a, b)
  }
}

/// Numbered lists of rules; a list grows by one rule at a time.
struct BlockLists {
  private(set) var lists: [[String]] = [[]]
  /// The rules of each list, in order, and below it the number of each list, so that one is found
  /// without searching all.
  private var rules: [[Int]] = [[]]
  private var numbers: [[Int]: Int32] = [[]: 0]
  private var grown: [Step: Int32] = [:]
  private var last: (step: Step, list: Int32)?

  private struct Step: Hashable {
    let list: Int32
    let rule: Int
  }

  /// The number of the list that also holds one more rule; rules may be added in any order.
  mutating func list(_ list: Int32, and rule: Int, named name: String) -> Int32 {
    let step = Step(list: list, rule: rule)
    if let last, last.step == step { return last.list }
    let found: Int32
    if let known = grown[step] {
      found = known
    } else {
      let all = Set(rules[Int(list)]).union([rule]).sorted()
      if let known = numbers[all] {
        found = known
      } else {
        found = Int32(lists.count)
        lists.append(
          Set(lists[Int(list)]).union([name]).inByteOrder())
        rules.append(all)
        numbers[all] = found
      }
      grown[step] = found
    }
    last = (step, found)
    return found
  }
}
