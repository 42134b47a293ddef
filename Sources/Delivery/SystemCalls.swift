import Glibc
import SystemPackage

// The calls that swift-system does not have. This file alone looks at return codes and touches C.
//
// Every `unsafe` here lends the bytes of a `FilePath` or of a `String` to one call that copies what
// it needs and returns before they go; none keeps a pointer.

/// The result of a call, or its `errno`; tried again where a signal came between.
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

/// Makes a link that leads to a name beside it (symlink(2)).
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

/// Waits until the file or the folder is on the disk (fsync(2)).
func flush(_ file: FileDescriptor) throws(Errno) {
  try checked { fsync(file.rawValue) }
}

/// Has the system begin to write a file out, and does not wait for it (posix_fadvise(2)).
///
/// Advice only: where it is not taken, `flush` does all of the work.
/// `count` bytes from `start` on, all that follow where it is 0.
func startFlush(_ file: FileDescriptor, from start: Int, count: Int = 0) {
  // Linux writes the pages out before it can let go of them.
  _ = posix_fadvise(file.rawValue, off_t(start), off_t(count), POSIX_FADV_DONTNEED)
}

/// Takes the lock of an open file for this process; `wouldBlock` where another holds it (flock(2)).
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

/// Lets two names change places in one step, so that at no time one of them is missing.
///
/// renameat2(2) with RENAME_EXCHANGE: `noFunction` or `invalidArgument` where the system, its
/// library or the file system does not have it.
func exchange(_ a: FilePath, with b: FilePath) throws(Errno) {
  typealias RenameAt2 =
    @convention(c) (
      CInt, UnsafePointer<CChar>, CInt, UnsafePointer<CChar>, CUnsignedInt
    ) -> CInt
  // Glibc's headers show it to no one who does not define _GNU_SOURCE, and a Swift module cannot.
  guard let symbol = unsafe dlsym(nil, "renameat2") else { throw .noFunction }
  // Sound: the symbol of this name has this type in every library that has it (rename(2)).
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

/// Whether a process of this number runs on this machine, ours or another's (kill(2) with signal
/// 0).
func isAlive(_ processID: Int32) -> Bool {
  kill(processID, 0) == 0 || Errno(rawValue: errno) != .noSuchProcess
}

/// Ends a process, and all that it started and that has not left its group, at once (kill(2)).
func endGroup(of processID: Int32) {
  // Where it leads no group of its own, there is none of its number.
  if kill(-processID, SIGKILL) != 0 { kill(processID, SIGKILL) }
}

/// Lets writing fail with `wouldBlock` where it would wait (fcntl(2)).
func waitForNothing(_ file: FileDescriptor) throws(Errno) {
  let flags = try checked { fcntl(file.rawValue, F_GETFL) }
  try checked { fcntl(file.rawValue, F_SETFL, flags | O_NONBLOCK) }
}

/// The names in a folder but `.` and `..`, in the order of their bytes (readdir(3)).
func entries(of folder: FilePath) throws(Errno) -> [FilePath.Component] {
  guard let stream = unsafe folder.withPlatformString({ unsafe opendir($0) }) else {
    throw Errno(rawValue: errno)
  }
  return try unsafe names(stream)
}

/// The same of an open folder, whatever has its name by now (fdopendir(3)).
func entries(in folder: FileDescriptor) throws(Errno) -> [FilePath.Component] {
  // The stream closes what it reads from: it gets a descriptor of its own.
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

/// What a stream of names has, which it closes.
private func names(_ stream: OpaquePointer) throws(Errno) -> [FilePath.Component] {
  // Sound: the stream is open from here to the `defer`, and an entry is read before the next is
  // asked for.
  defer { unsafe closedir(stream) }
  var names: [FilePath.Component] = []
  while true {
    // readdir tells its end from an error by errno alone.
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

/// The first bytes of a file, at most so many, without moving where it is read and written
/// (pread(2)).
func start(of file: FileDescriptor, most: Int) throws(Errno) -> [UInt8] {
  var bytes = [UInt8](repeating: 0, count: most)
  // Sound: the array stays where it is until the call returns, which writes within its count.
  let count = try checked {
    unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe pread(file.rawValue, buffer.baseAddress, buffer.count, 0)
    }
  }
  return Array(bytes.prefix(count))
}
