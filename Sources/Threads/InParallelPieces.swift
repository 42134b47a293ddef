/// Makes an array from pieces that a number of threads fill, each in its place.
///
/// `counts` has the number of elements of each piece. `fill` must append exactly that many to the
/// span that it is lent: fewer or more end the program.
public func inParallel<Element: Sendable>(
  joining counts: [Int], threads: Int,
  _ fill: @Sendable (Int, inout OutputSpan<Element>) -> Void
) -> [Element] {
  var starts = [0]
  starts.reserveCapacity(counts.count + 1)
  for count in counts { starts.append(starts[starts.count - 1] + count) }
  let ends = starts
  // All empty arrays share one storage, and no two threads may write to it.
  guard ends[counts.count] > 0 else { return [] }
  return unsafe [Element](unsafeUninitializedCapacity: ends[counts.count]) { room, filled in
    let places = unsafe Places(room: room)
    _ = inParallel(counts.count, threads: threads) { piece in
      let part = unsafe places.part(ends[piece]..<ends[piece + 1])
      var span = unsafe OutputSpan(buffer: part, initializedCount: 0)
      fill(piece, &span)
      let count = unsafe span.finalize(for: part)
      precondition(count == counts[piece], "a piece has as many elements as were announced")
    }
    filled = ends[counts.count]
  }
}

/// The storage of an array that is being filled.
///
/// `@unchecked`, because no two threads write the same part, and all have finished before the array
/// is used.
@safe
private struct Places<Element>: @unchecked Sendable {
  private let room: UnsafeMutableBufferPointer<Element>

  init(room: UnsafeMutableBufferPointer<Element>) { unsafe self.room = room }

  func part(_ range: Range<Int>) -> UnsafeMutableBufferPointer<Element> {
    unsafe UnsafeMutableBufferPointer(rebasing: room[range])
  }
}
