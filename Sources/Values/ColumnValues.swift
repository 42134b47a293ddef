/// The values of a column, one after the other, which change no more: in memory, or in memory that a file lends.
@safe
public struct ColumnValues<Element: BitwiseCopyable & Sendable>: Sendable {
  /// Nil for no values.
  @usableFromInline
  let memory: ColumnMemory?
  /// How many there are.
  public let count: Int

  @usableFromInline
  init(_ memory: ColumnMemory?, count: Int) {
    self.memory = memory
    self.count = count
  }

  /// No values.
  @inlinable
  public init() {
    memory = nil
    count = 0
  }

  /// So many values, zero until they are written.
  @inlinable
  public init(
    count: Int, in spill: ColumnSpill? = nil, _ write: (inout MutableSpan<Element>) -> Void
  ) {
    self.count = count
    if count == 0 {
      memory = nil
      return
    }
    let memory = ColumnMemory(byteCount: count * MemoryLayout<Element>.stride, in: spill)
    let buffer = unsafe UnsafeMutableBufferPointer(
      start: memory.start.bindMemory(to: Element.self, capacity: count), count: count)
    var span = unsafe buffer.mutableSpan
    write(&span)
    self.memory = memory
  }

  /// The values of an array.
  public init(_ array: [Element], in spill: ColumnSpill? = nil) {
    count = array.count
    if array.isEmpty {
      memory = nil
      return
    }
    let byteCount = array.count * MemoryLayout<Element>.stride
    let memory = ColumnMemory(byteCount: byteCount, in: spill)
    unsafe array.withUnsafeBytes { bytes in
      if let start = bytes.baseAddress {
        unsafe memory.start.copyMemory(from: start, byteCount: byteCount)
      }
    }
    self.memory = memory
  }
}

extension ColumnValues: RandomAccessCollection {
  /// Always 0.
  @inlinable public var startIndex: Int { 0 }
  /// The count.
  @inlinable public var endIndex: Int { count }

  /// The value at a place.
  @inlinable
  public subscript(index: Int) -> Element {
    guard let memory, UInt(bitPattern: index) < UInt(bitPattern: count) else {
      preconditionFailure("no value stands there")
    }
    return unsafe memory.start.assumingMemoryBound(to: Element.self)[index]
  }
}

extension ColumnValues: ExpressibleByArrayLiteral {
  /// The values written down.
  public init(arrayLiteral elements: Element...) { self.init(elements) }
}

/// Puts the values of a column together out of pieces.
public final class ColumnJoin<Element: BitwiseCopyable & Sendable> {
  private let memory: ColumnMemory?
  private let count: Int
  private var filled = 0

  /// Room for so many values.
  public init(count: Int, in spill: ColumnSpill?) {
    self.count = count
    memory =
      count == 0
      ? nil : ColumnMemory(byteCount: count * MemoryLayout<Element>.stride, in: spill)
  }

  /// Adds values; there must be room for them.
  public func append(_ values: ColumnValues<Element>) {
    guard let memory, let source = values.memory else { return }
    precondition(filled + values.count <= count, "more values than there is room for")
    let stride = MemoryLayout<Element>.stride
    unsafe (memory.start + filled * stride).copyMemory(
      from: source.start, byteCount: values.count * stride)
    filled += values.count
  }

  /// Adds what becomes of values.
  @inlinable
  public func append(_ values: ColumnValues<Element>, _ change: (Element) -> Element) {
    append(
      ColumnValues(count: values.count) { new in
        for index in values.indices { new[index] = change(values[index]) }
      })
  }

  /// All of them; nothing may be added after that.
  public func finish() -> ColumnValues<Element> { ColumnValues(memory, count: filled) }
}
