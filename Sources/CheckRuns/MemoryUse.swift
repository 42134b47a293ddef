import Foundation

/// How much memory the program has taken at most, as the Linux kernel counts it (proc(5), VmHWM).
enum MemoryUse {
  /// What to tell the user where the run has taken more than it may; nil where it has not.
  static func message(over limit: Int?) -> String? {
    guard let limit, let peak, peak > limit else { return nil }
    func megabytes(_ bytes: Int) -> Int { (bytes + (1 << 20) - 1) >> 20 }
    return
      "The run needs more memory (\(megabytes(peak)) MB) than --memory allows (\(megabytes(limit)) MB). Allow more, or check fewer extracts at once."
  }

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
