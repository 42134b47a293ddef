/// Why a workbook could not be made.
public struct WorkbookFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// What libxlsxwriter, or the system, says; nothing out of a cell.
  public var why: String

  /// A fault.
  public init(why: String) { self.why = why }

  /// What is wrong and what to do.
  public var description: String {
    "a workbook could not be written: \(why). Make room in the folder for temporary files (TMPDIR), then run again."
  }
}
