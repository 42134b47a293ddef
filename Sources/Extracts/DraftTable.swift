import Diagnostics
import Patterns
import Values
import WorkingTime

/// A first definition for a file that has none, as its headings and cells suggest.
struct DraftTable: Sendable {
  let path: String
  let headings: [String]
  /// The field name for each column; nil where the heading is empty or repeated.
  let names: [String?]
  let columns: [ColumnGuess]
  let footers: [String]
  /// The column that is the key.
  let key: Int?
  /// The column that says whose case file a row belongs to.
  let person: Int?
  /// The columns whose cells span lines.
  let multiline: [Int]
  /// The first column whose dates show the month to be first.
  let monthFirst: Int?

  init(path: String, headings: [String], _ columns: [ColumnGuess], footers: [String]) {
    self.path = path
    self.headings = headings
    self.columns = columns
    self.footers = footers
    let names = DraftNames.fields(headings)
    self.names = names
    let usual: Set<String> = [
      "personid", "childid", "clientid", "personno", "personnumber", "clientno", "lachildid", "pid",
      "childuniqueid", "childidentifier", "personidentifier", "clientidentifier", "childnumber",
      "childno", "child", "childref", "personref", "clientref", "clientnumber", "serviceuserid",
      "serviceuserno", "serviceusernumber", "lcsid", "mosaicid", "mosaicno",
    ]
    person = columns.indices.first {
      names[$0] != nil && usual.contains(normalHeading(headings[$0]))
    }
    key = Self.key(names, headings, columns, person: person)
    monthFirst = columns.indices.first {
      let guess = columns[$0].guess(heading: headings[$0], besideMonthFirst: false)
      return columns[$0].showsMonthFirst && guess.format?.hasPrefix("%m") == true
    }
    multiline = columns.indices.filter { columns[$0].spansLines && names[$0] != nil }
  }

  /// Which rows may be no records.
  var unlikely = UnlikelyRows()

  /// The cells of those footers that have as many as the headings.
  var wideFooters: [[String]] = []

  /// What parts the cells, where only a definition that names it finds it.
  var delimiter: UInt8?

  /// Why the file could not be drafted as it is meant; nil where it could.
  var fault: InputFault?

  /// Whether the number at the end of the file's name tells it from files with other headings, as
  /// in a series of numbered lists.
  var isNumbered = false

  /// Whether a number that follows the letters of the file's name is its report's, and not a date
  /// or that of a part.
  var isOfReport = false

  /// The tables that take the file already, each with its rule file.
  var takers: [Taker] = []

  /// The globs of other files that make the same table.
  var otherGlobs: [String] = []

  /// Whether another draft before this has its name, so that the two cannot be loaded together.
  var isNamedAgain = false

  /// How many files make the table; it is drafted from the one with most records.
  var fileCount = 1

  /// The draft of the children to which its rows belong; nil where none is known.
  var children: Children?

  var name: String { DraftNames.identifier(stem) ?? "extract" }
  var title: String { DraftNames.title(stem) }
  var glob: String {
    if let report { return DraftNames.glob(path, from: report) }
    return isNumbered ? DraftNames.name(path) : globOfAll
  }
  /// The glob whatever number there is at the end of the file's name.
  var globOfAll: String { DraftNames.glob(path, from: DraftNames.stem(path)) }
  /// The file's name up to its report's number; nil where it has none.
  var report: String? { isOfReport ? DraftNames.reportStem(path) : nil }

  private var stem: String {
    report ?? (isNumbered ? DraftNames.bareName(path) : DraftNames.stem(path))
  }

  /// The columns that name the team and the worker, if any, by texts or whole numbers: what else
  /// stands in such a column names nobody.
  var owner: (team: String?, worker: String?) {
    func field(_ usual: Set<String>) -> String? {
      columns.indices.first {
        names[$0] != nil && usual.contains(normalHeading(headings[$0]))
          && [.string, .integer].contains(guess($0).type)
      }.flatMap { names[$0] }
    }
    return (
      field(["team", "allocatedteam", "responsibleteam", "workerteam", "teamname"])
        ?? field(["teamcode"]),
      field([
        "worker", "allocatedworker", "socialworker", "allocatedsocialworker", "keyworker",
        "caseworker", "workername",
      ])
    )
  }

  /// The words that stand for no value, besides the empty cell.
  var missingWords: [Text] {
    columns.reduce(into: Set<Text>()) { $0.formUnion($1.missingWords) }.sorted()
  }

  /// The days in a column that usually stand for no date, and how many cells hold each.
  func placeholders(_ column: Int) -> [(text: Text, count: Int)] {
    names[column] == nil ? [] : columns[column].placeholders(guess(column))
  }

  /// All texts that stand for no value, besides the empty cell.
  var missingTexts: [Text] {
    let days = columns.indices.flatMap { placeholders($0).map(\.text) }
    return missingWords + Set(days).sorted()
  }

  /// The first column that could be the key, preferring one whose heading says so.
  ///
  /// The person's number comes after the record's own: in a short extract no child need have two
  /// records, and later the second would pass for a mistake. For the same reason no day or time is a
  /// key.
  private static func key(
    _ names: [String?], _ headings: [String], _ columns: [ColumnGuess], person: Int?
  ) -> Int? {
    func isOfTime(_ column: Int) -> Bool {
      let guess = columns[column].guess(heading: headings[column], besideMonthFirst: false)
      return [.date, .datetime, .time].contains(guess.type)
    }
    let named = columns.indices.filter { $0 != person && names[$0].map(namesRecord) ?? false }
    // A total leaves the first column empty, and makes that of the sums the only one without a gap.
    let first: Int? = named.first == 0 && columns[0].isKeyButForTotals ? 0 : nil
    // A column named like a key with a few repeated records is still the key: the repeats are the
    // fault.
    let found =
      named.first { columns[$0].couldBeKey }
      ?? named.first { columns[$0].isNearlyKey && names[$0]?.hasSuffix("id") == true }
      ?? person.flatMap { columns[$0].isNearlyKey ? $0 : nil }
      ?? first
      ?? columns.indices.first { columns[$0].couldBeKey && names[$0] != nil && !isOfTime($0) }
    return found ?? named.first { columns[$0].isNearlyKey }
  }

  /// Whether some column has a value of its own in each record; where there is no key, it holds days
  /// or times.
  var hasColumnOfOwnValues: Bool {
    columns.indices.contains { columns[$0].couldBeKey && names[$0] != nil }
  }

  /// The field that may hold the child's number where no heading is known as such: one named like a
  /// number besides the key, or else the key.
  var perhapsPerson: String? {
    let ofStaff: Set<Substring> = ["worker", "team", "staff", "user", "manager"]
    let named = columns.indices.filter { column in
      guard let name = names[column] else { return false }
      return Self.namesRecord(name) && ofStaff.isDisjoint(with: name.split(separator: "_"))
    }
    return (named.first { $0 != key } ?? named.first).flatMap { names[$0] }
  }

  /// Whether a field has a name like that of a record's number, and not of something else's.
  private static func namesRecord(_ name: String) -> Bool {
    let words = name.split(separator: "_")
    let ofOthers: Set<Substring> = [
      "nhs", "upn", "uln", "pupil", "learner", "phone", "telephone", "mobile", "house", "hcpc",
    ]
    let ends: Set<Substring> = ["id", "ref", "reference", "number", "no", "identifier"]
    return (ends.contains(words.last ?? "") || name.hasSuffix("id"))
      && ofOthers.isDisjoint(with: words)
  }

  func guess(_ column: Int) -> ColumnGuess.Guess {
    columns[column].guess(
      heading: headings[column],
      besideMonthFirst: monthFirst.map { $0 != column } ?? false)
  }

  /// The definition that results from loading the draft, to read the file by.
  var definition: TableDefinition {
    var definition = TableDefinition(
      name: name, title: title, pack: "", files: [glob], position: position)
    definition.dialect.footer = footers
    definition.dialect.delimiter = delimiter
    definition.missingValues.formUnion(missingTexts)
    var numbers: [Int: Int] = [:]
    for column in columns.indices {
      guard var field = plainField(column) else { continue }
      numbers[column] = definition.fields.count
      field.constraints.required = isRequired(column)
      if column == key { field.constraints.pattern = keyPattern.flatMap { try? Pattern($0) } }
      definition.fields.append(field)
    }
    definition.primaryKey = [key.flatMap { numbers[$0] }].compactMap { $0 }
    definition.person = person.flatMap { numbers[$0] }
    definition.multilineFields = Set(multiline.compactMap { numbers[$0] })
    return definition
  }

  private var position: SourcePosition { SourcePosition(file: path, line: 1) }

  /// A column as a field of its type, without constraints; nil where it has no name.
  func plainField(_ column: Int) -> FieldDefinition? {
    guard let name = names[column] else { return nil }
    let guess = guess(column)
    var field = FieldDefinition(
      name: name, headings: [headings[column]], type: guess.type, position: position)
    field.formats = Self.formats(guess)
    return field
  }

  /// Whether a cell must hold something: a record without its key or its child is nobody's.
  func isRequired(_ column: Int) -> Bool { column == key || column == person }

  /// The format that is named, or else those that the rule language reads by default.
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
