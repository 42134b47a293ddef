import Glibc
import Synchronization

// The one file that takes memory for columns and gives it back. What makes it sound: the memory
// lives as long as the object, nobody outside this room sees its address, and it is only written
// before a `ColumnValues` is made of it.

/// Memory for the values of one column, all zeros at first; given back when nothing holds it any
/// more.
///
/// `@unchecked`, because no two threads write the same place, and none reads it before it has been
/// written.
@safe
public final class ColumnMemory: @unchecked Sendable {
  private let start: UnsafeMutableRawPointer
  private var byteCount: Int
  /// What lent it, where it is lent by a file.
  private let spill: ColumnSpill?
  /// What counts it, where it is the machine's own and could have been lent.
  private let counter: ColumnSpill?
  /// Whether it is in pages of its own, however few are left.
  private let isInPages: Bool

  /// Memory of at least one byte: lent by a file where there is a spill and enough of it to be
  /// worth a file.
  init(byteCount: Int, in spill: ColumnSpill?) {
    self.byteCount = byteCount
    isInPages = byteCount >= Self.pagesFrom
    let isOwn = spill?.keeps(byteCount) ?? true
    counter = isOwn ? spill : nil
    if let spill, !isOwn, let lent = unsafe spill.lend(byteCount) {
      unsafe start = lent
      self.spill = spill
    } else if isInPages, let own = unsafe Self.pages(byteCount) {
      unsafe start = own
      self.spill = nil
    } else if !isInPages, let own = unsafe calloc(max(byteCount, 1), 1) {
      unsafe start = own
      self.spill = nil
    } else {
      endForWantOfMemory(byteCount)
    }
  }

  deinit {
    if let spill {
      unsafe spill.takeBack(start, byteCount)
    } else if isInPages {
      unsafe munmap(start, byteCount)
    } else {
      unsafe free(start)
    }
    counter?.keepsNoMore(byteCount)
  }

  /// The memory as that of values.
  func values<Element: BitwiseCopyable>(of type: Element.Type) -> UnsafeMutablePointer<Element> {
    unsafe start.assumingMemoryBound(to: type)
  }

  /// Gives back the pages from a byte on, where nothing stands, but for what a file lends.
  func letGo(from byte: Int) {
    let page = Int(getpagesize())
    let end = (byte + page - 1) / page * page
    guard spill == nil, isInPages, end < byteCount, end > 0 else { return }
    unsafe munmap(start + end, byteCount - end)
    counter?.keepsNoMore(byteCount - end)
    byteCount = end
  }

  /// From how many bytes on memory is taken in pages of its own, which go back to the machine at
  /// once: between the pieces of a run `malloc` would keep a fifth more than there is at any time.
  private static let pagesFrom = 1 << 16

  private static func pages(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    let start = unsafe mmap(
      nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard unsafe start != MAP_FAILED else { return nil }
    // Nearly all of it will be written: in large pages, which are there at once, where the machine
    // has them.
    if byteCount >= largePagesFrom { _ = unsafe madvise(start, byteCount, MADV_HUGEPAGE) }
    return unsafe start
  }

  private static let largePagesFrom = 1 << 22
}

/// Ends the program, with the exit code of a run that could not finish: nobody up to the first
/// caller could go on without the memory, and nothing is put in place before all columns are there.
private func endForWantOfMemory(_ byteCount: Int) -> Never {
  let words = """
    casecheck: no memory is left for the columns of the extracts: another \(byteCount) bytes were wanted. Give the program more \
    (ulimit -v says how much it may take), or have it take less with --memory.

    """
  unsafe Array(words.utf8).withUnsafeBytes { bytes in
    _ = unsafe write(STDERR_FILENO, bytes.baseAddress, bytes.count)
  }
  _exit(4)
}

/// Files that lend memory: what is not at work can leave the machine's memory for them.
///
/// Each is private (0600) and has no name from the moment it is open, so that it is gone with the
/// program, however that ends. Values are bytes of extracts: they stand in no other file of
/// casecheck outside of the output.
public final class ColumnSpill: Sendable {
  /// How many bytes the program may take before it lets go of what it can.
  public let limit: Int
  private let folder: String
  /// Less is not worth a file.
  private let leastBytes: Int
  private let lent: LentMemory
  /// Looks from time to time whether pages have to go.
  private let watch: MemoryWatch
  /// How many bytes of columns stand in the machine's own memory.
  private let kept = Atomic(0)
  /// What the program takes beside columns, measured on small extracts: with less than that to
  /// spare, all are lent.
  private static let ofOtherThings = 64 << 20

  /// Lends by files in a folder, so many bytes at least, once the columns have taken a third of
  /// what the program may take for them.
  public init(limit: Int, folder: String, leastBytes: Int = 1 << 16) {
    self.limit = limit
    self.leastBytes = leastBytes
    self.folder = folder
    let lent = LentMemory()
    self.lent = lent
    let most = limit / 8 * 6
    watch = MemoryWatch { lent.letGo(above: most) }
  }

  /// Lets go of the pages that the files hold as well, where the program has taken much of what it
  /// may.
  ///
  /// They come back by themselves when they are read.
  public func relax() { lent.letGo(above: limit / 8 * 5) }

  /// The same in the middle of a step: later, since what is at work comes back at once, which takes
  /// its time.
  public func relaxMeanwhile() { lent.letGo(above: limit / 8 * 6) }

  /// Whether so many bytes more stand in the machine's own memory: files cost time, and as long as
  /// there is enough of it none is needed.
  fileprivate func keeps(_ byteCount: Int) -> Bool {
    let after = kept.add(byteCount, ordering: .relaxed).newValue
    if after <= (limit - Self.ofOtherThings) / 3 || byteCount < leastBytes { return true }
    keepsNoMore(byteCount)
    return false
  }

  fileprivate func keepsNoMore(_ byteCount: Int) {
    kept.subtract(byteCount, ordering: .relaxed)
  }

  fileprivate func lend(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    guard byteCount >= leastBytes else { return nil }
    guard let file = open() else { return nil }
    defer { close(file) }
    // Without the room on disk that it needs, writing to the memory would end the program.
    guard posix_fallocate(file, 0, byteCount) == 0,
      let start = unsafe mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0),
      unsafe start != MAP_FAILED
    else { return nil }
    // Without reading ahead, which on newer kernels takes megabytes into memory for one byte that
    // is wanted.
    _ = unsafe madvise(start, byteCount, MADV_RANDOM)
    unsafe lent.add(start, byteCount)
    return unsafe start
  }

  fileprivate func takeBack(_ start: UnsafeMutableRawPointer, _ byteCount: Int) {
    unsafe lent.remove(start)
    unsafe munmap(start, byteCount)
  }

  /// A file of its own without a name; nil where the folder takes none.
  private func open() -> Int32? {
    // O_TMPFILE, which the headers hide from Swift, as x86 and Arm have it.
    let unnamed = unsafe Glibc.open(folder, 0o20_200_000 | O_RDWR | O_CLOEXEC, 0o600)
    if unnamed >= 0 { return unnamed }
    var template = Array((folder + "/.casecheck-XXXXXX").utf8CString)
    let named = unsafe template.withUnsafeMutableBufferPointer { path -> Int32 in
      guard let path = path.baseAddress else { return -1 }
      let file = unsafe mkstemp(path)
      if file >= 0 {
        unsafe unlink(path)
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
      }
      return file
    }
    return named >= 0 ? named : nil
  }
}
