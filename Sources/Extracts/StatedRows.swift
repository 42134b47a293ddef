extension Span<UInt8> {
  /// The number of rows that a line gives, if it says nothing else.
  ///
  /// `(20 row(s) affected)` and `Total number of records: 20` do; `At most 1,000 rows a page` does
  /// not count rows of this file.
  var statedRows: Int? {
    let words = words
    if let all = partOfAll(words) { return all }
    guard let place = onlyNumber(in: words), let count = words[place].number else { return nil }
    let (before, behind) = (words[..<place], words[(place + 1)...])
    if let counted = behind.first, countedWords.contains(counted) {
      let beside = before + behind.dropFirst()
      return beside.allSatisfy { countedWords.contains($0) || wordsBeside.contains($0) }
        ? count : nil
    }
    // `Row 7` and `Record number 5` each name one row, and `Records: 2016` may mean a year.
    let isOfAll = before.contains(where: totalWords.contains)
    let isOfMany = before.contains(where: manyWords.contains)
    guard behind.isEmpty, isOfMany || isOfAll && before.contains(where: countedWords.contains),
      before.allSatisfy({ countedWords.contains($0) || wordsOfLabels.contains($0) }),
      isOfAll || before.contains("number") || !(1900...2100 ~= count)
    else { return nil }
    return count
  }

  /// The number of a line that says only `Total: 20`, `Grand total: 20`, `Total number of children: 20`
  /// or `Totals: 20 children`, in one cell: of rows, or the sum of something.
  var statedTotal: Int? {
    var words = words
    if words.first == "grand" { words.removeFirst() }
    if let last = words.last, peoplesWords.contains(last) { words.removeLast() }
    guard (2...5).contains(words.count), totalWords.contains(words[0]),
      onlyNumber(in: words) == words.count - 1, let total = words.last?.number
    else { return nil }
    // After a quote or a delimiter, the number stands in a column and may be its sum.
    let before = decoded.drop { !$0.isLetter }.prefix { !$0.isNumber }
    return before.allSatisfy { $0.isLetter || $0 == ":" || $0 == "=" || $0 == " " } ? total : nil
  }

  /// The number of all that a line like `Showing 1 to 12 of 345 entries` gives: a page of a list.
  private func partOfAll(_ words: [Substring]) -> Int? {
    let numbers = words.indices.filter { words[$0].number != nil }
    guard numbers.count == 3, let first = words[numbers[0]].number,
      let last = words[numbers[1]].number, let all = words[numbers[2]].number,
      first <= last, last <= all, words[numbers[2] - 1] == "of"
    else { return nil }
    let others = words.filter { $0.number == nil }
    return others.contains(where: pageWords.contains)
      && others.allSatisfy { pageWords.contains($0) || $0 == "to" || $0 == "of" } ? all : nil
  }

  private var words: [Substring] {
    // A comma may be part of a number, or a delimiter.
    decoded.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "," }
      .flatMap { word -> [Substring] in
        let isNumber = word.allSatisfy { $0.isNumber || $0 == "," }
        if !isNumber { return word.split(separator: ",") }
        var number = word.drop { $0 == "," }
        while number.last == "," { number.removeLast() }
        return number.isEmpty ? [] : [number]
      }
  }

  private func onlyNumber(in words: [Substring]) -> Int? {
    let places = words.indices.filter { words[$0].number != nil }
    return places.count == 1 ? places[0] : nil
  }
}

extension Substring {
  fileprivate var number: Int? { Int(filter { $0 != "," }) }
}

private let countedWords: Set<Substring> = ["row", "rows", "record", "records"]
private let manyWords: Set<Substring> = ["rows", "records"]
private let totalWords: Set<Substring> = ["total", "totals", "count"]
private let wordsBeside: Set<Substring> = [
  "s", "affected", "selected", "returned", "exported", "fetched", "retrieved", "found", "in", "set",
  "total", "end", "of", "report", "export", "file", "list",
]
private let wordsOfLabels: Set<Substring> = [
  "s", "affected", "selected", "returned", "exported", "fetched", "retrieved", "found", "total",
  "number", "of", "count",
]
/// Of what a total counts people or cases, not hours or pounds.
private let peoplesWords: Set<Substring> = ["children", "people", "persons", "clients", "cases"]
private let pageWords: Set<Substring> = [
  "showing", "displaying", "viewing", "entries", "results", "items", "rows", "records",
]
