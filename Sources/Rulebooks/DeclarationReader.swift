import Diagnostics
import Values

/// Sorts the declarations of the files into `Declarations`.
struct DeclarationReader {
  let selection: RuleSelection
  let collector: DiagnosticCollector
  private(set) var declarations = Declarations()
  /// Why some files, or parts of them, could not be read: the names that they declare are unknown.
  private(set) var unread: Set<Diagnostic> = []
  /// The lowest folder that holds each pack.
  private var packFolders: [String: Int] = [:]
  private var packOrder = PackOrder(over: [:])

  init(selection: RuleSelection, collector: DiagnosticCollector) {
    self.selection = selection
    self.collector = collector
  }

  mutating func read(_ files: [RuleFile]) {
    let passedOver = selection.takesTests ? nil : "tests"
    let read: [(file: RuleFile, nodes: [YAMLNode], repeats: [Diagnostic])] =
      collector.load(files, threads: selection.threads) { files, collector in
        files.map { file in
          var repeats: [Diagnostic] = []
          // An empty file may be a copy that was cut off, and one of comments alone may have been set
          // aside for a while: its rules would be lost without a word.
          guard !file.text.saysNothing else {
            let isBlank = file.text.utf8.allSatisfy { $0 <= UInt8(ascii: " ") }
            collector.report(
              isBlank ? "this file is empty" : "this file is empty but for comments",
              at: SourcePosition(file: file.path, line: 1),
              advice: "Put back what it held, or remove it")
            return (file, [], repeats)
          }
          let nodes = YAMLReading.documents(
            of: file.text, file: file.path, passingOver: passedOver,
            into: &collector.diagnostics, repeats: &repeats)
          return (file, nodes.filter { !$0.isNull }, repeats)
        }
      }
    unread = Set(collector.diagnostics)
    collector.diagnostics += read.flatMap(\.repeats)
    let documents = read.flatMap { read in read.nodes.map { (file: read.file, node: $0) } }
    declarations.knownPacks = Set(files.map(\.pack)).subtracting([""])
    packFolders = Dictionary(files.map { ($0.pack, $0.folder) }, uniquingKeysWith: min)
    orderPacks(documents)
    for name in selection.packs ?? [] where !declarations.knownPacks.contains(name) {
      collector.report(
        "there is no pack `\(name)`",
        at: selection.places.packs[name]
          ?? SourcePosition(file: selection.folders.last ?? "Rules", line: 1),
        advice: nearestName(to: name, among: declarations.knownPacks).map {
          "Did you mean `\($0)`?"
        }
          ?? "A pack is a folder of rule files under packs/")
    }
    for (file, node) in documents { declare(node, in: file) }
  }

  /// Puts packs in order, as each says that it is `over` others, and then as the user named them.
  private mutating func orderPacks(_ documents: [(file: RuleFile, node: YAMLNode)]) {
    var over: [String: [String]] = [:]
    for (file, node) in documents where !file.pack.isEmpty {
      guard case .mapping(let pairs) = node.content else { continue }
      for (key, value) in pairs where key.text == "over" {
        if let name = value.text { over[file.pack, default: []].append(name) }
        if case .sequence(let names) = value.content {
          over[file.pack, default: []] += names.compactMap(\.text)
        }
      }
    }
    let said = PackOrder(over: over)
    packOrder = selection.packs.map { said.settled(by: $0) } ?? said
  }

  private mutating func declare(_ node: YAMLNode, in file: RuleFile) {
    guard case .mapping(let pairs) = node.content else {
      collector.report(
        "a rule file is a mapping with `table`, `codes`, `calendar`, `parameters`, `formats`, `rules` or `tests`",
        at: node.position)
      return
    }
    let names = pairs.compactMap(\.key.text)
    guard names.contains(where: { Declarations.keys.contains($0) }) else {
      if let mended = mended(node, pairs) { declare(mended, in: file) }
      return
    }
    let isSelected = file.pack.isEmpty || selection.packs?.contains(file.pack) ?? true
    if !isSelected { declarations.unselectedTexts.append(file.text) }
    let layer = Declarations.Layer(
      folder: file.folder, pack: file.pack, below: packOrder.below[file.pack] ?? [])

    let shared = Declarations.sharedKeys
    let main = ["table", "codes", "calendar", "pack"].filter { names.contains($0) }
    guard main.count <= 1 else {
      collector.report(
        "one document declares one of `table`, `codes`, `calendar` or `pack`, not \(main.count)",
        at: node.position, advice: "Part them with a line `---`")
      return
    }
    let own =
      switch main.first {
      case "table": TableLoader.keys
      case "codes": CodeListLoader.keys
      case "calendar": CalendarLoader.keys
      case "pack": ["pack", "title", "over", "description", "source"]
      default: Declarations.generalKeys
      }
    guard
      let reader = MappingReader(node, "this file", keys: own + shared, into: collector)
    else { return }
    if main.first == "pack" {
      checkPack(reader, in: file)
      if isSelected, let packs = selection.packs {
        UnnamedPacks(collector: collector, named: packs, folders: packFolders)
          .warn(of: reader, in: file)
      }
    }
    if let kind = main.first, let name = reader.requiredText(kind) {
      let declaration = Declarations.Declaration(
        name: name, namePosition: reader.value(kind)?.position ?? node.position, node: node,
        layer: layer)
      declareMain(kind, declaration, isSelected: isSelected)
    }
    if main.isEmpty { declareFormats(reader, layer: layer, isSelected: isSelected) }
    declareShared(reader, layer: layer, isSelected: isSelected)
  }

  /// How dates are written where a field does not say.
  private mutating func declareFormats(
    _ reader: MappingReader, layer: Declarations.Layer, isSelected: Bool
  ) {
    let types = DefaultFormats.types.map(\.rawValue)
    for (key, value) in reader.pairs("formats") {
      guard let type = key.text, types.contains(type) else {
        let others = types.map { "`\($0)`" }.joined(separator: ", ")
        collector.report(
          "there are no formats of `\(key.text ?? "")`", at: key.position,
          advice: nearestName(to: key.text ?? "", among: types).map { "Did you mean `\($0)`?" }
            ?? "It takes \(others)")
        continue
      }
      guard isSelected else { continue }
      add(
        Declarations.Declaration(
          name: type, namePosition: key.position, node: value, layer: layer),
        to: \.formats, "format of the type")
    }
  }

  /// Reports a wrong name: a pack is named by its folder, and may only be over other packs.
  private func checkPack(_ reader: MappingReader, in file: RuleFile) {
    if let name = reader.text("pack"), !file.pack.isEmpty, name != file.pack {
      reader.report(
        "a pack is named as its folder, `\(file.pack)`, and not `\(name)`", key: "pack",
        advice: "Name one of them as the other")
    }
    for node in reader.scalars("over") {
      guard let name = node.text else { continue }
      if name == file.pack {
        collector.report("the pack `\(name)` cannot be over itself", at: node.position)
      } else if !declarations.knownPacks.contains(name) {
        collector.report(
          missing: "there is no pack `\(name)`", at: node.position,
          advice: nearestName(to: name, among: declarations.knownPacks.subtracting([file.pack])).map
          {
            "Did you mean `\($0)`?"
          })
      }
    }
  }

  /// Declares what a document is about; a pack is known by its folder instead.
  private mutating func declareMain(
    _ kind: String, _ declaration: Declarations.Declaration, isSelected: Bool
  ) {
    switch (kind, isSelected) {
    case ("table", true): add(declaration, to: \.tables, "table")
    case ("table", false): declarations.unselectedTables.insert(declaration.name)
    case ("codes", true): add(declaration, to: \.codes, "code list")
    case ("calendar", true): add(declaration, to: \.calendars, "calendar")
    default: break
    }
  }

  /// Declares what any document may have: parameters, rules and tests.
  private mutating func declareShared(
    _ reader: MappingReader, layer: Declarations.Layer, isSelected: Bool
  ) {
    for (key, value) in reader.pairs("parameters") where isSelected {
      guard let name = key.text else { continue }
      add(
        Declarations.Declaration(
          name: name, namePosition: key.position, node: value, layer: layer),
        to: \.parameters, "parameter")
    }
    for element in reader.elements("rules") {
      declareRule(element, layer: layer, isSelected: isSelected)
    }
    for element in reader.elements("tests") where isSelected {
      declarations.tests.append(
        Declarations.Declaration(
          name: "", namePosition: element.position, node: element, layer: layer))
    }
  }

  /// A document that declares nothing, read as if its first misspelt declaring key were right.
  ///
  /// The mistake is reported; the result is nil if there is no such key.
  private func mended(
    _ node: YAMLNode, _ pairs: [(key: YAMLNode, value: YAMLNode)]
  ) -> YAMLNode? {
    guard let (place, meant) = Self.misspeltKey(of: pairs) else {
      collector.report(
        "this file declares nothing: it has no `table`, `codes`, `calendar`, `parameters`, `formats`, `rules` or `tests`",
        at: pairs.first?.key.position ?? node.position)
      return nil
    }
    collector.report(
      "there is no key `\(pairs[place].key.text ?? "")` in this file",
      at: pairs[place].key.position, advice: "Did you mean `\(meant)`?")
    var mended = pairs
    mended[place].key = pairs[place].key.renamed(meant)
    return node.replaced(by: .mapping(mended))
  }

  /// The place of the first key that looks like a misspelt declaring key, and the key meant.
  private static func misspeltKey(of pairs: [(key: YAMLNode, value: YAMLNode)]) -> (Int, String)? {
    let others = ["title", "description", "source", "over"]
    for (place, pair) in pairs.enumerated() {
      guard let key = pair.key.text, !others.contains(key),
        let meant = nearestName(to: key, among: Declarations.keys)
      else { continue }
      return (place, meant)
    }
    return nil
  }

  private mutating func declareRule(
    _ node: YAMLNode, layer: Declarations.Layer, isSelected: Bool
  ) {
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
    guard isSelected else { return }
    add(
      Declarations.Declaration(
        name: name, namePosition: entry.value.position, node: node, layer: layer),
      to: \.rules, "rule")
  }

  private mutating func add(
    _ declaration: Declarations.Declaration,
    to path: WritableKeyPath<Declarations, [String: Declarations.Declaration]>, _ what: String
  ) {
    guard let other = declarations[keyPath: path][declaration.name] else {
      declarations[keyPath: path][declaration.name] = declaration
      return
    }
    if declaration.layer.folder == other.layer.folder, path == \.rules {
      declarations.replacedRules.append(declaration.layer.isOver(other.layer) ? other : declaration)
    }
    if path == \.rules {
      let lower = declaration.layer.isOver(other.layer) ? other : declaration
      declarations.layersOfReplaced[declaration.name, default: []].insert(lower.layer)
      declarations.replacedRuleDeclarations[declaration.name, default: []].append(lower)
    }
    if path == \.calendars {
      let lower = declaration.layer.isOver(other.layer) ? other : declaration
      let known = declarations.replacedCalendars[declaration.name]
      if known.map({ lower.layer.isOver($0.layer) }) ?? true {
        declarations.replacedCalendars[declaration.name] = lower
      }
    }
    if path == \.parameters {
      declarations.replacedParameters[declaration.name, default: []].append(
        declaration.layer.isOver(other.layer) ? other : declaration)
    }
    if path == \.tables {
      let lower = declaration.layer.isOver(other.layer) ? other : declaration
      let known = declarations.replacedTables[declaration.name]
      if known.map({ lower.layer.isOver($0.layer) }) ?? true {
        declarations.replacedTables[declaration.name] = lower
      }
    }
    if path == \.codes { declarations.namesOfReplacedCodes.insert(declaration.name) }
    // Of rules more is said, once all of them are known.
    if path != \.rules {
      let isOver = declaration.layer.isOver(other.layer)
      let (own, lower) = isOver ? (declaration, other) : (other, declaration)
      if own.layer.isUnsaidOver(lower.layer) {
        collector.warnOfPack(replacing: lower, by: own, what, "that one is not in force")
      }
    }
    if declaration.layer.isOver(other.layer) {
      declarations[keyPath: path][declaration.name] = declaration
    } else if !other.layer.isOver(declaration.layer) {
      let isAcrossPacks =
        declaration.layer.pack != other.layer.pack && declaration.layer.folder == other.layer.folder
      collector.report(
        "the \(what) `\(declaration.name)` stands already at \(other.namePosition)",
        at: declaration.namePosition,
        advice: isAcrossPacks
          ? "Name the packs with --pack, the overriding one last, or say `over:` in a `pack` file"
          : path == \.formats ? "Keep one of them" : "Give one of them another name")
    }
  }
}

extension String {
  /// Whether a YAML text has only comments and blank lines, and what parts documents.
  fileprivate var saysNothing: Bool {
    var isComment = false
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"): isComment = false
      case UInt8(ascii: "#"): isComment = true
      case ...UInt8(ascii: " "), UInt8(ascii: "-"): break
      default: if !isComment { return false }
      }
    }
    return true
  }
}
