import Diagnostics
import ExceptionLedger
import Exceptions
import Extracts
import Values

/// What a table had and no longer has.
struct TableLoss {
  let kind: String
  /// A sentence without its final stop.
  let what: String
  let advice: String
}

/// What a table that is present has lost since it was last whole.
struct TableLosses {
  private let now: TableStanding
  private let before: WholeTable
  private let greatestFall: Int?
  private let rowsBefore: [Text: Int]
  private let pairs: FilePairs

  /// The most files that are named in one sentence.
  private static let mostNamed = 20
  /// The most files of which each has a remark of its own.
  private static let mostRemarks = 3

  /// Compares a table with what it was; `greatestFall` is in hundredths of a percent, nil for any.
  init(_ now: TableStanding, _ before: WholeTable, greatestFall: Int?) {
    self.now = now
    self.before = before
    self.greatestFall = greatestFall
    rowsBefore = Dictionary(
      before.rowsOfFiles.map { (Text($0.path), $0.rows) }, uniquingKeysWith: +)
    pairs = FilePairs(rowsBefore, now.rowsOfFiles)
  }

  /// All of them: one that is accepted must not take others with it that nobody was shown.
  var all: [TableLoss] { files + columns + values + footers + lastLines + rows }

  /// Losses that may be accidental, and are remarked on without being faults.
  var remarks: [String] {
    let emptied = emptied { $0 < TableStanding.many }.map { field, count in
      "\(now.name).\(field): \(amount(count, "row")) held something when the table was last whole, and none does now. Look whether that is right."
    }
    // Nobody else would see it where the new files hold other records.
    let fallen = fallenFiles
    let renamed = fallen.filter { $0.place == .otherNames }.map(\.files)
    let moved = fallen.filter { $0.place == .otherFiles }.map(\.files)
    return emptied + remarksOnRenamed(renamed) + moved.map { remarkOnMoved($0) }
  }

  private func remarksOnRenamed(_ files: [FilePairs.Pair]) -> [String] {
    func remark(on names: [Text], rows: Int) -> String {
      let (are, them) = names.count == 1 ? ("is", "it") : ("are", "them")
      return
        "\(now.name): \(listed(names)), which had \(amount(rows, "row")) when the table was last whole, \(are) not there any more; files of new names hold about as many, and are taken for \(them). Look whether that is right."
    }
    if files.count > Self.mostRemarks {
      return [remark(on: files.flatMap(\.before), rows: files.reduce(0) { $0 + $1.rowsBefore })]
    }
    return files.map { remark(on: $0.before, rows: $0.rowsBefore) }
  }

  private func remarkOnMoved(_ files: FilePairs.Pair) -> String {
    let (has, it) = files.before.count == 1 ? ("has", "it") : ("have", "them")
    let name = files.now == files.before || files.now.isEmpty ? "" : " as \(listed(files.now))"
    return
      "\(now.name): \(listed(files.before)), which had \(amount(files.rowsBefore, "row")) when the table was last whole, \(has) \(files.rowsNow) now\(name); other files of the table have as many more, and what has gone from \(it) is taken to be there. Look whether that is right."
  }

  /// The names of files in a sentence, of many only the first.
  private func listed(_ files: [Text]) -> String {
    together(files.map(\.string), most: Self.mostNamed)
  }

  private var files: [TableLoss] {
    let files = now.files
    guard files < before.files else { return [] }
    let counted =
      files < now.table.files.count { $0.rowsChecked > 0 } ? ", each counted once" : ""
    return [
      loss(
        "incomplete",
        "When it was last whole, \(now.name) had \(amount(before.files, "file")) with rows; now it has \(files)\(counted)\(missed)"
      )
    ]
  }

  /// Which of the earlier files have no rows of their own now; empty where nobody can tell.
  private var missed: String {
    let missed = pairs.pairs.filter(\.now.isEmpty).flatMap(\.before).sorted()
    if missed.isEmpty { return "" }
    let there = namesThere
    var words: [String] = missed.prefix(Self.mostNamed).map { file in
      let standing = there.contains(file) ? "has none of its own" : "is not there"
      return "\(file), which had \(amount(rowsBefore[file] ?? 0, "row")), \(standing)"
    }
    if missed.count > words.count { words.append("and \(missed.count - words.count) more") }
    return ": " + words.joined(separator: "; ")
  }

  /// The names of all files that are there, with rows or without.
  private var namesThere: Set<Text> { Set(now.table.files.map { Text($0.path) }) }

  private var columns: [TableLoss] {
    let known = Set(now.table.definition.fields.map(\.name))
    let columns = known.intersection(before.fields).subtracting(now.fields)
    guard !columns.isEmpty else { return [] }
    let unknown = Set(now.table.files.flatMap(\.unknownHeadings)).sorted()
    // Accepting this loss would take the rules that read the column off every list.
    let hint =
      unknown.isEmpty
      ? ""
      : "A heading may have been renamed: no field knows \(unknown.prefix(4).map { "“\($0)”" }.joined(separator: ", ")); if that is it, add it to the field's `headings`. "
    return [
      loss(
        "incomplete",
        "When it was last whole, \(now.name) had a column for \(columns.sorted().joined(separator: ", ")) in every file; now it has not",
        hint: hint)
    ]
  }

  private var values: [TableLoss] {
    let emptied = emptied { $0 >= TableStanding.many }.map(\.field)
    guard !emptied.isEmpty else { return [] }
    return [
      loss(
        "incomplete",
        "When it was last whole, \(now.name) held values in \(emptied.joined(separator: ", ")); now no row does"
      )
    ]
  }

  private var footers: [TableLoss] {
    let isLost =
      before.endedInFooters
      ? !now.hasFooters && !isSplitBeforeItsFooter
      : before.endedInLastFooter && !now.lastHasFooter
    guard isLost else { return [] }
    return [
      loss(
        "incomplete",
        "When it was last whole, \(now.name) ended in a footer, and now it does not: what stood before it may be cut off as well"
      )
    ]
  }

  /// Whether the table was one file, and is several now, of which the last ends in a footer and
  /// those without one have other names.
  ///
  /// An export that is split into parts may put its footer into the last of them. Of several files
  /// that all had footers, one without has lost it by a cut, and so has one that is still there,
  /// whatever day stands in its name.
  private var isSplitBeforeItsFooter: Bool {
    let known = Set(before.rowsOfFiles.map { FileName(Text($0.path)).undated })
    return before.files == 1 && !known.isEmpty && now.lastHasFooter
      && now.filesWithoutFooter.allSatisfy { !known.contains(FileName(Text($0)).undated) }
  }

  private var lastLines: [TableLoss] {
    guard before.endedInLineBreaks, now.files > 0, !now.endsInLineBreaks else { return [] }
    return [
      loss(
        "incomplete",
        "When it was last whole, the last line of \(now.name) ended, and now it does not: it may be cut off, and what stood behind it as well"
      )
    ]
  }

  private var rows: [TableLoss] {
    if isFall(from: before.rows, to: rowCount) {
      return [
        fall(
          "\(now.name) has \(amount(rowCount, "row")), and had \(before.rows) when it was last whole",
          from: before.rows, to: rowCount)
      ]
    }
    let fallen = fallenFiles.filter { $0.place == nil }.map(\.files)
    let there = namesThere
    let empty = fallen.filter(\.now.isEmpty)
    let gone = empty.filter { there.isDisjoint(with: $0.before) }
    let bare = empty.filter { !there.isDisjoint(with: $0.before) }
    return fall(of: gone, areThere: false) + fall(of: bare, areThere: true)
      + fallen.filter { !$0.now.isEmpty }.map { fall(of: $0) }
  }

  /// The loss of files that have no rows of their own any more: one, however many they are.
  private func fall(of files: [FilePairs.Pair], areThere: Bool) -> [TableLoss] {
    let names = files.flatMap(\.before)
    if names.isEmpty { return [] }
    let rows = files.reduce(0) { $0 + $1.rowsBefore }
    let (are, have, they) =
      names.count == 1 ? ("is", "has", "it was") : ("are", "have", "they were")
    let words =
      areThere
      ? "\(have) 0 rows, and had \(rows)" : "\(are) not there, and had \(amount(rows, "row"))"
    return [fall("\(listed(names)) \(words) when \(they) last whole", from: rows, to: 0)]
  }

  /// The loss of files that have fewer rows, or of those that stand for them now.
  private func fall(of files: FilePairs.Pair) -> TableLoss {
    let rows = amount(files.rowsNow, "row")
    let names = "\(listed(files.now)) \(files.now.count == 1 ? "has" : "have") \(rows), and"
    let words =
      files.now == files.before
      ? "\(names) had \(files.rowsBefore) when it was last whole"
      : "\(names) \(listed(files.before)) had \(files.rowsBefore) when the table was last whole"
    return fall(words, from: files.rowsBefore, to: files.rowsNow)
  }

  /// The rows that are compared with those of earlier runs.
  private var rowCount: Int {
    // Earlier versions counted records that were given twice, except those of identical files.
    before.filled == nil ? now.rowsOfAllFiles : now.rows
  }

  private func loss(
    _ kind: String, _ what: String, hint: String = "", if right: String = "that is right"
  ) -> TableLoss {
    TableLoss(
      kind: kind, what: what,
      advice:
        "\(hint)Nothing in it counts as put right. Export it again; if \(right), run once with --accept-shrink \(now.table.definition.name)."
    )
  }

  /// The fields that no longer hold anything in any row, with how many rows did.
  private func emptied(
    where isCounted: (Int) -> Bool
  ) -> [(field: String, count: Int)] {
    guard now.rows > 0, let filled = before.filled else { return [] }
    return filled.filter { $0.value > 0 && isCounted($0.value) && now.filled[$0.key] == 0 }
      .map { (field: $0.key, count: $0.value) }.sorted { byteOrder($0.field, $1.field) < 0 }
  }

  private func isFall(from before: Int, to now: Int) -> Bool {
    Self.isFall(from: before, to: now, greatest: greatestFall)
  }

  /// Whether more of a table's rows have gone than may; `greatest` is in hundredths of a percent.
  static func isFall(from before: Int, to now: Int, greatest: Int?) -> Bool {
    greatest.map { (before - now) * 10_000 > $0 * before } ?? false
  }

  /// A file that has lost many of its rows, and more than a table may lose.
  private struct FallenFile {
    /// Why its rows may not be lost.
    enum Place {
      /// It has another name now, or is several files, which hold about as many.
      case otherNames
      /// Other files have grown so much that its rows may be in them.
      case otherFiles
    }

    var files: FilePairs.Pair
    var place: Place?
  }

  /// The files that have lost many of their rows, and more than a table may lose.
  ///
  /// One file of several may be cut off while its table loses little. Files are known by their
  /// names, but for a date in them. Rows that move from one file to another are not lost: either the
  /// table has no fewer rows, or other files have grown by so much as hardly comes in by itself. Nor,
  /// as it seems, are those of a file that has another name now.
  private var fallenFiles: [FallenFile] {
    guard rowsBefore.count > 1 || now.rowsOfFiles.count > 1 else { return [] }
    let all = pairs.pairs
    let renamed = renamed(all.filter(\.now.isEmpty), as: pairs.rowsOfNew)
    func isRenamed(_ files: FilePairs.Pair) -> Bool { renamed.contains(files.before) }
    let fallen = all.filter { isMany($0.rowsBefore, $0.rowsNow) }
    let lost = fallen.filter { !isRenamed($0) }.reduce(0) { $0 + $1.rowsBefore - $1.rowsNow }
    let grown = all.reduce(renamed.isEmpty ? pairs.rowsOfNew.reduce(0, +) : 0) { sum, files in
      let usual = files.rowsBefore / Self.usualGrowth
      return sum + max(0, files.rowsNow - files.rowsBefore - usual)
    }
    let mayHaveMoved = rowCount >= before.rows || lost - grown < TableStanding.many
    return fallen.map { files in
      FallenFile(
        files: files,
        place: isRenamed(files) ? .otherNames : mayHaveMoved ? .otherFiles : nil)
    }
  }

  /// A file that grows by no more than a twentieth has the records of a week or so to itself.
  private static let usualGrowth = 20

  /// Whether a file has lost many of its rows, and more than a table may lose.
  private func isMany(_ before: Int, _ now: Int) -> Bool {
    before - now >= TableStanding.many && isFall(from: before, to: now)
  }

  /// The files that are not there any more, and of which as many rows may be in new ones.
  ///
  /// The largest choose first, so that what a small one may have become does not stand for them.
  private func renamed(_ gone: [FilePairs.Pair], as new: [Int]) -> Set<[Text]> {
    var new = new.sorted(by: >)
    var renamed: Set<[Text]> = []
    // Of as many rows the first in order is the first to choose.
    for files in gone.sorted(by: { $0.rowsBefore > $1.rowsBefore }) {
      var (taken, there) = (0, 0)
      while isMany(files.rowsBefore, there), taken < new.count {
        there += new[taken]
        taken += 1
      }
      if isMany(files.rowsBefore, there) { continue }
      new.removeFirst(taken)
      renamed.insert(files.before)
    }
    return renamed
  }

  /// The loss of which `words` tell, with the share of the rows that has gone.
  private func fall(_ words: String, from before: Int, to now: Int) -> TableLoss {
    let greatestFall = greatestFall ?? 0
    // Rounded down, so that no fall is reported larger than it is, yet distinct from what is
    // allowed.
    let fallen = (before - now) * 10_000 / before
    let allowed =
      greatestFall % 100 == 0 ? "\(greatestFall / 100)" : "\(Double(greatestFall) / 100)"
    let share =
      fallen / 100 > greatestFall / 100
      ? "\(fallen / 100)" : fallen > greatestFall ? "\(Double(fallen) / 100)" : "over \(allowed)"
    return loss(
      "shrunk",
      "\(words): \(share) % fewer, where \(allowed) % are allowed",
      if: "the fall is right")
  }
}
