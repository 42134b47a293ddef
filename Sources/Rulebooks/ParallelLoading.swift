import Threads

extension DiagnosticCollector {
  /// Loads all pieces on up to `threads` threads.
  ///
  /// Each stretch of consecutive pieces gets a collector of its own; their reports are added to
  /// this one in order.
  func load<Piece: Sendable, Loaded: Sendable>(
    _ pieces: [Piece], threads: Int,
    _ work: @Sendable (ArraySlice<Piece>, DiagnosticCollector) -> [Loaded]
  ) -> [Loaded] {
    loadParts(pieces, threads: threads, work).flatMap { $0 }
  }

  /// Loads all pieces like `load`, but returns one result for each stretch of pieces.
  func loadParts<Piece: Sendable, Part: Sendable>(
    _ pieces: [Piece], threads: Int,
    _ work: @Sendable (ArraySlice<Piece>, DiagnosticCollector) -> Part
  ) -> [Part] {
    // Several stretches for each thread, so that a thread whose stretches are quick takes another.
    let size = max(1, pieces.count / (threads * 8))
    let starts = Array(stride(from: 0, to: pieces.count, by: size))
    let parts = inParallel(starts.count, threads: threads) { number in
      let start = starts[number]
      let collector = DiagnosticCollector()
      let part = work(pieces[start..<min(start + size, pieces.count)], collector)
      return (part, collector.diagnostics)
    }
    return parts.map { part, found in
      diagnostics += found
      return part
    }
  }
}
