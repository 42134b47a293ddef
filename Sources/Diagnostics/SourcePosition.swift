/// A place in a text file: which file, and where in it a person should look.
public struct SourcePosition: Hashable, Comparable, Sendable {
  /// The path of the file, as the user named it or relative to the folder that the user named.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// The column in Unicode scalars, from 1.
  public var column: Int

  /// Names a place; `line` and `column` count from 1.
  public init(file: String, line: Int, column: Int = 1) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// Orders by file (bytes), then line, then column.
  public static func < (a: SourcePosition, b: SourcePosition) -> Bool {
    if a.file != b.file { return a.file.utf8.lexicographicallyPrecedes(b.file.utf8) }
    return (a.line, a.column) < (b.line, b.column)
  }
}

extension SourcePosition: CustomStringConvertible {
  /// `file:line:column`, the form that editors can jump to.
  public var description: String { "\(file):\(line):\(column)" }
}
