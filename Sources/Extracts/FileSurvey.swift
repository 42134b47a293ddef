/// How files are read; the tests read with other sizes.
struct ReadSettings: Sendable {
  /// How many bytes are read at a time.
  var chunkSize = 1 << 20
  /// The most bytes that one record may have.
  var mostRecordBytes = 64 << 20
}

/// A first pass over a file: that it is one, that it holds text, and in which encoding.
struct FileSurvey {
  /// What the file was when the pass began.
  let status: FileStatus
  /// A sum of its bytes, to find that it changed between the passes.
  let sum: UInt64
  let size: Int
  let encoding: TextEncoding
  let markLength: Int
  /// Whether some bytes are no characters, so that every record must be looked at.
  let hasBadBytes: Bool

  /// Looks through a whole file; the fault says why there is nothing to read records from.
  init(_ path: String, declared: TextEncoding?, settings: ReadSettings) throws(InputFault) {
    var survey = EncodingSurvey()
    do throws(SystemFault) {
      var source = try ByteSource(path)
      status = source.status
      if status.kind == .file {
        var chunk = [UInt8](repeating: 0, count: settings.chunkSize)
        while true {
          let count = try source.read(into: &chunk, isDigested: false)
          survey.take(chunk.span.extracting(first: count))
          if count < chunk.count { break }
        }
      }
      sum = source.sum
    } catch {
      throw .unreadable(error)
    }
    survey.finish()
    size = survey.size
    (encoding, markLength) = survey.encoding(declared: declared)
    hasBadBytes = survey.hasBadBytes(in: encoding)
    switch status.kind {
    case .file: break
    case .folder: throw .notDelimitedText(.folder)
    case .link, .other: throw .notDelimitedText(.special)
    }
    if size == markLength { throw .empty }
    if let kind = FileKind(survey, encoding) { throw .notDelimitedText(kind) }
  }
}
