import Foundation
import TestSupport
import Testing

/// `casecheck case` on the samples.
@Suite("Case file")
struct CaseTests {
  /// What `case` shows, in JSON, of a person in a folder's `in` by its `rules`.
  private func shown(_ person: String, _ scratch: ScratchFolder) throws -> [String: Any] {
    let outcome = try BuiltProgram().run([
      "case", person, scratch.path("in"), "--rules", scratch.path("rules"), "--as-of",
      "2016-01-31", "--format", "json",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  @Test("a child's chronology and the reasoning of every verdict are what they were")
  func golden() throws {
    let outcome = try BuiltProgram().run(
      [
        "case", "4100264", "Samples/paris", "--rules", "Rules", "--pack", "statutory", "--as-of",
        "2016-01-31",
      ], in: projectFolder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    try expectGolden(outcome.output, "case-4100264.txt")
  }

  @Test("what the lists say of the child is among its verdicts, on any day")
  func agrees() throws {
    let scratch = try ScratchFolder()
    for asOf in ["2015-10-20", "2016-01-31"] {
      let run = try BuiltProgram().run(
        [
          "validate", "Samples/paris", "--rules", "Rules", "--as-of", asOf, "--out",
          scratch.path("OUT"),
        ], in: projectFolder)
      #expect(run.status == 1, "\(run.errors)")
      let listed = csvRows(
        String(
          decoding: try Data(contentsOf: scratch.url.appendingPathComponent("OUT/exceptions.csv")),
          as: UTF8.self)
      ).filter { $0["person_id"] == "4100264" }.map {
        "\($0["rule"] ?? "") \($0["record_id"] ?? "") \($0["occasion"] ?? "") \($0["status"] ?? "")"
      }
      let shown = try BuiltProgram().run(
        [
          "case", "4100264", "Samples/paris", "--rules", "Rules", "--at", asOf, "--format", "json",
        ], in: projectFolder)
      let json = try #require(
        try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any])
      let findings = try #require(json["findings"] as? [[String: Any]])
      let broken = findings.compactMap { finding -> String? in
        let status = finding["status"] as? String ?? ""
        guard ["failed", "late", "overdue", "cannot-judge"].contains(status) else { return nil }
        let occasion = (finding["occasion"] as? Int).map(String.init) ?? ""
        return "\(finding["rule"] ?? "") \(finding["record"] ?? "") \(occasion) \(status)"
      }
      #expect(Set(listed).isSubset(of: Set(broken)))
      #expect(!listed.isEmpty)
    }
  }

  @Test("a record without a date that can be read is named beside the chronology")
  func undated() throws {
    let scratch = try ScratchFolder()
    try scratch.write(
      """
      table: visits
      title: Visits
      files: ["visits.csv"]
      primaryKey: id
      person: child
      fields:
        - {name: id, headings: [id], type: string}
        - {name: child, headings: [child], type: string}
        - {name: seen_on, headings: [seen_on], type: date}
      """, to: "rules/visits.yaml")
    try scratch.write(
      "id,child,seen_on\nV1,P1,2016-01-04\nV2,P1,\nV3,P1,soon\nV4,P2,\n", to: "in/visits.csv")
    let undated = try shown("P1", scratch)["undated"] as? [String]
    #expect(undated == ["Visits V2, visits.csv:3", "Visits V3, visits.csv:4"])
  }

  @Test("a verdict on a derived column quotes the cells that it is worked out from")
  func derivedCells() throws {
    let scratch = try ScratchFolder()
    try scratch.write(
      """
      table: p
      files: [p.csv]
      primaryKey: id
      person: id
      fields:
        - {name: id}
        - {name: returned_on, type: date}
      derived:
        - {name: day, type: date, value: returned_on}
        - {name: is_back, type: boolean, value: has(day)}
      ---
      table: v
      files: [v.csv]
      primaryKey: v
      person: child
      fields: [{name: v}, {name: child}]
      foreignKeys: [{fields: child, reference: {table: p, fields: id}, as: person}]
      ---
      rules:
        - {rule: back, for: p, check: is_back}
        - {rule: back-too, for: v, check: person.is_back}
      """, to: "rules/all.yaml")
    try scratch.write("id,returned_on\n1,\n", to: "in/p.csv")
    try scratch.write("v,child\nV1,1\n", to: "in/v.csv")
    let found = try #require(try shown("1", scratch)["findings"] as? [[String: Any]])
    let cell = "returned_on of p 1 (p.csv:2) is (not recorded)."
    #expect(
      found.map { $0["reasons"] as? [String] } == [
        [
          "This does not hold: is_back is yes.",
          "Worked out: is_back: day is there. day: returned_on.", cell,
        ],
        [
          "This does not hold: its person's is_back is yes.",
          "Worked out: is_back of p: day is there. day of p: returned_on.", cell,
        ],
      ])
  }

  @Test(
    "of the cells that hold a date, twenty are named and the others counted",
    arguments: [
      (20, "in seen_on of v V19 (v.csv:20), and in seen_on of v V20 (v.csv:21)."),
      (21, "in seen_on of v V20 (v.csv:21), and in 1 more cell."),
      (25, "in seen_on of v V20 (v.csv:21), and in 5 more cells."),
    ])
  func manyCells(_ count: Int, _ end: String) throws {
    let scratch = try ScratchFolder()
    try scratch.write(
      """
      table: p
      files: [p.csv]
      primaryKey: id
      person: id
      fields: [{name: id}, {name: begun, type: date}]
      ---
      table: v
      files: [v.csv]
      primaryKey: v
      person: child
      fields: [{name: v}, {name: child}, {name: seen_on, type: date}]
      foreignKeys: [{fields: child, reference: {table: p, fields: id}, as: p}]
      ---
      rules:
        - {rule: visits, for: p, repeat: {from: begun, every: 42 days, events: 'this.v.map(x, x.seen_on)'}}
      """, to: "rules/all.yaml")
    try scratch.write("id,begun\n1,2016-01-02\n", to: "in/p.csv")
    let visits = (1...count).map { "V\($0),1,2016-01-05\n" }.joined()
    try scratch.write("v,child,seen_on\n" + visits, to: "in/v.csv")
    let found = try #require(try shown("1", scratch)["findings"] as? [[String: Any]])
    let reasons = found.filter { $0["rule"] as? String == "visits" }
      .flatMap { $0["reasons"] as? [String] ?? [] }
    // The day on which the first occasion was done, and on which the clock of the next started.
    let naming = reasons.filter {
      $0.contains("The date stands in seen_on of v V1 (v.csv:2), and in ") && $0.hasSuffix(end)
    }
    #expect(naming.count == 2, "\(reasons)")
  }

  @Test("limits, marked records and numbers written otherwise are the child's as well")
  func allVerdicts() throws {
    let scratch = try ScratchFolder()
    try scratch.write(
      """
      table: p
      files: [p.csv]
      primaryKey: id
      person: id
      fields: [{name: id, type: integer}, {name: born, type: date}]
      ---
      table: v
      files: [v.csv]
      primaryKey: v
      person: child
      fields: [{name: v}, {name: child, type: integer}, {name: carer}, {name: n, type: integer}]
      foreignKeys: [{fields: child, reference: {table: p, fields: id}, as: p}]
      ---
      rules:
        - {rule: carers, for: v, limit: {per: carer, value: count(), atMost: 1}}
        - {rule: few, for: v, check: n < 5}
        - {rule: one-birthday, for: p, check: '!p.exists(q, q.id != id && q.born == born)', marks: 'p.filter(q, q.id != id)'}
      """, to: "rules/all.yaml")
    try scratch.write("id,born\n7,01/01/2010\n8,01/01/2010\n9,\n", to: "in/p.csv")
    try scratch.write("v,child,carer,n\nA,7,C1,1\nB,007,C1,9\nC,8,C2,1\nD,9,,1\n", to: "in/v.csv")
    func verdicts(_ person: String) throws -> [String] {
      let found = try #require(try shown(person, scratch)["findings"] as? [[String: Any]])
      return found.compactMap { verdict in
        guard let rule = verdict["rule"], let record = verdict["record"],
          let status = verdict["status"], !"\(rule)".contains(".")
        else { return nil }
        return "\(rule) \(record) \(status)"
      }
    }
    #expect(
      try verdicts("7") == [
        "carers C1 failed", "few A met", "few B failed", "one-birthday 7 failed",
        "one-birthday 7 failed",
      ])
    #expect(
      try verdicts("8") == [
        "carers C2 met", "few C met", "one-birthday 8 failed", "one-birthday 8 failed",
      ])
    #expect(
      try verdicts("9") == [
        "carers D cannot-judge", "few D met", "one-birthday 9 met",
        "one-birthday 9 failed", "one-birthday 9 failed",
      ])
  }

  @Test("records whose number is this child's in another spelling are named, found or not")
  func otherSpellings() throws {
    let scratch = try ScratchFolder()
    try scratch.write(
      """
      table: p
      files: [p.csv]
      primaryKey: id
      person: id
      fields: [{name: id}]
      ---
      table: v
      files: [v.csv]
      primaryKey: v
      person: child
      fields: [{name: v}, {name: child}]
      """, to: "rules/all.yaml")
    try scratch.write("id\n77\nab\n", to: "in/p.csv")
    try scratch.write(
      "v,child\nA,77\nB,0077\nC, 77\nD,77.0\nE,AB\nF,777\nG,77\u{A0}\nH,\n", to: "in/v.csv")
    func alike(_ person: String) throws -> [[String]] {
      let found = try #require(try shown(person, scratch)["alike"] as? [[String: Any]])
      return found.map { record in
        ["number", "record"].compactMap { record[$0] as? String }
      }
    }
    #expect(
      try alike("77") == [
        ["0077", "v B (v.csv:3)"], [" 77", "v C (v.csv:4)"], ["77.0", "v D (v.csv:5)"],
        ["77\u{A0}", "v G (v.csv:8)"],
      ])
    #expect(try alike("ab") == [["AB", "v E (v.csv:6)"]])
    #expect(try alike("777").isEmpty)
    func told(_ person: String) throws -> BuiltProgram.Outcome {
      try BuiltProgram().run([
        "case", person, scratch.path("in"), "--rules", scratch.path("rules"), "--as-of",
        "2016-01-31",
      ])
    }
    let known = try told("77").output
    #expect(known.contains("Records under a number that may be this child's"), "\(known)")
    #expect(known.contains("    \"0077\": v B (v.csv:3)\n"), "\(known)")
    let unknown = try told("0777")
    #expect(unknown.status == 1)
    #expect(unknown.output == "Perhaps 777 (1 record).\n", "\(unknown.output)")
    // Several records of one number are one line; each other spelling has its own.
    try scratch.write("v,child\nA,AB\nB,AB\n", to: "in/v.csv")
    let several = try told("aB")
    #expect(
      several.output == "Perhaps ab (1 record).\nPerhaps AB (2 records).\n", "\(several.output)")
    #expect(!several.errors.contains("AB"), "\(several.errors)")
  }

  @Test("working days that lead back have their reasoning, too")
  func negativeWorkingDays() throws {
    let scratch = try ScratchFolder()
    try scratch.write(
      """
      table: p
      files: [p.csv]
      primaryKey: id
      person: id
      fields: [{name: id}, {name: on, type: date}, {name: n, type: integer}]
      ---
      calendar: england-and-wales
      covers: {from: 2015-01-01, to: 2016-12-31}
      holidays: [2015-12-25, 2016-01-01]
      ---
      rules: [{rule: back, for: p, deadline: {from: on, within: workingDays(n), to: on}}]
      """, to: "rules/all.yaml")
    try scratch.write("id,on,n\n7,04/01/2016,-2\n", to: "in/p.csv")
    let outcome = try BuiltProgram().run([
      "case", "7", scratch.path("in"), "--rules", scratch.path("rules"), "--as-of", "2016-01-31",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("end on 2015-12-30"), "\(outcome.output)")
    #expect(outcome.output.contains("2 weekend days"), "\(outcome.output)")
  }

  @Test("a configuration that is named has to be there")
  func noConfiguration() throws {
    let scratch = try ScratchFolder()
    let outcome = try BuiltProgram().run(
      [
        "case", "4100264", "Samples/paris", "--rules", "Rules", "--as-of", "2016-01-31", "--config",
        scratch.path("none.yaml"),
      ], in: projectFolder)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("there is no configuration here"))
  }

  @Test("a number that nobody has is told, and not quoted")
  func unknown() throws {
    let outcome = try BuiltProgram().run(
      ["case", "Nobody17", "Samples/paris", "--rules", "Rules", "--as-of", "2016-01-31"],
      in: projectFolder)
    #expect(outcome.status == 1)
    #expect(!outcome.errors.contains("Nobody17"))
  }

  @Test("a number of blanks is nobody's", arguments: ["", "  "])
  func nobody(_ person: String) throws {
    let outcome = try BuiltProgram().run(["case", person, "Samples/paris", "--rules", "Rules"])
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("The child's number is empty"))
  }
}
