import Values
import WorkingTime

/// Looks for columns of dates that are nearly all written in one form that the definition does not
/// name.
///
/// Otherwise each cell would be listed by itself, as if the case system were at fault.
struct OtherDateForms {
  private let table: Table
  /// What was found, by file.
  private(set) var doubts: [Int: [String]] = [:]

  /// The fewest dates that are a column's way of writing, and no slip.
  private static let fewest = 3
  /// How many cells are held against every form; the others only against those that read these.
  private static let sampled = 100

  init(_ table: Table) {
    self.table = table
    var cells: [FieldInFile: [Int]] = [:]
    let findings = table.findings
    for finding in findings.indices where findings.constraint(at: finding) == .type {
      let field = Int(findings.field(at: finding))
      guard [.date, .datetime].contains(table.definition.fields[field].type) else { continue }
      let file = table.fileNumber(ofRow: Int(findings.row(at: finding)))
      cells[FieldInFile(file: file, field: field), default: []].append(finding)
    }
    for (place, found) in cells.sorted(by: { $0.key < $1.key }) { look(at: found, in: place) }
  }

  private mutating func look(at cells: [Int], in place: FieldInFile) {
    guard cells.count >= Self.fewest, let column = table.columns[place.field] else { return }
    let readable = table.rows(ofFile: place.file).count { column.day(at: $0) != nil }
    let given = cells.count + readable
    let field = table.definition.fields[place.field]
    guard Self.isMost(cells.count, of: given), let form = form(of: cells, field) else { return }
    guard Self.isMost(form.count, of: given) else { return }
    doubts[place.file, default: []].append(
      HarmWords.otherDateForm(
        field, form.format, form.count, of: given, like: text(cells[form.first])))
  }

  /// The format that reads most of the cells, how many, and the place of the first of them.
  ///
  /// Nil where none reads them, where they may as well have the month first, and where they show
  /// that day and month are the other way round, which is told otherwise.
  private func form(of cells: [Int], _ field: FieldDefinition)
    -> (format: DateFormat, count: Int, first: Int)?
  {
    var best: (format: DateFormat, count: Int, first: Int)?
    var monthFirst = 0
    for (candidate, format) in zip(DateCandidates.all, DateCandidates.formats) {
      guard candidate.type == field.type, let format else { continue }
      let sample = cells.prefix(Self.sampled)
      guard Self.isMost(sample.count { format.read(text($0)) != nil }, of: sample.count),
        let first = cells.firstIndex(where: { format.read(text($0)) != nil })
      else { continue }
      let count = cells.count { format.read(text($0)) != nil }
      if format.pattern.hasPrefix("%m") {
        monthFirst = max(monthFirst, count)
      } else if count > best?.count ?? 0 {
        best = (format, count, first)
      }
    }
    guard let best, best.count > monthFirst else { return nil }
    return field.dayAndMonthOrder == .monthFirst ? nil : best
  }

  private func text(_ finding: Int) -> String { table.findings.text(at: finding).trimmingSpaces }

  private static func isMost(_ count: Int, of all: Int) -> Bool { count * 10 >= all * 9 }
}

extension DateFormat {
  /// An invented day, 31 December 2015, written as a text in this format is.
  ///
  /// Of the text, which may be somebody's date of birth, only the form is kept.
  func invented(like text: String) -> String {
    let day = CalendarDate(year: 2015, month: 12, day: 31)
    let time = readsTime ? 33_300 : nil
    let shape = Self.shape(of: text)
    let alike = spellings(date: day, secondOfDay: time).sorted().first {
      Self.shape(of: $0) == shape
    }
    return alike ?? write(date: day, secondOfDay: time)
  }

  /// The text with all digits alike, and all capitals, and all small letters.
  private static func shape(of text: String) -> [Character] {
    text.map { character in
      if character.isNumber { return "0" }
      if character.isLetter { return character.isUppercase ? "A" : "a" }
      return character
    }
  }
}
