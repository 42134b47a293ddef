import Values

/// A field in a file, both by number.
struct FieldInFile: Hashable, Comparable {
  var file: Int
  var field: Int

  static func < (a: FieldInFile, b: FieldInFile) -> Bool {
    (a.file, a.field) < (b.file, b.field)
  }
}

/// Looks for dates that were read with day and month the wrong way round.
struct DateOrders {
  let table: Table
  let pool: StringPool
  /// The cells that could not be read, by what they show.
  let cells: [FieldInFile: [DateEvidence: FaultPlaces]]
  /// What was found, by file.
  private(set) var faults: [Int: [InputFault]] = [:]
  private(set) var doubts: [Int: [String]] = [:]

  /// The first field of a file that shows the month first, though the day is declared to be.
  private var shownMonthFirst: [Int: Int] = [:]
  /// The fields that show the day first, though the month is declared to be.
  private var shownDayFirst: Set<FieldInFile> = []
  /// The files of which a fault names the neighbours as well.
  private var told: Set<Int> = []

  init(_ table: Table, _ pool: StringPool, cells: [FieldInFile: [DateEvidence: FaultPlaces]]) {
    self.table = table
    self.pool = pool
    self.cells = cells
  }

  private var definition: TableDefinition { table.definition }

  /// Looks for dates whose day and month are swapped, whether or not the column's other dates prove
  /// it.
  mutating func look(at place: FieldInFile) {
    let field = definition.fields[place.field]
    guard let order = field.dayAndMonthOrder,
      let others = cells[place]?[order == .dayFirst ? .monthFirst : .dayFirst]
    else { return }
    var isProven = false
    var doubtful = 0
    for row in table.rows(ofFile: place.file) {
      guard let column = table.columns[place.field], let day = column.day(at: row) else { continue }
      // The same day in another form, such as 2016-01-05, can be read in one way only.
      let text = column.text(at: row, in: pool)
      let evidence = DateEvidence(text)
      if day <= 12, evidence == .eitherWay || evidence == nil && field.mayBeEitherWay(text) {
        doubtful += 1
      } else if evidence == order {
        isProven = true
        break
      }
    }
    // One such cell may be a slip; two, with no date the right way round, are the column's way.
    let isSwapped = !isProven && others.count >= 2
    if isSwapped, order == .dayFirst, shownMonthFirst[place.file] == nil {
      shownMonthFirst[place.file] = place.field
    } else if isSwapped, order == .monthFirst {
      shownDayFirst.insert(place)
    }
    // Where no date was read the wrong way round, each of the cells is reported by itself.
    guard isSwapped, doubtful > 0 else {
      doubts[place.file, default: []].append(
        HarmWords.mixedOrder(
          field.name, others, declared: order, besideOthers: isProven || doubtful > 0))
      return
    }
    var neighbours: [String] = []
    if order == .dayFirst, told.insert(place.file).inserted {
      neighbours = columnsEitherWay(inFile: place.file).map { definition.fields[$0.field].name }
    }
    faults[place.file, default: []].append(
      .dateOrder(field, others, doubtful: doubtful, declared: order, neighbours: neighbours))
  }

  /// Looks for columns in which every date could be either way round, beside one that has the month
  /// first.
  ///
  /// What the definition says of a column is believed, unless its neighbour shows the definition to
  /// be wrong.
  mutating func lookAtNeighbours() {
    let declared = definition.monthFirstFields.filter { table.hasHeading[$0] }
    for file in table.files.indices where !told.contains(file) {
      let shown = shownMonthFirst[file]
      let asDeclared = declared.first {
        !shownDayFirst.contains(FieldInFile(file: file, field: $0))
      }
      guard let monthFirst = shown ?? asDeclared else { continue }
      for (number, count) in columnsEitherWay(inFile: file) where number != monthFirst {
        let field = definition.fields[number]
        guard shown != nil || field.hasDefaultFormats else { continue }
        doubts[file, default: []].append(
          HarmWords.eitherWay(field, count, monthFirst: definition.fields[monthFirst].name))
      }
    }
  }

  /// The columns of a file that are read day first and show neither that nor the contrary, with the
  /// number of the dates that could be either.
  private func columnsEitherWay(inFile file: Int) -> [(field: Int, count: Int)] {
    definition.fields.indices.compactMap { field in
      let place = FieldInFile(file: file, field: field)
      guard definition.fields[field].dayAndMonthOrder == .dayFirst,
        cells[place]?[.monthFirst] == nil,
        let count = table.datesEitherWay(field, inFile: file, pool)
      else { return nil }
      return (field, count)
    }
  }
}
