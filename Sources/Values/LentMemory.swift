import CMalloc
import Glibc
import Synchronization

/// The memory that files lend at the moment.
@safe
final class LentMemory: Sendable {
  private let pieces = Mutex<[UInt: Int]>([:])

  func add(_ start: UnsafeMutableRawPointer, _ byteCount: Int) {
    pieces.withLock { $0[UInt(bitPattern: start)] = byteCount }
  }

  func remove(_ start: UnsafeMutableRawPointer) {
    pieces.withLock { $0[UInt(bitPattern: start)] = nil }
  }

  /// Lets the pages go if the program uses more than a number of bytes.
  ///
  /// What was written to them stays in the files.
  func letGo(above bytes: Int) {
    guard let taken = ResidentMemory.now, taken > bytes else { return }
    // Under the lock, so that none is given back meanwhile.
    pieces.withLock { pieces in
      for (start, byteCount) in pieces {
        unsafe madvise(UnsafeMutableRawPointer(bitPattern: start), byteCount, MADV_DONTNEED)
      }
    }
  }

  /// Gives freed memory back to the kernel if the program uses more than a number of bytes.
  func giveBackFreed(above bytes: Int) {
    guard let taken = ResidentMemory.now, taken > bytes else { return }
    malloc_trim(0)
  }
}

/// How much of the machine's memory the program uses.
enum ResidentMemory {
  /// In bytes, as the kernel counts them (proc(5), statm); nil if it does not say.
  static var now: Int? {
    let file = unsafe Glibc.open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = InlineArray<64, UInt8>(repeating: 0)
    var span = bytes.mutableSpan
    let count = unsafe span.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
    var words = 0
    var pages = 0
    for index in 0..<max(count, 0) {
      if bytes[index] == UInt8(ascii: " ") {
        words += 1
        if words == 2 { break }
      } else if words == 1 {
        pages = pages * 10 + Int(bytes[index] &- 48)
      }
    }
    return words == 2 ? pages * Int(sysconf(Int32(_SC_PAGESIZE))) : nil
  }
}
