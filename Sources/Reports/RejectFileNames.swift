import Exceptions

/// The file names of the reject lists of all inputs, all distinct even on file systems that ignore
/// case.
///
/// `visits.csv` keeps its name. A file in a folder, a file whose name is not safe everywhere, and
/// two files that would share a name get their path in plain letters and a hash of it.
func rejectFileNames(for inputs: [InputReport]) -> [String] {
  let stems = inputs.map { stem(of: $0.path) }
  var uses: [String: Int] = [:]
  for stem in stems { uses[stem.lowercased(), default: 0] += 1 }
  var readings: [String: Int] = [:]
  for input in inputs { readings[input.path, default: 0] += 1 }

  var taken: Set<String> = []
  return zip(inputs, stems).map { input, stem in
    let isAlone = uses[stem.lowercased()] == 1
    let name =
      isAlone && isSafe(stem)
      ? stem : hashedName(of: input, withTable: readings[input.path] != 1)
    var distinct = name
    var number = 2
    while !taken.insert(distinct.lowercased()).inserted {
      distinct = "\(name)-\(number)"
      number += 1
    }
    return distinct + ".csv"
  }
}

private func hashedName(of input: InputReport, withTable: Bool) -> String {
  let words = kebab(stem(of: input.path) + (withTable ? "-" + input.table : ""), most: 60)
  let hash = stableHash(Array(input.path.utf8) + [0] + Array(input.table.utf8))
  return (words.isEmpty ? "file" : words) + "-" + hexDigits(hash, short: true)
}

/// The path without `.csv`; other endings stay, so that `visits.txt` and `visits.csv` differ.
private func stem(of path: String) -> String {
  path.lowercased().hasSuffix(".csv") ? String(path.dropLast(4)) : path
}

private func isSafe(_ stem: String) -> Bool {
  guard let first = stem.utf8.first, let last = stem.utf8.last, stem.utf8.count <= 100 else {
    return false
  }
  return stem.utf8.allSatisfy(isSafe) && !" .-".utf8.contains(first) && !" .".utf8.contains(last)
    && !isDeviceName(stem) && !looksHashed(stem)
}

private func isSafe(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"):
    true
  default: " _-.()".utf8.contains(byte)
  }
}
