import Testing
import Values
import WorkingTime

@testable import Extracts

private struct OrderCase: CustomTestStringConvertible, Sendable {
  var name: String
  /// The formats of `start` and of `end`; nil for the usual ones.
  var formats: (start: String?, end: String?) = (nil, nil)
  /// The cells of `start` and `end`, row by row.
  var cells: [(String, String)]
  var faults: [String] = []
  /// What the only fault or doubt says, each word of it; none where there is no doubt.
  var words: [String] = []
  var testDescription: String { name }
}

private let cases: [OrderCase] = [
  OrderCase(
    name: "years of two digits, month first", formats: ("%d/%m/%y", nil),
    cells: [("01/31/26", ""), ("03/14/26", ""), ("03/02/26", "")], faults: ["dateOrder 2 start"],
    words: ["lines 2 and 3", "format: \"%m/%d/%y\""]),
  OrderCase(
    name: "years of two digits, day first", formats: ("%m/%d/%y", nil),
    cells: [("31/01/26", ""), ("14/03/26", ""), ("03/02/26", "")], faults: ["dateOrder 2 start"],
    words: ["format: \"%d/%m/%y\""]),
  OrderCase(
    name: "years of two digits, as declared", formats: ("%d/%m/%y", nil),
    cells: [("31/01/26", ""), ("14/03/26", ""), ("03/02/26", "")]),
  OrderCase(
    name: "years of two digits in front", formats: ("%y/%m/%d", nil),
    cells: [("26/01/31", ""), ("26/03/14", ""), ("26/13/14", ""), ("05/13/14", "")]),
  OrderCase(
    name: "one year of two digits, month first", formats: ("%d/%m/%y", nil),
    cells: [("31/01/26", ""), ("03/14/26", "")], words: ["start: 1 date is written month first"]),
  OrderCase(
    name: "all month first, and none that could be read the other way",
    cells: [("04/21/2015", ""), ("05/26/2015", "")],
    words: ["start: 2 dates are written month first", "and no other shows the day first."]),
  OrderCase(
    name: "a neighbour is declared month first", formats: ("%m/%d/%Y", nil),
    cells: [("01/31/2026", ""), ("01/14/2026", "03/02/2026"), ("05/26/2026", "06/07/2026")],
    words: [
      "end: 2 dates could have day and month either way round", "while start of the same file",
      "format: \"%m/%d/%Y\"; if not, format: \"%d/%m/%Y\"",
    ]),
  OrderCase(
    name: "both are declared", formats: ("%m/%d/%Y", "%d/%m/%Y"),
    cells: [("01/14/2026", "03/02/2026"), ("05/26/2026", "06/07/2026")]),
  OrderCase(
    name: "a date shows the day to be first", formats: ("%m/%d/%Y", nil),
    cells: [
      ("01/31/2026", "31/03/2026"), ("01/14/2026", "03/02/2026"), ("05/26/2026", "06/07/2026"),
    ]),
  OrderCase(
    name: "one date alone", formats: ("%m/%d/%Y", nil),
    cells: [("01/14/2026", "03/02/2026"), ("05/26/2026", "05/05/2026")]),
  OrderCase(
    name: "years in front", formats: ("%m/%d/%Y", nil),
    cells: [("01/14/2026", "2026-03-02"), ("05/26/2026", "2026-07-06")]),
  OrderCase(
    name: "the others can be read in one way only", formats: ("%d/%m/%Y", nil),
    cells: [("01/13/2016", ""), ("02/14/2016", ""), ("05/05/2016", "")],
    words: ["start: 2 dates are written month first", "and no other shows the day first."]),
  OrderCase(
    name: "the others have the year in front",
    cells: [("01/13/2016", ""), ("02/14/2016", ""), ("2016-01-05", ""), ("2016-01-25", "")],
    words: ["start: 2 dates are written month first", "and no other shows the day first."]),
  OrderCase(
    name: "the others are without marks", formats: ("%d/%m/%Y,%d%m%Y", nil),
    cells: [("01/13/2016", ""), ("02/14/2016", ""), ("03042016", ""), ("05052016", "")],
    faults: ["dateOrder 2 start"],
    words: ["the other one was read day first and is most likely wrong"]),
  OrderCase(
    name: "the others have words in front", formats: ("%d/%m/%Y,on %d/%m/%Y", nil),
    cells: [("01/13/2016", ""), ("02/14/2016", ""), ("on 03/04/2016", "")],
    faults: ["dateOrder 2 start"],
    words: ["the other one was read day first and is most likely wrong"]),
  OrderCase(
    name: "the others name the month", formats: ("%d/%m/%Y,%d %b %Y,%Y%m%d", nil),
    cells: [("01/13/2016", ""), ("02/14/2016", ""), ("03 Apr 2016", ""), ("20160305", "")],
    words: ["start: 2 dates are written month first", "and no other shows the day first."]),
  OrderCase(
    name: "one beside a date with the year in front",
    cells: [("01/13/2016", ""), ("2016-01-05", "")],
    words: ["start: 1 date is written month first", "and no other shows the day first."]),
  OrderCase(
    name: "nobody has the month first",
    cells: [("14/01/2026", "03/02/2026"), ("26/05/2026", "06/07/2026")]),
  OrderCase(
    name: "a neighbour shows the month to be first",
    cells: [("01/31/2026", "03/02/2026"), ("05/26/2026", "06/07/2026"), ("01/02/2026", "")],
    faults: ["dateOrder 2 start"], words: ["The same is likely of end"]),
  OrderCase(
    name: "a neighbour shows it, whatever is declared", formats: (nil, "%d/%m/%Y"),
    cells: [("01/31/2026", "03/02/2026"), ("05/26/2026", "06/07/2026"), ("01/02/2026", "")],
    faults: ["dateOrder 2 start"], words: ["The same is likely of end"]),
]

@Suite("The order of day and month")
struct DateOrderTests {
  @Test("in a run", arguments: cases)
  fileprivate func runs(_ order: OrderCase) throws {
    var definition = table(field("id"), field("start", .date), field("end", .date), key: "id")
    for (number, format) in [(1, order.formats.start), (2, order.formats.end)] {
      guard let format else { continue }
      definition.fields[number].formats = try format.split(separator: ",").map {
        try DateFormat(String($0))
      }
    }
    let rows = order.cells.enumerated().map { "\($0),\($1.0),\($1.1)\n" }.joined()
    let reading = try read("id,start,end\n" + rows, as: definition)
    let told = reading.report.faults.map(\.message) + reading.report.doubts
    #expect(reading.faults == order.faults)
    #expect(told.count == (order.words.isEmpty ? 0 : 1), "\(told)")
    for words in order.words { #expect(told.first?.contains(words) == true, "\(told)") }
  }

  @Test(
    "in a draft, a column that could be either way round is as its neighbour",
    arguments: [
      (["01/02/2026,01/31/2026", "03/04/2026,12/02/2026"], true),
      (["01/02/2026,01/31/2026", "03/04/2026,12/02/2026", "14/04/2026,12/02/2026"], false),
      (["01/02/2026,31/01/2026", "03/04/2026,12/02/2026"], false),
      (["01/02/2026,01/31/2026", "2026-04-03,12/02/2026"], false),
      (["01/02/26,01/31/26", "03/04/26,12/02/26"], true),
    ])
  func drafts(_ rows: [String], _ isSwapped: Bool) throws {
    let folder = try Folder()
    let text = (["Opened,Closed"] + rows).joined(separator: "\n") + "\n"
    let found = look(at: try folder.write(text.utf8, to: "x.csv"), definitions: [])
    let yaml = draftDefinitions(from: [found])[0]
    #expect(
      yaml.contains("  # either way round: the month is first as in \"Closed\"\n") == isSwapped,
      "\(yaml)")
    #expect((found.columns[0].format?.hasPrefix("%m/%d/") == true) == isSwapped)
    #expect(found.columns[0].type == .date || !isSwapped)
  }
}
