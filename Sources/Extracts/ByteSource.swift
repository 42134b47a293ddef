import Digests
import Glibc

// The one file that reads files. `unsafe` is the buffer lent to `read` and to the digest: neither keeps it.

/// An open file, read once from its start to its end, digested on the way.
struct ByteSource: ~Copyable {
  private let descriptor: Int32
  /// What the file was when it was opened.
  let status: FileStatus
  private let path: String
  private var digester = SHA256Digester()
  /// A sum of all bytes so far, to compare with that of another reading.
  private(set) var sum: UInt64 = 0
  /// How many bytes have been read.
  private(set) var count = 0

  init(_ path: String) throws(SystemFault) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .last }
    do throws(SystemFault) {
      status = try FileStatus(descriptor: descriptor)
    } catch {
      close(descriptor)
      throw error
    }
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close(descriptor) }

  /// Fills the chunk as far as the file goes, and digests it where asked; returns how many bytes there were.
  mutating func read(into chunk: inout [UInt8], isDigested: Bool) throws(SystemFault) -> Int {
    var filled = 0
    while filled < chunk.count {
      let taken = unsafe chunk.withUnsafeMutableBytes { bytes in
        unsafe Glibc.read(
          descriptor, bytes.baseAddress.map { unsafe $0 + filled }, bytes.count - filled)
      }
      if taken < 0, errno == EINTR { continue }
      guard taken >= 0 else { throw .last }
      if taken == 0 { break }
      filled += taken
    }
    count += filled
    sum = chunk.span.extracting(first: filled).mixed(into: sum)
    if isDigested {
      unsafe chunk.withUnsafeBytes { bytes in
        unsafe digester.update(UnsafeRawBufferPointer(rebasing: bytes[..<filled]))
      }
    }
    return filled
  }

  /// The SHA-256 of what has been read, in small hexadecimal.
  mutating func digest() -> String { digester.finish() }

  /// Whether the file, read to its end, is what an earlier pass saw: not written to, cut or replaced.
  func isSame(as survey: FileSurvey) -> Bool {
    guard sum == survey.sum, let now = try? FileStatus(at: path),
      let opened = try? FileStatus(descriptor: descriptor)
    else { return false }
    return now == survey.status && opened == survey.status
  }
}
