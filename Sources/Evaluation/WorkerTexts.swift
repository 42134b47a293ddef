import Values

/// The workers of rows, written behind other bytes.
struct WorkerTexts: Sendable {
  private let owner: OwnerSteps
  private let pool: StringPool

  init(_ owner: OwnerSteps, in pool: StringPool) {
    self.owner = owner
    self.pool = pool
  }

  /// What stands for the worker of a row of the owner's table, where it is read from a column; −1
  /// without one.
  var code: (@Sendable (Int) -> Int64)? { owner.workerText }

  /// Writes a worker that a code stands for.
  func append(code: Int64, to bytes: inout [UInt8]) {
    if code >= 0 { pool.append(textOfCode: code, to: &bytes) }
  }

  /// Writes the worker of a row of the owner's table; nothing where none is named.
  func append(_ row: RowID, to bytes: inout [UInt8]) {
    if let code {
      append(code: code(Int(row.row)), to: &bytes)
    } else {
      var frame = Frame(row: row)
      bytes.append(contentsOf: owner.worker(&frame).utf8)
    }
  }
}
