public import Exceptions

/// Whether an exception comes before another in `exceptions.csv`.
///
/// The order is by team, list, rule, person, record, occasion, field, file and line. Cells compare
/// byte by byte as they are written, including the apostrophe before a formula. Occasion and line
/// compare as numbers, with none first.
public func precedesInList(_ a: CaseException, _ b: CaseException) -> Bool {
  if a.team != b.team, let order = cellPrecedes(a.team.shown, b.team.shown) {
    return order
  }
  if let order = cellPrecedes(a.list.rawValue, b.list.rawValue) { return order }
  if let order = cellPrecedes(a.rule, b.rule) { return order }
  if let order = cellPrecedes(a.personID, b.personID) { return order }
  if let order = cellPrecedes(a.recordID, b.recordID) { return order }
  if a.occasion != b.occasion { return (a.occasion ?? .min) < (b.occasion ?? .min) }
  if let order = cellPrecedes(a.field, b.field) { return order }
  if let order = cellPrecedes(a.sourceFile, b.sourceFile) { return order }
  return (a.sourceLine ?? .min) < (b.sourceLine ?? .min)
}

/// Whether a cell comes before another; nil if they are equal.
private func cellPrecedes(_ a: String, _ b: String) -> Bool? {
  let order =
    switch (isFormula(a), isFormula(b)) {
    case (false, false), (true, true): byteOrder(a, b)
    case (true, false): byteOrder("'" + a, b)
    case (false, true): byteOrder(a, "'" + b)
    }
  return order == 0 ? nil : order < 0
}
