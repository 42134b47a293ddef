/// How a record is named that has no key to be named by.
public enum RecordForm: String, CaseIterable, Sendable {
  /// By its line, in lists: the next extract may have another record there.
  case line = "line:"
  /// By the digest of its contents, in the ledger.
  case contents = "unkeyed:"
  /// By the field, in the ledger: no record, but a whole column is missing.
  case heading = "heading:"

  /// The name of what this is the line, the digest or the field of.
  public func name(of what: some CustomStringConvertible) -> String { rawValue + what.description }

  /// Whether a record has such a name.
  public func isForm(of record: String) -> Bool { record.hasPrefix(rawValue) }
}
