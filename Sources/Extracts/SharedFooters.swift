/// Footers that count the records of several files of a table.
///
/// An export that is split into parts may count all of them in a footer of the last part, or go on
/// counting from part to part. Such a footer says more than its own file holds, and nothing is
/// missing.
extension Table {
  /// Takes back what was said of footers that count the records of all files, or of those up to
  /// their own.
  mutating func takeSharedFooters() {
    guard files.count > 1 else { return }
    // A file that was given twice has no records of its own.
    var seen: Set<String> = []
    let counts = files.map { file in
      file.sha256.isEmpty || seen.insert(file.sha256).inserted ? file.countedRows : 0
    }
    let all = counts.reduce(0, +)
    var upTo = 0
    let order = files.indices.map { (PartOrder(files[$0].path), $0) }.sorted { $0.0 < $1.0 }
    for (_, place) in order {
      upTo += counts[place]
      files[place].takeFooter(counting: [all, upTo])
    }
  }
}

extension FileReport {
  /// Takes a footer as right that gives one of these counts, each no less than the file's own.
  fileprivate mutating func takeFooter(counting counts: [Int]) {
    let own = countedRows
    faults.removeAll { fault in
      counts.contains { $0 > own && fault == .fewerThanStated(own, of: $0) }
    }
    if let total = statedTotal, counts.contains(total) {
      statedTotal = nil
      isTotalOfRecords = true
    }
  }
}
