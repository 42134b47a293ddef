import Testing
import Values
import WorkingTime

@testable import Extracts

@Suite("Columns of dates in a form that nobody named")
struct OtherDateFormTests {
  /// What is said of dates in another form, in a file with these cells in its only column of dates.
  private func doubts(_ cells: [String], _ type: FieldType = .date, format: String? = nil) throws
    -> [String]
  {
    var definition = table(field("id"), field("held_on", type), key: "id")
    if let format { definition.fields[1].formats = [try DateFormat(format)] }
    let rows = cells.enumerated().map { "\($0),\($1)\n" }.joined()
    return try read("id,held_on\n" + rows, as: definition).report.doubts.filter {
      $0.contains("in the form")
    }
  }

  @Test(
    "are told once, with an invented day",
    arguments: [
      (["14-Nov-15", "02-Dec-15", "03-Jan-16"], "31-Dec-15", "%d-%b-%y"),
      (["14-NOV-15", "02-DEC-15", "03-JAN-16"], "31-DEC-15", "%d-%b-%y"),
      (["14 November 2015", "2 May 2015", "3 May 2015"], "31 December 2015", "%d %B %Y"),
      (["14/11/15", "02/12/15", "03/01/16"], "31/12/15", "%d/%m/%y"),
      (["20151114", "20151202", "20160103"], "20151231", "%Y%m%d"),
      (
        ["14/11/2015 00:00:00", "02/12/2015 00:00:00", "03/01/2016 00:00:00"],
        "31/12/2015 00:00:00", "%d/%m/%Y 00:00[:00][.000]"
      ),
    ])
  func told(_ cells: [String], _ day: String, _ format: String) throws {
    let words = try doubts(cells)
    #expect(
      words == [
        "all 3 cells of held_on are dates written in the form \(day), which the table does not name, and are listed as no dates. "
          + "Say format: \"\(format)\" at the field, or once for all formats: {date: [...]} in a file of yours (Rules/README.md, section 1)."
      ], "\(words)")
  }

  @Test("are told where nearly all cells are such dates, and of dates with a time as well")
  func nearlyAll() throws {
    let days = (10..<28).map { "\($0)-Nov-15" }
    let some = try doubts(days + ["13/11/2015", "none"])
    #expect(some.first?.hasPrefix("18 of 20 cells of held_on are dates") == true, "\(some)")
    #expect(try doubts(days + ["13/11/2015", "none", "not yet"]) == [])
    let moments = try doubts(days.map { $0 + " 10:20" }, .datetime)
    #expect(moments == [])
    let known = try doubts(days.map { $0.replacing("-15", with: "-2015") + " 10:20" }, .datetime)
    #expect(known.first?.contains("in the form 31-Dec-2015 09:15, which") == true, "\(known)")
    #expect(known.first?.contains("formats: {datetime: [...]}") == true, "\(known)")
  }

  @Test(
    "are not told where no form, or more than one, reads them",
    arguments: [
      ["14-Nov-15", "02-Dec-15"], ["x", "y", "z"], ["13/11/2015", "14/11/2015", "15/11/2015"],
      ["42322", "42323", "42324"], ["11/14/2015", "12/15/2015", "01/16/2016"],
      ["01/02/15", "03/04/15", "05/06/15"], ["14-Nov-15", "15/11/15", "16 Nov 2015"],
    ])
  func silent(_ cells: [String]) throws {
    #expect(try doubts(cells) == [])
  }

  @Test("are not told where day and month are the other way round, which is told otherwise")
  func swapped() throws {
    #expect(try doubts(["13/11/2015", "14/11/2015", "15/11/2015"], format: "%m/%d/%Y") == [])
  }
}
