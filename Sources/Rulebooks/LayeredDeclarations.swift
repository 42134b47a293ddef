import Values

/// The declarations of one kind by name, of which a higher layer's replaces a lower one's.
struct LayeredDeclarations {
  typealias Declaration = Declarations.Declaration

  /// Two declarations of one name.
  struct Overlap {
    /// The one in force.
    let upper: Declaration
    let lower: Declaration
    /// Whether a layer says which is in force; if not, it is the one that came first.
    let isSettled: Bool
  }

  /// Those in force.
  private(set) var inForce: [String: Declaration] = [:]
  /// Those that others have replaced, in the order in which they were.
  private(set) var replaced: [String: [Declaration]] = [:]

  /// The one in force.
  subscript(name: String) -> Declaration? { inForce[name] }

  /// Those in force, by name.
  var sorted: [Declaration] {
    // Names are what the dictionary goes by, and much smaller to move than declarations.
    inForce.keys.map { Text($0) }.sorted().compactMap { inForce[$0.string] }
  }

  /// The highest of those that another has replaced.
  func highestReplaced(_ name: String) -> Declaration? {
    replaced[name]?.reduce(nil) { highest, other in
      guard let highest, !other.layer.isOver(highest.layer) else { return other }
      return highest
    }
  }

  /// Adds a declaration; returns how it stands to one of the same name.
  mutating func add(_ declaration: Declaration) -> Overlap? {
    let name = declaration.name
    guard let other = inForce[name] else {
      inForce[name] = declaration
      return nil
    }
    let isOver = declaration.layer.isOver(other.layer)
    let (upper, lower) = isOver ? (declaration, other) : (other, declaration)
    inForce[name] = upper
    replaced[name, default: []].append(lower)
    return Overlap(
      upper: upper, lower: lower, isSettled: isOver || other.layer.isOver(declaration.layer))
  }
}
