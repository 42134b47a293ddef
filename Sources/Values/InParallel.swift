/// Runs `count` pieces of work on so many threads; the results stand in the order of the pieces.
public func inParallel<Result: Sendable>(
  _ count: Int, threads: Int, _ work: @escaping @Sendable (Int) -> Result
) async -> [Result] {
  if threads <= 1 || count <= 1 { return (0..<count).map(work) }
  return await withTaskGroup(of: (Int, Result).self) { group in
    var results = [Result?](repeating: nil, count: count)
    var next = 0
    while next < min(threads, count) {
      let number = next
      group.addTask { (number, work(number)) }
      next += 1
    }
    while let (number, result) = await group.next() {
      results[number] = result
      if next < count {
        let number = next
        group.addTask { (number, work(number)) }
        next += 1
      }
    }
    return results.compactMap { $0 }
  }
}
