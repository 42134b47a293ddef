import Foundation
import TestSupport
import Testing

/// The commands as scripts call them: help, exit codes, what is said where.
@Suite("Commands")
struct CommandTests {
  private static let table = """
    table: people
    files: ["people*.csv"]
    primaryKey: person_id
    fields:
      - {name: person_id, headings: [Person ID]}
      - {name: name, headings: [Name], constraints: {required: true}}
    """

  private func scratch(people: String) throws -> ScratchFolder {
    let scratch = try ScratchFolder()
    try scratch.write(Self.table, to: "rules/people.yaml")
    try scratch.write(people, to: "extracts/people.csv")
    return scratch
  }

  private func validate(_ scratch: ScratchFolder, _ more: String...) throws
    -> BuiltProgram.Outcome
  {
    try BuiltProgram().run(
      [
        "validate", scratch.path("extracts"), "--rules", scratch.path("rules"), "--as-of",
        "2016-01-31", "--out", scratch.path("OUT"),
      ] + more)
  }

  @Test(
    "help is what it was",
    arguments: [
      [], ["validate"], ["run"], ["case"], ["history"], ["diff"], ["waive", "add"], ["ledger"],
      ["rules"], ["rules", "list"], ["inspect"],
    ])
  func help(_ command: [String]) throws {
    let outcome = try BuiltProgram().run(command + ["--help"])
    #expect(outcome.status == 0)
    try expectGolden(outcome.output, "help-\((["casecheck"] + command).joined(separator: "-")).txt")
  }

  @Test("a sample of one child is told as one")
  func sampleOfOne() throws {
    let scratch = try ScratchFolder()
    let outcome = try BuiltProgram().run(
      [
        "sample", "--children", "1", "--seed", "1", "--faults", "0", "--as-of", "2016-01-31",
        "--rules", projectFolder.appendingPathComponent("Rules").path, "--out", scratch.path("S"),
      ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("S: 1 child, "), "\(outcome.output)")
  }

  @Test(
    "a mistake that a command finds as it runs is told with the command's own usage",
    arguments: [
      (["rules", "explain", "nosuch", "--rules", "rules"], "casecheck rules explain"),
      (["case", "1"], "casecheck case"),
      (
        [
          "waive", "add", "--waivers", "waivers.csv", "--rule", "r", "--record", "1", "--reason",
          "x", "--agreed-by", "y", "--until", "2001-01-31",
        ], "casecheck waive add"
      ),
    ])
  func ownUsage(_ command: [String], _ name: String) throws {
    let scratch = try scratch(people: "Person ID,Name\n1,Ann\n")
    let outcome = try BuiltProgram().run(command, in: scratch.url)
    #expect(outcome.status == 64)
    #expect(outcome.output == "")
    #expect(outcome.errors.hasPrefix("Error: "), "\(outcome.errors)")
    #expect(outcome.errors.contains("\nUsage: \(name) "), "\(outcome.errors)")
    #expect(
      outcome.errors.hasSuffix("\n  See '\(name) --help' for more information.\n"),
      "\(outcome.errors)")
    #expect(!outcome.errors.contains("<subcommand>"), "\(outcome.errors)")
  }

  @Test("0 when nothing is wrong, and quiet when asked")
  func clean() throws {
    let scratch = try scratch(people: "Person ID,Name\n1,Ann\n")
    try scratch.write(
      "rules: [{rule: named, for: people, check: has(name)}]\n", to: "rules/rules.yaml")
    let outcome = try validate(scratch, "--quiet")
    #expect(outcome.status == 0)
    #expect(outcome.output + outcome.errors == "")
  }

  @Test("a message takes the place of the progress bar, and beside JSON there is none")
  func progress() throws {
    let scratch = try scratch(people: "Person ID,Name\n1,Ann\n")
    let text = try validate(scratch, "--progress", "always", "--verbose")
    #expect(text.errors.contains(" exceptions\r\u{1B}[Kcasecheck: checked in "), "\(text.errors)")
    let json = try validate(scratch, "--progress", "always", "--verbose", "--log-format", "json")
    let lines = json.errors.split(separator: "\n")
    #expect(lines.contains { $0.contains("checked in") })
    for line in lines {
      #expect((try? JSONSerialization.jsonObject(with: Data(line.utf8))) != nil, "\(line)")
    }
  }

  @Test("inspect takes the options of every command that reads data, and shows the same")
  func inspectOptions() throws {
    let scratch = try scratch(people: "Person ID,Name\n1,Ann\n2,Bob\n")
    let command = ["inspect", scratch.path("extracts"), "--rules", scratch.path("rules")]
    let plain = try BuiltProgram().run(command)
    let optioned = try BuiltProgram().run(
      command + ["--as-of", "2016-01-31", "--threads", "2", "--memory", "1G"])
    #expect(optioned.status == 0, "\(optioned.errors)")
    #expect(optioned.output == plain.output)
    #expect(try BuiltProgram().run(command + ["--as-of", "31/01/2016"]).status == 64)
    let last = try scratch.write("Person ID,Name\n1,Ann\n", to: "last/people.csv")
    let both = try BuiltProgram().run(command + ["--earlier", scratch.path("last")])
    #expect(both.status == 0, "\(both.errors)")
    #expect(both.output.hasPrefix(plain.output) && both.output.contains("\n\(last)\n"))
    let draft = try BuiltProgram().run(command + ["--draft"])
    let draftOfBoth = try BuiltProgram().run(
      command + ["--draft", "--earlier", scratch.path("last")])
    #expect(draftOfBoth.output == draft.output && draft.output.contains("table: "))
  }

  @Test("inspect does not trust an extract without headings, and shows nothing of its records")
  func inspectWithoutHeadings() throws {
    let scratch = try scratch(people: "1,Ann,East\n2,Bob,West\n")
    let outcome = try BuiltProgram().run(
      ["inspect", scratch.path("extracts"), "--rules", scratch.path("rules")])
    #expect(outcome.status == 3)
    #expect(outcome.output.contains("\n  headings    not found\n  records     not known\n"))
    #expect(!(outcome.output + outcome.errors).contains("Ann"))
  }

  @Test("inspect tells days that stand for none, and cells that only a definition can part")
  func inspectDoubts() throws {
    let scratch = try ScratchFolder()
    try scratch.write("Ref,Closed On\nA1,01/01/1900\nA2,13/01/2016\n", to: "days.csv")
    let days = try BuiltProgram().run(["inspect", "days.csv"], in: scratch.url)
    #expect(days.status == 0, "\(days.errors)")
    let told = "remark      “Closed On”: 1 cell holds 01/01/1900, which usually stands for no date."
    #expect(days.output.contains(told), "\(days.output)")
    try scratch.write("Ref^Closed On\nA1^12/01/2016\nA2^13/01/2016\n", to: "marks.csv")
    let marks = try BuiltProgram().run(["inspect", "marks.csv"], in: scratch.url)
    #expect(marks.status == 3)
    #expect(marks.output.contains("  untrusted   the cells seem to be parted by ^"))
    let draft = try BuiltProgram().run(["inspect", "marks.csv", "--draft"], in: scratch.url)
    #expect(draft.status == 0 && draft.output.contains("\ndialect: {delimiter: \"^\"}\n"))
  }

  @Test("one rule is one rule")
  func singular() throws {
    let scratch = try scratch(people: "Person ID,Name\n")
    try scratch.write(
      "rules: [{rule: named, for: people, check: has(name)}]\n", to: "rules/rules.yaml")
    func said(_ command: String) throws -> String {
      try BuiltProgram().run(["rules", command, "--rules", scratch.path("rules")]).output
    }
    #expect(try said("list").contains("\n1 rule, and "))
    #expect(try said("list").hasSuffix(" of 1 table.\n"))
    #expect(try said("test").contains("1 of 1 rule has no test: named\n"))
  }

  @Test("1 when something is wrong, 0 with --exit-zero, both with the same lists")
  func exceptions() throws {
    let scratch = try scratch(people: "Person ID,Name\n1,\n")
    #expect(try validate(scratch).status == 1)
    let first = try Data(contentsOf: scratch.url.appendingPathComponent("OUT/exceptions.csv"))
    #expect(try validate(scratch, "--exit-zero").status == 0)
    let second = try Data(contentsOf: scratch.url.appendingPathComponent("OUT/exceptions.csv"))
    #expect(first == second)
  }

  @Test("2 when the rules are wrong: nothing is written, and nothing that was there is touched")
  func wrongRules() throws {
    let scratch = try scratch(people: "Person ID,Name\n1,\n")
    #expect(try validate(scratch).status == 1)
    try scratch.write("rules: [{rule: x, for: peple, check: true}]\n", to: "rules/more.yaml")
    let outcome = try validate(scratch)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("more.yaml:1:24: error: there is no table `peple`"))
    #expect(outcome.errors.contains("Did you mean `people`?"))
    #expect(FileManager.default.fileExists(atPath: scratch.path("OUT/exceptions.csv")))
  }

  @Test("3 when an input cannot be trusted, with lists of what could be checked")
  func untrusted() throws {
    let scratch = try scratch(people: "Person ID,Name\n1,\n2,\"Bo\n")
    let outcome = try validate(scratch, "--exit-zero")
    #expect(outcome.status == 3)
    let rows = csvRows(
      String(
        decoding: try Data(contentsOf: scratch.url.appendingPathComponent("OUT/exceptions.csv")),
        as: UTF8.self))
    #expect(rows.compactMap { $0["rule"] } == ["people.name.required", "people.row"])
  }

  @Test(
    "the reason for 3 is said once on standard error too, however messages are written",
    arguments: ["--exit-zero", "--quiet", "--verbose", "--log-format=json"])
  func untrustedSaid(_ option: String) throws {
    let scratch = try scratch(people: "Person ID,Name\n1,\n2,\"Zebedee\n")
    let outcome = try validate(scratch, option)
    #expect(outcome.status == 3)
    let lines = outcome.errors.split(separator: "\n").filter {
      $0.contains("casecheck: not trusted: people.csv:3: a quote that begins on line 3")
    }
    #expect(lines.count == 1, "\(outcome.errors)")
    #expect(lines.contains { $0.contains("\"level\":\"error\"") } == option.hasSuffix("json"))
    #expect(!outcome.errors.contains("Zebedee"))
  }

  @Test("4 when it cannot finish: a folder of somebody else's is left alone")
  func foreignFolder() throws {
    let scratch = try scratch(people: "Person ID,Name\n1,\n")
    try scratch.write("mine", to: "OUT/letter.txt")
    let outcome = try validate(scratch)
    #expect(outcome.status == 4)
    #expect(FileManager.default.fileExists(atPath: scratch.path("OUT/letter.txt")))
    #expect(!FileManager.default.fileExists(atPath: scratch.path("OUT/exceptions.csv")))
  }

  @Test(
    "4 when what a command is asked to show cannot be written",
    arguments: [["rules", "check"], ["rules", "test"], ["rules", "list"]])
  func fullOutput(_ command: [String]) throws {
    let scratch = try scratch(people: "Person ID,Name\n")
    let process = Process()
    process.executableURL = BuiltProgram.url
    process.arguments = command + ["--rules", scratch.path("rules")]
    let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
    process.standardOutput = full
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 4, "\(said)")
    #expect(said.contains("standard output could not be written"), "\(said)")
  }

  @Test(
    "64 when the command line is wrong",
    arguments: [
      ["validate"], ["validate", "x", "--out", "y"],
      ["validate", "x", "--as-of", "31/01/2016", "--out", "y"],
      ["validate", "x", "--as-of", "2016-01-31", "--out", "y", "--threads", "0"],
      ["validate", "x", "--as-of", "2016-01-31", "--out", "y", "--memory", "lots"],
      ["validate", "x", "--as-of", "2016-01-31", "--out", "y", "--format", "pdf"],
      ["validate", "x", "--as-of", "2016-01-31", "--out", "y", "--format=csv", "--format=pdf"],
      ["validate", "x", "--as-of", "2016-01-31", "--out", "y", "--set", "novalue"], ["nonsense"],
    ])
  func wrongCommandLine(_ arguments: [String]) throws {
    #expect(try BuiltProgram().run(arguments).status == 64)
  }

  @Test(
    "the formats of one list and of several are the same",
    arguments: [["--format", "csv,json"], ["--format", "csv", "--format=json"]])
  func formats(_ options: [String]) throws {
    let scratch = try scratch(people: "Person ID,Name\n1,Ann\n")
    let outcome = try BuiltProgram().run(
      [
        "validate", scratch.path("extracts"), "--rules", scratch.path("rules"), "--as-of",
        "2016-01-31", "--out", scratch.path("OUT"),
      ] + options)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path("OUT"))
    #expect(names.contains("exceptions.csv"))
    #expect(names.contains("summary.json"))
    #expect(!names.contains("index.html"))
  }

  @Test("4 when more memory is needed than allowed")
  func memory() throws {
    let scratch = try scratch(people: "Person ID,Name\n1,Ann\n")
    let outcome = try validate(scratch, "--memory", "1M")
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("--memory"))
    #expect(!FileManager.default.fileExists(atPath: scratch.path("OUT")))
  }

  @Test(
    "where memory is lacking, fewer files are advised only where there are several to choose from",
    arguments: [
      (["validate", "--out", "OUT"], ", or check fewer extracts at once"),
      (["case", "1"], ""),
    ])
  func memoryAdvice(_ command: [String], _ fewer: String) throws {
    let scratch = try scratch(people: "Person ID,Name\n1,Ann\n")
    func said() throws -> String {
      let outcome = try BuiltProgram().run(
        command + ["extracts", "--rules", "rules", "--as-of", "2016-01-31", "--memory", "1M"],
        in: scratch.url)
      #expect(outcome.status == 4)
      return outcome.errors
    }
    let ofOne = try said()
    #expect(ofOne.hasSuffix(" (1 MB). Allow more with --memory.\n"), "\(ofOne)")
    try scratch.write("Person ID,Name\n2,Bob\n", to: "extracts/people2.csv")
    let ofTwo = try said()
    #expect(ofTwo.hasSuffix(" (1 MB). Allow more with --memory\(fewer).\n"), "\(ofTwo)")
  }

  @Test("what took more memory than was allowed is shown all the same, and said")
  func memoryRemark() throws {
    let scratch = try scratch(people: "Person ID,Name\n1,Ann\n")
    let outcome = try BuiltProgram().run(
      ["inspect", "extracts", "--rules", "rules", "--memory", "1M"], in: scratch.url)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("people"))
    #expect(outcome.errors.contains("than --memory allows (1 MB)"), "\(outcome.errors)")
  }

  @Test("messages never quote a cell, the lists do")
  func privacy() throws {
    let scratch = try scratch(people: "Person ID,Name\nSecret1,\nSecret1,Zebedee\nx,y,z\n")
    let outcome = try validate(scratch, "--verbose")
    #expect(outcome.status == 1)
    for word in ["Secret1", "Zebedee"] {
      #expect(!(outcome.output + outcome.errors).contains(word))
    }
    let lists = try String(contentsOfFile: scratch.path("OUT/exceptions.csv"), encoding: .utf8)
    #expect(lists.contains("Secret1"))
  }

  @Test(
    "a draft may go among the rules, though the shell makes an empty rule file there beforehand",
    arguments: [true, false])
  func draftAmongTheRules(_ hasOthers: Bool) throws {
    let scratch = try ScratchFolder()
    if hasOthers { try scratch.write(Self.table, to: "Rules/tables/people.yaml") }
    try scratch.write("Ref,Seen On\nA1,04/01/2016\nA2,05/01/2016\n", to: "export.csv")
    try scratch.write("", to: "Rules/tables/export.yaml")
    let drafted = try BuiltProgram().run(["inspect", "export.csv", "--draft"], in: scratch.url)
    #expect(drafted.status == 0, "\(drafted.errors)")
    #expect(drafted.errors.contains("Rules/tables/export.yaml:1:1: warning: this file is empty"))
    #expect(drafted.output.contains("\ntable: export\n"))
    let checked = try BuiltProgram().run(["rules", "check"], in: scratch.url)
    #expect(checked.status == 2 && checked.errors.contains("error: this file is empty"))
  }

  @Test("a draft of an unknown export loads, and reads the export")
  func draft() throws {
    let scratch = try ScratchFolder()
    let export = try scratch.write(
      "Ref,Seen On,Cost\nA1,04/01/2016,1.50\nA2,05/01/2016,2\n", to: "extracts/trips.csv")
    let drafted = try BuiltProgram().run(["inspect", export, "--draft"], in: scratch.url)
    #expect(drafted.status == 0, "\(drafted.errors)")
    try scratch.write(drafted.output, to: "rules/trips.yaml")
    let outcome = try validate(scratch)
    #expect(outcome.status == 0, "\(outcome.output + outcome.errors)")
    #expect(outcome.output.contains("2 records read = 2 checked + 0 rejected"))
  }
}
