public import Extracts
import Threads
public import WorkingTime

/// Looks at extracts as `casecheck inspect` shows them, in their order.
///
/// `memory` is how much to take, in bytes, before files lend the rest; where it is nil, a quarter of
/// the machine's. `memoryRemark` says where that did not suffice.
public func looks(
  at files: [ExtractFile], definitions: [TableDefinition], asOf: CalendarDate, threads: Int,
  memory: Int?
) -> [FileLook] {
  // All files may be read at once, so it is all of them that may need more.
  let spill = MemoryUse(memory).spill(for: files.map(\.path))
  let threadsEach = max(1, threads / max(1, files.count))
  return inParallel(files.count, threads: threads) { number in
    look(
      at: files[number], definitions: definitions, asOf: asOf, threads: threadsEach, spill: spill)
  }
}
