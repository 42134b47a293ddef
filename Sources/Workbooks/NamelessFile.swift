import Foundation

/// An open file that is already unlinked, so that nothing of it remains however the process ends.
struct NamelessFile: ~Copyable {
  private let descriptor: Int32

  /// Makes a file of no bytes in a folder.
  init(in folder: String) throws(WorkbookFault) {
    // Sound: mkstemp(3) fills in the name within the array, which outlives the call.
    var name = Array("\(folder)/casecheck-XXXXXX".utf8CString)
    let file = unsafe name.withUnsafeMutableBufferPointer { name in
      guard let start = name.baseAddress else { return Int32(-1) }
      let file = unsafe mkstemp(start)
      if file >= 0 {
        unsafe unlink(start)
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
      }
      return file
    }
    guard file >= 0 else {
      let error = errno
      throw WorkbookFault(folder: folder, why: systemWords(), system: error)
    }
    descriptor = file
  }

  deinit { close(descriptor) }

  /// Where this process can open it again.
  var path: String { "/proc/self/fd/\(descriptor)" }

  /// Its bytes.
  func contents() throws(WorkbookFault) -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = unsafe piece.withUnsafeMutableBytes { piece in
        unsafe pread(descriptor, piece.baseAddress, piece.count, off_t(bytes.count))
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw WorkbookFault(why: systemWords()) }
      if count == 0 { return bytes }
      bytes += piece[..<count]
    }
  }

  /// The folder for temporary files.
  static func folder() -> String { FileManager.default.temporaryDirectory.path }

  /// A folder in memory for little files, if Linux has room there and TMPDIR names no other folder.
  ///
  /// A workbook is made of about a dozen files; making and removing them on a disk takes several
  /// times as long.
  static func quickestFolder() -> String {
    let memory = "/dev/shm"
    let isOpen = unsafe access(memory, W_OK | X_OK) == 0
    let isNamed = ProcessInfo.processInfo.environment["TMPDIR"]?.isEmpty == false
    return isOpen && !isNamed && room(in: memory) >= 32 << 20 ? memory : folder()
  }

  /// The free bytes of a folder's file system.
  private static func room(in folder: String) -> Int {
    var status = statvfs()
    guard unsafe statvfs(folder, &status) == 0 else { return 0 }
    return Int(clamping: status.f_bavail) * Int(clamping: status.f_frsize)
  }
}

/// The system's message for the call that has just failed, in lower case.
private func systemWords() -> String {
  guard let words = unsafe strerror(errno) else { return "the system refused" }
  return unsafe String(cString: words).lowercased()
}
