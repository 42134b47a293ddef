import SystemPackage

/// What can be told and noted of a job's mails without holding the outbox that they are in.
public struct JobMails: Sendable {
  private let folder: MailFolder
  private let mark: JobMark

  /// The mails of a job.
  ///
  /// - Parameters:
  ///   - job: what distinguishes the job from others, such as the path of its ledger.
  ///   - outbox: the folder of the outbox.
  public init(of job: String, in outbox: String) {
    folder = MailFolder(path: FilePath(outbox))
    mark = JobMark(of: job)
  }

  /// Which mails are still to be made.
  public var notes: MailNotes { MailNotes(of: mark, in: folder.path) }

  /// How many mails wait to be handed over.
  ///
  /// - Throws: what the file system refuses.
  public func waiting() throws(DeliveryFault) -> Int {
    guard try exists(folder.folder(of: .waiting)) else { return 0 }
    return try folder.files(.waiting).count { mark.name(in: $0) != nil }
  }

  /// Renames what the job wrote under the former path of its ledger.
  ///
  /// The job's mark now comes from the ledger's path with links resolved.
  ///
  /// - Throws: what the file system refuses.
  public func adopt(_ former: String) throws(DeliveryFault) {
    let old = JobMark(of: former)
    guard old != mark else { return }
    for state in MailFolder.State.allCases {
      guard try exists(folder.folder(of: state)) else { continue }
      for file in try folder.files(state) {
        guard let own = mark.replacing(old, in: file), try !folder.has(own, state) else { continue }
        try folder.rename(file, to: own, state)
      }
    }
    try notes.adopt(MailNotes(of: old, in: folder.path))
  }
}
