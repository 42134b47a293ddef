import Exceptions

/// By what a file is known again as one that an earlier run read.
public struct ExtractDigests: Hashable, Sendable {
  /// The SHA-256 of its bytes; empty where it is not known.
  public var sha256: String
  /// The sum of its records; empty where it is not known.
  public var recordSum: String

  /// The digests of a file.
  public init(sha256: String, recordSum: String) {
    self.sha256 = sha256
    self.recordSum = recordSum
  }

  /// Whether both are digests of the same bytes or records.
  func isSame(as other: ExtractDigests) -> Bool {
    (!sha256.isEmpty && sha256 == other.sha256)
      || (!recordSum.isEmpty && recordSum == other.recordSum)
  }

  /// Those that are known, the stricter one first.
  var known: [(likeness: Likeness, digest: String)] {
    [(.bytes, sha256), (.records, recordSum)].filter { !$0.1.isEmpty }
  }
}
