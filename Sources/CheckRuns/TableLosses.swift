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

  /// Compares a table with what it was; `greatestFall` is in hundredths of a percent, nil for any.
  init(_ now: TableStanding, _ before: WholeTable, greatestFall: Int?) {
    self.now = now
    self.before = before
    self.greatestFall = greatestFall
  }

  /// All of them: one that is accepted must not take others with it that nobody was shown.
  var all: [TableLoss] { files + columns + values + footers + lastLines + rows }

  /// Losses that may be accidental, and are remarked on without being faults.
  var remarks: [String] {
    let emptied = emptied { $0 < TableStanding.many }.map { field, count in
      "\(now.name).\(field): \(amount(count, "row")) held something when the table was last whole, and none does now. Look whether that is right."
    }
    // Nobody else would see it where the new files hold other records.
    let moved: [String] = fallenFiles.compactMap { file in
      let rows = amount(file.before, "row")
      let had = "\(now.name): \(file.path), which had \(rows) when the table was last whole"
      switch file.place {
      case .otherNames:
        return
          "\(had), is not there any more; files of new names hold about as many, and are taken for it. Look whether that is right."
      case .otherFiles:
        return
          "\(had), has \(file.now) now; other files of the table have as many more, and what has gone from it is taken to be there. Look whether that is right."
      case nil: return nil
      }
    }
    return emptied + moved
  }

  private var files: [TableLoss] {
    let files = now.files
    guard files < before.files else { return [] }
    let counted =
      files < now.table.files.count { $0.rowsChecked > 0 } ? ", each counted once" : ""
    return [
      loss(
        "incomplete",
        "When it was last whole, \(now.name) had \(amount(before.files, "file")) with rows; now it has \(files)\(counted)"
      )
    ]
  }

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
    guard before.endedInFooters, !now.hasFooters, !isSplitBeforeItsFooter else { return [] }
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
    let known = Set(before.rowsOfFiles.map { Self.undated($0.path) })
    return before.files == 1 && !known.isEmpty && now.lastHasFooter
      && now.filesWithoutFooter.allSatisfy { !known.contains(Self.undated($0)) }
  }

  /// A path without its digits, as the name may change daily.
  private static func undated(_ path: String) -> Text {
    Text(path.replacing(/[0-9]+/, with: "#"))
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
      return [fall(of: now.name, from: before.rows, to: rowCount)]
    }
    return fallenFiles.filter { $0.place == nil }.map {
      fall(of: $0.path, from: $0.before, to: $0.now)
    }
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

    var path: String
    var before: Int
    var now: Int
    var place: Place?
  }

  /// The files that have lost many of their rows, and more than a table may lose.
  ///
  /// One file of several may be cut off while its table loses little. Files are known by their
  /// names, or without the digits if the name changes daily. Rows that move from one file to
  /// another are not lost: either the table has no fewer rows, or other files have grown by so much
  /// as hardly comes in by itself. Nor, as it seems, are those of a file that has another name now.
  private var fallenFiles: [FallenFile] {
    let rowsBefore = Dictionary(
      before.rowsOfFiles.map { (Text($0.path), $0.rows) }, uniquingKeysWith: +)
    let rowsNow = now.rowsOfFiles
    guard rowsBefore.count > 1 || rowsNow.count > 1 else { return [] }
    func undated(_ rows: [Text: Int], besides others: [Text: Int]) -> [Text: Int] {
      Dictionary(
        rows.filter { others[$0.key] == nil }.map {
          (Self.undated($0.key.string), $0.value)
        },
        uniquingKeysWith: +)
    }
    let named = rowsBefore.filter { rowsNow[$0.key] != nil }
      .map { ($0.key, $0.value, rowsNow[$0.key] ?? 0) }
    let left = undated(rowsNow, besides: rowsBefore)
    let gone = undated(rowsBefore, besides: rowsNow)
    let all = named + gone.map { ($0.key, $0.value, left[$0.key] ?? 0) }
    let new = left.filter { gone[$0.key] == nil }.map(\.value)
    let renamed = renamed(gone.filter { left[$0.key] == nil }, as: new)
    let fallen = all.filter { isMany($0.1, $0.2) }.sorted { $0.0 < $1.0 }
    let lost = fallen.filter { !renamed.contains($0.0) }.reduce(0) { $0 + $1.1 - $1.2 }
    let grown = all.reduce(renamed.isEmpty ? new.reduce(0, +) : 0) {
      $0 + max(0, $1.2 - $1.1 - $1.1 / Self.usualGrowth)
    }
    let mayHaveMoved = rowCount >= before.rows || lost - grown < TableStanding.many
    return fallen.map { path, before, now in
      FallenFile(
        path: path.string, before: before, now: now,
        place: renamed.contains(path) ? .otherNames : mayHaveMoved ? .otherFiles : nil)
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
  private func renamed(_ gone: [Text: Int], as new: [Int]) -> Set<Text> {
    var new = new.sorted(by: >)
    var renamed: Set<Text> = []
    for (path, rows) in gone.sorted(by: { ($0.value, $1.key) > ($1.value, $0.key) }) {
      var (taken, there) = (0, 0)
      while isMany(rows, there), taken < new.count {
        there += new[taken]
        taken += 1
      }
      if isMany(rows, there) { continue }
      new.removeFirst(taken)
      renamed.insert(path)
    }
    return renamed
  }

  private func fall(of name: String, from before: Int, to now: Int) -> TableLoss {
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
      "\(name) has \(now) \(now == 1 ? "row" : "rows"), and had \(before) when it was last whole: \(share) % fewer, where \(allowed) % are allowed",
      if: "the fall is right")
  }
}
