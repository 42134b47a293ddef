import Foundation
import Synchronization
import Testing
import Threads

@Suite("Work in groups")
struct InGroupsTests {
  @Test(
    "every piece is done once, and its result is in its place", arguments: [0, 1, 2, 3, 8],
    [[], [0], [1], [0, 0, 3], [5, 1, 0, 7], [1, 1, 1, 1, 1, 1, 1, 40]])
  func results(threads: Int, counts: [Int]) {
    let done = Mutex(0)
    let results = inGroups(counts, threads: threads) { group, piece in
      done.withLock { $0 += 1 }
      return group * 100 + piece
    }
    let wanted = counts.enumerated().map { group, count in (0..<count).map { group * 100 + $0 } }
    #expect(results == wanted)
    #expect(done.withLock { $0 } == counts.reduce(0, +))
  }

  @Test(
    "while one thread is in a group, others are in other groups; then they help it",
    .enabled(if: ProcessInfo.processInfo.activeProcessorCount > 1))
  func apart() throws {
    let begun = Mutex<[Int]>([])
    // The first piece lasts until all other groups are done, and the pieces after it are begun.
    let results = inGroups([3, 2, 2], threads: 2) { group, piece in
      begun.withLock { $0.append(group) }
      if group == 0, piece == 0 {
        var waits = 0
        while begun.withLock({ $0.count }) < 7, waits < 20_000 {
          waits += 1
          Thread.sleep(forTimeInterval: 0.001)
        }
      }
      return begun.withLock { $0.count }
    }
    #expect(results[0][0] == 7, "the other thread did all else")
    let order = begun.withLock { $0 }
    #expect(order.filter { $0 != 0 } == [1, 1, 2, 2])
    #expect(Array(order.suffix(2)) == [0, 0])
  }
}
