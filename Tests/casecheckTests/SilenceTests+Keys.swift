import Foundation
import TestSupport
import Testing

/// Numbers of records that an export writes in another way than before.
extension SilenceTests {
  @Test(
    "last period's records whose keys are none of this period's are told",
    arguments: [
      (1...3, "000", "p of last period: of its 3 keys none is in this period's extract"),
      (1...30, "LCS-", "p of last period: of its 30 keys none is in"), (1...30, "", ""),
      (16...45, "", ""), (25...54, "", "p of last period: of its 30 keys 6 are in"),
      (3...3, "", ""), (30...31, "", ""),
    ])
  func otherKeys(_ keys: ClosedRange<Int>, _ prefix: String, _ words: String) throws {
    let scratch = try scratch(
      "  - {rule: new, for: p, check: '!earlier.p.exists(x, x.id == id && x.n != n)'}\n")
    func write(_ ids: [String], to path: String) throws {
      try scratch.write(
        "id,d,u,n,team\n" + ids.map { "\($0),2016-01-01,,5,T\n" }.joined(), to: path)
    }
    try write((1...30).map { "\($0)" }, to: "extracts/p.csv")
    try write(keys.map { "\(prefix)\($0)" }, to: "last/p.csv")
    let outcome = try validate(scratch, "--earlier", scratch.path("last"), "--quiet")
    #expect(outcome.status == 0)
    let said = outcome.output + outcome.errors
    if words.isEmpty {
      #expect(!said.contains("of last period"))
    } else {
      #expect(said.contains(words))
    }
  }

  @Test(
    "a record whose number lost its zeros, or has them again, puts nothing right",
    arguments: [("007", "7"), ("7", "007")])
  func zeros(_ before: String, _ now: String) throws {
    let scratch = try scratch(Self.deadline, "\(before),2016-01-01,,,T", "12,2016-03-01,,,T")
    let ledger = ["--ledger", scratch.path("l.sqlite")]
    _ = try validate(scratch, ledger[0], ledger[1])
    try scratch.write(
      "id,d,u,n,team\n\(now),2016-01-01,,,T\n12,2016-03-01,,,T\n", to: "extracts/p.csv")
    // It is listed under its new number; nothing has been done about it.
    let listed = try validate(scratch, asOf: "2016-03-02", ledger[0], ledger[1])
    #expect(
      listed.output.contains("1 new, 0 worse, 0 put right, 0 reopened, 1 no longer looked at"))
  }

  @Test("mended in an extract without the zeros of its numbers, it stays open")
  func zerosOfMended() throws {
    let scratch = try scratch(Self.deadline, "007,2016-01-01,,,T")
    let ledger = ["--ledger", scratch.path("l.sqlite")]
    _ = try validate(scratch, ledger[0], ledger[1])
    try scratch.write("id,d,u,n,team\n7,2016-01-01,2016-01-02,,T\n", to: "extracts/p.csv")
    let outcome = try validate(scratch, asOf: "2016-03-02", ledger[0], ledger[1])
    #expect(outcome.output.contains("0 new, 0 worse, 0 put right"))
    #expect(outcome.output.contains("still open, not judged: 1 exception of in-time"))
    #expect(outcome.errors.contains("p: a record with an open exception is not there, and one is"))
    let accepted = try validate(
      scratch, asOf: "2016-03-03", ledger[0], ledger[1], "--accept-shrink", "p")
    #expect(accepted.output.contains("0 new, 0 worse, 1 put right"))
    #expect(!accepted.errors.contains("differs only in how it is written"))
    #expect(!accepted.errors.contains("had nothing to accept"))
  }

  @Test("a run made again with the zeros that it had lost leaves nothing of it without them")
  func zerosMadeAgain() throws {
    let scratch = try scratch(Self.deadline, "007,2016-01-01,,,T")
    let ledger = ["--ledger", scratch.path("l.sqlite")]
    func night(_ asOf: String, _ id: String, done: String = "") throws -> BuiltProgram.Outcome {
      try scratch.write("id,d,u,n,team\n\(id),2016-01-01,\(done),,T\n", to: "extracts/p.csv")
      return try validate(scratch, asOf: asOf, ledger[0], ledger[1])
    }
    _ = try night("2016-03-01", "007")
    _ = try night("2016-03-02", "7")
    let again = try night("2016-03-02", "007")
    #expect(again.output.contains("0 new, 0 worse, 0 put right"))
    #expect(!again.output.contains("not judged"))
    let mended = try night("2016-03-03", "007", done: "2016-01-02")
    #expect(mended.status == 0)
    #expect(mended.output.contains("1 put right"))
  }

  @Test("of two records whose numbers differ in zeros, one that is rejected is not the other")
  func zerosOfTwo() throws {
    let scratch = try scratch(Self.deadline)
    let others = (100..<140).map { "\($0),2016-01-01,2016-01-02,,T\n" }.joined()
    func write(_ first: String) throws {
      try scratch.write(
        "id,d,u,n,team\n\(first)\n12,2016-01-01,,,T\n\(others)", to: "extracts/p.csv")
    }
    let ledger = ["--ledger", scratch.path("l.sqlite")]
    try write("0012,2016-01-01,,,T")
    _ = try validate(scratch, ledger[0], ledger[1])
    try write("0012,2016-01-01")
    let outcome = try validate(scratch, asOf: "2016-03-02", ledger[0], ledger[1])
    #expect(outcome.output.contains("0 put right, 0 reopened\n"))
    #expect(outcome.output.contains("still open, not judged: 1 exception of in-time"))
  }

  @Test(
    "a key that is a day or a number is the same record however it is written",
    arguments: [
      ("date", "04/01/2016", "2016-01-04"), ("date", "4/1/2016", "04/01/2016"),
      ("integer", "7", "+07"), ("datetime", "04/01/2016 09:30", "2016-01-04T09:30"),
    ])
  func typedKeys(_ type: String, _ before: String, _ now: String) throws {
    let scratch = try scratch("  - {rule: in-time, for: k, check: n > 5}\n", "1,,,,T")
    try scratch.write(
      """
      table: k
      files: [k.csv]
      primaryKey: [p, at]
      fields: [{name: p}, {name: at, type: \(type)}, {name: n, type: integer}]

      """, to: "rules/k.yaml")
    let ledger = ["--ledger", scratch.path("l.sqlite")]
    try scratch.write("p,at,n\nP1,\(before),1\n", to: "extracts/k.csv")
    _ = try validate(scratch, ledger[0], ledger[1])
    try scratch.write("p,at,n\nP1,\(now),9\n", to: "extracts/k.csv")
    let outcome = try validate(scratch, asOf: "2016-03-02", ledger[0], ledger[1])
    #expect(outcome.output.contains("0 put right"))
    #expect(outcome.errors.contains("k: a record with an open exception is not there, and one is"))
  }

  @Test(
    "a reference that points nowhere names the key that differs in what programs change",
    arguments: [
      ("007", "7", "7 is: Excel may have taken the zeros in front away."),
      ("7", "007", "007 is: Excel may have taken the zeros in front away."), ("8", "7", nil),
      ("70", "7", nil), ("AB1", "B1", nil), ("7.5", "75", nil), ("7.0.0", "7", nil),
      ("7.0", "7", "7 is: they differ only in the decimals."),
      ("07.00", "7", "7 is: they differ only in the decimals and zeros in front."),
      ("AB1", "ab1", "ab1 is: they differ only in capitals."),
      ("AB1 ", "ab1", "ab1 is: they differ only in blanks and capitals."),
      ("AB1", "A B1", "A␣B1 is: they differ only in blanks."),
      ("ab 1", "AB  1", "AB␣␣1 is: they differ only in blanks and capitals."),
      (
        "'007", "007",
        "007 is: they differ only in marks that keep Excel from making a number of it."
      ),
    ])
  func nearReferences(_ reference: String, _ key: String, _ words: String?) throws {
    let scratch = try scratch(Self.deadline, "\(key),2016-03-01,,,T")
    try scratch.write(
      """
      table: q
      files: [q.csv]
      primaryKey: id
      foreignKeys: [{fields: p, reference: {table: p, fields: id}, as: whole}]
      fields: [{name: id}, {name: p}]

      """, to: "rules/q.yaml")
    try scratch.write("id,p\n1,\(reference)\n", to: "extracts/q.csv")
    _ = try validate(scratch)
    let found = try listed(scratch).filter { $0["rule"] == "q.p.reference" }
    #expect(found.map { $0["message"] } == ["The p is not in p." + (words.map { " " + $0 } ?? "")])
  }
}
