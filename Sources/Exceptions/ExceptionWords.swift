/// The words of one exception, put together.
struct ExceptionWords: Equatable, Sendable {
  private var texts = [String](repeating: "", count: ExceptionCell.allCases.count)
  var severity: CaseException.Severity
  var team: TeamName
  var daysLate: Int?
  var sourceLine: Int?
  var blocks: [String] = []

  init(severity: CaseException.Severity, team: TeamName) {
    self.severity = severity
    self.team = team
  }

  /// Takes the words from the source of an exception.
  init(_ exception: CaseException) {
    let (source, record) = (exception.source, exception.record)
    severity = source.severity(of: record)
    team = source.team(of: record)
    daysLate = source.daysLate(of: record)
    sourceLine = source.sourceLine(of: record)
    blocks = source.blocks(of: record)
    texts = ExceptionCell.allCases.map { source.text($0, of: record) }
  }

  subscript(cell: ExceptionCell) -> String {
    get { texts[cell.rawValue] }
    set { texts[cell.rawValue] = newValue }
  }
}

/// The source of an exception that keeps its words itself.
final class OwnWords: ExceptionSource {
  let words: ExceptionWords

  init(_ words: ExceptionWords) { self.words = words }

  func text(_ cell: ExceptionCell, of record: ExceptionRecord) -> String { words[cell] }
  func team(of record: ExceptionRecord) -> TeamName { words.team }
  func severity(of record: ExceptionRecord) -> CaseException.Severity { words.severity }
  func daysLate(of record: ExceptionRecord) -> Int? { words.daysLate }
  func sourceLine(of record: ExceptionRecord) -> Int? { words.sourceLine }
  func blocks(of record: ExceptionRecord) -> [String] { words.blocks }
}
