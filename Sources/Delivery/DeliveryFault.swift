/// Why something could not be written, moved into place or locked.
///
/// It names paths but quotes nothing from the files.
public enum DeliveryFault: Error, Hashable, Sendable {
  /// What was being done when the system refused.
  public enum Step: Hashable, Sendable {
    /// Looking at what is there.
    case look
    /// Making a folder.
    case makeFolder
    /// Writing a file.
    case write
    /// Moving the new output into place.
    case move
    /// Removing what is no longer needed.
    case remove
    /// Taking the lock.
    case lock
  }

  /// The path has no name of its own, such as `.`, `..` or `/`.
  case notAName(path: String)
  /// There is a link in the place of the output.
  case link(path: String)
  /// There is something other than a folder in the place of the output.
  case notAFolder(path: String)
  /// The folder that was to be filled already holds something.
  case notEmpty(path: String)
  /// The folder in the place of the output has no `run.json`: casecheck did not write it.
  case foreignFolder(path: String)
  /// The folder in the place of the output holds something that casecheck did not write.
  case foreignEntry(path: String, entry: String)
  /// There is something other than a link where the link to the newest lists belongs.
  case inTheWay(path: String)
  /// Another run is writing the same output.
  case busy(path: String)
  /// A file of the output has a path that leads outside it.
  case unsafePath(file: String)
  /// No space is left on the disk, or the owner's share of it is used up.
  case diskFull(path: String)
  /// The user who runs casecheck may not do this.
  case notPermitted(Step, path: String)
  /// The system refused for another reason, in its own words.
  case refused(Step, path: String, why: String)
  /// A signal asked the run to stop.
  case stopped
  /// Another run holds the lock; with its process number if the lock file shows it.
  case locked(path: String, processID: Int32?)
}
