import Glibc

// The file system's calls, each turned into values and errors. `unsafe` marks the C interface:
// every pointer is to a local or to what the call itself returned, and none outlives the block of
// its statement.

/// Why the operating system did not do as asked.
public struct SystemFault: Error, Hashable, Sendable {
  /// `errno`.
  var code: Int32

  /// The fault of the call that has just failed.
  static var last: SystemFault { SystemFault(code: errno) }

  /// Whether a path leads to nothing, and not to what may not be looked at.
  var meansNothingIsThere: Bool { code == ENOENT || code == ENOTDIR }
  /// Whether something is there that is no folder.
  var meansNoFolder: Bool { code == ENOTDIR }

  /// The system's own words in lower case, such as `permission denied`.
  var words: String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    let words = unsafe String(cString: text)
    return words.prefix(1).lowercased() + words.dropFirst()
  }
}

/// What stands at a path.
///
/// Foundation's attributes would have the name of the owner looked up as well, in two files for
/// each.
public struct FileStatus: Hashable, Sendable {
  /// What it is.
  public enum Kind: Hashable, Sendable {
    /// A file.
    case file
    /// A folder.
    case folder
    /// A symbolic link.
    case link
    /// A pipe, a socket or a device.
    case other
  }

  /// What it is.
  public var kind: Kind
  /// Its bytes.
  public var size: Int
  /// What changes whenever a file is written again, be its times put back, or another is put in its
  /// place.
  var version: [Int]

  private init(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .folder
    case S_IFLNK: kind = .link
    default: kind = .other
    }
    size = Int(status.st_size)
    version = [
      Int(truncatingIfNeeded: status.st_dev), Int(truncatingIfNeeded: status.st_ino), size,
      status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
    ]
  }

  /// Whether the same file has been written to since.
  ///
  /// One that was moved away, or has another in its place, is as it was when it was read.
  func isWritten(since earlier: FileStatus) -> Bool {
    version.prefix(2) == earlier.version.prefix(2)
      && version.dropLast(2) != earlier.version.dropLast(2)
  }

  /// Looks at what a path leads to, following links.
  init(at path: String) throws(SystemFault) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw .last }
    self.init(status)
  }

  /// What stands at a path itself, be it a link.
  public init(notFollowing path: String) throws(SystemFault) {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { throw .last }
    self.init(status)
  }

  /// Looks at an open file.
  init(descriptor: Int32) throws(SystemFault) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .last }
    self.init(status)
  }
}

/// The names in a folder, in no order; nil for each that is not valid UTF-8.
func names(inFolder path: String) throws(SystemFault) -> [String?] {
  guard let folder = unsafe opendir(path) else { throw .last }
  defer { unsafe _ = closedir(folder) }
  var names: [String?] = []
  while true {
    errno = 0
    guard let entry = unsafe readdir(folder) else {
      if errno != 0 { throw .last }
      return names
    }
    let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
      unsafe String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    if name != ".", name != ".." { names.append(name) }
  }
}
