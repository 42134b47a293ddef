import Diagnostics
import Expressions
import Extracts
import Values

/// Reads a reference from one table to another, once all tables are known.
struct ForeignKeyLoader {
  static let keys = ["fields", "reference", "as", "reverse"]

  let collector: DiagnosticCollector
  let tables: [TableDefinition]
  let unselectedTables: Set<String>
  /// The names of the derived columns, by table.
  let derived: [String: Set<String>]

  /// Loads a reference; `others` are the table's references before it.
  func load(_ node: YAMLNode, of table: Int, after others: [ForeignKey]) -> ForeignKey? {
    let definition = tables[table]
    guard
      let reader = MappingReader(
        node, "a foreign key", keys: Self.keys, into: collector)
    else { return nil }
    let fields = reader.scalars("fields").compactMap {
      names(into: collector).field(
        $0, of: definition, derived: derived[definition.name] ?? [])
    }
    if !reader.has("fields") { reader.report("a foreign key needs its `fields`") }
    reader.reportIfEmpty("fields")
    guard let referenceNode = reader.value("reference") else {
      reader.report("a foreign key needs a `reference`", key: "reference")
      return nil
    }
    guard
      let reference = MappingReader(
        referenceNode, "`reference`", keys: ["table", "fields"], into: collector)
    else { return nil }
    // In Table Schema, an empty name means the table itself.
    let name = reference.text("table") ?? ""
    guard let parent = name.isEmpty ? definition : self.table(name, in: reference) else {
      return nil
    }
    reference.reportIfEmpty("fields")
    // What does not fit a table that was only guessed is no second mistake. The key is loaded all
    // the same: otherwise every use of its name would be reported, too.
    let isGuessed = !name.isEmpty && parent.name != name
    let told = isGuessed ? DiagnosticCollector() : collector
    var referenced = reference.scalars("fields").compactMap {
      names(into: told).field($0, of: parent, derived: derived[parent.name] ?? [])
    }
    if !reference.has("fields") || isGuessed && referenced.count != fields.count {
      referenced = parent.primaryKey
    }
    guard !fields.isEmpty, fields.count == referenced.count else {
      if !isGuessed, !fields.isEmpty, !referenced.isEmpty || !reference.has("fields") {
        reader.report(
          "\(amount(fields.count, "field")) cannot refer to \(referenced.count)",
          key: "fields", advice: "Name as many `fields` in the reference")
      }
      return nil
    }
    for (field, other) in zip(fields, referenced)
    where !isGuessed && definition.fields[field].type != parent.fields[other].type {
      let (mine, others) = (definition.fields[field], parent.fields[other])
      // The key is loaded all the same: otherwise every use of its name would be reported, too.
      reader.report(
        "`\(mine.name)` is of type \(mine.type.rawValue) and `\(parent.name).\(others.name)` of type \(others.type.rawValue)",
        key: "fields", advice: "Give both the same type")
    }
    var key = ForeignKey(
      fields: fields, table: parent.name, referenced: referenced.map { parent.fields[$0].name },
      name: reader.text("as"), position: node.position)
    key.reverseName = reader.text("reverse")
    check(key, of: definition, after: others, in: reader)
    // If several rows have the key, the first one counts, and authors seldom know which that is.
    if key.name != nil, Set(referenced) != Set(parent.primaryKey),
      !referenced.contains(where: { parent.fields[$0].constraints.unique })
    {
      let columns = referenced.map { "`\(parent.fields[$0].name)`" }.joined(separator: ", ")
      told.warn(
        "several rows of \(parent.name) may have the same \(columns), of which the first counts",
        at: referenceNode.position,
        advice: "Refer to the primary key of \(parent.name), or give the field `unique: true`")
    }
    return key
  }

  /// Reports what clashes with the table's other references or with its fields.
  private func check(
    _ key: ForeignKey, of definition: TableDefinition, after others: [ForeignKey],
    in reader: MappingReader
  ) {
    if others.contains(where: { $0.fields == key.fields }) {
      // Their constraints would have the same name, and readers of the list could not tell which of
      // them is broken.
      reader.report(
        "another foreign key of \(definition.name) has the same fields already", key: "fields",
        advice: "Keep one, and let a rule ask for the other with TABLE.exists(...)")
    }
    for name in ["as", "reverse"] {
      guard let node = reader.scalar(name), let text = node.text else { continue }
      collector.checkIdentifier(text, "reference", at: node.position)
    }
    if let alias = key.name, definition.fieldNumber(alias) != nil {
      reader.report(
        "`\(alias)` is a field of \(definition.name) already", key: "as",
        advice: "Give the reference another name")
    } else if let alias = key.name, others.contains(where: { $0.name == alias }) {
      // Nobody could tell which of the two rows `alias.x` means.
      reader.report(
        "another foreign key of \(definition.name) is named `\(alias)` already", key: "as",
        advice: "Give each a name of its own")
    }
  }

  private func names(into collector: DiagnosticCollector) -> TableLoader {
    TableLoader(
      collector: collector, codeLists: [],
      formats: FormatLoader(collector: collector, overlaps: FormatOverlaps()))
  }

  /// The table of this name; if there is none, a report and the table most likely meant.
  private func table(_ name: String, in reference: MappingReader) -> TableDefinition? {
    if let table = tables.first(where: { $0.name == name }) { return table }
    if unselectedTables.contains(name) {
      collector.warnEveryRun(
        "the reference to `\(name)` is not held to: that table belongs to a pack that is not loaded",
        at: reference.position(of: "table"), advice: "Name its pack with --pack, too")
      return nil
    }
    let meant = nearestName(to: name, among: tables.map(\.name))
    reference.report(
      missing: "there is no table `\(name)`", key: "table",
      advice: meant.map { "Did you mean `\($0)`?" })
    return tables.first { $0.name == meant }
  }

  func relation(_ key: ForeignKey, of table: Int) -> RelationSchema? {
    guard let parent = tables.firstIndex(where: { $0.name == key.table }) else { return nil }
    return RelationSchema(
      child: table, childFields: key.fields, parent: parent,
      parentFields: key.referenced.compactMap { tables[parent].fieldNumber($0) }, name: key.name,
      reverseName: key.reverseName)
  }
}
