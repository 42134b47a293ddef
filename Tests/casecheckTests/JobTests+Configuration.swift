import Foundation
import TestSupport
import Testing

/// What the job reads of its configuration, and says of mistakes in it.
extension JobTests {
  @Test(
    "every mistake in a configuration is named with its place",
    arguments: [
      ("outt: x", "casecheck.yaml:7:1: error: there is no key `outt`", "Did you mean `out`?"),
      ("guard: {shrinkMoreThan: lots}", "casecheck.yaml:7:25", "a share such as 20%"),
      ("keep: none", "casecheck.yaml:7:7", "a whole number"),
      ("modes: {files: \"0077\"}", "casecheck.yaml:7:16", "the owner can read and write"),
      ("modes: {folders: 640}", "casecheck.yaml:7:18", "can read, write and enter, not `640`"),
      ("guard: {shrinkMoreThan: 0x14%}", "casecheck.yaml:7:25", "a share such as 20%"),
      ("pseudonymise: \"\"", "casecheck.yaml:7:15", "`pseudonymise` is an empty text"),
      ("templates: \" \"", "casecheck.yaml:7:12", "`templates` is an empty text"),
      ("earlier: \"\"", "casecheck.yaml:7:10", "`earlier` is an empty text"),
      ("brand: {logo: \"\"}", "casecheck.yaml:7:15", "`logo` is an empty text"),
      ("deliver: {outbox: \"\"}", "casecheck.yaml:7:19", "`outbox` is an empty text"),
      ("deliver: {timeout: 0}", "casecheck.yaml:7:20", "from 1 to 3600 seconds"),
      ("deliver: {method: fax}", "casecheck.yaml:7:19", "`sendmail` or `maildir`"),
    ])
  func mistakes(_ row: (line: String, place: String, words: String)) throws {
    let scratch = try job(row.line)
    let outcome = try run(scratch, "2016-01-20")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(row.place), "\(outcome.errors)")
    #expect(outcome.errors.contains(row.words), "\(outcome.errors)")
  }

  @Test("mistakes of the command line are named beside those of the configuration")
  func mistakesOfBoth() throws {
    let scratch = try job("outt: x")
    let outcome = try run(scratch, "2016-01-20", "--pack", "nope", "--set", "zz=1")
    #expect(outcome.status == 2)
    for words in ["there is no key `outt`", "there is no pack `nope`", "`zz`"] {
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
    }
  }

  @Test("where the rules are wrong no ledger is made")
  func wrongRules() throws {
    let scratch = try job()
    try scratch.write("rules: [{rule: x, for: peple, check: true}]\n", to: "rules/more.yaml")
    #expect(try run(scratch, "2016-01-20").status == 2)
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).sorted()
    #expect(names == ["casecheck.yaml", "extracts", "rules"])
  }

  @Test("teams that look alike are told, and mistakes of the configuration where they stand")
  func places() throws {
    let scratch = try job("packs: [statutory]\nparameters: {max_case: 20}\ncalendar: england")
    let wrong = try run(scratch, "2016-01-20")
    #expect(wrong.status == 2)
    for place in [
      "7:9: error: there is no pack", "8:24: error: there is no parameter",
      "9:11: error: there is no calendar",
    ] {
      #expect(wrong.errors.contains("casecheck.yaml:\(place)"), "\(wrong.errors)")
    }
    let alike = try job()
    try alike.write(
      "Person ID,Name,Team,Worker\n1,A,East,W\n2,B,East ,W\n3,C,EAST,W\n4,D,West,W\n5,E,Far West,W\n6,F,Far  West,W\n",
      to: "extracts/people.csv")
    let outcome = try run(alike, "2016-01-20")
    #expect(outcome.errors.contains("The teams \"EAST\" and \"East\" and \"East␣\" may be one"))
    #expect(outcome.errors.contains("The teams \"Far West\" and \"Far␣␣West\" may be one"))
  }

  @Test("folders named on the command line stand in for the configuration's, whose parameters stay")
  func foldersAlone() throws {
    let scratch = try job("parameters: {limit: days(90)}")
    let rules = try String(contentsOfFile: scratch.path("rules/all.yaml"), encoding: .utf8)
      .replacing("within: 10 days", with: "within: limit")
    try scratch.write(
      rules + "---\nparameters:\n  limit: days(10)\n",
      to: "rules/all.yaml")
    for more in [[], ["--rules", scratch.path("rules")]] {
      let outcome = try BuiltProgram().run(
        ["run", "--config", scratch.path("casecheck.yaml"), "--as-of", "2016-01-20"] + more)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    let set = try run(
      scratch, "2016-01-20", "--rules", scratch.path("rules"), "--set", "limit=days(10)")
    #expect(set.status == 1)
  }
}
