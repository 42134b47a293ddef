/// The immutable values of a column, one after the other, in memory that a file may lend.
@safe
public struct ColumnValues<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  // Unchecked for the pointer, which points into `memory` and is only read.

  /// The first value, somewhere in `memory`, if there is one.
  @usableFromInline
  let start: UnsafePointer<Element>?
  /// Keeps the values alive; nil if there are none.
  let memory: ColumnMemory?
  /// How many there are.
  public let count: Int

  init(_ memory: ColumnMemory?, from first: Int = 0, count: Int) {
    self.memory = count == 0 ? nil : memory
    unsafe start = memory.map { unsafe UnsafePointer($0.values(of: Element.self)) + first }
    self.count = memory == nil ? 0 : count
  }

  /// No values.
  public init() { self.init(nil, count: 0) }

  /// Makes a number of values, zero until they are written.
  @inlinable
  public init(
    count: Int, in spill: ColumnSpill? = nil, _ write: (inout MutableSpan<Element>) -> Void
  ) {
    let join = ColumnJoin<Element>(count: count, in: spill)
    join.writeAll(write)
    self = join.finish()
  }

  /// The values of an array.
  public init(_ array: [Element], in spill: ColumnSpill? = nil) {
    let join = ColumnJoin<Element>(count: array.count, in: spill)
    join.append(array.span)
    self = join.finish()
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
    guard let start = unsafe start, UInt(bitPattern: index) < UInt(bitPattern: count) else {
      preconditionFailure("no value stands there")
    }
    return unsafe start[index]
  }
}

extension ColumnValues: ExpressibleByArrayLiteral {
  /// The values written down.
  public init(arrayLiteral elements: Element...) { self.init(elements) }
}
