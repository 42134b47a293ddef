import Foundation
import Testing

@testable import Workbooks

@Suite("Workbooks that cannot be written")
struct WorkbookFaultTests {
  @Test("a sentence of the library keeps one full stop")
  func fullStop() {
    let fault = WorkbookFault(
      folder: "/tmp", why: "Error encountered when creating a tmpfile during file assembly.",
      system: ENOSPC)
    #expect(
      fault.description
        == "/tmp: a workbook could not be written: Error encountered when creating a tmpfile during file assembly. Make room in this folder for temporary files (TMPDIR), then run again."
    )
  }

  @Test(
    "want of room is not blamed where too many files are open",
    arguments: [(EMFILE, true), (ENFILE, true), (ENOSPC, false), (0, false)] as [(Int32, Bool)])
  func openFiles(_ system: Int32, _ isSaid: Bool) {
    let said = WorkbookFault(folder: "/tmp", why: "it was refused", system: system).description
    #expect(said.contains("too many files are open at once") == isSaid)
    #expect(said.contains("Make room") != isSaid)
  }
}
