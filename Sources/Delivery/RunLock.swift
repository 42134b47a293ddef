import SystemPackage

/// The lock that lets only one run go at a time.
///
/// It is held until this value is destroyed or the process ends, in whatever way. It is a kernel
/// lock (flock(2)), not the mere existence of a file, so no crash can leave it behind. The file
/// stays; the process number in it is for people to read.
public struct RunLock: ~Copyable {
  private let file: FileDescriptor

  /// Takes the lock without waiting; throws `locked` if another run holds it.
  ///
  /// Makes the file, for the owner alone, if it is not there; its folder must exist.
  public init(path: String) throws(DeliveryFault) {
    let path = FilePath(path)
    while true {
      let file = try attempt(.lock, path) {
        try FileDescriptor.open(
          path, .readWrite, options: [.create, .noFollow, .closeOnExec],
          permissions: .ownerReadWrite)
      }
      do throws(DeliveryFault) {
        try RunLock.lock(file, path)
        if RunLock.isStill(file, at: path) {
          try attempt(.lock, path) {
            try file.resize(to: 0)
            _ = try file.writeAll("\(ownProcessID())\n".utf8)
          }
          self.file = file
          return
        }
      } catch {
        try? file.close()
        throw error
      }
      // Somebody removed the file before it was locked, and another run may have locked a new file
      // of that name.
      try? file.close()
    }
  }

  deinit {
    // Emptied before the lock is released, so that the file never shows the number of an earlier
    // holder.
    try? file.resize(to: 0)
    try? file.close()
  }

  private static func lock(_ file: FileDescriptor, _ path: FilePath) throws(DeliveryFault) {
    do {
      try takeLock(file)
    } catch .wouldBlock {
      let text = String(decoding: (try? start(of: file, most: 16)) ?? [], as: UTF8.self)
      throw .locked(path: path.string, processID: Int32(text.prefix { $0 != "\n" }))
    } catch {
      throw DeliveryFault(error, .lock, path)
    }
  }

  private static func isStill(_ file: FileDescriptor, at path: FilePath) -> Bool {
    guard let held = try? file.stat(), let there = try? path.stat() else { return false }
    return held.deviceID == there.deviceID && held.inode == there.inode
  }
}
