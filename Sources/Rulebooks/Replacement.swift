public import Diagnostics

/// A rule or a parameter that stands in place of one of the same name in a lower layer.
public struct Replacement: Hashable, Sendable {
  /// What it is.
  public enum Kind: String, Sendable {
    /// A rule.
    case rule
    /// A parameter.
    case parameter
  }

  /// What it is.
  public var kind: Kind
  /// The name of both.
  public var name: String
  /// Where the one in force stands.
  public var position: SourcePosition
  /// Where the other stands, which is not in force.
  public var replaced: SourcePosition
  /// The pack of the other; empty outside packs.
  public var pack: String
}

extension Declarations {
  /// The rules and parameters in force that have taken the place of others, by place.
  var replacements: [Replacement] {
    (replacements(.rule, rules) + replacements(.parameter, parameters)).sorted {
      ($0.position, $0.replaced) < ($1.position, $1.replaced)
    }
  }

  private func replacements(
    _ kind: Replacement.Kind, _ declarations: LayeredDeclarations
  ) -> [Replacement] {
    declarations.replaced.flatMap { name, others in
      others.compactMap { other in
        guard let own = declarations[name], own.layer.isOver(other.layer) else { return nil }
        return Replacement(
          kind: kind, name: name, position: own.namePosition, replaced: other.namePosition,
          pack: other.layer.pack)
      }
    }
  }
}

/// Warns of rules that take the place of others, which ask of another table or in another way.
///
/// A name met by chance would otherwise take a rule out of every list without a word.
struct ReplacedRules {
  let collector: DiagnosticCollector

  func warn(of declarations: Declarations) {
    for (name, others) in declarations.rules.replaced {
      guard let own = declarations.rules[name] else { continue }
      for other in others where own.layer.isOver(other.layer) { warn(of: own, replacing: other) }
    }
  }

  private func warn(of own: Declarations.Declaration, replacing other: Declarations.Declaration) {
    let differs: String
    if let table = own.node.table, let before = other.node.table, table != before {
      differs = "is for \(table), not for \(before)"
    } else if let kind = own.node.kind, let before = other.node.kind, kind != before {
      differs = "is a `\(kind)`, not a `\(before)`"
    } else {
      if own.layer.isUnsaidOver(other.layer) {
        collector.warnOfPack(
          replacing: other, by: own, "rule", "what that one asks is asked of nobody")
      }
      return
    }
    collector.warnEveryRun(
      "the rule `\(own.name)` replaces the one at \(other.namePosition), and \(differs): what that one asks is asked of nobody",
      at: own.namePosition,
      advice: "Give it a name of its own, unless the other is to be asked no longer")
  }
}

extension DiagnosticCollector {
  /// Warns of what a pack has in place of something of the same name that is in no pack.
  func warnOfPack(
    replacing other: Declarations.Declaration, by own: Declarations.Declaration, _ what: String,
    _ outcome: String
  ) {
    warnEveryRun(
      "the \(what) `\(own.name)` of the pack `\(own.layer.pack)` replaces the one at \(other.namePosition), which is in no pack: \(outcome)",
      at: own.namePosition,
      advice:
        "Give it a name of its own; if it is to replace that one, put it in a folder of its own and name that by a later --rules"
    )
  }
}

extension YAMLNode {
  /// The table that a rule is for.
  fileprivate var table: String? {
    guard case .mapping(let pairs) = content else { return nil }
    return pairs.first { $0.key.text == "for" }?.value.text
  }

  /// What kind of rule it is.
  fileprivate var kind: String? {
    guard case .mapping(let pairs) = content else { return nil }
    return pairs.lazy.compactMap(\.key.text).first { RuleKindLoader.names.contains($0) }
  }
}
