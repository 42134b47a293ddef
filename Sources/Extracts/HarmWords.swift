import Diagnostics
import Values
import WorkingTime

// The sentences about a whole file that Excel, or whoever made the export, has damaged. Nothing
// here quotes a cell, as the sentences go to logs and mail.
enum HarmWords {
  private static let again = "Export again, and do not open the file in Excel before the run."

  static func serials(_ field: String, _ places: FaultPlaces) -> String {
    "\(field): \(amount(places.count, "cell holds Excel's number for a day", "cells hold Excel's numbers for days")) "
      + "(\(places.words)), not dates. \(again)"
  }

  static func mixedOrder(
    _ field: String, _ places: FaultPlaces, declared: DateEvidence, besideOthers: Bool
  ) -> String {
    let (other, own) = declared == .dayFirst ? ("month", "day") : ("day", "month")
    guard besideOthers else {
      return
        "\(field): \(amount(places.count, "date is", "dates are")) written \(other) first (\(places.words)), and no other "
        + "shows the \(own) first. \(again)"
    }
    return
      "\(field): \(amount(places.count, "date is", "dates are")) written \(other) first (\(places.words)), the others "
      + "\(own) first: of those in which both could be a month, some may be the wrong way round."
  }

  static func eitherWay(_ field: FieldDefinition, _ count: Int, monthFirst: String) -> String {
    let formats = field.formatsOfBothOrders
    return
      "\(field.name): \(count) dates could have day and month either way round, and no other shows which: they were "
      + "read day first, while \(monthFirst) of the same file has the month first. If they have it too, let the "
      + "definition say format: \"\(formats.swapped)\"; if not, format: \"\(formats.own)\"."
  }

  /// `like` is one of the cells, of which only the form is told.
  static func otherDateForm(
    _ field: FieldDefinition, _ format: DateFormat, _ count: Int, of given: Int, like text: String
  ) -> String {
    let cells = count == given ? "all \(count) cells" : "\(count) of \(given) cells"
    return
      "\(cells) of \(field.name) are dates written in the form \(format.invented(like: text)), which the table does not "
      + "name, and are listed as no dates. Say format: \"\(format.pattern)\" at the field, or once for all "
      + "formats: {\(field.type.rawValue): [...]} in a file of yours (Rules/README.md, section 1)."
  }

  static func lostDigits(_ field: String, _ places: FaultPlaces) -> String {
    "\(field): \(amount(places.count, "number has", "numbers have")) been shortened, as Excel does with long ones "
      + "(\(places.words)): what stood after the first digits is lost. \(again)"
  }

  static func lostZeros(_ field: String, _ places: FaultPlaces, width: Int) -> String {
    "\(field): nearly all are numbers of \(width) digits, and \(amount(places.count, "has", "have")) fewer "
      + "(\(places.words)): Excel may have taken the zeros in front away. \(again)"
  }

  /// A footer never takes a record (settled 47).
  static func matchedFooter(line: Int) -> String {
    "line \(line) matches a footer pattern, but has the table's fields and key: read as a record. "
      + "If it is none, give the key a `pattern` that it does not meet."
  }

  /// RFC 4180 knows no backslash: the quote after it ends the cell.
  static func escapedQuotes(_ places: FaultPlaces) -> String {
    "a backslash stands before a quote (\(places.words)), which ends a cell in CSV. If it is meant to keep the quote, "
      + "cells are cut there and others take their places: have the export double its quotes instead."
  }

  static func total(line: Int) -> String {
    "the last record, on line \(line), looks like a total and not like a record: name it in the footer of the "
      + "definition's dialect."
  }

  static func sameBytes(as other: String) -> String {
    "holds the same bytes as \(other): one extract given twice. Take one of the two away."
  }
}

extension InputFault {
  static func dateOrder(
    _ field: FieldDefinition, _ places: FaultPlaces, doubtful: Int,
    declared: DateEvidence, neighbours: [String]
  ) -> InputFault {
    let (other, own) = declared == .dayFirst ? ("month", "day") : ("day", "month")
    let also =
      neighbours.isEmpty
      ? ""
      : " The same is likely of \(neighbours.joined(separator: ", ")): none of the dates there shows which is first."
    let others =
      doubtful == 1
      ? "the other one was read \(own) first and is"
      : "the other \(doubtful) were read \(own) first and are"
    return InputFault(
      .dateOrder, line: places.first, field: field.name,
      message:
        "\(places.count) dates of \(field.name) can only be read \(other) first (\(places.words)), and none only "
        + "\(own) first: \(others) most likely wrong. Export again with "
        + "the \(own) first, or let the definition say format: \"\(field.formatsOfBothOrders.swapped)\".\(also)"
    )
  }

  static func lostDigits(_ field: FieldDefinition, _ places: FaultPlaces) -> InputFault {
    InputFault(
      .lostDigits, line: places.first, field: field.name,
      message: HarmWords.lostDigits(field.name, places)
        + " Until then nobody can tell whose records they are.")
  }

  /// `withOthers` where blank lines and headings that stand again have been counted.
  static func sheetIsFull(_ limit: Int, withOthers: Bool) -> InputFault {
    let others = withOthers ? " and blank lines" : ""
    return InputFault(
      .truncated,
      message:
        "the file has exactly \(limit == 65_536 ? "65,536" : "1,048,576") rows with its headings\(others), which is as many as "
        + "a sheet of Excel's holds: what came after them is most likely cut off. Export again, not by way of Excel."
    )
  }
}
