import Extracts
import Glibc

/// A file of this process alone, written anew for every input.
///
/// It has no name, so that nothing is left of it when an input ends the process.
///
/// `unsafe` is the C interface; the buffers are lent for the length of one call.
final class ScratchFile {
  private let descriptor: Int32
  /// The file as the reader is given it, by its descriptor.
  let extract: ExtractFile

  init() throws {
    let template = (unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp")
    var path = Array((template + "/casecheck-fuzz-XXXXXX").utf8CString)
    descriptor = unsafe path.withUnsafeMutableBufferPointer { path in
      guard let start = path.baseAddress else { return -1 }
      let opened = unsafe mkstemp(start)
      if opened >= 0 { _ = unsafe unlink(start) }
      return opened
    }
    try promise(descriptor >= 0, "there is no scratch file: errno \(errno)")
    extract = ExtractFile(path: "/proc/self/fd/\(descriptor)", relativePath: "visits.csv")
  }

  deinit { close(descriptor) }

  /// Replaces what the file holds.
  func write(_ bytes: [UInt8]) throws {
    let isWritten = unsafe bytes.withUnsafeBytes { bytes in
      unsafe ftruncate(descriptor, 0) == 0
        && pwrite(descriptor, bytes.baseAddress, bytes.count, 0) == bytes.count
    }
    try promise(isWritten, "the scratch file cannot be written: errno \(errno)")
  }
}
