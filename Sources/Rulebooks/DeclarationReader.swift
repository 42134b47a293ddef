import Diagnostics
import Values

/// Sorts what the documents of rule files declare into `Declarations`.
struct DeclarationReader {
  let packs: Packs
  let collector: DiagnosticCollector
  private(set) var declarations = Declarations()

  init(packs: Packs, collector: DiagnosticCollector) {
    self.packs = packs
    self.collector = collector
  }

  /// Where a declaration stands, and whether it counts: what packs that do not run declare is only
  /// known by its name.
  private struct Place {
    let layer: Declarations.Layer
    let isSelected: Bool
  }

  mutating func read(_ node: YAMLNode, of file: RuleFile) {
    guard case .mapping(let pairs) = node.content else {
      collector.report(
        "a rule file is a mapping with `table`, `codes`, `calendar`, `parameters`, `formats`, `rules` or `tests`",
        at: node.position)
      return
    }
    let names = pairs.compactMap(\.key.text)
    guard names.contains(where: { Declarations.keys.contains($0) }) else {
      let document = UndeclaringDocument(node: node, pairs: pairs)
      if let mended = document.mended(into: collector) { read(mended, of: file) }
      return
    }
    let place = Place(layer: packs.layer(of: file), isSelected: packs.areRun(file))
    if !place.isSelected { declarations.unselectedTexts.append(file.text) }
    let main = ["table", "codes", "calendar", "pack"].filter { names.contains($0) }
    guard main.count <= 1 else {
      collector.report(
        "one document declares one of `table`, `codes`, `calendar` or `pack`, not \(main.count)",
        at: node.position, advice: "Part them with a line `---`")
      return
    }
    guard
      let reader = MappingReader(
        node, "this file", keys: Self.keys(of: main.first) + Declarations.sharedKeys,
        into: collector)
    else { return }
    switch main.first {
    case nil: declareFormats(reader, place)
    case "pack":
      packs.check(reader, in: file)
      _ = reader.requiredText("pack")
    case let kind?: declareMain(kind, reader, place)
    }
    declareShared(reader, place)
  }

  /// The keys of a document besides those that any may have, by what it is about.
  private static func keys(of kind: String?) -> [String] {
    switch kind {
    case "table": TableLoader.keys
    case "codes": CodeListLoader.keys
    case "calendar": CalendarLoader.keys
    case "pack": ["pack", "title", "over", "description", "source"]
    default: Declarations.generalKeys
    }
  }

  /// How dates are written where a field does not say.
  private mutating func declareFormats(_ reader: MappingReader, _ place: Place) {
    let types = DefaultFormats.types.map(\.rawValue)
    for (key, value) in reader.pairs("formats") {
      guard let type = key.text, types.contains(type) else {
        let others = types.map { "`\($0)`" }.joined(separator: ", ")
        collector.report(
          "there are no formats of `\(key.text ?? "")`", at: key.position,
          advice: suggestion(for: key.text ?? "", among: types)
            ?? "It takes \(others)")
        continue
      }
      guard place.isSelected else { continue }
      add(
        Declarations.Declaration(
          name: type, namePosition: key.position, node: value, layer: place.layer),
        to: \.formats, "format of the type")
    }
  }

  /// Declares the table, code list or calendar that a document is about.
  private mutating func declareMain(_ kind: String, _ reader: MappingReader, _ place: Place) {
    guard let name = reader.requiredText(kind) else { return }
    guard place.isSelected else {
      if kind == "table" { declarations.unselectedTables.insert(name) }
      return
    }
    let declaration = Declarations.Declaration(
      name: name, namePosition: reader.value(kind)?.position ?? reader.node.position,
      node: reader.node, layer: place.layer)
    switch kind {
    case "table": add(declaration, to: \.tables, "table")
    case "codes": add(declaration, to: \.codes, "code list")
    default: add(declaration, to: \.calendars, "calendar")
    }
  }

  /// Declares what any document may have: parameters, rules and tests.
  private mutating func declareShared(_ reader: MappingReader, _ place: Place) {
    for (key, value) in reader.pairs("parameters") where place.isSelected {
      guard let name = key.text else { continue }
      add(
        Declarations.Declaration(
          name: name, namePosition: key.position, node: value, layer: place.layer),
        to: \.parameters, "parameter")
    }
    for element in reader.elements("rules") { declareRule(element, place) }
    for element in reader.elements("tests") where place.isSelected {
      declarations.tests.append(
        Declarations.Declaration(
          name: "", namePosition: element.position, node: element, layer: place.layer))
    }
  }

  private mutating func declareRule(_ node: YAMLNode, _ place: Place) {
    guard case .mapping(let pairs) = node.content else {
      collector.report("a rule is a mapping, not \(node.described)", at: node.position)
      return
    }
    // A rule with `rule` misspelt still has its name; the mistake is reported when the rule is
    // loaded.
    let entry =
      pairs.first { $0.key.text == "rule" }
      ?? pairs.first { nearestName(to: $0.key.text ?? "", among: ["rule"]) != nil }
    guard let entry, let name = entry.value.text, !entry.value.isNull else {
      collector.report(
        "this rule has no name", at: entry?.key.position ?? node.position,
        advice: "Give it one: `rule: kebab-case-name`")
      return
    }
    declarations.allRuleNames.insert(name)
    guard place.isSelected else { return }
    add(
      Declarations.Declaration(
        name: name, namePosition: entry.value.position, node: node, layer: place.layer),
      to: \.rules, "rule")
  }

  private mutating func add(
    _ declaration: Declarations.Declaration,
    to path: WritableKeyPath<Declarations, LayeredDeclarations>, _ what: String
  ) {
    guard let overlap = declarations[keyPath: path].add(declaration) else { return }
    let (upper, lower) = (overlap.upper, overlap.lower)
    if path == \.rules {
      // Of rules more is said, once all of them are known.
      if lower.layer.folder == upper.layer.folder { declarations.replacedRules.append(lower) }
    } else if upper.layer.isUnsaidOver(lower.layer) {
      collector.warnOfPack(replacing: lower, by: upper, what, "that one is not in force")
    }
    guard !overlap.isSettled else { return }
    let isAcrossPacks =
      lower.layer.pack != upper.layer.pack && lower.layer.folder == upper.layer.folder
    collector.report(
      "the \(what) `\(declaration.name)` stands already at \(upper.namePosition)",
      at: declaration.namePosition,
      advice: isAcrossPacks
        ? "Name the packs with --pack, the overriding one last, or say `over:` in a `pack` file"
        : path == \.formats ? "Keep one of them" : "Give one of them another name")
  }
}
