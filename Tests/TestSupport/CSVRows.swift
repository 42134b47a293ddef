/// Reads the lists that casecheck writes: RFC 4180 with LF as line end.
public func csvRows(_ text: String) -> [[String: String]] {
  var records: [[String]] = []
  var record: [String] = []
  var cell = ""
  var isQuoted = false
  var characters = text.unicodeScalars.makeIterator()
  var next = characters.next()
  while let scalar = next {
    next = characters.next()
    switch (scalar, isQuoted) {
    case ("\"", true) where next == "\"":
      cell.unicodeScalars.append(scalar)
      next = characters.next()
    case ("\"", _): isQuoted.toggle()
    case (",", false):
      record.append(cell)
      cell = ""
    case ("\n", false):
      records.append(record + [cell])
      record = []
      cell = ""
    default: cell.unicodeScalars.append(scalar)
    }
  }
  guard let headings = records.first else { return [] }
  return records.dropFirst().map { cells in
    Dictionary(zip(headings, cells), uniquingKeysWith: { first, _ in first })
  }
}
