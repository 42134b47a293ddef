import Foundation
import TestSupport
import Testing

/// What a page says of the rule behind its figures.
@Suite("Definitions beside the figures")
struct DefinitionTests {
  private static let table = """
    table: people
    title: Children
    files: ["people*.csv"]
    primaryKey: person_id
    fields:
      - {name: person_id, headings: [Person ID]}
      - {name: kind, headings: [Kind], codes: kinds}
      - {name: urn, headings: [URN], example: SC12, constraints: {pattern: "SC[0-9]{2}"}}
      - {name: born_on, headings: [Born], type: date}
    ---
    codes: kinds
    values: {A: Kin & friends, B: {label: Boarding, to: 2014-12-31}, C: C}
    """

  /// The text of a page of a run over three children: one has a kind and no birthday, and one a
  /// kind that no list has.
  private func page(_ path: String) throws -> String {
    let scratch = try ScratchFolder()
    try scratch.write(Self.table, to: "rules/people.yaml")
    try scratch.write(
      "rules: [{rule: born, title: Born, for: people, when: given(kind), check: has(born_on)}]\n",
      to: "rules/rules.yaml")
    try scratch.write(
      "Person ID,Kind,URN,Born\n1,A,,\n2,,SC1,01/02/2010\n3,X,SC12,01/02/2010\n",
      to: "extracts/people.csv")
    let outcome = try BuiltProgram().run([
      "validate", scratch.path("extracts"), "--rules", scratch.path("rules"), "--as-of",
      "2016-01-31", "--out", scratch.path("OUT"),
    ])
    #expect(outcome.status == 1, "\(outcome.errors)")
    return try String(contentsOfFile: scratch.path("OUT/\(path)"), encoding: .utf8)
  }

  @Test(
    "a figure says whose it is, and of how many records, before what is asked",
    arguments: ["rules/born.html", "index.html"])
  func judged(_ path: String) throws {
    let page = try page(path)
    #expect(
      page.contains(
        "<p>Who is judged: every record of people (Children) where something stands in kind. Judged in this run: 2 of 3 records of Children.</p><p>born_on is there.</p>"
      ), "\(page)")
  }

  @Test("the page of a constraint on codes has the whole list, with what the codes mean")
  func codes() throws {
    let page = try page("rules/people.kind.enum.html")
    let rows = [
      "<tr><th scope=\"row\">A<td>Kin &amp; friends\n",
      "<tr><th scope=\"row\">B<td>Boarding <small>until 31 December 2014</small>\n",
      "<tr><th scope=\"row\">C<td>\n",
    ]
    #expect(page.contains(rows.joined()), "\(page)")
  }

  @Test("the page of a constraint on the form of a cell shows an example in place of the pattern")
  func form() throws {
    let page = try page("rules/people.urn.pattern.html")
    #expect(page.contains("<h1>Children: urn is of the form wanted, as in SC12.</h1>"), "\(page)")
    #expect(!page.contains("SC[0-9]"), "\(page)")
  }
}
