public import Diagnostics
import Expressions
import Extracts
import Threads

extension Rulebook {
  /// Reads, merges and checks rule folders.
  ///
  /// Returns the rulebook and all mistakes, sorted by place. If one of them has the severity
  /// `error`, the rulebook must not be used.
  public static func load(_ selection: RuleSelection) -> (
    rulebook: Rulebook, diagnostics: [Diagnostic]
  ) {
    var loader = RulebookLoader(selection: selection)
    var files = RuleFolders.files(
      in: selection.folders, named: selection.places.folders, mayBeEmpty: selection.mayLackTables,
      threads: selection.threads, into: loader.collector)
    if selection.passesOverBlankFiles {
      for file in files where file.isBlank {
        loader.collector.warnEveryRun(
          "this file is empty and was passed over", at: SourcePosition(file: file.path, line: 1),
          advice: "A run does not pass over it: see that it is filled, or remove it")
      }
      files.removeAll(where: \.isBlank)
    }
    return loader.load(files)
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
    return (rulebook, toldDiagnostics)
  }

  /// The mistakes that are told, sorted by place.
  private var toldDiagnostics: [Diagnostic] {
    var unique = Set(collector.diagnostics)
    // Names declared in an unreadable file seem missing everywhere, although nothing is wrong
    // there.
    if !unread.isEmpty, unique.contains(where: \.isOfMissingName) {
      unique = unique.filter { !$0.isOfMissingName && !unread.contains($0) }
      unique.formUnion(unread.map { $0.tellingMoreLater })
    }
    // A nightly run only reports what concerns the people who correct records.
    if !selection.takesTests { unique = unique.filter { !$0.isForAuthors } }
    return unique.sorted()
  }

  private mutating func merged(_ files: [RuleFile]) -> Rulebook {
    rulebook.sources = files.map { RuleSource(path: $0.path, text: $0.text) }
    declare(RuleDocuments(of: files, selection, into: collector), of: files)
    rulebook.replacements = declarations.replacements
    ReplacedRules(collector: collector).warn(of: declarations)

    loadCodeLists()
    loadTables()
    if !files.isEmpty, declarations.tables.inForce.isEmpty, collector.isWithoutMistake {
      let advice = "Add a table definition, or name the right folder with --rules"
      if selection.mayLackTables {
        collector.warnEveryRun(
          "these rules define no table by which an export could be known", at: selection.place,
          advice: advice)
      } else {
        collector.report(
          "these rules define no table, so that nothing could be read", at: selection.place,
          advice: advice)
      }
    }
    loadParameters()
    rulebook.calendar = CalendarChoice(collector: collector, selection: selection)
      .calendar(of: declarations)
    resolveForeignKeys()
    loadDerivedColumns()
    loadDaysAhead()
    loadOwners()
    RulesAndTests(collector: collector, selection: selection, declarations: declarations)
      .load(into: &rulebook)
    warnOfNothingAsked()
    CodeListUse(collector: collector).report(unused: declarations, in: rulebook)
    CalendarUse(collector: collector).report(in: rulebook, declaring: declarations)
    ParameterUse(collector: collector).warn(
      ofUnused: declarations, in: rulebook, isEveryRun: !selection.takesTests)
    if selection.takesTests {
      UnheldTexts(in: rulebook, collector: collector).warn()
      IdleConditions(in: rulebook, collector: collector).warn()
    } else if !declarations.replacingCodes.isEmpty {
      UnheldTexts(in: rulebook, collector: collector).warn(ofReplaced: declarations.replacingCodes)
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
      at: selection.place,
      advice: "Name the folder that holds all the rules with --rules")
  }

  private mutating func declare(_ documents: RuleDocuments, of files: [RuleFile]) {
    // What a file declares that is only warned of, as it has the name of none, is not looked for.
    unread = documents.unread.filter { $0.severity == .error || selection.passesOverBlankFiles }
    let packs = Packs(of: files, documents, selection, into: collector)
    packs.checkSelection()
    var reader = DeclarationReader(packs: packs, collector: collector)
    for (file, node) in documents.all { reader.read(node, of: file) }
    declarations = reader.declarations
  }

  private var expressions: ExpressionLoader {
    ExpressionLoader(collector: collector, schema: rulebook.schema)
  }

  private mutating func loadCodeLists() {
    let loader = CodeListLoader(collector: collector)
    rulebook.codeLists = declarations.codes.sorted.compactMap(loader.load)
    // A list with mistakes still declares its name, so that its uses are not reported as well.
    rulebook.schema.codeLists = declarations.codes.sorted.map(\.name)
  }

  private mutating func loadTables() {
    let (codeLists, overlaps) = (rulebook.schema.codeLists, FormatOverlaps())
    var general = FormatLoader(collector: collector, overlaps: overlaps)
    general.take(declarations.formats)
    let defaults = general.defaults
    let definitions = collector.load(
      declarations.tables.sorted, threads: selection.threads
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
      collector: collector, replaced: declarations.parameters.replaced)
    order.settle(declarations.parameters.sorted, in: &rulebook.schema)
    rulebook.parameters = order.values
    ParameterSettings(collector: collector, selection: selection).set(in: &rulebook)
  }

  /// The document of a table; what is wrong with its shape is told to nobody unless asked for.
  private func reader(of table: Int, into collector: DiagnosticCollector = DiagnosticCollector())
    -> MappingReader?
  {
    guard let declaration = declarations.tables[rulebook.schema.tables[table].name] else {
      return nil
    }
    return MappingReader(
      declaration.node, "this file", keys: TableLoader.documentKeys,
      mayBeEmpty: Declarations.sharedKeys, into: collector)
  }

  /// The names of the derived columns, which are read after the references, by table.
  private func derivedNames() -> [String: Set<String>] {
    var names: [String: Set<String>] = [:]
    for (number, table) in rulebook.tables.enumerated() {
      for column in reader(of: number)?.elements("derived") ?? [] {
        guard case .mapping(let pairs) = column.content,
          let name = pairs.first(where: { $0.key.text == "name" })?.value.text
        else { continue }
        names[table.definition.name, default: []].insert(name)
      }
    }
    return names
  }

  private mutating func resolveForeignKeys() {
    let derived = derivedNames()
    for table in rulebook.tables.indices {
      guard let reader = reader(of: table, into: collector) else { continue }
      let loader = ForeignKeyLoader(
        collector: collector, tables: rulebook.tables.map(\.definition),
        unselectedTables: declarations.unselectedTables, derived: derived)
      for element in reader.elements("foreignKeys") {
        let others = rulebook.tables[table].definition.foreignKeys
        guard let key = loader.load(element, of: table, after: others) else { continue }
        rulebook.tables[table].definition.foreignKeys.append(key)
        guard let relation = loader.relation(key, of: table) else { continue }
        rulebook.schema.relations.append(relation)
      }
    }
  }

  private mutating func loadDerivedColumns() {
    var loader = DerivedColumnLoader(collector: collector)
    for table in rulebook.tables.indices {
      guard let reader = reader(of: table, into: collector) else { continue }
      loader.declare(reader.elements("derived"), of: table, in: &rulebook.schema)
    }
    loader.check(
      schema: &rulebook.schema, tables: &rulebook.tables, threads: selection.threads)
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
