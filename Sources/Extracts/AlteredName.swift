/// What has become of an extract whose name is a table's but for its ending.
public enum AlteredName: Hashable, Sendable {
  /// It was packed, as `visits.csv.gz` or `visits.zip`.
  case packed
  /// It was saved as a workbook, as `visits.xlsx`.
  case workbook
  /// It was still being copied, or its copy was broken off, as `visits.csv.part`.
  case unfinished
  /// It has been given another ending besides its own, as `visits.csv.txt`.
  case renamed

  private static let packedEndings: Set<String> = [
    "gz", "tgz", "zip", "7z", "bz2", "xz", "zst", "rar",
  ]
  private static let workbookEndings: Set<String> = ["xls", "xlsx", "xlsm", "xlsb", "ods"]
  private static let unfinishedEndings: Set<String> = [
    "part", "filepart", "partial", "crdownload", "download", "tmp",
  ]

  init(ending: some StringProtocol) {
    let ending = ending.lowercased()
    self =
      if Self.packedEndings.contains(ending) {
        .packed
      } else if Self.workbookEndings.contains(ending) {
        .workbook
      } else if Self.unfinishedEndings.contains(ending) {
        .unfinished
      } else {
        .renamed
      }
  }

  /// Whether a hidden file may be one that another program is still writing.
  ///
  /// `rsync` gives it an ending of six letters and digits drawn by lot.
  static func isUnfinished(hidden name: String) -> Bool {
    guard let ending = name.split(separator: ".").last else { return false }
    if Self(ending: ending) == .unfinished { return true }
    return ending.wholeMatch(of: /[A-Za-z0-9]{6}/) != nil && ending.contains(/[A-Z0-9]/)
  }

  /// Whether a file may become one that a glob matches, once another program has written it.
  static func isUnfinished(_ name: String, of glob: Glob) -> Bool {
    guard let stop = name.lastIndex(of: "."), !glob.matches(name) else { return false }
    let isHidden = name.utf8.first == UInt8(ascii: ".")
    let isBeingWritten =
      isHidden
      ? isUnfinished(hidden: name) : Self(ending: name[name.index(after: stop)...]) == .unfinished
    return isBeingWritten && glob.matches(String(name[..<stop].dropFirst(isHidden ? 1 : 0)))
  }
}

/// Recognises files that would be a table's if their names had not been altered.
public struct AlteredNames: Sendable {
  /// Endings of extracts.
  private static let endings = ["csv", "txt", "tsv", "tab", "psv", "dat"]

  private let globs: [Glob]

  /// Takes the globs of a table.
  public init(of globs: [String]) { self.globs = globs.map { Glob($0) } }

  /// How the name of a file differs from one that a glob takes; nil where it is another name.
  ///
  /// It may be such a name with a further ending; the full stop before that of a hidden file does
  /// not count. Packed files and workbooks may have their ending in place of the extract's: then
  /// there are no other words in the name, so that `visits notes.xlsx` is nobody's extract.
  public func alteration(of file: ExtractFile) -> AlteredName? {
    let last = file.relativePath.split(separator: "/").last ?? ""
    let name = last.first == "." ? last.dropFirst() : last
    guard let stop = name.lastIndex(of: "."), stop > name.startIndex else { return nil }
    let altered = AlteredName(ending: name[name.index(after: stop)...])
    let stops = name.indices.filter { name[$0] == "." && $0 > name.startIndex }
    if stops.contains(where: { stop in globs.contains { $0.matches(name[..<stop]) } }) {
      return altered
    }
    guard altered == .packed || altered == .workbook else { return nil }
    let stem = name[..<stop]
    let isStem = globs.contains { glob in
      glob.isStem(stem) && Self.endings.contains { glob.matches(stem + "." + $0) }
    }
    return isStem ? altered : nil
  }
}
