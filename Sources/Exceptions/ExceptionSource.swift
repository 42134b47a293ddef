/// A text of an exception that its source knows.
public enum ExceptionCell: Int, CaseIterable, Sendable {
  case rule
  case pack
  case worker
  case personID
  case table
  case recordID
  case contents
  case field
  case value
  case from
  case dueOn
  case doneOn
  case message
  case fix
  case sourceFile
}

/// What found exceptions, and puts their words together when they are asked for.
///
/// It does not change any more, and may be asked from any number of threads.
public protocol ExceptionSource: AnyObject, Sendable {
  /// One of the texts of an exception.
  func text(_ cell: ExceptionCell, of record: ExceptionRecord) -> String
  /// Appends one of the texts to other bytes, in UTF-8.
  func append(_ cell: ExceptionCell, of record: ExceptionRecord, to bytes: inout [UInt8])
  /// Writes the cells that `ExceptionCells` holds of a list's row; it must be empty.
  func write(_ record: ExceptionRecord, to cells: inout ExceptionCells)
  /// Writes the cells of some rows in turn, all of this source, and calls `row` for each.
  ///
  /// `row` gets whether the message and fix are known to be those of the row before, and the cells.
  func write(
    _ exceptions: ArraySlice<CaseException>, to cells: inout ExceptionCells,
    row: (ExceptionRecord, Bool, borrowing ExceptionCells) -> Void)
  /// Appends the person and then the record to other bytes.
  ///
  /// Returns how many bytes there are before the record.
  func appendNames(of record: ExceptionRecord, to bytes: inout [UInt8]) -> Int
  /// The team that has to act.
  func team(of record: ExceptionRecord) -> TeamName
  /// How much it matters.
  func severity(of record: ExceptionRecord) -> CaseException.Severity
  /// Calendar days from the due date to when it was done, or to the as-of date.
  func daysLate(of record: ExceptionRecord) -> Int?
  /// The physical line on which the record starts, from 1.
  func sourceLine(of record: ExceptionRecord) -> Int?
  /// The rules that could not judge the record because of this exception, sorted, each once.
  func blocks(of record: ExceptionRecord) -> [String]
  /// Whether two exceptions of one kind are known, without their words, to have the same advice.
  ///
  /// That is the same message and the same fix.
  func haveSameAdvice(_ a: ExceptionRecord, _ b: ExceptionRecord) -> Bool
}

extension ExceptionSource {
  /// Writes the text.
  public func append(
    _ cell: ExceptionCell, of record: ExceptionRecord, to bytes: inout [UInt8]
  ) {
    bytes.append(contentsOf: text(cell, of: record).utf8)
  }

  /// Writes the cells one by one.
  public func write(_ record: ExceptionRecord, to cells: inout ExceptionCells) {
    for cell in ExceptionCells.order {
      append(cell, of: record, to: &cells.bytes)
      cells.end()
    }
    cells.daysLate = daysLate(of: record)
    cells.sourceLine = sourceLine(of: record)
  }

  /// Writes the rows one by one.
  public func write(
    _ exceptions: ArraySlice<CaseException>, to cells: inout ExceptionCells,
    row: (ExceptionRecord, Bool, borrowing ExceptionCells) -> Void
  ) {
    cells.write(
      exceptions, by: { write($0, to: &$1) }, haveSameAdvice: { haveSameAdvice($0, $1) }, row: row)
  }

  /// Writes the person and the record one by one.
  public func appendNames(of record: ExceptionRecord, to bytes: inout [UInt8]) -> Int {
    append(.personID, of: record, to: &bytes)
    let end = bytes.count
    append(.recordID, of: record, to: &bytes)
    return end
  }

  /// Claims nothing: the default does not know.
  public func haveSameAdvice(_ a: ExceptionRecord, _ b: ExceptionRecord) -> Bool { false }
}
