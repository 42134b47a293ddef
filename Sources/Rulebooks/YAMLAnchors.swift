import Diagnostics

/// The values of a YAML text that have been given a name, which aliases refer to.
struct YAMLAnchors {
  private var nodes: [String: YAMLNode] = [:]
  /// Those that no alias has referred to so far.
  private var unused: [String: YAMLNode] = [:]

  mutating func name(_ node: YAMLNode, _ name: String) {
    nodes[name] = node
    unused[name] = node
  }

  /// The value that an alias refers to; nil if none has that name.
  mutating func node(named name: String) -> YAMLNode? {
    unused[name] = nil
    return nodes[name]
  }

  /// Warnings of names given to values that nothing refers to.
  ///
  /// `&Visits late` was most likely meant as a text, of which `late` is left.
  var warningsOfUnused: [Diagnostic] {
    unused.sorted { $0.key < $1.key }.map { name, node in
      var warning = Diagnostic(
        .warning, at: node.position,
        "to YAML `&\(name)` is a name given to this value, and no part of it; nothing refers to it",
        advice: "Put quotes around a text that begins with `&`, or take the name out")
      warning.isForAuthors = true
      return warning
    }
  }
}
