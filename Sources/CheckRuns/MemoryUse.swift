import Foundation
import Values

/// How much memory a run may take, and how much it has taken.
struct MemoryUse {
  /// In bytes: what was asked for, or a quarter of what the machine has.
  let limit: Int
  /// Whether the limit was asked for; a run that exceeds such a limit stops.
  let isAsked: Bool
  /// What takes less where several files are read, such as `check fewer extracts at once`; nil where
  /// all of them are needed.
  let otherwise: String?

  init(_ asked: Int?, otherwise: String? = nil) {
    limit = asked ?? Int(clamping: ProcessInfo.processInfo.physicalMemory) / 4
    isAsked = asked != nil
    self.otherwise = otherwise
  }

  /// What lends memory to a run on extracts of this size; nil where the machine's own is enough.
  ///
  /// Measured: what is kept takes up to half as many bytes as the extracts have, and for a moment
  /// twice that of one column; of extracts full of GUIDs, up to three times as many bytes.
  func spill(for extracts: [String]) -> ColumnSpill? {
    let bytes = extracts.reduce(0) { $0 + byteCount(ofFile: $1) }
    guard bytes > limit / 4 else { return nil }
    return ColumnSpill(limit: limit, folder: Self.folder)
  }

  /// The folder for the files that lend memory.
  ///
  /// It must be on disk, as the folder for temporary files is not on many machines.
  private static var folder: String {
    let named = ProcessInfo.processInfo.environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 }
    return named ?? "/var/tmp"
  }

  /// What to tell the user where the run has taken more than it may; nil where it has not.
  ///
  /// An eighth more is tolerated: the kernel also counts pages of the files until they are
  /// released. `files` is how many files have been read.
  func excess(with spill: ColumnSpill?, files: Int = 1) -> String? {
    guard let amounts else { return nil }
    let needs =
      "The run needs more memory (\(amounts.taken)) than --memory allows (\(amounts.allowed))"
    if let fault = spill?.fault {
      return
        "\(needs), and the folder for temporary files lent none: \(fault). Name one on disk, with room for the extracts, in TMPDIR."
    }
    let fewer = files > 1 ? otherwise.map { ", or \($0)" } ?? "" : ""
    return "\(needs). Allow more with --memory\(fewer)."
  }

  /// The amounts in words, where more was taken than was asked for.
  fileprivate var amounts: (taken: String, allowed: String)? {
    guard isAsked, let peak = Self.peak, peak > limit / 8 * 9 else { return nil }
    func megabytes(_ bytes: Int) -> String { "\((bytes + (1 << 20) - 1) >> 20) MB" }
    return (megabytes(peak), megabytes(limit))
  }

  /// The most that the program has taken, as the Linux kernel counts it (proc(5), VmHWM).
  private static var peak: Int? {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else {
      return nil
    }
    for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
      let words = line.split(whereSeparator: \.isWhitespace)
      return words.count >= 2 ? Int(words[1]).map { $0 << 10 } : nil
    }
    return nil
  }
}

/// What to say where the program has done its work and taken more memory than it was asked to.
///
/// Nil where it has not. `asked` is in bytes; nil where nothing was asked.
public func memoryRemark(_ asked: Int?) -> String? {
  MemoryUse(asked).amounts.map { amounts in
    "It took more memory (\(amounts.taken)) than --memory allows (\(amounts.allowed)). Nothing is missing from what it wrote."
  }
}
