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
      - {name: begun_on, type: date}
      - {name: seen_on, type: date}
      - {name: ended_on, type: date}
      - {name: begun_at, type: datetime}
      - {name: n, type: integer}
      - {name: m, type: integer}
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
      ("coalesce(ended_on) == coalesce(ended_on)", "ended_on can be read."),
      (
        "p.all(x, coalesce(x.ended_on) == coalesce(x.ended_on))",
        "for each of all p, its ended_on can be read."
      ),
      ("has_ended == has_ended", "has_ended can be worked out."),
      (
        #"(accepted ? id : lookup(p, "no code: " + id).id) == "A""#,
        #"(id if accepted is yes, otherwise not known) is "A"."#
      ),
      (
        #"lookup(p, "P-" + id).id == "A""#,
        #"the record of p with the key "P-" plus id's id is "A"."#
      ),
      (
        "p.all(x, x.ended_on == this.ended_on)",
        "for each of all p, its ended_on is this record's ended_on."
      ),
      (
        "p.map(x, x.begun_on).min() < ended_on",
        "the least of the begun_on of each of all p is before ended_on."
      ),
      ("asOf - ended_on <= days(90)", "the as-of date less ended_on is at most 90 days."),
      ("days(90) < asOf - ended_on", "90 days is less than the as-of date less ended_on."),
      ("asOf - days(90) <= ended_on", "the as-of date less 90 days is on or before ended_on."),
      (
        "monthsBetween(begun_on, ended_on) < 6",
        "the whole months from begun_on to ended_on is less than 6."
      ),
      (
        "hoursBetween(begun_on, ended_on) < 6",
        "the whole hours from begun_on to ended_on is less than 6."
      ),
      ("max(n, m) - 1 == 3", "(the greatest of n and m) less 1 is 3."),
      ("max(n, m - 1) == 3", "the greatest of n and m less 1 is 3."),
      ("1 + min(n, m) == 3", "1 plus (the least of n and m) is 3."),
      ("[n, m].max() * 2 == 3", "(the greatest of n or m) times 2 is 3."),
      ("[n, m * 2].max() == 3", "the greatest of n or m times 2 is 3."),
      ("abs(n - m) == 3", "(n less m) without its sign is 3."),
      ("n - abs(m) == 3", "n less m without its sign is 3."),
      (#"(id + "x").upper() == "AX""#, #"(id plus "x") in capitals is "AX"."#),
      (#"id + "x".upper() == "AX""#, #"id plus "x" in capitals is "AX"."#),
      ("same(n, m)", "n and m are the same, or both missing."),
      (
        "same(n, m) && has(ended_on)",
        "(n and m are the same, or both missing) and ended_on is there."
      ),
      (#"id in ["A", "B"] && offered"#, #"(id is one of "A" or "B") and offered is yes."#),
      (#"offered || id in ["A", "B"]"#, #"offered is yes or (id is one of "A" or "B")."#),
      (#"!(id in ["A", "B"]) || offered"#, #"(id is not one of "A" or "B") or offered is yes."#),
      (#"id in ["A"] && offered"#, #"id is one of "A" and offered is yes."#),
    ])
  func explained(_ expression: String, _ words: String) throws {
    let scratch = try ScratchFolder()
    try scratch.write(Self.table, to: "rules/p.yaml")
    try scratch.write("rules:\n  - {rule: r, for: p, check: '\(expression)'}\n", to: "rules/r.yaml")
    let told = try BuiltProgram().run(["rules", "explain", "r", "--rules", scratch.path("rules")])
    #expect(told.output.contains("What is asked: \(words)\n"), "\(told.output)\(told.errors)")
  }

  @Test("who acts, what is pointed at and where amber begins are said")
  func standing() throws {
    let scratch = try scratchFolder(owner: "{worker: id}")
    let own = try explained(
      scratch,
      "check: has(ended_on), marks: this, owner: {team: id}, target: {atLeast: 90%, amberFrom: 80%}"
    )
    #expect(own.contains("\nPointed at: "), "\(own)")
    #expect(own.contains("\nWho acts: the team id, the worker id.\n"), "\(own)")
    #expect(own.contains("\nTarget: at least 90 %; amber from 80 %, red beyond.\n"), "\(own)")
    let plain = try explained(scratch, "check: has(ended_on)")
    #expect(plain.contains("\nWho acts: the worker id.\n"), "\(plain)")
    #expect(!plain.contains("Pointed at"), "\(plain)")
  }

  @Test("what counts, what is not asked for any more and what ends too early to be judged is said")
  func clocks() throws {
    let scratch = try scratchFolder(owner: "{worker: id}")
    let duty = "repeat: {from: begun_on, every: 2 weeks, events: '[seen_on]'"
    let ending = try explained(scratch, "\(duty), until: ended_on}")
    for said in [
      "What counts: seen_on; several on one day are one, and none counts before the clock starts, after the duty ends or after the as-of date.\n",
      "The duty ends: on ended_on; while that is missing or after the as-of date it goes on. What falls due on that day or later is not asked for; what fell due before and was not done by then is late.\n",
      "lack a value this needs, or whose duty ends before its clock starts. They are listed",
    ] { #expect(ending.contains(said), "\(ending)") }
    let endless = try explained(scratch, "\(duty)}")
    for said in [
      "and none counts before the clock starts or after the as-of date.\n",
      "The duty ends: never.\n",
      "lack a value this needs. They are listed",
    ] { #expect(endless.contains(said), "\(endless)") }
    let once = try explained(
      scratch, "deadline: {from: begun_on, within: 10 days, to: ended_on}")
    #expect(once.contains("this needs, or whose clock stops before it starts. They"), "\(once)")
    for (span, start, reach) in [
      ("10 days", "begun_on", "that day included"),
      ("1 day", "begun_at", "by the end of that day, whatever the time"),
      ("24 hours", "begun_at", "to the minute; where a bare date is given, to the end of the day"),
    ] {
      let said = try explained(
        scratch, "deadline: {from: \(start), within: \(span), to: ended_on}")
      #expect(said.contains("\nIt is due: \(span) after, \(reach).\n"), "\(said)")
    }
    let due = try explained(scratch, "deadline: {due: begun_on, to: ended_on}")
    #expect(due.contains("lack a value this needs. They are listed"), "\(due)")
  }

  @Test(
    "a length is said in characters, of which one is one",
    arguments: [(1, "1 character"), (12, "12 characters")])
  func lengths(_ length: Int, _ words: String) throws {
    let scratch = try ScratchFolder()
    let constraints = "constraints: {minLength: \(length), maxLength: \(length)}"
    try scratch.write(
      Self.table.replacing("{name: id}", with: "{name: id, \(constraints)}"), to: "rules/p.yaml")
    for (constraint, bound) in [("minLength", "least"), ("maxLength", "most")] {
      let told = try BuiltProgram().run(
        ["rules", "explain", "p.id.\(constraint)", "--rules", scratch.path("rules")])
      #expect(
        told.output.contains("What is asked: id has at \(bound) \(words).\n"),
        "\(told.output)\(told.errors)")
    }
  }

  @Test("of no rule it is not said that every one has a test")
  func untested() throws {
    let scratch = try ScratchFolder()
    try scratch.write(Self.table, to: "rules/p.yaml")
    let told = try BuiltProgram().run(["rules", "test", "--rules", scratch.path("rules")])
    #expect(told.output.contains("There is no rule to test.\n"), "\(told.output)")
    #expect(!told.output.contains("Every rule has a test"), "\(told.output)")
  }

  private func scratchFolder(owner: String) throws -> ScratchFolder {
    let scratch = try ScratchFolder()
    try scratch.write(
      Self.table.replacing("primaryKey: id", with: "primaryKey: id\nowner: \(owner)"),
      to: "rules/p.yaml")
    return scratch
  }

  private func explained(_ scratch: ScratchFolder, _ rule: String) throws -> String {
    try scratch.write("rules:\n  - {rule: r, for: p, \(rule)}\n", to: "rules/r.yaml")
    let told = try BuiltProgram().run(["rules", "explain", "r", "--rules", scratch.path("rules")])
    return told.output + told.errors
  }
}
