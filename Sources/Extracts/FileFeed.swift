import Digests
import Synchronization

/// Goes once through a file: it is digested, its encoding is looked at and its lines are counted
/// while it is handed over, segment by segment, to be read.
final class FileFeed: Sendable {
  /// What the beginning of a file shows.
  enum Beginning {
    /// That there is no more of the file.
    case all(bytes: [UInt8], EncodingSurvey, sha256: String)
    /// The first segment of one that has the encoding in which files are read in segments.
    case segment(TextSegment, FileSurvey)
    /// That the whole file must be looked through before it can be read.
    case unclear
  }

  /// What has come of it.
  struct Outcome {
    /// In bytes.
    var size: Int
    var sha256: String
    /// In which its segments have been handed over.
    var encoding: TextEncoding
    /// Whether the whole file is in it, and has nothing in it that must be looked for.
    var isClear: Bool
    /// Why it was not read to its end.
    var fault: SystemFault?
  }

  let status: FileStatus
  private let declared: TextEncoding?
  private let settings: ReadSettings
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
    self.settings = settings
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

  /// At most how many records of so many fields stand behind the beginning, going by its lines and
  /// those at some other places.
  func likelyRecords(width: Int) -> Int {
    state.withLock { $0.likelyRecords(width: width) }
  }

  /// Gives the records to come places in the table's room.
  func use(_ places: Range<Int>, width: Int) {
    state.withLock { state in
      state.places = places
      state.width = width
    }
  }

  /// The next segment, in memory that is taken out; nil where there is none.
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

  /// Once there are no more segments.
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
