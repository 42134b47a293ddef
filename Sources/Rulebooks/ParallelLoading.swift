import Diagnostics
import Threads

extension DiagnosticCollector {
  /// Loads all pieces on up to `threads` threads, each run of pieces with its own collector; the
  /// reports are added to this one.
  func load<Piece: Sendable, Loaded: Sendable>(
    _ pieces: [Piece], threads: Int,
    _ work: @Sendable (ArraySlice<Piece>, DiagnosticCollector) -> [Loaded]
  ) -> [Loaded] {
    loadParts(pieces, threads: threads, work).flatMap { $0 }
  }

  /// The same, with a separate result for each run of pieces.
  func loadParts<Piece: Sendable, Part: Sendable>(
    _ pieces: [Piece], threads: Int,
    _ work: @Sendable (ArraySlice<Piece>, DiagnosticCollector) -> Part
  ) -> [Part] {
    // Several runs of pieces for each thread: a thread that has drawn short ones takes another.
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
