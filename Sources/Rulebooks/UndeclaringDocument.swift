import Diagnostics

/// A document that declares nothing, most likely because its declaring key is misspelt.
struct UndeclaringDocument {
  let node: YAMLNode
  let pairs: [(key: YAMLNode, value: YAMLNode)]

  /// The document read as if its first misspelt declaring key were right; nil if there is none.
  ///
  /// The mistake is reported.
  func mended(into collector: DiagnosticCollector) -> YAMLNode? {
    guard let (place, meant) = misspeltKey else {
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
  private var misspeltKey: (Int, String)? {
    let others = ["title", "description", "source", "over"]
    for (place, pair) in pairs.enumerated() {
      guard let key = pair.key.text, !others.contains(key),
        let meant = nearestName(to: key, among: Declarations.keys)
      else { continue }
      return (place, meant)
    }
    return nil
  }
}
