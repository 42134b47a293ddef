extension CheckedExpression.Node {
  /// The steps that this one is computed from, in the order in which they are written.
  public var parts: [CheckedExpression.Node] {
    switch self {
    case .constant, .asOf, .parameter, .variable, .special, .allRows, .codes: []
    case .field(let row, _, _), .derived(let row, _, _), .parent(let row, _),
      .children(let row, _), .given(let row, _, _):
      [row]
    case .lookup(_, _, let keys): keys
    case .list(let nodes), .call(_, let nodes), .coalesce(let nodes): nodes
    case .conditional(let a, let b, let c): [a, b, c]
    case .and(let a, let b), .or(let a, let b), .comparison(_, let a, let b),
      .arithmetic(_, let a, let b), .index(let a, let b), .same(let a, let b),
      .contains(let a, let b):
      [a, b]
    case .matches(let text, _): [text]
    case .has(let value), .periodPart(_, let value): [value]
    case .loop(_, let list, _, let body): [list, body]
    case .spans(let list, _, let start, let end): [list, start, end]
    case .listCall(_, let list, let arguments): [list] + arguments
    case .aggregate(_, let body): body.map { [$0] } ?? []
    }
  }

  /// The same steps one by one with their places, without making a list: rules are walked through
  /// many times before anything is judged.
  public func forEachPart(_ visit: (_ place: Int, CheckedExpression.Node) -> Void) {
    switch self {
    case .constant, .asOf, .parameter, .variable, .special, .allRows, .codes: break
    case .field(let part, _, _), .derived(let part, _, _), .parent(let part, _),
      .children(let part, _), .given(let part, _, _), .matches(let part, _), .has(let part),
      .periodPart(_, let part):
      visit(0, part)
    case .and(let a, let b), .or(let a, let b), .comparison(_, let a, let b),
      .arithmetic(_, let a, let b), .index(let a, let b), .same(let a, let b),
      .contains(let a, let b), .loop(_, let a, _, let b):
      visit(0, a)
      visit(1, b)
    default: for (place, part) in parts.enumerated() { visit(place, part) }
    }
  }

  /// Visits this step and all it is computed from, in the order in which they are written.
  public func walk(_ visit: (CheckedExpression.Node) -> Void) {
    visit(self)
    forEachPart { $1.walk(visit) }
  }

  /// Whether some step passes a test.
  public func contains(where test: (CheckedExpression.Node) -> Bool) -> Bool {
    if test(self) { return true }
    var isFound = false
    forEachPart { _, part in
      if !isFound { isFound = part.contains(where: test) }
    }
    return isFound
  }
}
