import Glibc

// The one file that reads files. `unsafe` marks the buffer lent to `read` and to the digest:
// neither keeps it.

/// An open file, read from a given place to its end.
struct ByteSource: ~Copyable {
  private let descriptor: Int32
  /// What the file was when it was opened.
  let status: FileStatus
  /// How many bytes have been read.
  private(set) var count = 0

  /// Opens a file; the first byte read is the one with this offset.
  init(_ path: String, from offset: Int = 0) throws(SystemFault) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .last }
    do throws(SystemFault) {
      if offset > 0, lseek(descriptor, offset, SEEK_SET) < 0 { throw SystemFault.last }
      status = try FileStatus(descriptor: descriptor)
    } catch {
      close(descriptor)
      throw error
    }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Appends this many bytes, or as many as the file still has; returns how many there were.
  mutating func read(_ wanted: Int, onto bytes: inout [UInt8]) throws(SystemFault) -> Int {
    // Appending no room to an empty array would write to the buffer that all empty arrays share.
    guard wanted > 0 else { return 0 }
    let before = bytes.count
    var fault: SystemFault?
    bytes.append(addingCapacity: wanted) { room in
      unsafe room.withUnsafeMutableBufferPointer { room, filled in
        while filled < wanted {
          let taken = unsafe Glibc.read(
            descriptor, room.baseAddress.map { unsafe $0 + filled }, wanted - filled)
          if taken < 0, errno == EINTR { continue }
          if taken < 0 { fault = .last }
          if taken <= 0 { break }
          filled += taken
        }
      }
    }
    if let fault { throw fault }
    count += bytes.count - before
    return bytes.count - before
  }

  /// Appends at most this many bytes from a place in the file, without moving there.
  func read(_ wanted: Int, at offset: Int, onto bytes: inout [UInt8]) throws(SystemFault) {
    var fault: SystemFault?
    bytes.append(addingCapacity: wanted) { room in
      unsafe room.withUnsafeMutableBufferPointer { room, filled in
        let taken = unsafe pread(descriptor, room.baseAddress, wanted, offset)
        if taken < 0 { fault = .last }
        filled = max(taken, 0)
      }
    }
    if let fault { throw fault }
  }

  /// Fills the chunk from a place as far as the file goes; returns how many bytes there were.
  mutating func read(into chunk: inout [UInt8], from start: Int = 0) throws(SystemFault) -> Int {
    var filled = start
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
    count += filled - start
    return filled - start
  }
}

/// The bytes of a file, at most this many from its start; nil where it cannot be read.
public func readFile(_ path: String, most: Int) -> [UInt8]? {
  guard var source = try? ByteSource(path) else { return nil }
  var bytes: [UInt8] = []
  // One byte more than its status says: the end is found by reading, not by what the status says.
  var wanted = min(max(source.status.size, 0) + 1, most)
  while wanted > 0 {
    guard let read = try? source.read(wanted, onto: &bytes) else { return nil }
    if read < wanted { break }
    wanted = min(1 << 16, most - bytes.count)
  }
  return bytes
}
