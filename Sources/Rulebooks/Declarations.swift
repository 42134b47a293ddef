import Diagnostics

/// What the rule files declare, by name: what overrides what is settled, but nothing is checked yet.
struct Declarations {
  /// One thing declared in a file.
  struct Declaration {
    var name: String
    var namePosition: SourcePosition
    var node: YAMLNode
    var layer: Layer
  }

  /// The layer of a declaration: higher layers override lower ones of the same name.
  struct Layer: Hashable {
    var folder: Int
    var pack: String
    /// The packs whose declarations this one may override.
    var below: Set<String>

    func isOver(_ other: Layer) -> Bool {
      if folder != other.folder { return folder > other.folder }
      if pack.isEmpty || other.pack.isEmpty { return !pack.isEmpty }
      return below.contains(other.pack)
    }

    /// Whether it is of a pack, and the other stands beside the packs in the same folder.
    ///
    /// A pack names the packs that it is over, and folders are named in their order; but nothing says
    /// that what is in no pack is to be replaced.
    func isUnsaidOver(_ other: Layer) -> Bool {
      folder == other.folder && !pack.isEmpty && other.pack.isEmpty
    }
  }

  var tables = LayeredDeclarations()
  var codes = LayeredDeclarations()
  var calendars = LayeredDeclarations()
  var parameters = LayeredDeclarations()
  /// How dates are written where a field does not say, by the type of the field.
  var formats = LayeredDeclarations()
  var rules = LayeredDeclarations()
  /// The rules that another pack of the same folder has replaced.
  var replacedRules: [Declaration] = []
  var tests: [Declaration] = []
  /// The names of the rules of all packs, including those not selected.
  var allRuleNames: Set<String> = []
  /// The names of the tables of packs that are not selected.
  var unselectedTables: Set<String> = []
  /// Texts of the packs that are not selected, which may use code lists and parameters.
  var unselectedTexts: [String] = []

  /// The code lists that stand in place of one of a lower layer, by name, and where they stand.
  var replacingCodes: [String: SourcePosition] {
    codes.inForce.filter { codes.replaced[$0.key] != nil }.mapValues(\.namePosition)
  }

  /// Whether the rule of this name in a layer or below it has been replaced by a rule above.
  ///
  /// What that layer says about the rule, in tests for example, then refers to the replaced rule.
  func isReplaced(_ rule: String, for layer: Layer) -> Bool {
    guard let declared = rules[rule], declared.layer != layer, declared.layer.isOver(layer) else {
      return false
    }
    return rules.replaced[rule]?.contains { $0.layer == layer || layer.isOver($0.layer) } ?? false
  }

  static let keys = ["table", "codes", "calendar", "pack", "formats"] + sharedKeys
  /// The keys of a document that is about no table, code list, calendar or pack.
  static let generalKeys = ["title", "description", "source", "formats"]
  /// The keys that any document may have besides the one that it is about.
  static let sharedKeys = ["parameters", "rules", "tests"]
}
