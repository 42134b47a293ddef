import Values

/// What Excel does to an export that somebody opens and saves, and other harm that only all rows
/// show.
///
/// It is looked for once the table has been read, and never in cells that could be read as their
/// field asks.
struct ExcelHarm {
  let table: Table
  let pool: StringPool
  /// What was found, by file.
  private(set) var faults: [[InputFault]]
  private(set) var doubts: [[String]]
  private(set) var remarks: [[String]]

  private let cut: Set<Int64>

  init(_ table: Table, _ pool: StringPool, cut: Set<Int64>) {
    self.table = table
    self.pool = pool
    self.cut = cut
    faults = Array(repeating: [], count: table.files.count)
    doubts = Array(repeating: [], count: table.files.count)
    remarks = doubts
    lookAtUnreadable()
    lookAtTexts()
    lookAtWidths()
    lookAtRowCounts()
  }

  private var definition: TableDefinition { table.definition }

  /// Looks at cells that could not be read as their type, by what they show.
  private mutating func lookAtUnreadable() {
    var found: [FieldInFile: [DateEvidence: FaultPlaces]] = [:]
    let findings = table.findings
    for finding in findings.indices where findings.constraint(at: finding) == .type {
      guard let evidence = DateEvidence(findings.text(at: finding)) else { continue }
      let row = Int(findings.row(at: finding))
      let place = FieldInFile(
        file: table.fileNumber(ofRow: row), field: Int(findings.field(at: finding)))
      found[place, default: [:]][evidence, default: FaultPlaces()].add(Int(table.lines[row]))
    }
    var orders = DateOrders(table, pool, cells: found)
    for (place, cells) in found.sorted(by: { $0.key < $1.key }) {
      let field = definition.fields[place.field]
      if field.type == .date || field.type == .datetime {
        if let serials = cells[.serial] {
          remarks[place.file].append(HarmWords.serials(field.name, serials))
        }
        orders.look(at: place)
      } else if field.type == .integer || field.type == .number, let cut = cells[.scientific] {
        report(cut, place)
      }
    }
    orders.lookAtNeighbours()
    let forms = OtherDateForms(table)
    for file in table.files.indices {
      faults[file] += orders.faults[file] ?? []
      doubts[file] += orders.doubts[file] ?? []
      doubts[file] += forms.doubts[file] ?? []
    }
  }

  /// Looks for texts such as `1.23E+11`, of which Excel has kept only three digits.
  private mutating func lookAtTexts() {
    if cut.isEmpty { return }
    for field in definition.fields.indices {
      guard let column = table.columns[field], column.holdsTexts else { continue }
      for file in table.files.indices {
        var places = FaultPlaces()
        for row in table.rows(ofFile: file) where cut.contains(column.textCode(at: row)) {
          places.add(Int(table.lines[row]))
        }
        if places.count > 0 { report(places, FieldInFile(file: file, field: field)) }
      }
    }
  }

  private mutating func report(_ cut: FaultPlaces, _ place: FieldInFile) {
    let field = definition.fields[place.field]
    if definition.identities.contains(place.field) {
      faults[place.file].append(.lostDigits(field, cut))
    } else {
      remarks[place.file].append(HarmWords.lostDigits(field.name, cut))
    }
  }

  /// Looks for numbers of fixed width of which some have lost their leading zeros.
  private mutating func lookAtWidths() {
    for field in definition.fields.indices {
      guard let column = table.columns[field], column.holdsTexts,
        let width = FixedWidth(column, rowCount: table.rowCount, pool)
      else { continue }
      for file in table.files.indices {
        var places = FaultPlaces()
        for row in table.rows(ofFile: file) where width.isShort(column.textCode(at: row), pool) {
          places.add(Int(table.lines[row]))
        }
        if places.count > 0 {
          let name = definition.fields[field].name
          remarks[file].append(HarmWords.lostZeros(name, places, width: width.width))
        }
      }
    }
  }

  /// Looks for files that have exactly as many rows as an Excel sheet can hold, with or without those
  /// that are no records.
  private mutating func lookAtRowCounts() {
    for (number, file) in table.files.enumerated() {
      // Titles, footers and blank lines may as well have been added to what the sheet held.
      let rows = [0, file.passedOver.count].map { file.rowsRead + 1 + $0 }
      let all = rows.map { $0 + file.otherLines }
      for limit in [65_536, 1_048_576] where rows.contains(limit) || all.contains(limit) {
        faults[number].append(.sheetIsFull(limit, withOthers: !rows.contains(limit)))
      }
    }
  }
}

/// The numbers of the texts in a pool that look like `1.23E+11`.
///
/// No `TextCode` is such a text.
func textsCutByExcel(in pool: StringPool) -> Set<Int64> {
  var cut: Set<Int64> = []
  pool.forEach { number, text in
    if DateEvidence.isScientific(text) { cut.insert(Int64(number)) }
  }
  return cut
}

/// The width of a column of numbers with leading zeros.
private struct FixedWidth {
  let width: Int

  /// How many rows are sampled to tell whether there is such a width.
  private static let sampled = 512

  /// Nil where the column has none: no other row need then be looked at.
  init?(_ column: Column, rowCount: Int, _ pool: StringPool) {
    var given = 0
    var widths: [Int: (count: Int, padded: Int)] = [:]
    for row in stride(from: 0, to: rowCount, by: max(1, rowCount / Self.sampled)) {
      let code = column.textCode(at: row)
      if code < 0 { continue }
      given += 1
      let text = pool.text(ofCode: code).string.utf8
      guard text.allSatisfy({ 48...57 ~= $0 }) else { continue }
      widths[text.count, default: (0, 0)].count += 1
      if text.first == 48 { widths[text.count, default: (0, 0)].padded += 1 }
    }
    guard given >= 5,
      let usual = widths.max(by: { ($0.value.count, $0.key) < ($1.value.count, $1.key) }),
      usual.key >= 4, usual.value.padded > 0, usual.value.count * 5 >= given * 4,
      widths.allSatisfy({ $0.key == usual.key || $0.value.padded == 0 })
    else { return nil }
    width = usual.key
  }

  /// Whether a text is a number shorter than the width.
  func isShort(_ code: Int64, _ pool: StringPool) -> Bool {
    if code < 0 { return false }
    if TextCode.isCode(code) {
      return TextCode.digits(code).map { $0.count < width && !$0.isPadded } ?? false
    }
    return pool.withBytes(of: Int32(code)) { text in
      guard 1..<width ~= text.count, text[0] != 48 else { return false }
      for index in text.indices where !(48...57 ~= text[index]) { return false }
      return true
    }
  }
}
