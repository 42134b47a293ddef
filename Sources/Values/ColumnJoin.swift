/// Joins pieces into the values of one column.
///
/// Pieces written into a `ColumnRoom` are joined in place.
@safe
public final class ColumnJoin<Element: BitwiseCopyable & Sendable> {
  private let memory: ColumnMemory?
  private let start: UnsafeMutablePointer<Element>?
  private let count: Int
  private var filled = 0

  private init(_ memory: ColumnMemory?, count: Int) {
    self.memory = memory
    self.count = count
    unsafe start = memory?.values(of: Element.self)
  }

  /// Makes room for a number of values.
  public convenience init(count: Int, in spill: ColumnSpill?) {
    let byteCount = count * MemoryLayout<Element>.stride
    self.init(count == 0 ? nil : ColumnMemory(byteCount: byteCount, in: spill), count: count)
  }

  /// Uses the room that some of the pieces are in, if the other pieces fit before those.
  ///
  /// Nil if they do not. From then on nothing may read the pieces except the calls that add them
  /// here, in order.
  public convenience init?(
    _ pieces: some Sequence<ColumnValues<Element>>, in room: ColumnRoom<Element>
  ) {
    var filled = 0
    for piece in pieces where piece.count > 0 {
      if let place = room.place(of: piece), place < filled { return nil }
      filled += piece.count
    }
    guard filled <= room.count else { return nil }
    self.init(room.memory, count: room.count)
  }

  /// Adds values; there must be room for them.
  public func append(_ values: ColumnValues<Element>) {
    guard let source = unsafe values.start, let start = unsafe start else { return }
    precondition(filled + values.count <= count, "more values than there is room for")
    // The source may be further on in the same memory.
    if unsafe start + filled != source {
      unsafe UnsafeMutableRawPointer(start + filled).copyMemory(
        from: source, byteCount: values.count * MemoryLayout<Element>.stride)
    }
    filled += values.count
  }

  /// Adds values; there must be room for them.
  public func append(_ values: Span<Element>) {
    precondition(filled + values.count <= count, "more values than there is room for")
    guard let start = unsafe start else { return }
    unsafe values.withUnsafeBufferPointer { source in
      unsafe (start + filled).update(
        from: source.baseAddress ?? UnsafePointer(start), count: source.count)
    }
    filled += values.count
  }

  /// Adds the results of applying a function to values.
  @inlinable
  public func append(_ values: ColumnValues<Element>, _ change: (Element) -> Element) {
    write(values.count) { new in
      for index in values.indices { new[index] = change(values[index]) }
    }
  }

  /// Adds a number of values as they are written; each may first be read from further on.
  @usableFromInline
  func write(_ more: Int, _ write: (inout MutableSpan<Element>) -> Void) {
    precondition(filled + more <= count, "more values than there is room for")
    guard more > 0, let start = unsafe start else { return }
    let buffer = unsafe UnsafeMutableBufferPointer(start: start + filled, count: more)
    var span = unsafe buffer.mutableSpan
    write(&span)
    filled += more
  }

  @usableFromInline
  func writeAll(_ write: (inout MutableSpan<Element>) -> Void) { self.write(count, write) }

  /// All values; nothing may be added afterwards.
  public func finish() -> ColumnValues<Element> {
    memory?.letGo(from: filled * MemoryLayout<Element>.stride)
    return ColumnValues(memory, count: filled)
  }
}

/// Memory for all values of a column, in which each of several threads writes its own stretch.
@safe
public final class ColumnRoom<Element: BitwiseCopyable & Sendable>: Sendable {
  let memory: ColumnMemory
  let count: Int

  /// Makes room for a number of values, at least one.
  public init(count: Int, in spill: ColumnSpill?) {
    self.count = count
    memory = ColumnMemory(byteCount: count * MemoryLayout<Element>.stride, in: spill)
  }

  /// The place of values within the room; nil if they are elsewhere.
  func place(of values: ColumnValues<Element>) -> Int? {
    guard values.memory === memory, let start = unsafe values.start else { return nil }
    return unsafe start - UnsafePointer(memory.values(of: Element.self))
  }
}

/// A stretch of a room, to be written from its start on by one thread.
public struct ColumnStretch<Element: BitwiseCopyable & Sendable>: Sendable {
  private let room: ColumnRoom<Element>
  private let places: Range<Int>
  /// How many values have been written.
  public private(set) var count = 0

  /// Claims some places of a room; no other stretch may have them.
  public init(_ room: ColumnRoom<Element>, _ places: Range<Int>) {
    precondition(places.lowerBound >= 0 && places.upperBound <= room.count, "no such places")
    self.room = room
    self.places = places
  }

  /// Writes more values; false, writing none, if they do not all fit.
  public mutating func append(_ values: Span<Element>) -> Bool {
    guard values.count <= places.count - count else { return false }
    let target = unsafe room.memory.values(of: Element.self) + places.lowerBound + count
    unsafe values.withUnsafeBufferPointer { source in
      if let first = source.baseAddress {
        unsafe target.update(from: first, count: source.count)
      }
    }
    count += values.count
    return true
  }

  /// The values written; nothing may be written afterwards.
  public var values: ColumnValues<Element> {
    ColumnValues(room.memory, from: places.lowerBound, count: count)
  }
}
