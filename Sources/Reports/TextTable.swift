import Diagnostics

/// A table in plain text with aligned columns, each after two spaces.
///
/// Nothing is cut off: a cell wider than its column continues on the next line.
struct TextTable {
  /// How the cells of a column are aligned.
  enum Column {
    /// Left-aligned texts, in at most `most` columns of the terminal.
    case text(String, most: Int)
    /// Right-aligned figures, in at most `most` columns of the terminal, as their heading.
    case figure(String, most: Int = 20)
  }

  private let headings: [Column]
  private var rows: [[String]] = []

  init(_ headings: [Column]) {
    self.headings = headings
  }

  mutating func add(_ cells: [String]) {
    rows.append(cells.map { $0.isEmpty ? "-" : harmless($0) })
  }

  /// The lines of the table, headings first; empty if there are no rows.
  var lines: [String] {
    if rows.isEmpty { return [] }
    let cells = ([headings.map(\.title)] + rows).map { row in
      zip(row, headings).map { cell, heading in wrapped(cell, to: heading.most) }
    }
    let widths = headings.indices.map { column in
      cells.flatMap { $0[column] }.reduce(0) { max($0, columns(of: $1)) }
    }
    return cells.flatMap { row in
      (0..<(row.map(\.count).max() ?? 0)).map { line in
        var text = ""
        for (column, pieces) in row.enumerated() {
          let piece = line < pieces.count ? pieces[line] : ""
          let blanks = String(repeating: " ", count: widths[column] - columns(of: piece))
          text += "  " + (headings[column].isFigure ? blanks + piece : piece + blanks)
        }
        while text.last == " " { text.removeLast() }
        return text
      }
    }
  }
}

extension TextTable.Column {
  fileprivate var title: String {
    switch self {
    case .text(let title, _), .figure(let title, _): title
    }
  }

  fileprivate var most: Int {
    switch self {
    case .text(_, let most), .figure(_, let most): most
    }
  }

  fileprivate var isFigure: Bool {
    switch self {
    case .text: false
    case .figure: true
    }
  }
}
