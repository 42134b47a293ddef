import Diagnostics
import Values
import WorkingTime

/// A first definition for a file that has none, as its headings and cells suggest.
struct DraftTable: Sendable {
  let path: String
  let headings: [String]
  /// For each column, the name of its field; nil for one without a heading or with one that stands
  /// twice.
  let names: [String?]
  let columns: [ColumnGuess]
  let footers: [String]
  /// The column that is the key.
  let key: Int?
  /// The column that says whose case file a row belongs to.
  let person: Int?
  /// The columns whose cells span lines.
  let multiline: [Int]

  init(path: String, headings: [String], _ columns: [ColumnGuess], footers: [String]) {
    self.path = path
    self.headings = headings
    self.columns = columns
    self.footers = footers
    let names = DraftNames.fields(headings)
    self.names = names
    key = Self.key(names, columns)
    let usual: Set<String> = [
      "personid", "childid", "clientid", "personno", "personnumber", "clientno", "lachildid", "pid",
    ]
    person = columns.indices.first {
      names[$0] != nil && usual.contains(normalHeading(headings[$0]))
    }
    multiline = columns.indices.filter { columns[$0].spansLines && names[$0] != nil }
  }

  var name: String { DraftNames.identifier(DraftNames.stem(path)) ?? "extract" }
  var title: String { DraftNames.title(DraftNames.stem(path)) }
  var glob: String { DraftNames.glob(path) }

  /// The words for nothing, beside nothing itself.
  var missingWords: [Text] {
    columns.reduce(into: Set<Text>()) { $0.formUnion($1.missingWords) }.sorted()
  }

  /// The first column that could be the key, one whose heading says so before others.
  private static func key(_ names: [String?], _ columns: [ColumnGuess]) -> Int? {
    let possible = columns.indices.filter { columns[$0].couldBeKey && names[$0] != nil }
    let named = possible.first { names[$0]?.hasSuffix("id") == true }
    // One that is called so and has a few records twice is the key all the same: they are what is
    // wrong.
    let nearly = columns.indices.first {
      columns[$0].isNearlyKey && names[$0]?.hasSuffix("id") == true
    }
    return named ?? nearly ?? possible.first
  }

  func guess(_ column: Int) -> ColumnGuess.Guess {
    columns[column].guess(heading: headings[column])
  }

  /// The definition that loading the draft gives, to read the file by.
  var definition: TableDefinition {
    let position = SourcePosition(file: path, line: 1)
    var definition = TableDefinition(
      name: name, title: title, pack: "", files: [glob], position: position)
    definition.dialect.footer = footers
    definition.missingValues.formUnion(missingWords)
    var numbers: [Int: Int] = [:]
    for column in columns.indices {
      guard let name = names[column] else { continue }
      numbers[column] = definition.fields.count
      let guess = guess(column)
      var field = FieldDefinition(
        name: name, headings: [headings[column]], type: guess.type, position: position)
      field.formats = Self.formats(guess)
      field.constraints.required = column == key
      definition.fields.append(field)
    }
    definition.primaryKey = [key.flatMap { numbers[$0] }].compactMap { $0 }
    definition.person = person.flatMap { numbers[$0] }
    definition.multilineFields = Set(multiline.compactMap { numbers[$0] })
    return definition
  }

  /// What the rule language reads where no format is named, or the format that is.
  private static func formats(_ guess: ColumnGuess.Guess) -> [DateFormat] {
    if let format = guess.format.flatMap({ try? DateFormat($0) }) { return [format] }
    return switch guess.type {
    case .date: DateFormat.dateDefaults
    case .datetime: DateFormat.dateTimeDefaults
    case .time: DateFormat.timeDefaults
    case .string, .integer, .number, .boolean: []
    }
  }
}
