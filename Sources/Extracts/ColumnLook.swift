public import Values

/// What one column of a file seems to hold: only counts, and no cells but days that stand for none.
public struct ColumnLook: Sendable {
  /// What nine tenths of its cells could be read as.
  public var type: FieldType
  /// The format of its dates, where it has to be named to be read.
  public var format: String?
  /// Cells that hold a value.
  public var given: Int
  /// Cells that hold nothing, or a word for no value.
  public var empty: Int
  /// How many different texts; nil for more than are counted.
  public var distinct: Int?
  /// The most characters of a cell.
  public var longest: Int
  /// Whether some cell spans lines.
  public var spansLines: Bool
  /// The days that usually stand for no date, such as 01/01/1900, and how many cells hold each.
  ///
  /// Without those that the table's definition reads as no value; empty where it holds no dates.
  public var placeholders: [(text: String, count: Int)]

  /// The most different texts that are counted.
  public static let mostDistinct = ColumnGuess.mostDistinct

  init(_ column: ColumnGuess, _ guess: ColumnGuess.Guess) {
    type = guess.type
    format = guess.format
    given = column.given
    empty = column.empty
    distinct = column.distinct
    longest = column.longest
    spansLines = column.spansLines
    placeholders = column.placeholders(guess).map { (text: $0.text.string, count: $0.count) }
  }
}

/// The records of a file that were rejected for one reason.
public struct RejectedKind: Sendable {
  /// The reason; it quotes no cell.
  public var reason: String
  /// How many.
  public var count: Int
  /// Their lines, such as `lines 3 and 7`.
  public var lines: String
}

extension RejectedKind {
  /// The reasons of a table's rejects, the most frequent first.
  static func all(_ rejects: RejectedRecords) -> [RejectedKind] {
    var places: [String: FaultPlaces] = [:]
    for place in rejects.indices {
      places[rejects.reason(at: place), default: FaultPlaces()].add(rejects.line(at: place))
    }
    return places.map { RejectedKind(reason: $0.key, count: $0.value.count, lines: $0.value.words) }
      .sorted { ($1.count, Text($0.reason)) < ($0.count, Text($1.reason)) }
  }
}
