import Glibc
import Synchronization

// Only this file allocates and frees memory for columns. It is sound because the memory lives as
// long as its object, no code outside this module sees its address, and it is only written before a
// `ColumnValues` is made of it.

/// Memory for the values of one column, all zeros at first; freed when nothing holds it any more.
///
/// `@unchecked`, because no two threads write the same place, and none reads a place before it has
/// been written.
@safe
public final class ColumnMemory: @unchecked Sendable {
  private let start: UnsafeMutableRawPointer
  private var byteCount: Int
  /// The lender, if the memory is lent by a file.
  private let spill: ColumnSpill?
  /// The spill that counts the memory, if it is anonymous but could have been lent.
  private let counter: ColumnSpill?
  /// Whether the memory has pages of its own, however few are left.
  private let isInPages: Bool

  /// Allocates at least one byte, lent by a file if there is a spill and the size is worth a file.
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

  /// The memory, typed as values.
  func values<Element: BitwiseCopyable>(of type: Element.Type) -> UnsafeMutablePointer<Element> {
    unsafe start.assumingMemoryBound(to: type)
  }

  /// Gives back the unused pages from a byte on, unless a file lends them.
  func letGo(from byte: Int) {
    let page = Int(getpagesize())
    let end = (byte + page - 1) / page * page
    guard spill == nil, isInPages, end < byteCount, end > 0 else { return }
    unsafe munmap(start + end, byteCount - end)
    counter?.keepsNoMore(byteCount - end)
    byteCount = end
  }

  /// From this many bytes on, memory has pages of its own, which go back to the system at once.
  ///
  /// Between the pieces of a run, `malloc` would keep a fifth more than is ever in use.
  private static let pagesFrom = 1 << 16

  private static func pages(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    let start = unsafe mmap(
      nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard unsafe start != MAP_FAILED else { return nil }
    // Nearly all of it will be written, so large pages are used where the machine has them: they
    // are ready at once.
    if byteCount >= largePagesFrom { _ = unsafe madvise(start, byteCount, MADV_HUGEPAGE) }
    return unsafe start
  }

  private static let largePagesFrom = 1 << 22
}

/// Ends the program with the exit code of a run that could not finish.
///
/// No caller could continue without the memory, and no output is put in place before all columns
/// are there.
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

/// Files that lend memory, so that what is not in use can leave the machine's memory.
///
/// Each file is private (0600) and has no name from the moment it is opened, so it disappears with
/// the program, however that ends. Its values are bytes of the extracts: casecheck writes them to
/// no other file except its output.
public final class ColumnSpill: Sendable {
  /// How many bytes the program may use before it lets pages go.
  public let limit: Int
  private let folder: String
  /// Smaller amounts are not worth a file.
  private let leastBytes: Int
  private let lent: LentMemory
  /// Checks regularly whether pages have to go.
  private let watch: MemoryWatch
  /// How many bytes of columns are in anonymous memory.
  private let kept = Atomic(0)
  /// The code of the first fault in lending; 0 where there was none.
  private let firstFault = Atomic(0)
  /// What the program uses besides columns, measured on small extracts.
  ///
  /// If less than that is to spare, all columns are lent.
  private static let ofOtherThings = 64 << 20

  /// Lends memory by files in a folder, in pieces of at least `leastBytes`.
  ///
  /// Lending starts once the columns have taken a third of what the program may use for them.
  public init(limit: Int, folder: String, leastBytes: Int = 1 << 16) {
    self.limit = limit
    self.leastBytes = leastBytes
    self.folder = folder
    let lent = LentMemory()
    self.lent = lent
    let most = limit / 8 * 6
    watch = MemoryWatch { lent.letGo(above: most) }
  }

  /// Why the folder could not lend memory, in words; nil where it lent all that was asked for.
  public var fault: String? {
    let code = firstFault.load(ordering: .relaxed)
    return code == 0 ? nil : unsafe "\(folder): \(String(cString: strerror(Int32(code))))"
  }

  /// Lets the pages of the files go, too, once the program uses much of its limit.
  ///
  /// They come back by themselves when they are read.
  public func relax() { lent.letGo(above: limit / 8 * 5) }

  /// The same between the stages of a run, with what has been freed and `malloc` keeps for later.
  public func settle() {
    relax()
    lent.giveBackFreed(above: limit / 8 * 5)
  }

  /// Lets the pages go in the middle of a step, with a higher threshold.
  ///
  /// Pages in use come back at once, and that takes time.
  public func relaxMeanwhile() { lent.letGo(above: limit / 8 * 6) }

  /// Whether a number of bytes more is to stay in anonymous memory.
  ///
  /// Files cost time; none is needed as long as there is enough memory.
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
    guard let file = open() else {
      note(errno)
      return nil
    }
    defer { close(file) }
    // Without enough room on disk, writing to the memory would end the program.
    let outcome = posix_fallocate(file, 0, byteCount)
    guard outcome == 0 else {
      note(outcome)
      return nil
    }
    guard
      let start = unsafe mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0),
      unsafe start != MAP_FAILED
    else {
      note(errno)
      return nil
    }
    // Turns off reading ahead, which on newer kernels loads megabytes for one byte that is wanted.
    _ = unsafe madvise(start, byteCount, MADV_RANDOM)
    unsafe lent.add(start, byteCount)
    return unsafe start
  }

  private func note(_ code: Int32) {
    _ = firstFault.compareExchange(expected: 0, desired: Int(code), ordering: .relaxed)
  }

  fileprivate func takeBack(_ start: UnsafeMutableRawPointer, _ byteCount: Int) {
    unsafe lent.remove(start)
    unsafe munmap(start, byteCount)
  }

  /// Opens a file without a name; nil if the folder does not allow one.
  private func open() -> Int32? {
    // O_TMPFILE, which the headers hide from Swift; its value on x86 and Arm.
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
