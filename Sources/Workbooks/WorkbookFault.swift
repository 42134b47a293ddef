public import Foundation

/// Why a workbook could not be made.
public struct WorkbookFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// What libxlsxwriter or the system says; it quotes nothing from a cell.
  public var why: String

  /// The folder for temporary files.
  public var folder: String

  /// A fault.
  public init(
    folder: String = FileManager.default.temporaryDirectory.path, why: String
  ) {
    self.folder = folder
    self.why = why
  }

  /// What is wrong and what to do.
  public var description: String {
    "\(folder): a workbook could not be written: \(why). Make room in this folder for temporary files (TMPDIR), then run again."
  }
}
