import Values

extension FieldDefinition {
  /// What may stand in a cell of the field, such as `Yes or No`, for whoever fills it in; nil unless
  /// it is one of a few values.
  public var fewValues: String? {
    if type == .boolean { return CellWords.wantedForm(self) }
    guard let values = codes.map({ Array($0.values) }) ?? constraints.allowed,
      1...CellWords.mostNamed ~= values.count
    else { return nil }
    let words = CellWords(self)
    let texts = values.map(\.string).map(words.quoted)
    // Codes come in no order; the values of a list written out stand in that order.
    return (codes == nil ? texts : texts.sorted()).joined(separator: " or ")
  }
}
