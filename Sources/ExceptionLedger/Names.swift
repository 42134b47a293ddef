import Exceptions
import GRDB

/// The names of rules, tables, teams and workers as numbers, so that each is kept once.
///
/// A team's text is its shown name: `(no team)` for none.
struct Names {
  /// All rules, or all teams, together.
  static let all: Int64 = 0
  /// Stands for a name that no run has had.
  static let nobody: Int64 = -1

  /// A text that equals another only if their bytes are the same.
  private struct Name: Hashable {
    let text: String

    static func == (a: Name, b: Name) -> Bool { areSameBytes(a.text, b.text) }

    func hash(into hasher: inout Hasher) { hasher.combine(bytesOf: text) }
  }

  private var numbers: [Name: Int64] = [:]
  private var texts: [Int64: String] = [all: "(all)"]

  init(_ db: Database) throws {
    let rows = try Row.fetchCursor(db, sql: "SELECT id, text FROM name")
    while let row = try rows.next() {
      let (number, text): (Int64, String) = (try row.value(0), try row.value(1))
      numbers[Name(text: text)] = number
      texts[number] = text
    }
  }

  /// The number of a name, which is added if it is new.
  mutating func number(_ text: String, _ db: Database) throws -> Int64 {
    let name = Name(text: text)
    if let number = numbers[name] { return number }
    try db.execute(sql: "INSERT INTO name (text) VALUES (?)", arguments: [text])
    let number = db.lastInsertedRowID
    numbers[name] = number
    texts[number] = text
    return number
  }

  /// The number of a known name; nil where no run has had it.
  func known(_ text: String) -> Int64? { numbers[Name(text: text)] }

  /// The name of a number, which must be `all` or one that was recorded.
  subscript(number: Int64) -> String {
    get throws {
      guard let text = texts[number] else { throw ForeignValue() }
      return text
    }
  }
}

extension TeamName {
  /// The team of a shown name.
  init(shown: String) {
    let bare = shown.utf8.count > 2 ? String(shown.dropFirst().dropLast()) : shown
    if shown == TeamName.none.shown {
      self = .none
    } else if TeamName.named(bare).shown == shown {
      // A name that would pass for something else is shown in quotes.
      self = .named(bare)
    } else {
      self = .named(shown)
    }
  }
}
