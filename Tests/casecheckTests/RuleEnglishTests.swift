import TestSupport
import Testing

/// What `casecheck rules explain` says of an expression.
@Suite("Rules in English")
struct RuleEnglishTests {
  private static let table = """
    table: p
    files: ["p*.csv"]
    primaryKey: id
    fields:
      - {name: id}
      - {name: offered, type: boolean}
      - {name: accepted, type: boolean}
      - {name: ended_on, type: date}
    derived:
      - {name: has_ended, type: boolean, value: has(ended_on)}

    """

  @Test(
    "a field of yes or no is asked to be one of them, and no field to be itself",
    arguments: [
      ("offered", "offered is yes."),
      ("!offered", "offered is no."),
      ("!has_ended", "has_ended is no."),
      ("coalesce(has_ended)", "has_ended is yes."),
      ("has_ended && !accepted", "has_ended is yes and accepted is no."),
      ("!(offered || accepted)", "it is not so that (offered is yes or accepted is yes)."),
      ("offered ? accepted : false", "accepted if offered is yes, otherwise false."),
      ("offered == accepted", "offered is accepted."),
      ("p.exists(x, x.offered)", "among all p there is one where its offered is yes."),
      (
        "given(ended_on) && ended_on == ended_on",
        "something stands in ended_on and ended_on can be read."
      ),
      ("!(ended_on == ended_on)", "ended_on cannot be read."),
      ("p.all(x, x.ended_on == ended_on)", "for each of all p, its ended_on is ended_on."),
    ])
  func explained(_ expression: String, _ words: String) throws {
    let scratch = try ScratchFolder()
    try scratch.write(Self.table, to: "rules/p.yaml")
    try scratch.write("rules:\n  - {rule: r, for: p, check: '\(expression)'}\n", to: "rules/r.yaml")
    let told = try BuiltProgram().run(["rules", "explain", "r", "--rules", scratch.path("rules")])
    #expect(told.output.contains("What is asked: \(words)\n"), "\(told.output)\(told.errors)")
  }
}
