import SystemPackage
import Testing

@testable import Delivery

struct DeliveryFaultTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let fault: DeliveryFault
    let testDescription: String

    init(_ fault: DeliveryFault, _ words: String) {
      self.fault = fault
      testDescription = words
    }
  }

  @Test(arguments: [
    Case(
      .notAName(path: "."),
      ".: the output needs a folder with a name of its own. Name one, such as out."),
    Case(
      .link(path: "out"),
      "out: a link stands in the place of the output. Name the folder itself, or remove the link."),
    Case(
      .foreignEntry(path: "out", entry: "ledger.sqlite"),
      "out: ledger.sqlite in this folder was not written by casecheck, and the folder would be "
        + "replaced as a whole. Move it elsewhere, or name another folder."),
    Case(
      DeliveryFault(.noSpace, .write, "out/a.csv"),
      "out/a.csv: the disk is full, or the quota is used up. Make room, then run again."),
    Case(
      .inTheWay(path: "lists/latest"),
      "lists/latest: the link to the newest lists is to stand here, and something else does. "
        + "Move it away."),
    Case(
      DeliveryFault(.readOnlyFileSystem, .lock, "/srv/run.lock"),
      "/srv/run.lock: could not take the lock: Read-only file system. Put that right, then run again."
    ),
    Case(
      DeliveryFault(.permissionDenied, .makeFolder, "/srv"),
      "/srv: not permitted to make a folder here. Give the user who runs casecheck the right to, or "
        + "name another place."),
    Case(
      DeliveryFault(.ioError, .move, "out"),
      "out: could not move the new output here: Input/output error. Put that right, then run again."
    ),
    Case(
      DeliveryFault(.tooManySymbolicLinkLevels, .lock, "run.lock"),
      "run.lock: could not take the lock: a link stands in its place. Put that right, then run again."
    ),
    Case(
      .stopped,
      "stopped by a signal. The output before this run is still in place. Run again."),
    Case(
      .locked(path: "run.lock", processID: 12),
      "run.lock: another run holds the lock (process 12). Wait for it to end; the lock goes with its "
        + "process."),
    Case(
      .locked(path: "run.lock", processID: nil),
      "run.lock: another run holds the lock. Wait for it to end; the lock goes with its process."),
  ])
  func saysWhereWhatAndWhatToDo(_ example: Case) {
    #expect(example.fault.description == example.testDescription)
  }
}
