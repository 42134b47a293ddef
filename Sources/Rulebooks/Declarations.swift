import Diagnostics

/// What the rule files declare, by name: overrides are settled, but nothing is checked yet.
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

  var tables: [String: Declaration] = [:]
  var codes: [String: Declaration] = [:]
  var calendars: [String: Declaration] = [:]
  var parameters: [String: Declaration] = [:]
  /// The parameters of lower layers that others have replaced, by name.
  var replacedParameters: [String: [Declaration]] = [:]
  /// How dates are written where a field does not say, by the type of the field.
  var formats: [String: Declaration] = [:]
  var rules: [String: Declaration] = [:]
  /// The rules that another pack of the same folder has replaced.
  var replacedRules: [Declaration] = []
  /// The rules of lower layers that others have replaced, by name.
  var replacedRuleDeclarations: [String: [Declaration]] = [:]
  /// The code lists that stand in place of one of a lower layer, by name, and where they stand.
  var replacedCodes: [String: SourcePosition] {
    codes.filter { namesOfReplacedCodes.contains($0.key) }.mapValues(\.namePosition)
  }
  /// The names of the code lists of which one has replaced another.
  var namesOfReplacedCodes: Set<String> = []
  /// The calendars of which another has taken the place, by name: of several the highest.
  var replacedCalendars: [String: Declaration] = [:]
  /// The tables of which another has taken the place, by name: of several the highest.
  var replacedTables: [String: Declaration] = [:]
  /// The layers of the rules that others have replaced, by rule name.
  var layersOfReplaced: [String: Set<Layer>] = [:]
  var tests: [Declaration] = []
  /// The names of the rules of all packs, including those not selected.
  var allRuleNames: Set<String> = []
  /// The names of the tables of packs that are not selected.
  var unselectedTables: Set<String> = []
  /// Texts of the packs that are not selected, which may use code lists and parameters.
  var unselectedTexts: [String] = []
  var knownPacks: Set<String> = []

  /// Whether the rule of this name in a layer or below it has been replaced by a rule above.
  ///
  /// What that layer says about the rule, in tests for example, then refers to the replaced rule.
  func isReplaced(_ rule: String, for layer: Layer) -> Bool {
    guard let declared = rules[rule], declared.layer != layer, declared.layer.isOver(layer) else {
      return false
    }
    return layersOfReplaced[rule]?.contains { $0 == layer || layer.isOver($0) } ?? false
  }

  static let keys = ["table", "codes", "calendar", "pack", "formats"] + sharedKeys
  /// The keys of a document that is about no table, code list, calendar or pack.
  static let generalKeys = ["title", "description", "source", "formats"]
  /// The keys that any document may have besides the one that it is about.
  static let sharedKeys = ["parameters", "rules", "tests"]
}
