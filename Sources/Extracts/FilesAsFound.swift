import Values

/// How files stood when they were found.
///
/// A program that writes an export slowly is not through when it has been read: only once the rules
/// have been judged, which takes longer, does it show that more has come.
public struct FilesAsFound: Sendable {
  /// By the bytes of their names: Swift's strings treat two ways of writing `é` as one.
  private let found: [Text: (path: String, status: FileStatus)]

  /// Looks at the files.
  public init(_ files: [ExtractFile]) {
    found = Dictionary(
      files.compactMap { file in
        (try? FileStatus(at: file.path)).map { (Text(file.relativePath), (file.path, $0)) }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// Looks at the files again, and adds a fault to those of the tables that have been written to.
  public func reportWritten(in tables: inout [Table]) {
    for table in tables.indices {
      for file in tables[table].files.indices {
        let report = tables[table].files[file]
        guard let (path, before) = found[Text(report.path)],
          !report.faults.contains(where: { $0.kind == .changedWhileRead }),
          (try? FileStatus(at: path))?.isWritten(since: before) == true
        else { continue }
        tables[table].files[file].faults.append(.changed)
      }
    }
  }
}
