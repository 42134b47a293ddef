import Values

/// Which files of a table stand for which of an earlier run's.
///
/// Files are known by their names, in which a date may change with every run. Digits that differ are
/// a date only where no file that is otherwise called alike has kept its name: of numbered files one
/// may be missing, and one of another number there, with other records. Where several files have the
/// date, a number by which they are told apart as before is none of it.
struct FilePairs {
  /// Files of the earlier run, and those that stand for them now.
  struct Pair {
    /// The names of the earlier files, in order: several where nobody can tell which of now stands
    /// for which.
    let before: [Text]
    /// The names now, in order; none where the earlier files are not there any more.
    let now: [Text]
    let rowsBefore: Int
    let rowsNow: Int
  }

  /// In the order of the earlier files.
  let pairs: [Pair]
  /// The rows of the files that stand for none of the earlier run's.
  ///
  /// Those called alike but for a date count together.
  let rowsOfNew: [Int]

  /// Compares files by their names; both have the rows of each.
  init(_ before: [Text: Int], _ now: [Text: Int]) {
    let earlier = Dictionary(grouping: before.keys.map(FileName.init), by: \.undated)
    let later = Dictionary(grouping: now.keys.map(FileName.init), by: \.undated)
    var pairs: [Pair] = []
    var rowsOfNew: [Int] = []
    for undated in Set(earlier.keys).union(later.keys) {
      let (old, new) = (earlier[undated] ?? [], later[undated] ?? [])
      let keepsNames = old.contains { now[$0.path] != nil }
      let place = Self.placeOfNumber(old, new)
      // A file of each day beside an archive that keeps its date in its name.
      let dated = keepsNames ? Self.onlyDated(old, new, before, now) : nil
      func key(_ file: FileName) -> Text {
        if let dated, dated.contains(file.path) { return undated }
        if keepsNames { return file.path }
        return place.map { file.numbers[$0] } ?? undated
      }
      let (oldByKey, newByKey) = (
        Dictionary(grouping: old, by: key), Dictionary(grouping: new, by: key)
      )
      for (key, files) in oldByKey {
        let gone = files.map(\.path).sorted()
        let there = (newByKey[key] ?? []).map(\.path).sorted()
        pairs.append(
          Pair(
            before: gone, now: there, rowsBefore: Self.sum(of: gone, before),
            rowsNow: Self.sum(of: there, now)))
      }
      for (key, files) in newByKey where oldByKey[key] == nil {
        rowsOfNew.append(Self.sum(of: files.map(\.path), now))
      }
    }
    self.pairs = pairs.sorted { $0.before.lexicographicallyPrecedes($1.before) }
    self.rowsOfNew = rowsOfNew
  }

  /// The one file that has gone and the one that has come, where the names of both hold a date.
  private static func onlyDated(
    _ old: [FileName], _ new: [FileName], _ before: [Text: Int], _ now: [Text: Int]
  ) -> Set<Text>? {
    let gone = old.filter { now[$0.path] == nil }
    let come = new.filter { before[$0.path] == nil }
    guard gone.count == 1, come.count == 1, gone[0].hasDate else { return nil }
    return [gone[0].path, come[0].path]
  }

  private static func sum(of files: [Text], _ rows: [Text: Int]) -> Int {
    files.reduce(0) { $0 + (rows[$1] ?? 0) }
  }

  /// The place among the numbers of the one that tells several files apart, before and now, and of
  /// which at least half are the same: `1` and `2` in `2016-01-20_part1` and `2016-01-20_part2`.
  ///
  /// Nil where there is none, or but one file before and one now.
  private static func placeOfNumber(_ old: [FileName], _ new: [FileName]) -> Int? {
    guard let first = old.first, !new.isEmpty, max(old.count, new.count) > 1 else { return nil }
    var best: (place: Int, shared: Int)?
    for place in first.numbers.indices {
      let (before, now) = (Set(old.map { $0.numbers[place] }), Set(new.map { $0.numbers[place] }))
      guard before.count == old.count, now.count == new.count else { continue }
      let shared = before.intersection(now).count
      if shared * 2 >= min(before.count, now.count), shared > best?.shared ?? 0 {
        best = (place, shared)
      }
    }
    return best?.place
  }
}

/// The name of a file, taken apart.
struct FileName {
  let path: Text
  /// The name without its digits; files of the same have as many numbers.
  let undated: Text
  /// Its digits, those that stand together as one.
  let numbers: [Text]

  /// That many digits together are a whole date: a name with one is not like a name with a number.
  private static let date = 6

  /// Whether a whole date stands in it.
  var hasDate: Bool { numbers.contains { $0.string.utf8.count >= Self.date } }

  /// Takes a name apart.
  init(_ path: Text) {
    var undated = ""
    var numbers: [Text] = []
    var digits = ""
    func endNumber() {
      if digits.isEmpty { return }
      // No file's name has this character.
      undated += digits.utf8.count < Self.date ? "\0" : "\0\0"
      numbers.append(Text(digits))
      digits = ""
    }
    for scalar in path.string.unicodeScalars {
      if (0x30...0x39).contains(scalar.value) {
        digits.unicodeScalars.append(scalar)
      } else {
        endNumber()
        undated.unicodeScalars.append(scalar)
      }
    }
    endNumber()
    self.path = path
    self.undated = Text(undated)
    self.numbers = numbers
  }
}
