import Foundation
import TestSupport
import Testing

/// What is said of something that was due at an hour and done later on the same day.
@Suite("Late on the day itself")
struct LateOnTheDayTests {
  @Test("it is late, and not 0 days late")
  func hours() throws {
    let scratch = try ScratchFolder()
    try scratch.write(
      """
      table: calls
      files: [calls.csv]
      primaryKey: id
      person: id
      fields:
        - {name: id}
        - {name: asked_at, type: datetime}
        - {name: replied_at, type: datetime}
      ---
      rules:
        - rule: replied
          title: Replied within two hours
          for: calls
          deadline: {from: asked_at, within: 2 hours, to: replied_at}
      """, to: "rules/all.yaml")
    try scratch.write(
      "id,asked_at,replied_at\n1,04/01/2016 09:00,04/01/2016 12:00\n", to: "in/calls.csv")
    let given = [scratch.path("in"), "--rules", scratch.path("rules"), "--as-of", "2016-01-31"]
    let run = try BuiltProgram().run(["validate"] + given + ["--out", scratch.path("OUT")])
    #expect(run.status == 1, "\(run.errors)")
    let list = try String(contentsOfFile: scratch.path("OUT/exceptions.csv"), encoding: .utf8)
    let found = try #require(csvRows(list).first)
    #expect(found["days_late"] == "0")
    #expect(found["message"]?.hasSuffix(", done 2016-01-04T12:00, late.") == true, "\(found)")
    let told = try BuiltProgram().run(["case", "1"] + given)
    #expect(
      told.output.contains("It was done on 2016-01-04T12:00, late on the day itself."),
      "\(told.output)\(told.errors)")
  }
}
