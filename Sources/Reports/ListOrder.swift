public import Exceptions

/// Whether an exception comes before another in `exceptions.csv`.
///
/// By team, list, rule, person, record, occasion, field, file and line, byte by byte as the cells are
/// written, the apostrophe before a formula included; occasion and line as numbers, none first.
public func precedesInList(_ a: CaseException, _ b: CaseException) -> Bool {
  if let order = bytesPrecede(a.team.shown, b.team.shown) { return order }
  if let order = bytesPrecede(a.list.rawValue, b.list.rawValue) { return order }
  if let order = bytesPrecede(a.rule, b.rule) { return order }
  if let order = bytesPrecede(a.personID, b.personID) { return order }
  if let order = bytesPrecede(a.recordID, b.recordID) { return order }
  if a.occasion != b.occasion { return (a.occasion ?? .min) < (b.occasion ?? .min) }
  if let order = bytesPrecede(a.field, b.field) { return order }
  if let order = bytesPrecede(a.sourceFile, b.sourceFile) { return order }
  return (a.sourceLine ?? .min) < (b.sourceLine ?? .min)
}

/// Whether a cell comes before another; nil where they are the same.
///
/// Not `<` of `String`, which compares by Unicode and takes composed and decomposed letters for equal.
private func bytesPrecede(_ a: String, _ b: String) -> Bool? {
  switch (isFormula(a), isFormula(b)) {
  case (false, false): bytesPrecede(a.utf8, b.utf8)
  case (true, true): bytesPrecede(a.utf8, b.utf8)
  case (true, false): bytesPrecede(("'" + a).utf8, b.utf8)
  case (false, true): bytesPrecede(a.utf8, ("'" + b).utf8)
  }
}

private func bytesPrecede(_ a: String.UTF8View, _ b: String.UTF8View) -> Bool? {
  a.elementsEqual(b) ? nil : a.lexicographicallyPrecedes(b)
}
