public import Diagnostics
import Expressions
import Extracts
import Threads
import Values
import WorkingTime

extension Rulebook {
  /// Reads, merges and checks rule folders.
  ///
  /// Returns the rulebook and all mistakes, sorted by place. If one of them has the severity
  /// `error`, the rulebook must not be used.
  public static func load(_ selection: RuleSelection) -> (
    rulebook: Rulebook, diagnostics: [Diagnostic]
  ) {
    var loader = RulebookLoader(selection: selection)
    return loader.load(
      RuleFolders.files(
        in: selection.folders, named: selection.places.folders, threads: selection.threads,
        into: loader.collector))
  }
}

/// Puts a rulebook together: first the names, then what uses them.
struct RulebookLoader {
  let selection: RuleSelection
  let collector = DiagnosticCollector()
  private var rulebook = Rulebook()
  private var declarations = Declarations()
  /// Why some files, or parts of them, could not be read.
  private var unread: Set<Diagnostic> = []

  init(selection: RuleSelection) { self.selection = selection }

  /// Merges and checks files whose texts have been read.
  ///
  /// The mistakes found while reading them are in the collector already.
  mutating func load(_ files: [RuleFile]) -> (rulebook: Rulebook, diagnostics: [Diagnostic]) {
    let rulebook = merged(files)
    // Release the trees of the files now: they have a node for every value.
    let trees = declarations
    declarations = Declarations()
    letGo(trees, threads: selection.threads)
    var unique = Set(collector.diagnostics)
    // Names declared in an unreadable file seem missing everywhere, although nothing is wrong
    // there.
    if !unread.isEmpty, unique.contains(where: \.isOfMissingName) {
      unique = unique.filter { !$0.isOfMissingName && !unread.contains($0) }
      unique.formUnion(unread.map { $0.tellingMoreLater })
    }
    // A nightly run only reports what concerns the people who correct records.
    if !selection.takesTests { unique = unique.filter { !$0.isForAuthors } }
    return (rulebook, unique.sorted())
  }

  private mutating func merged(_ files: [RuleFile]) -> Rulebook {
    rulebook.sources = files.map { RuleSource(path: $0.path, text: $0.text) }
    var reader = DeclarationReader(selection: selection, collector: collector)
    reader.read(files)
    declarations = reader.declarations
    unread = reader.unread
    rulebook.replacements = declarations.replacements
    ReplacedRules(collector: collector).warn(of: declarations)

    loadCodeLists()
    loadTables()
    if !files.isEmpty, declarations.tables.isEmpty, collector.isWithoutMistake {
      collector.report(
        "these rules define no table, so that nothing could be read",
        at: SourcePosition(file: selection.folders.last ?? "Rules", line: 1),
        advice: "Add a table definition, or name the right folder with --rules")
    }
    loadParameters()
    loadCalendar()
    resolveForeignKeys()
    loadDerivedColumns()
    loadDaysAhead()
    loadOwners()
    loadRulesAndTests()
    warnOfNothingAsked()
    CodeListUse(collector: collector).report(unused: declarations, in: rulebook)
    CalendarUse(collector: collector).report(in: rulebook, declaring: declarations)
    ParameterUse(collector: collector).warn(
      ofUnused: declarations, in: rulebook, isEveryRun: !selection.takesTests)
    if selection.takesTests {
      UnheldTexts(in: rulebook, collector: collector).warn()
      IdleConditions(in: rulebook, collector: collector).warn()
    } else if !declarations.replacedCodes.isEmpty {
      UnheldTexts(in: rulebook, collector: collector).warn(ofReplaced: declarations.replacedCodes)
    }
    return rulebook
  }

  /// Warns of a rulebook by which every record would be found well.
  ///
  /// Tables whose constraints are checked and nothing else may be meant so: a run only remarks on it.
  private func warnOfNothingAsked() {
    guard rulebook.rules.isEmpty, !rulebook.tables.isEmpty, !rulebook.hasConstraints,
      collector.isWithoutMistake
    else { return }
    collector.warnEveryRun(
      "no rule is in force, and no table has a constraint: nothing is asked of any record",
      at: SourcePosition(file: selection.folders.last ?? "Rules", line: 1),
      advice: "Name the folder that holds all the rules with --rules")
  }

  private static func byName(_ declarations: [String: Declarations.Declaration])
    -> [Declarations.Declaration]
  {
    // Names are what the dictionary goes by, and much smaller to move than declarations.
    declarations.keys.map { Text($0) }.sorted().compactMap { declarations[$0.string] }
  }

  private var expressions: ExpressionLoader {
    ExpressionLoader(collector: collector, schema: rulebook.schema)
  }

  private mutating func loadCodeLists() {
    let loader = CodeListLoader(collector: collector)
    rulebook.codeLists = Self.byName(declarations.codes).compactMap(loader.load)
    // A list with mistakes still declares its name, so that its uses are not reported as well.
    rulebook.schema.codeLists = Self.byName(declarations.codes).map(\.name)
  }

  private mutating func loadTables() {
    let (codeLists, overlaps) = (rulebook.schema.codeLists, FormatOverlaps())
    var general = FormatLoader(collector: collector, overlaps: overlaps)
    general.take(declarations.formats)
    let defaults = general.defaults
    let definitions = collector.load(
      Self.byName(declarations.tables), threads: selection.threads
    ) { tables, collector in
      let loader = TableLoader(
        collector: collector, codeLists: codeLists,
        formats: FormatLoader(collector: collector, overlaps: overlaps, defaults: defaults))
      return tables.compactMap(loader.load)
    }
    let lacking = LackingColumns(declarations: declarations)
    for definition in definitions {
      rulebook.tables.append(RuleTable(definition: definition))
      var table = TableSchema(
        name: definition.name,
        fields: definition.fields.map { ($0.name, ValueType($0.type)) },
        primaryKey: definition.primaryKey, person: definition.person)
      table.lacking = lacking.told(of: definition.name)
      rulebook.schema.tables.append(table)
    }
  }

  private mutating func loadParameters() {
    var order = ParameterOrder(
      collector: collector, replaced: declarations.replacedParameters)
    order.settle(Self.byName(declarations.parameters), in: &rulebook.schema)
    rulebook.parameters = order.values
    let loader = ParameterLoader(
      collector: collector, names: rulebook.schema.parameters.map(\.name))
    var overridden: [(name: String, number: Int)] = []
    for (name, value) in selection.parameters {
      guard
        let (number, expression) = loader.override(
          name, value, at: selection.places.parameters[name], schema: rulebook.schema)
      else {
        continue
      }
      rulebook.parameters[number] = expression
      overridden.append((name, number))
    }
    // Checked once all of them are set, because each may refer to one that another replaces.
    for (name, number) in overridden where isCircle(number) {
      collector.report(
        "the parameter `\(name)` is made of itself",
        at: selection.places.parameters[name] ?? SourcePosition(file: "--set \(name)", line: 1),
        advice: "Give it a value that names no parameter made of it")
    }
  }

  /// Whether a parameter depends on itself through others.
  private func isCircle(_ start: Int) -> Bool {
    var seen: Set<Int> = []
    var waiting = [start]
    while let number = waiting.popLast() {
      var comesBack = false
      rulebook.parameters[number].node.walk { step in
        guard case .parameter(let other) = step else { return }
        if other == start { comesBack = true }
        if seen.insert(other).inserted { waiting.append(other) }
      }
      if comesBack { return true }
    }
    return false
  }

  private mutating func loadCalendar() {
    let loader = CalendarLoader(collector: collector)
    let calendars = Self.byName(declarations.calendars).compactMap(loader.load)
    let wanted = selection.calendar ?? "england-and-wales"
    if let named = calendars.first(where: { $0.name == wanted }) {
      rulebook.calendar = named
      OwnCalendars(collector: collector).warn(of: named, in: declarations, selection)
    } else if let name = selection.calendar {
      collector.report(
        "there is no calendar `\(name)`",
        at: selection.places.calendar
          ?? SourcePosition(file: selection.folders.last ?? "Rules", line: 1),
        advice: nearestName(to: name, among: calendars.map(\.name)).map { "Did you mean `\($0)`?" })
      // Uses any calendar, so that the use of working days without one is not reported as well.
      rulebook.calendar = calendars.first
    } else if calendars.count == 1 {
      rulebook.calendar = calendars.first
    } else if let second = Self.byName(declarations.calendars).dropFirst().first {
      collector.report(
        "there are \(calendars.count) calendars and none is named `\(wanted)`",
        at: second.namePosition, advice: "Name the one to use with --calendar")
    }
  }

  private func reader(of table: Int) -> MappingReader? {
    guard let declaration = declarations.tables[rulebook.schema.tables[table].name] else {
      return nil
    }
    return MappingReader(
      declaration.node, "this file", keys: TableLoader.documentKeys,
      mayBeEmpty: Declarations.sharedKeys, into: DiagnosticCollector())
  }

  private mutating func resolveForeignKeys() {
    for table in rulebook.tables.indices {
      guard let reader = reader(of: table) else { continue }
      let loader = ForeignKeyLoader(
        collector: collector, tables: rulebook.tables.map(\.definition),
        unselectedTables: declarations.unselectedTables)
      for element in unreported(reader).elements("foreignKeys") {
        let others = rulebook.tables[table].definition.foreignKeys
        guard let key = loader.load(element, of: table, after: others) else { continue }
        rulebook.tables[table].definition.foreignKeys.append(key)
        guard let relation = loader.relation(key, of: table) else { continue }
        rulebook.schema.relations.append(relation)
      }
    }
  }

  /// The same mapping, read again so that its mistakes of shape are reported.
  private func unreported(_ reader: MappingReader) -> MappingReader {
    MappingReader(
      reader.node, "this file", keys: TableLoader.documentKeys,
      mayBeEmpty: Declarations.sharedKeys, into: collector) ?? reader
  }

  private mutating func loadDerivedColumns() {
    var loader = DerivedColumnLoader(collector: collector)
    for table in rulebook.tables.indices {
      guard let reader = reader(of: table) else { continue }
      loader.declare(unreported(reader).elements("derived"), of: table, in: &rulebook.schema)
    }
    loader.check(schema: &rulebook.schema, tables: &rulebook.tables)
  }

  private mutating func loadDaysAhead() {
    let loader = AheadLoader(expressions: expressions, tables: rulebook.tables)
    for table in rulebook.tables.indices {
      guard let reader = reader(of: table) else { continue }
      rulebook.tables[table].mayBeAhead = loader.load(reader.elements("fields"), of: table)
    }
  }

  private mutating func loadOwners() {
    for table in rulebook.tables.indices {
      guard let node = reader(of: table)?.value("owner") else { continue }
      rulebook.tables[table].owner = expressions.owner(node, in: ExpressionScope(table: table))
    }
  }

  /// What is loaded once all names are known.
  private enum Piece: Sendable {
    case rule(Declarations.Declaration)
    /// A rule that is not in force and is only checked for mistakes.
    case replaced(Declarations.Declaration)
    case test(Declarations.Declaration)
  }

  private struct Loaded: Sendable {
    var rules: [Rule] = []
    var tests: [RuleTest] = []
  }

  /// Loads rules and tests together, as tests need only the names of rules.
  private mutating func loadRulesAndTests() {
    let (schema, tables, declarations) = (rulebook.schema, rulebook.tables, declarations)
    let known = KnownValues(rulebook.parameters)
    let constraints = Set(
      tables.flatMap { table in ConstraintRule.all(of: table.definition).map(\.name) })
    let fieldNumbers = tables.map { table in
      Dictionary(
        table.definition.fields.enumerated().map { ($0.element.name, $0.offset) },
        uniquingKeysWith: { first, _ in first })
    }
    let pieces =
      Self.byName(declarations.rules).map(Piece.rule)
      // A run needs only the rules in force. Whoever asks for mistakes is told of those in replaced
      // rules, too.
      + (selection.takesTests ? declarations.replacedRules.map(Piece.replaced) : [])
      + declarations.tests.map(Piece.test)
    let parts = collector.loadParts(pieces, threads: selection.threads) { pieces, collector in
      let rules = RuleLoader(
        collector: collector,
        expressions: ExpressionLoader(collector: collector, schema: schema, known: known),
        unselectedTables: declarations.unselectedTables)
      let tests = TestLoader(
        collector: collector, schema: schema, tables: tables, fieldNumbers: fieldNumbers,
        constraints: constraints,
        declarations: declarations,
        parameters: ParameterLoader(
          collector: collector, names: schema.parameters.map(\.name)))
      var loaded = Loaded()
      for piece in pieces {
        switch piece {
        case .replaced(let rule): _ = rules.load(rule)
        case .rule(let rule): if let rule = rules.load(rule) { loaded.rules.append(rule) }
        case .test(let test): if let test = tests.load(test) { loaded.tests.append(test) }
        }
      }
      return loaded
    }
    rulebook.rules.reserveCapacity(declarations.rules.count)
    for part in parts {
      rulebook.rules += part.rules
      rulebook.tests += part.tests
    }
  }
}

extension Diagnostic {
  /// The diagnostic, adding that names which the file may define are not looked for yet.
  fileprivate var tellingMoreLater: Diagnostic {
    var other = self
    let more = "Names that may be defined there are looked for once it can be read"
    other.advice = advice.map { "\($0). \(more)" } ?? more
    return other
  }
}
