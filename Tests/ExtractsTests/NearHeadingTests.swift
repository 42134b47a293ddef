import Testing
import Values

@testable import Extracts

@Suite("Headings that may be meant")
struct NearHeadingTests {
  @Test("an unknown heading is proposed once, for the field that it most resembles")
  func once() throws {
    let definition = table(
      field("person_id"), field("team"), field("supervisor_id"),
      field("supervision_id", .string, "Supervision ID"), field("supervised_on", .date))
    let reading = try read(
      "person_id,team,Supervision Ref,Supervised\nP1,East,S1,13/01/2016\n", as: definition)
    let remark =
      "no column for supervisor_id, supervision_id (perhaps “Supervision Ref”), supervised_on (perhaps “Supervised”): absent in every row of this file."
    #expect(reading.report.remarks.contains(remark), "\(reading.report.remarks)")
  }

  @Test("a required field is told of it as well")
  func required() throws {
    var definition = table(
      field("person_id"), field("team"), field("supervisor_id"), field("supervision_id"))
    definition.primaryKey = [3]
    let reading = try read("person_id,team,Supervision Ref\nP1,East,S1\n", as: definition)
    #expect(
      reading.report.faults.first?.message.contains("Perhaps “Supervision Ref” is it.") == true)
    let remark = "no column for supervisor_id: absent in every row of this file."
    #expect(reading.report.remarks.contains(remark), "\(reading.report.remarks)")
  }
}
