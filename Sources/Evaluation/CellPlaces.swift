import Extracts

/// The numbers of a table's findings, looked up by field and constraint.
struct CellPlaces {
  private var places: [[Int32]]
  private static let constraints = CellConstraint.allCases

  init(_ table: Table) {
    let constraints = Self.constraints
    places = Array(repeating: [], count: table.definition.fields.count * constraints.count)
    let findings = table.findings
    for place in findings.indices {
      let constraint = Self.number(of: findings.constraint(at: place))
      places[Int(findings.field(at: place)) * constraints.count + constraint].append(Int32(place))
    }
  }

  func places(of field: Int, _ constraint: CellConstraint) -> [Int32] {
    places[field * Self.constraints.count + Self.number(of: constraint)]
  }

  private static func number(of constraint: CellConstraint) -> Int {
    constraints.firstIndex(of: constraint) ?? 0
  }
}
