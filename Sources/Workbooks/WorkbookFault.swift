public import Foundation

/// Why a workbook could not be made.
public struct WorkbookFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// What libxlsxwriter or the system says; it quotes nothing from a cell.
  public var why: String

  /// The folder for temporary files.
  public var folder: String

  /// Whether no more files could be opened at once: room in the folder would not help.
  var lacksOpenFiles: Bool

  /// A fault; `system` is the system's number for it (errno(3)), 0 where there is none.
  public init(
    folder: String = FileManager.default.temporaryDirectory.path, why: String, system: Int32 = 0
  ) {
    self.folder = folder
    // The library's sentences have a full stop of their own.
    self.why = why.hasSuffix(".") ? String(why.dropLast()) : why
    lacksOpenFiles = system == EMFILE || system == ENFILE
  }

  /// What is wrong and what to do.
  public var description: String {
    lacksOpenFiles
      ? "a workbook could not be written: too many files are open at once. Allow the program more (ulimit -n), or take fewer threads with --threads, then run again."
      : "\(folder): a workbook could not be written: \(why). Make room in this folder for temporary files (TMPDIR), then run again."
  }
}
