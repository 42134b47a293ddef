public import Extracts
import Threads
public import WorkingTime

/// Looks at extracts as `casecheck inspect` shows them, in their order.
///
/// `memory` is the most to take, in bytes; it throws if more was needed. Where it is nil, a quarter
/// of the machine's is taken before files lend the rest.
public func looks(
  at files: [ExtractFile], definitions: [TableDefinition], asOf: CalendarDate, threads: Int,
  memory: Int?
) throws(CheckFailure) -> [FileLook] {
  let memory = MemoryUse(memory)
  // All files may be read at once, so it is all of them that may need more.
  let spill = memory.spill(for: files.map(\.path))
  let threadsEach = max(1, threads / max(1, files.count))
  let looks = inParallel(files.count, threads: threads) { number in
    look(
      at: files[number], definitions: definitions, asOf: asOf, threads: threadsEach, spill: spill)
  }
  if let excess = memory.excess(with: spill) { throw .memory(excess) }
  return looks
}
