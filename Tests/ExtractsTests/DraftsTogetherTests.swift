import Testing

@testable import Extracts

@Suite("Drafts of several files, and beside tables that are there")
struct DraftsTogetherTests {
  /// The drafts of files with these names and lines, by the definitions given.
  private func drafts(
    _ files: [(name: String, lines: [String])], _ definitions: [TableDefinition] = []
  ) throws -> [String] {
    let folder = try Folder()
    let looks = try files.map { name, lines in
      look(
        at: try folder.write((lines.joined(separator: "\n") + "\n").utf8, to: name),
        definitions: definitions)
    }
    return withExtendedLifetime(folder) { draftDefinitions(from: looks) }
  }

  @Test(
    "numbered files are one table, unless their headings differ",
    arguments: [
      ("A,B", ["list", "list"], "List*.csv"), ("A,C", ["list_1", "list_10"], "List 1.csv"),
    ])
  func numbered(_ second: String, _ names: [String], _ glob: String) throws {
    let folder = try Folder()
    let looks = try [("List 1.csv", "A,B"), ("List 10.csv", second)].map { name, head in
      look(at: try folder.write("\(head)\n1,2\n".utf8, to: name), definitions: [])
    }
    let drafts = draftDefinitions(from: looks)
    #expect(drafts.count == Set(names).count)
    #expect(zip(drafts, names).allSatisfy { $0.contains("\ntable: \($1)\n") }, "\(drafts)")
    #expect(drafts[0].contains("\nfiles: [\"\(glob)\"]\n"))
  }

  @Test(
    "a report's number names its table, unless it numbers parts",
    arguments: [
      (["Rep014.csv"], ["A,B"], "rep014", "Rep014*.csv"),
      (["Rep014_2016-01-31.csv"], ["A,B"], "rep014", "Rep014*.csv"),
      (["Rep014.csv", "Rep015.csv"], ["A,B", "A,C"], "rep014", "Rep014*.csv"),
      (["Rep014.csv", "Rep015.csv"], ["A,B", "A,B"], "rep", "Rep*.csv"),
      (["Rep014_1.csv", "Rep014_2.csv"], ["A,B", "A,B"], "rep014", "Rep014*.csv"),
      (["visits_2016-01-31.csv"], ["A,B"], "visits", "visits*.csv"),
      (["visits20160131.csv"], ["A,B"], "visits", "visits*.csv"),
      (["visits 123.csv"], ["A,B"], "visits", "visits*.csv"),
      (["visits2.csv"], ["A,B"], "visits", "visits*.csv"),
    ])
  func reports(_ names: [String], _ heads: [String], _ table: String, _ glob: String) throws {
    let folder = try Folder()
    let looks = try zip(names, heads).map { name, head in
      look(at: try folder.write("\(head)\n1,2\n".utf8, to: name), definitions: [])
    }
    let draft = draftDefinitions(from: looks)[0]
    #expect(draft.contains("\ntable: \(table)\n"), "\(draft)")
    #expect(draft.contains("\nfiles: [\"\(glob)\"]"), "\(draft)")
  }

  @Test("files that make one table are drafted once, from the longest, for all their names")
  func once() throws {
    let head = "Visit ID,Seen On"
    let found = try drafts([
      ("Visits_2015.csv", [head, "V1,"]),
      ("visits/Visits_2016.csv", [head, "V2,13/01/2016", "V3,14/01/2016"]),
      ("teams.csv", ["Team,Manager", "East,Ann", "West,Bob"]),
      ("Visits 20160229 0600.txt", [head, "V4,13/01/2016"]),
    ])
    #expect(found.count == 2)
    let start =
      """
      # Drafted by casecheck inspect: correct it, above all the types, the key and what is required.
      # Drafted from "visits/Visits_2016.csv" alone, the longest of 3 files with these headings.
      table: visits
      title: "Visits"
      files: ["Visits*.csv", "Visits*.txt"]

      """
    #expect(found[0].hasPrefix(start) && found[0].contains("type: date\n"), "\(found[0])")
    #expect(found[1].contains("\ntable: teams\n"), "\(found[1])")
  }

  @Test("of two drafts of one name, the second says that they cannot stay so")
  func namedAgain() throws {
    let found = try drafts([
      ("a/contacts.csv", ["Ref,X", "1,2"]), ("b/contacts.csv", ["Ref,Y", "1,2"]),
    ])
    let said = "\n# Has the name of a draft above, with other headings: give one of the files"
    #expect(found.count == 2)
    #expect(found.map { $0.contains(said) } == [false, true], "\(found)")
  }

  @Test(
    "no day or time is a key",
    arguments: [
      (["13/01/2016,x", "14/01/2016,x"], "# primaryKey: no column but one of days or times has"),
      (["13/01/2016 09:30,x", "14/01/2016 09:30,x"], "# primaryKey: no column but one of days"),
      (["13/01/2016,x", "14/01/2016,y"], "primaryKey: note\n"),
      (["x,x", "x,x"], "# primaryKey: no column has"),
    ])
  func keyOfDays(_ rows: [String], _ key: String) throws {
    let yaml = try drafts([("x.csv", ["Seen,Note"] + rows)])[0]
    #expect(yaml.contains("\n" + key), "\(yaml)")
  }

  @Test("a number of the record with a few repeats is the key before a day that has none")
  func keyBesideDays() throws {
    let rows = (1...25).map { "\($0)/01/2016,V\(max(2, $0))" }
    let yaml = try drafts([("x.csv", ["Seen,Visit Ref"] + rows)])[0]
    let key = "\nprimaryKey: visit_ref  # some values stand in it twice\n"
    #expect(yaml.contains(key), "\(yaml)")
  }

  @Test("a draft of a file that a table takes already names that table first")
  func taken() throws {
    let lines = ["Visit ID,person_id", "V1,P1"]
    let yaml = try drafts([("x.csv", lines)], [visits])[0]
    let first =
      "# visits (tables.yaml) takes a file of this name already: copy that table and add your headings instead.\n# Drafted by "
    #expect(yaml.hasPrefix(first), "\(yaml)")
    // A table of other files does not take it, though it knows the headings.
    var others = visits
    others.files = ["y*.csv"]
    #expect(try drafts([("x.csv", lines)], [others])[0].hasPrefix("# Drafted by "))
  }

  @Test("rows without a team go to that of their child, where a draft beside theirs has it")
  func childrenBeside() throws {
    let visits: (name: String, lines: [String]) = (
      "visits.csv", ["Visit ID,Client No", "V1,100", "V2,100"]
    )
    let children = ["Client No,Name,Team Code", "100,x,East", "101,y,West"]
    let found = try drafts([visits, ("clients.csv", children)])
    let reference =
      """

      person: client_no
      foreignKeys:
        - {fields: client_no, reference: {table: clients, fields: client_no}, as: person}
      owner: {team: person.team_code}
      fields:

      """
    #expect(found[0].contains(reference), "\(found[0])")
    #expect(found[1].contains("\nowner: {team: team_code}\n"), "\(found[1])")
    #expect(found[1].contains("  - name: name\n"), "\(found[1])")
    #expect(found[1].contains("    shown: false  # the child's name"), "\(found[1])")
    // Alone, it says how to go about it.
    let alone = try drafts([visits])[0]
    #expect(!alone.contains("\nforeignKeys:") && !alone.contains("\nowner:"), "\(alone)")
    #expect(alone.contains("\n# owner: {team: person.team, worker: person.worker}\n"), "\(alone)")
    // With a worker of its own, that line is in place of the draft's, and not beside it.
    let worked = try drafts([("visits.csv", ["Visit ID,Client No,Worker", "V1,100,Ann"])])[0]
    let instead =
      """

      # owner: {team: person.team, worker: worker}  # in place of the owner line that follows
      owner: {worker: worker}

      """
    #expect(worked.contains(instead), "\(worked)")
    let child = try drafts([("clients.csv", ["Client No,Worker", "100,Ann", "101,Bob"])])[0]
    let column =
      " With a column of the child's team, in place of the owner line that follows: owner: {team: team, worker: worker}\nowner: {worker: worker}\n"
    #expect(child.contains(column), "\(child)")
    // A name that a field has is no other row's.
    let named = try drafts([("visits.csv", ["Visit ID,Client No,Person", "V1,100,Ann"])])[0]
    #expect(named.contains("fields: person_id}, as: child}]\n"), "\(named)")
    #expect(named.contains("\n# owner: {team: child.team, worker: child.worker}\n"), "\(named)")
    // Of two tables of children nobody knows which is meant.
    let two = try drafts([visits, ("clients.csv", children), ("people.csv", children)])[0]
    #expect(!two.contains("\nforeignKeys:"), "\(two)")
  }
}
