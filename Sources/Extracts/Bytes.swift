import Glibc

// The loops that touch every byte of every file. Measured: with `Span` indexing instead, reading
// takes half as long again. They are sound because each index is compared with the count of the
// very buffer that it is used on, and no pointer leaves the closure that lent it.

extension Span<UInt8> {
  /// The first place from `start` (at most the count) that holds the byte; the count where none
  /// does.
  @inline(__always)
  func firstIndex(of byte: UInt8, from start: Int) -> Int {
    unsafe withUnsafeBufferPointer { bytes in
      guard start < bytes.count, let base = bytes.baseAddress else { return bytes.count }
      guard let found = unsafe memchr(base + start, Int32(byte), bytes.count - start) else {
        return bytes.count
      }
      return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }
  }

  /// Whether both hold the same bytes.
  func equals(_ other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    return unsafe withUnsafeBytes { a in
      unsafe other.withUnsafeBytes { b in
        guard let first = a.baseAddress, let second = b.baseAddress else { return true }
        return unsafe memcmp(first, second, a.count) == 0
      }
    }
  }

  /// The bytes as text; invalid UTF-8 becomes U+FFFD.
  var decoded: String {
    unsafe withUnsafeBufferPointer { bytes in unsafe String(decoding: bytes, as: UTF8.self) }
  }
}

extension [UInt8] {
  /// Adds bytes.
  mutating func append(bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { bytes in unsafe append(contentsOf: bytes) }
  }

  /// Overwrites the bytes from a place, where there must be as many.
  mutating func write(_ new: Span<UInt8>, at place: Int) {
    precondition(place >= 0 && place <= count - new.count, "no room to write")
    unsafe withUnsafeMutableBytes { bytes in
      unsafe new.withUnsafeBytes { new in
        if let target = bytes.baseAddress, let source = new.baseAddress {
          unsafe memcpy(target + place, source, new.count)
        }
      }
    }
  }
}

extension Record {
  /// Adds bytes, and returns where they begin.
  @inline(__always)
  mutating func append(_ more: UnsafeRawBufferPointer) -> Int {
    let start = makeRoom(for: more.count)
    unsafe bytes.withUnsafeMutableBytes { bytes in
      if let target = bytes.baseAddress, let source = more.baseAddress {
        unsafe memcpy(target + start, source, more.count)
      }
    }
    return start
  }

  /// Adds a field with these bytes.
  mutating func addField(_ cell: Span<UInt8>) {
    let start = unsafe cell.withUnsafeBytes { bytes in unsafe append(bytes) }
    addField(from: start, to: start + cell.count)
  }

  /// Takes a line whose fields have already been written.
  mutating func take(_ line: Span<UInt8>, fields count: Int) {
    byteCount = 0
    _ = unsafe line.withUnsafeBytes { bytes in unsafe append(bytes) }
    self.count = count
    isComplete = true
  }

  /// Splits a line at its delimiters, which is all that a line without quotes needs.
  mutating func split(_ line: Span<UInt8>, at delimiter: UInt8) {
    let base = unsafe line.withUnsafeBytes { bytes in unsafe append(bytes) }
    var start = 0
    while true {
      let end = line.firstIndex(of: delimiter, from: start)
      addField(from: base + start, to: base + end)
      if end == line.count { break }
      start = end + 1
    }
    isComplete = true
  }
}

extension Span<UInt8> {
  /// How many Unicode code points the UTF-8 has.
  var codePointCount: Int {
    var count = 0
    for index in indices where self[index] & 0xC0 != 0x80 { count += 1 }
    return count
  }
}

/// A short cell as numbers: two cells of at most 16 bytes are equal exactly if their keys are.
struct CellKey {
  let low: UInt64
  let high: UInt64
  /// How many bytes there are; 0 also for cells of more than 16, which have no key.
  let count: Int

  @inline(__always)
  init(_ cell: Span<UInt8>) {
    let size = cell.count
    (low, high) = unsafe cell.withUnsafeBytes { bytes in
      switch size {
      case 8...16:
        return unsafe (
          bytes.loadUnaligned(as: UInt64.self),
          bytes.loadUnaligned(fromByteOffset: size &- 8, as: UInt64.self)
        )
      case 4...7:
        return unsafe (
          UInt64(bytes.loadUnaligned(as: UInt32.self)),
          UInt64(bytes.loadUnaligned(fromByteOffset: size &- 4, as: UInt32.self))
        )
      case 1...3:
        let middle = unsafe UInt64(bytes[size / 2]) &<< 8
        return unsafe (UInt64(bytes[0]) | middle, UInt64(bytes[size &- 1]))
      default: return (0, 0)
      }
    }
    count = size <= 16 ? size : 0
  }
}
