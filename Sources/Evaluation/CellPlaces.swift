import Extracts

/// The numbers of a table's findings, looked up by field and constraint.
struct CellPlaces {
  private var places: [[Int32]]
  private static let constraints = CellConstraint.allCases

  init(_ table: Table) {
    let constraints = Self.constraints
    places = Array(repeating: [], count: table.definition.fields.count * constraints.count)
    for (place, finding) in table.findings.enumerated() {
      places[Int(finding.field) * constraints.count + Self.number(of: finding.constraint)].append(
        Int32(place))
    }
  }

  func places(of field: Int, _ constraint: CellConstraint) -> [Int32] {
    places[field * Self.constraints.count + Self.number(of: constraint)]
  }

  private static func number(of constraint: CellConstraint) -> Int {
    constraints.firstIndex(of: constraint) ?? 0
  }
}
