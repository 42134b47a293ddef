import Digests
import Synchronization

/// Goes through a file once, and hands it over in segments to be read.
///
/// On the way it computes the digest, surveys the encoding and counts the lines.
final class FileFeed: Sendable {
  /// What the beginning of a file shows.
  enum Beginning {
    /// The beginning is the whole file.
    case all(bytes: [UInt8], EncodingSurvey, sha256: String)
    /// The first segment of a file whose encoding allows reading in segments.
    case segment(TextSegment, FileSurvey)
    /// The whole file must be looked through before it can be read.
    case unclear
  }

  /// The outcome once the file has been handed over.
  struct Outcome {
    /// The size in bytes.
    var size: Int
    var sha256: String
    /// The encoding in which the segments were handed over.
    var encoding: TextEncoding
    /// Whether the whole file is in that encoding, with nothing that must be searched for.
    var isClear: Bool
    /// Why it was not read to its end.
    var fault: SystemFault?
  }

  let status: FileStatus
  private let declared: TextEncoding?
  private let state: Mutex<FeedState>

  /// Opens a file; the fault says why there is nothing to read records from.
  init(_ path: String, declared: TextEncoding?, quote: UInt8, settings: ReadSettings)
    throws(InputFault)
  {
    do throws(SystemFault) {
      status = try FileStatus(at: path)
      let source: ByteSource? = status.kind == .file ? try ByteSource(path) : nil
      state = Mutex(
        FeedState(
          source, size: status.size, quote: quote, isDeclared: declared != nil, settings))
    } catch {
      throw .unreadable(error)
    }
    self.declared = declared
  }

  /// Reads the beginning.
  func begin() throws(SystemFault) -> Beginning {
    try state.withLock { state throws(SystemFault) in
      let bytes = try state.begin()
      if state.isAtEnd { return .all(bytes: bytes, state.survey, sha256: state.digester.finish()) }
      guard let survey = try? FileSurvey(status, state.survey, declared: declared),
        survey.isInSegments
      else { return .unclear }
      return .segment(state.firstSegment(of: bytes, survey), survey)
    }
  }

  /// About how many records of this many fields follow the beginning, at most.
  ///
  /// It is estimated from the lines of the beginning and of some other places.
  func likelyRecords(width: Int) -> Int {
    state.withLock { $0.likelyRecords(width: width) }
  }

  /// Gives the remaining records places in the table's room.
  func use(_ places: Range<Int>, width: Int) {
    state.withLock { state in
      state.places = places
      state.width = width
    }
  }

  /// The next segment, in memory taken from `memory`; nil where there is none.
  func next(in memory: inout [UInt8]) -> TextSegment? {
    state.withLock { state in
      do throws(SystemFault) {
        return try state.next(in: exchange(&memory, for: []))
      } catch {
        state.fault = error
        return nil
      }
    }
  }

  /// The outcome, once there are no more segments.
  func outcome() -> Outcome {
    state.withLock { state in
      state.survey.finish()
      let survey = try? FileSurvey(status, state.survey, declared: declared)
      let isClear = survey.map { $0.isInSegments && $0.encoding == state.encoding } ?? false
      return Outcome(
        size: state.survey.size, sha256: state.digester.finish(), encoding: state.encoding,
        isClear: state.fault != nil || isClear, fault: state.fault)
    }
  }
}
