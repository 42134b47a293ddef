/// The first passes over some files, in stretches that do not wait for each other.
struct SurveyPlan: Sendable {
  private struct Stretch {
    var file: Int
    var start: Int
    /// Nil for the end of the file, wherever it is by then.
    var end: Int?
  }

  private let paths: [String]
  private let settings: ReadSettings
  private let statuses: [Result<FileStatus, SystemFault>]
  private let stretches: [Stretch]

  init(_ paths: [String], settings: ReadSettings) {
    self.paths = paths
    self.settings = settings
    statuses = paths.map { path in
      Result { () throws(SystemFault) in try FileStatus(at: path) }
    }
    stretches = statuses.enumerated().flatMap { file, status -> [Stretch] in
      guard case .success(let status) = status, status.kind == .file else { return [] }
      let starts = SurveyStretch.starts(size: status.size, settings)
      return starts.enumerated().map { number, start in
        Stretch(
          file: file, start: start, end: number + 1 < starts.count ? starts[number + 1] : nil)
      }
    }
  }

  /// How many stretches there are.
  var count: Int { stretches.count }

  /// Looks through one stretch.
  func look(at number: Int) -> Result<SurveyStretch, SystemFault> {
    let stretch = stretches[number]
    return Result { () throws(SystemFault) in
      try SurveyStretch(paths[stretch.file], from: stretch.start, to: stretch.end, settings)
    }
  }

  /// Puts together what was seen, by file.
  func surveys(_ looks: [Result<SurveyStretch, SystemFault>], declared: [TextEncoding?])
    -> [Result<FileSurvey, InputFault>]
  {
    var seen: [[Result<SurveyStretch, SystemFault>]] = paths.map { _ in [] }
    for (stretch, look) in zip(stretches, looks) { seen[stretch.file].append(look) }
    return paths.indices.map { file in
      Result { () throws(InputFault) in
        let status: FileStatus
        var parts: [SurveyStretch] = []
        do throws(SystemFault) {
          status = try statuses[file].get()
          for look in seen[file] { parts.append(try look.get()) }
        } catch {
          throw .unreadable(error)
        }
        return try FileSurvey(status, parts, declared: declared[file])
      }
    }
  }
}
