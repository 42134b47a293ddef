import Expressions

/// Warns of names in braces in texts that are shown as they are written: only a message is filled in.
struct UnfilledTexts {
  let collector: DiagnosticCollector
  let schema: Schema
  let table: Int

  /// `others` are names that the message of the same rule knows besides the columns.
  func warn(of keys: [String], in reader: MappingReader, besides others: Set<String>) {
    for key in keys {
      guard let node = reader.value(key), let text = node.text, text.contains("{"),
        let name = names(inBraces: text).first(where: { others.contains($0) || isKnown($0) })
      else { continue }
      collector.warn(
        "`{\(name)}` is shown as it stands in `\(key)`: only `message` is filled in",
        at: node.position, advice: "Say it in `message`, or write it without the braces")
    }
  }

  /// The first name of each path in braces.
  private func names(inBraces text: String) -> [String] {
    text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { part in
      guard let end = part.firstIndex(of: "}") else { return nil }
      return part[..<end].split(separator: ".").first.map { String($0) }
    }
  }

  private func isKnown(_ name: String) -> Bool {
    schema.tables[table].fields.contains { $0.name == name }
      || schema.tables[table].derived.contains { $0.name == name }
      || schema.relations.contains { $0.child == table && $0.name == name }
  }
}
