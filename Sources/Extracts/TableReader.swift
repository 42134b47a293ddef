import Values

/// Reads records into the columns of one table: a whole file, or one part of it.
struct TableReader: Sendable {
  let definition: TableDefinition
  let headingIndex: HeadingIndex
  let settings: ReadSettings
  let footers: [FooterPattern]
  /// Whether the sum of the records is asked for.
  let isSummed: Bool
  var table: Table
  var fields: [FieldReader]
  /// For each row, the physical line on which its record starts.
  ///
  /// Where lines have a final place elsewhere, only the recent ones.
  var lines: [Int32] = []
  private var lineStretch: ColumnStretch<Int32>?
  var pool: StringPool
  /// How many of its texts belong to rows that have already been taken out.
  private var textsTaken = 0
  /// Where this file has the key; all fields where it has none.
  var keyPlaces: [(column: Int, checks: FieldChecks)] = []
  var hasKey = false
  /// A line that is being looked at by itself.
  var line = Record()
  /// Called with what this reader alone has read.
  var progress: ReadingProgress?

  init(_ request: ReadingRequest, settings: ReadSettings) {
    definition = request.definition
    headingIndex = HeadingIndex(definition)
    self.settings = settings
    isSummed = request.isSummed
    pool = StringPool(in: settings.spill)
    footers = definition.dialect.footer.map { FooterPattern($0) }
    table = Table(definition: definition, spill: settings.spill)
    // A unique field, too, has as many texts as rows.
    let identities = definition.identities.union(
      definition.fields.indices.filter { request.definition.fields[$0].constraints.unique })
    let missing = ByteSet(definition.missingValues)
    fields = definition.fields.indices.map {
      let checks = FieldChecks(
        request.definition.fields[$0], missing: missing, asOf: request.asOf)
      return FieldReader(
        $0, checks, isKey: identities.contains($0), isKept: request.keptFields.contains($0))
    }
  }

  /// A reader of the same table that has opened nothing yet.
  func unopened() -> TableReader {
    var other = another()
    for field in other.fields.indices { other.fields[field].column = -1 }
    other.keyPlaces = []
    other.hasKey = false
    return other
  }

  /// A reader of the same file that has read nothing yet.
  func another() -> TableReader {
    var other = self
    other.table = Table(definition: definition, spill: settings.spill)
    other.lines = []
    other.lineStretch = nil
    _ = other.takeTexts()
    other.progress = nil
    other.fields = fields.map { $0.another() }
    return other
  }

  /// Takes out the rows read so far; the pool keeps their texts.
  mutating func takeRows() -> PartRows {
    settings.spill?.relax()
    let columns = fields.indices.map { number in
      fields[number].isKept ? fields[number].takeColumn(settings.spill) : nil
    }
    moveLines()
    let rows = PartRows(
      columns: columns, lines: lineStretch?.values ?? ColumnValues(lines, in: settings.spill),
      table: exchange(&table, for: Table(definition: definition, spill: settings.spill)),
      tallies: fields.indices.map { exchange(&fields[$0].tally, for: FieldTally()) },
      texts: textsTaken..<pool.count)
    lines = []
    lineStretch = nil
    textsTaken = pool.count
    return rows
  }

  /// Takes out the texts of all rows.
  mutating func takeTexts() -> PooledTexts {
    textsTaken = 0
    return pool.takeTexts()
  }

  /// Makes the rows to come stand in some places of the table's room.
  mutating func use(_ room: TableRoom, _ places: Range<Int>) {
    lineStretch = ColumnStretch(room.lines, places)
    for (number, column) in room.columns.enumerated() {
      if let column { fields[number].builder.use(column.stretch(places)) }
    }
  }

  /// Moves what has been read to its final place.
  mutating func moveRows() {
    for number in fields.indices where fields[number].isKept { fields[number].builder.flush() }
    moveLines()
  }

  private mutating func moveLines() {
    guard var stretch = lineStretch else { return }
    if stretch.append(lines.span) {
      lineStretch = stretch
      lines.removeAll(keepingCapacity: true)
    } else {
      // As for columns.
      lines.insert(contentsOf: stretch.values, at: 0)
      lineStretch = nil
    }
  }
}

/// The rows that a reader has read, which no longer change.
struct PartRows: Sendable {
  /// By field; nil for one that is not kept.
  var columns: [Column?]
  var lines: ColumnValues<Int32>
  /// Everything else about them, except columns and tallies.
  var table: Table
  var tallies: [FieldTally]
  /// Which texts of the pool came with them.
  var texts: Range<Int>
}
