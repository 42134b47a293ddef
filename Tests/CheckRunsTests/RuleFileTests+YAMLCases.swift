/// Files that are no YAML, or in which YAML reads something other than was meant.
extension RuleFileTests {
  static let yamlCases: [Case] = [
    Case(
      what: "keys twice, at the first that stands again",
      text: "rules:\n  - b: 1\n    a: 1\n    b: 2\n    a: 2\n",
      said: ["rules.yaml:4:5: this mapping has `a`, `b` more than once"]),
    Case(
      what: "a key twice, once in quotes",
      text: "title: x\n\"title\": y\n",
      said: [
        "rules.yaml:2:1: this mapping has `title` more than once. Keep one of them, with what both hold."
      ]),
    Case(
      what: "a key twice, and what else is wrong",
      text: "rules:\n  - rule: r\n    title: a\n    title: b\n    for: dutys\n    check: true\n",
      said: [
        "rules.yaml:4:5: error: this mapping has `title` more than once",
        "rules.yaml:5:10: error: there is no table `dutys`. Did you mean `duties`?",
      ]),
    Case(
      what: "a tag", text: "rules: !!binary x\n",
      said: ["rules.yaml:1:8: error: the tag `!!binary` says of this value what no rule asks"]),
    Case(
      what: "quotes within quotes",
      text: "rules:\n  - rule: r\n    title: \"The \"core\" group\"\n",
      said: [
        "rules.yaml:3:18: this is not YAML: did not find expected key. Put single quotes around a text that has double quotes in it: 'a \"b\" c'."
      ]),
    Case(
      what: "a rule that begins without a dash",
      text: "rules:\n  - rule: r\n    for: duties\n    rule: s\n    for: duties\n",
      said: [
        "rules.yaml:4:5: this mapping has `for`, `rule` more than once. Where another item of a list begins, put `- ` before its first key."
      ]),
    Case(
      what: "a definition that begins without a line before it",
      text: "table: a\nfields: []\ntable: b\nfields: []\n",
      said: [
        "rules.yaml:3:1: this mapping has `fields`, `table` more than once. Where another definition begins, put a line `---` before it."
      ]),
    Case(
      what: "a text that begins with a percent sign", text: "rules:\n  - {rule: r, title: %late}\n",
      said: [
        "rules.yaml:2:22: this is not YAML: found character that cannot start any token. Put quotes around a text that begins so."
      ]),
    Case(
      what: "a tab", text: "rules:\n  - rule: r\n\ttitle: Late\n",
      said: [
        "rules.yaml:3:1: this is not YAML: found a tab character that violates indentation. Indent with spaces, not with tabs."
      ]),
    Case(
      what: "an apostrophe in single quotes",
      text: "rules:\n  - rule: r\n    title: 'Child's visit'\n    for: duties\n",
      said: [
        "rules.yaml:3:19: this is not YAML: did not find expected key. Put double quotes around a text with an apostrophe."
      ]),
    Case(
      what: "a space that does not break",
      text: "rules:\n  - rule: r\n   \u{a0}title: Late\n    for: duties\n",
      said: [
        "rules.yaml:3:4: this is not YAML: did not find expected '-' indicator. Put ordinary spaces in place of those that do not break"
      ]),
    Case(
      what: "an alias of nothing", text: "title: *none\n",
      said: ["rules.yaml:1:8: this is not YAML: found undefined alias"]),
    Case(
      what: "an alias of itself", text: "title: &a [*a]\n",
      said: ["rules.yaml:1:12: this is not YAML: found undefined alias"]),
    Case(
      what: "sixty deep", text: nested(59),
      said: ["rules.yaml:1:1: a rule file is a mapping"]),
    Case(
      what: "more than sixty deep", text: nested(60),
      said: ["rules.yaml:1:61: this file nests more than 60 deep"]),
    Case(
      what: "so deep that a stack would not hold it", text: nested(200_000),
      said: ["rules.yaml:1:61: this file nests more than 60 deep"]),
    Case(
      what: "deep, and not closed", text: String(repeating: "[", count: 70),
      said: [
        "rules.yaml:1:61: this file nests more than 60 deep",
        "rules.yaml:2:1: this is not YAML: did not find expected node content",
      ]),
    Case(
      what: "deep through its aliases",
      text: "a: &a \(nested(40).dropLast())\nb: \(String(repeating: "[", count: 30))*a"
        + String(repeating: "]", count: 30) + "\n",
      said: ["rules.yaml:1:36: this file nests more than 60 deep"]),
    Case(
      what: "a laugh", text: laugh(),
      said: [
        "rules.yaml:1:10: this file grows beyond 2000000 values through its aliases",
        "rules.yaml:7:5: warning: to YAML `&a6` is a name given to",
      ]),
    Case(
      what: "a character that YAML has no place for", text: "title: \u{07}\n",
      said: ["rules.yaml:1:1: this is not YAML: control characters are not allowed"]),
    Case(
      what: "a second document on the first one's line", text: "title\nrules: []\n",
      said: ["rules.yaml:2:6: this is not YAML: mapping values are not allowed in this context"]),
    Case(
      what: "documents before the one that is wrong",
      text: "titel: x\n---\n]\n",
      said: [
        "rules.yaml:1:1: this file declares nothing",
        "rules.yaml:3:1: this is not YAML: did not find expected node content",
      ]),
    Case(
      what: "a file that was cut off before its first byte", text: "",
      said: ["rules.yaml:1:1: error: this file is empty. Put back what it held, or remove it."]),
    Case(
      what: "a file of blank lines", text: "\r\n \t\r\n",
      said: ["rules.yaml:1:1: error: this file is empty."]),
    Case(
      what: "a file whose rules are set aside", text: "---\n# rules:\n\n  # - {rule: r}\n",
      said: ["rules.yaml:1:1: error: this file is empty but for comments. Put back what it held"]),
    Case(
      what: "a negation that YAML takes for a tag",
      text: "rules:\n  - rule: r\n    for: duties\n    when: !has(done)\n    check: has(id)\n",
      said: ["rules.yaml:4:11: error: to YAML the `!` at the start of this value is a tag"]),
    Case(
      what: "a negation with a space behind it",
      text: "rules:\n  - rule: r\n    for: duties\n    check: ! has(done)\n",
      said: ["rules.yaml:4:12: error: to YAML the `!` at the start of this value is a tag"]),
    Case(
      what: "a bracket that is not closed, and names that may be defined behind it",
      text:
        "rules:\n  - {rule: r, for: gone, check: has(id)}\n---\ntable: gone\nfields: [{name: id}\n",
      said: ["rules.yaml:5:9: this is not YAML: the `[` that is opened here is not closed"]),
    Case(
      what: "a quote that is not closed on its line",
      text: "rules:\n  - rule: r\n    title: \"One\n    for: duties\n    message: \"Two\"\n",
      said: [
        "rules.yaml:5:15: this is not YAML: did not find expected key. The quote opened on line 3 is not closed there."
      ]),
    Case(
      what: "a text that begins with an &, and a name that is referred to",
      text:
        "rules:\n  - {rule: r, for: duties, check: &c has(id), fix: &Visits late}\n  - {rule: s, for: duties, check: *c}\n",
      said: ["rules.yaml:2:52: warning: to YAML `&Visits` is a name given to"]),
    Case(
      what: "a colon in an expression, before a !",
      text: "rules:\n  - rule: r\n    for: duties\n    check: open ? open : !open\n",
      said: [
        "rules.yaml:4:24: this is not YAML: mapping values are not allowed in this context. Put quotes around an expression that has a colon and a space in it: `: `."
      ]),
    Case(
      what: "a comma in an expression between braces, before a !",
      text:
        "rules:\n  - {rule: r, for: duties, limit: {value: count(this.events.exists(e, !given(e.happened))), atMost: 5}}\n",
      said: [
        "rules.yaml:2:43: error: a comma between { and } ends a value, and `count(this.events.exists(e` is cut off by it. Put quotes"
      ]),
    Case(
      what: "a key with a ! behind a value that is whole",
      text: "rules:\n  - {rule: r, title: f(a), !for: duties, check: open}\n",
      said: ["rules.yaml:2:28: error: to YAML the `!` at the start of this value is a tag"]),
    Case(
      what: "an expression that begins with !",
      text: "rules:\n  - rule: r\n    for: duties\n    check: !open\n    title: a\n",
      said: ["rules.yaml:4:12: error: to YAML the `!` at the start"]),
    Case(
      what: "a text that begins with a bracket",
      text: "rules:\n  - rule: r\n    for: duties\n    check: open\n    message: {id} is late\n",
      said: [
        "rules.yaml:5:19: this is not YAML: did not find expected key. Put quotes around a text that begins with `{`."
      ]),
    Case(
      what: "single quotes within single quotes",
      text: "rules:\n  - rule: r\n    for: duties\n    check: 'note == 'M''\n",
      said: [
        "rules.yaml:4:22: this is not YAML: did not find expected key. Within single quotes, put double ones"
      ]),
  ]

  private static func nested(_ depth: Int) -> String {
    String(repeating: "[", count: depth) + "x" + String(repeating: "]", count: depth) + "\n"
  }

  /// A hundred million values in eight short lines, through aliases of aliases.
  private static func laugh() -> String {
    var lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for step in 1...7 {
      let before = Array(repeating: "*a\(step - 1)", count: 10).joined(separator: ", ")
      lines.append("a\(step): &a\(step) [\(before)]")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
