/// Lists beyond those to be kept that are still there, and why.
public enum OldLists: Hashable, Sendable {
  /// The system refused to remove this folder.
  case stuck(path: String)
  /// The folder holds something that casecheck did not write, such as somebody's notes, and stays
  /// for its sake.
  case kept(path: String, entry: String)
}

extension OldLists: CustomStringConvertible {
  /// The folder, why it is there and what to do about it.
  public var description: String {
    switch self {
    case .stuck(let path): "\(path): these old lists could not be removed. Remove them."
    case .kept(let path, let entry):
      "\(path): \(entry) in this folder was not written by casecheck, so the old lists stay with it. "
        + "Move it elsewhere, and the next run removes them."
    }
  }
}
