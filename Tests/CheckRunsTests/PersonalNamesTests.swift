import Extracts
import Foundation
import Rulebooks
import TestSupport
import Testing

/// Which columns hold people's names, judged by their headings.
@Suite("Names of persons")
struct PersonalNamesTests {
  @Test(
    "a child's name is not shown, a worker's and a team's are",
    arguments: [
      ("Name", true), ("Name of Child", false), ("Family Name(s)", false),
      ("Child's Full Name (Legal)", false), ("Client Name", false), ("Service User Name", false),
      ("Given Name", false), ("Childs Name", false), ("Name of the Parent", false),
      ("cli_surname", false), ("Mother’s name", false), ("SURNAMES", false),
      ("AKA", false), ("Also Known As", false), ("yp_name", false), ("YP Name", false),
      ("YP's Name", false), ("YPName", false), ("young_person_name", false), ("AKA Name", false),
      ("Mum's name", false), ("Foster carer name", false), ("Placement Name", true),
      ("File Name", true), ("Provider Name", true), ("Event Name", true), ("YP Team Name", true),
      ("Worker Name", true), ("Name of Team", true), ("School Name", true),
      ("First Name of Worker", true), ("Renamed", true), ("Child ID", true), ("Service Name", true),
    ])
  func headings(_ heading: String, _ isShown: Bool) throws {
    let folder = try ScratchFolder()
    try folder.write(
      "table: t\nfiles: [t.csv]\nfields:\n  - {name: a, headings: [\"\(heading)\"]}\n",
      to: "t.yaml")
    let rulebook = Rulebook.load(RuleSelection(folders: [folder.url.path])).rulebook
    #expect(rulebook.tables.first?.definition.fields.first?.isShown == isShown)
  }
}
