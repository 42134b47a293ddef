/// The cells of some of the first 26 columns, each counted from 0, as a spreadsheet names ranges:
/// `C2:C21 E2:E21`; `rows` are counted from 0 too.
func columnRanges(_ columns: [Int], rows: ClosedRange<Int>) -> String {
  columns.map { column in
    let letter = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(column)))
    return "\(letter)\(rows.lowerBound + 1):\(letter)\(rows.upperBound + 1)"
  }.joined(separator: " ")
}
