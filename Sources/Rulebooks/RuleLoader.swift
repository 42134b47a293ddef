import Diagnostics
import Exceptions
import Expressions
import WorkingTime

/// Reads a rule.
struct RuleLoader {
  static let keys = [
    "rule", "title", "why", "source", "for", "when", "check", "field", "marks", "deadline",
    "repeat", "limit", "message", "fix", "list", "severity", "owner", "target", "lookBack",
    "active", "tags",
  ]
  static let activeKeys = ["from", "to", "until"]

  let collector: DiagnosticCollector
  let expressions: ExpressionLoader
  /// The tables of packs that are not selected, whose rules cannot be judged in this run.
  let unselectedTables: Set<String>
  let tables: [RuleTable]

  private var schema: Schema { expressions.schema }

  init(
    collector: DiagnosticCollector, expressions: ExpressionLoader, unselectedTables: Set<String>,
    tables: [RuleTable]
  ) {
    self.collector = collector
    self.expressions = expressions
    self.unselectedTables = unselectedTables
    self.tables = tables
  }

  func load(_ declaration: Declarations.Declaration) -> Rule? {
    guard
      let reader = MappingReader(
        declaration.node, "the rule `\(declaration.name)`", keys: Self.keys, into: collector)
    else { return nil }
    checkName(declaration)
    let table = self.table(reader)
    let present = RuleKindLoader.names.filter { reader.has($0) }
    guard present.count == 1, let kindName = present.first else {
      let listed = RuleKindLoader.names.map { "`\($0)`" }.joined(separator: ", ")
      reader.report(
        present.isEmpty
          ? "the rule `\(declaration.name)` asks nothing"
          : "the rule `\(declaration.name)` is \(present.map { "`\($0)`" }.joined(separator: " and ")) at once",
        key: present.last ?? "rule", advice: "A rule is exactly one of \(listed)")
      checkRest(reader, declaration, table: table)
      return nil
    }
    for key in ["field", "marks"] where reader.has(key) && kindName != "check" {
      reader.report("`\(key)` belongs to a `check`", key: key)
    }
    for key in ["lookBack"] where reader.has(key) && (kindName == "check" || kindName == "limit") {
      reader.report("`\(key)` belongs to a `deadline` or `repeat`", key: key)
    }
    guard let table else {
      checkRest(reader, declaration, table: nil)
      return nil
    }
    let scope = ExpressionScope(table: table)
    let kinds = RuleKindLoader(
      collector: collector, expressions: expressions, tables: tables)
    guard let kind = kinds.load(kindName, reader, scope: scope) else {
      _ = common(reader, declaration, table: table, kindName, nil, scope: scope)
      return nil
    }
    return common(reader, declaration, table: table, kindName, kind, scope: scope)
  }

  private func checkName(_ declaration: Declarations.Declaration) {
    let parts = declaration.name.utf8.split(
      separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let isKebab = parts.allSatisfy { part in
      !part.isEmpty
        && part.allSatisfy { byte in
          UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
            || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
        }
    }
    if !isKebab {
      collector.report(
        "`\(declaration.name)` is not a name of a rule", at: declaration.namePosition,
        advice: "Write it in kebab-case, such as assessment-20-days")
    }
  }

  private func table(_ reader: MappingReader) -> Int? {
    guard let node = reader.scalar("for"), let name = node.text else {
      if !reader.has("for") {
        reader.report("\(reader.what) does not say which table it is `for`", key: "rule")
      }
      return nil
    }
    if let number = schema.tableNumber(name) { return number }
    if unselectedTables.contains(name) {
      collector.report(
        "the table `\(name)` belongs to a pack that is not loaded", at: node.position,
        advice: "Name its pack with --pack too")
      return nil
    }
    let meant = nearestName(to: name, among: schema.tables.map(\.name))
    collector.report(
      missing: "there is no table `\(name)`", at: node.position,
      advice: meant.map { "Did you mean `\($0)`?" })
    // So that the rule's other mistakes are told as well.
    return meant.flatMap { schema.tableNumber($0) }
  }

  /// Reports the mistakes of a rule that cannot be loaded, as far as they can be known: all are told
  /// at once, and without a table no name has a meaning.
  private func checkRest(
    _ reader: MappingReader, _ declaration: Declarations.Declaration, table: Int?
  ) {
    if let table {
      _ = common(
        reader, declaration, table: table, "check", nil, scope: ExpressionScope(table: table))
      return
    }
    _ = TargetLoader(collector: collector).load(reader)
    _ = reader.value("lookBack").map {
      expressions.duration($0, "lookBack", in: ExpressionScope(table: nil))
    }
    _ = reader.value("active").map { self.active($0) }
    let _: RuleReport.List? = reader.choice("list")
    let _: CaseException.Severity? = reader.choice("severity")
  }

  /// Reads the keys that all kinds of rules share.
  ///
  /// Their mistakes are reported even if the kind itself is wrong.
  private func common(
    _ reader: MappingReader, _ declaration: Declarations.Declaration, table: Int,
    _ kindName: String, _ kind: Rule.Kind?, scope: ExpressionScope
  ) -> Rule? {
    let when = reader.scalar("when").flatMap {
      expressions.expression($0, "when", of: [.bool], in: scope)
    }
    var messageScope = scope
    messageScope.specials = Self.specials(of: kindName, kind)
    let message = reader.scalar("message").flatMap {
      MessageLoader(expressions: expressions).load($0, in: messageScope)
    }
    UnfilledTexts(collector: collector, schema: schema, table: table)
      .warn(of: ["title", "fix"], in: reader, besides: Set(messageScope.specials.keys))
    let owner = reader.value("owner").map { expressions.owner($0, in: scope) }
    let target = TargetLoader(collector: collector).load(reader)
    // The look-back may not depend on a row: what lies before it is left out, and must never count
    // as put right.
    let lookBack = reader.value("lookBack").flatMap {
      expressions.duration($0, "lookBack", in: ExpressionScope(table: nil))
    }
    if let lookBack, case .duration(.zero)? = expressions.known.value(lookBack.node) {
      collector.warnEveryRun(
        "`lookBack` is no time at all: nothing that was decided before the as-of date is listed",
        at: lookBack.source.position(of: 0),
        advice: "Give it the time that the rule is to look back, such as `12 months`")
    }
    let active = reader.value("active").flatMap { self.active($0) }
    let list: RuleReport.List? = reader.choice("list")
    let severity: CaseException.Severity = reader.choice("severity") ?? .error
    let tags = reader.texts("tags")
    let title = reader.text("title") ?? declaration.name
    guard let kind else { return nil }
    let defaultList: RuleReport.List
    if case .check = kind { defaultList = .correction } else { defaultList = .drift }
    return Rule(
      name: declaration.name, title: title, why: reader.text("why"), source: reader.text("source"),
      pack: declaration.layer.pack, table: table, when: when, kind: kind, message: message,
      fix: reader.text("fix") ?? "", list: list ?? defaultList, severity: severity, owner: owner,
      target: target, lookBack: lookBack, active: active, tags: tags,
      position: declaration.namePosition)
  }

  /// The names that only messages can use, with the types that they have in a rule of this kind.
  private static func specials(of name: String, _ kind: Rule.Kind?) -> [String: ValueType] {
    switch name {
    case "deadline":
      ["dueOn": .datetime, "doneOn": .datetime, "from": .datetime, "daysLate": .int]
    case "repeat":
      [
        "dueOn": .datetime, "doneOn": .datetime, "from": .datetime, "daysLate": .int,
        "occasion": .int,
      ]
    case "limit": specials(of: kind)
    default: [:]
    }
  }

  /// A limit is a number, or else what its own value is, such as a date.
  private static func specials(of limit: Rule.Kind?) -> [String: ValueType] {
    var type = ValueType.number
    if case .limit(let limit)? = limit, limit.value.type.united(with: .number) == nil {
      type = limit.value.type
    }
    return ["value": type, "group": .string, "limit": type]
  }

  private func active(_ node: YAMLNode) -> Active? {
    guard
      let reader = MappingReader(
        node, "`active`", keys: Self.activeKeys, into: collector)
    else { return nil }
    if !reader.has("from"), !reader.has("to"), !reader.has("until") {
      reader.report("`active` needs a `from` or a `to`")
    }
    if reader.has("to"), reader.has("until") {
      reader.report("`to` and `until` say the same", key: "until")
    }
    // The days on which a rule starts and ends may not depend on a row.
    let fixed = ExpressionScope(table: nil)
    let active = Active(
      from: reader.scalar("from").flatMap { expressions.moment($0, "from", in: fixed) },
      to: (reader.scalar("to") ?? reader.scalar("until")).flatMap {
        expressions.moment($0, "to", in: fixed)
      })
    func day(_ moment: CheckedExpression?) -> CalendarDate? {
      guard let moment, case .date(let day)? = expressions.known.value(moment.node) else {
        return nil
      }
      return day
    }
    if let from = day(active.from), let to = day(active.to), to < from {
      let key = reader.has("to") ? "to" : "until"
      collector.diagnostics.append(
        Diagnostic(
          .warning, at: reader.value(key)?.position,
          "this ends on \(to), before it begins on \(from): the rule never applies",
          advice: "Set `\(key)` to a day on or after \(from)"))
    }
    return active
  }
}
