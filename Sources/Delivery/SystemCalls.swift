import Glibc
import SystemPackage

// The system calls that swift-system lacks, with errors in place of return codes. Apart from the
// handling of signals (`CleanStop`), only this file touches C.
//
// Every `unsafe` here lends the bytes of a `FilePath` or a `String` to a single call, which copies
// what it needs before it returns and keeps no pointer.

/// The result of a call, or its `errno`; a call that a signal interrupts is tried again.
@discardableResult
private func checked<Number: SignedInteger>(_ call: () -> Number) throws(Errno) -> Number {
  while true {
    let result = call()
    if result != -1 { return result }
    let error = Errno(rawValue: errno)
    if error != .interrupted { throw error }
  }
}

/// Makes a folder for the owner alone (mkdir(2)).
func makeFolder(_ path: FilePath) throws(Errno) {
  try checked { unsafe path.withPlatformString { unsafe mkdir($0, 0o700) } }
}

/// Makes a link to a name in the same folder (symlink(2)).
func makeLink(_ link: FilePath, to name: FilePath) throws(Errno) {
  try checked {
    unsafe name.withPlatformString { name in
      unsafe link.withPlatformString { link in unsafe symlink(name, link) }
    }
  }
}

/// Removes an empty folder (rmdir(2)).
func removeEmptyFolder(_ path: FilePath) throws(Errno) {
  try checked { unsafe path.withPlatformString { unsafe rmdir($0) } }
}

/// Removes a file or a link, never what the link points at (unlink(2)).
func removeFile(_ path: FilePath) throws(Errno) {
  try checked { unsafe path.withPlatformString { unsafe unlink($0) } }
}

/// Gives a file or a folder its mode, whatever the umask (fchmod(2)).
func setMode(_ mode: UInt32, of file: FileDescriptor) throws(Errno) {
  try checked { fchmod(file.rawValue, mode) }
}

/// Waits until a file or a folder is on the disk (fsync(2)).
func flush(_ file: FileDescriptor) throws(Errno) {
  try checked { fsync(file.rawValue) }
}

/// Asks the system to start writing a file out, without waiting for it (posix_fadvise(2)).
///
/// It covers `count` bytes from `start` on, or all that follow if `count` is 0. It is only advice:
/// if the system ignores it, `flush` does all the work.
func startFlush(_ file: FileDescriptor, from start: Int, count: Int = 0) {
  // Linux has to write dirty pages out before it can drop them.
  _ = posix_fadvise(file.rawValue, off_t(start), off_t(count), POSIX_FADV_DONTNEED)
}

/// Locks an open file for this process; throws `wouldBlock` if another holds it (flock(2)).
func takeLock(_ file: FileDescriptor) throws(Errno) {
  try checked { flock(file.rawValue, LOCK_EX | LOCK_NB) }
}

/// Gives a file or folder another name in one step (rename(2)).
func move(_ old: FilePath, to new: FilePath) throws(Errno) {
  try checked {
    unsafe old.withPlatformString { old in
      unsafe new.withPlatformString { new in unsafe rename(old, new) }
    }
  }
}

/// Swaps two names in one step, so that neither is missing at any time.
///
/// Uses renameat2(2) with RENAME_EXCHANGE. Throws `noFunction` or `invalidArgument` where the
/// system, its library or the file system does not support it.
func exchange(_ a: FilePath, with b: FilePath) throws(Errno) {
  typealias RenameAt2 =
    @convention(c) (
      CInt, UnsafePointer<CChar>, CInt, UnsafePointer<CChar>, CUnsignedInt
    ) -> CInt
  // Glibc declares it only if _GNU_SOURCE is defined, which a Swift module cannot do.
  guard let symbol = unsafe dlsym(nil, "renameat2") else { throw .noFunction }
  // Sound: the symbol has this type in every library that has it (rename(2)).
  let renameat2 = unsafe unsafeBitCast(symbol, to: RenameAt2.self)
  let renameExchange: CUnsignedInt = 2
  try checked {
    unsafe a.withPlatformString { a in
      unsafe b.withPlatformString { b in
        unsafe renameat2(AT_FDCWD, a, AT_FDCWD, b, renameExchange)
      }
    }
  }
}

/// The process number of this process (getpid(2)).
func ownProcessID() -> Int32 { getpid() }

/// Whether a process of this number runs on this machine, whoever owns it (kill(2) with signal 0).
func isAlive(_ processID: Int32) -> Bool {
  kill(processID, 0) == 0 || Errno(rawValue: errno) != .noSuchProcess
}

/// Kills a process and its whole process group at once (kill(2)).
func endGroup(of processID: Int32) {
  // If the process does not lead a group, no group has its number, and only the process is killed.
  if kill(-processID, SIGKILL) != 0 { kill(processID, SIGKILL) }
}

/// The names in a folder except `.` and `..`, sorted by their bytes (readdir(3)).
func entries(of folder: FilePath) throws(Errno) -> [FilePath.Component] {
  guard let stream = unsafe folder.withPlatformString({ unsafe opendir($0) }) else {
    throw Errno(rawValue: errno)
  }
  return try unsafe names(stream)
}

/// The names in an open folder, even if its path now leads elsewhere (fdopendir(3)).
func entries(in folder: FileDescriptor) throws(Errno) -> [FilePath.Component] {
  // closedir closes the descriptor of its stream, so the stream gets a copy.
  let own = try checked { dup(folder.rawValue) }
  guard let stream = unsafe fdopendir(own) else {
    let error = Errno(rawValue: errno)
    close(own)
    throw error
  }
  return try unsafe names(stream)
}

/// Opens a folder in an open one, never through a link (openat(2)).
func open(folder name: FilePath.Component, in folder: FileDescriptor) throws(Errno)
  -> FileDescriptor
{
  FileDescriptor(
    rawValue: try checked {
      unsafe name.withPlatformString {
        unsafe openat(folder.rawValue, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      }
    })
}

/// Removes a file, a link or an empty folder from an open folder (unlinkat(2)).
func remove(_ name: FilePath.Component, from folder: FileDescriptor, isFolder: Bool) throws(Errno) {
  try checked {
    unsafe name.withPlatformString {
      unsafe unlinkat(folder.rawValue, $0, isFolder ? AT_REMOVEDIR : 0)
    }
  }
}

/// Reads all names from a stream and closes it.
private func names(_ stream: OpaquePointer) throws(Errno) -> [FilePath.Component] {
  // Sound: the stream is open until the `defer`, and each entry is read before the next is asked
  // for.
  defer { unsafe closedir(stream) }
  var names: [FilePath.Component] = []
  while true {
    // Only errno distinguishes the end of the folder from an error.
    errno = 0
    guard let entry = unsafe readdir(stream) else {
      if errno != 0 { throw Errno(rawValue: errno) }
      return names.sorted { $0.string.utf8.lexicographicallyPrecedes($1.string.utf8) }
    }
    let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
    let name = unsafe (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self)
    if let name = unsafe FilePath.Component(platformString: name), name.kind == .regular {
      names.append(name)
    }
  }
}

/// At most `most` bytes from the start of a file, without moving its offset (pread(2)).
func start(of file: FileDescriptor, most: Int) throws(Errno) -> [UInt8] {
  var bytes = [UInt8](repeating: 0, count: most)
  // Sound: the array stays in place until the call returns, and the call writes within its count.
  let count = try checked {
    unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe pread(file.rawValue, buffer.baseAddress, buffer.count, 0)
    }
  }
  return Array(bytes.prefix(count))
}
