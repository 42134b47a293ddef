import Diagnostics

/// What a table lacks that one had whose place it takes.
///
/// A copy in a folder of one's own falls behind when the rules are upgraded: what they then read is
/// missing in the copy, and nothing is wrong with the rules.
struct LackingColumns {
  let declarations: Declarations

  /// What to say of each name that a replaced definition had and the table in its place lacks.
  ///
  /// It is the same wherever the name is used, so that it is said once.
  func told(of table: String) -> [String: Diagnostic] {
    guard let own = declarations.tables[table],
      let replaced = declarations.tables.highestReplaced(table),
      own.layer.isOver(replaced.layer)
    else { return [:] }
    let kept = Set(Self.columns(of: own.node).map(\.name))
    var told: [String: Diagnostic] = [:]
    for column in Self.columns(of: replaced.node) where !kept.contains(column.name) {
      var diagnostic = Diagnostic(
        at: own.namePosition,
        "the table `\(table)` replaces the one at \(replaced.namePosition) whole, and lacks its `\(column.name)`, which rules or tests name",
        advice: "Copy it from \(column.position) into this table")
      diagnostic.isOfMissingName = true
      told[column.name] = diagnostic
    }
    return told
  }

  /// The names that rules know a table's columns and parent rows by, and where each is given.
  private static func columns(of table: YAMLNode) -> [(name: String, position: SourcePosition)] {
    [("fields", "name"), ("derived", "name"), ("foreignKeys", "as")].flatMap { list, key in
      elements(list, of: table).compactMap { element in
        guard let node = value(key, of: element), let name = node.text else { return nil }
        return (name, node.position)
      }
    }
  }

  private static func elements(_ key: String, of node: YAMLNode) -> [YAMLNode] {
    guard case .sequence(let elements) = value(key, of: node)?.content else { return [] }
    return elements
  }

  private static func value(_ key: String, of node: YAMLNode) -> YAMLNode? {
    guard case .mapping(let pairs) = node.content else { return nil }
    return pairs.first { $0.key.text == key }?.value
  }
}
