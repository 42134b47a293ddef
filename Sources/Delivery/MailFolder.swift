import SystemPackage

/// The folder of an outbox: within it a folder for each state of a mail, and in that a file for
/// each mail in it.
struct MailFolder: Sendable {
  enum State: String, CaseIterable { case waiting, sending, sent, doubtful }

  let path: FilePath

  func make() throws(DeliveryFault) {
    for part in [path] + State.allCases.map(folder) { try makeFolderIfMissing(part) }
  }

  func folder(of state: State) -> FilePath { path.appending(state.rawValue) }

  /// Where a file is while it is in a state.
  func path(_ file: String, _ state: State) -> FilePath {
    folder(of: state).appending(file)
  }

  /// The files in a state, sorted, without those that are half written.
  func files(_ state: State) throws(DeliveryFault) -> [String] {
    let folder = folder(of: state)
    return try attempt(.look, folder) { try entries(of: folder).map(\.string) }
      .filter { !$0.hasPrefix(".") }
  }

  func has(_ file: String, _ state: State) throws(DeliveryFault) -> Bool {
    try exists(path(file, state))
  }

  func contents(of file: String, _ state: State) throws(DeliveryFault) -> [UInt8] {
    try wholeFile(path(file, state))
  }

  func write(_ bytes: [UInt8], to file: String, _ state: State) throws(DeliveryFault) {
    try replaceFile(path(file, state).string, with: bytes)
  }

  func move(_ file: String, from old: State, to new: State) throws(DeliveryFault) {
    try attempt(.move, path(file, old)) {
      try Delivery.move(path(file, old), to: path(file, new))
    }
  }

  /// Waits until the names of the mails in a state are on the disk.
  func flush(_ state: State) throws(DeliveryFault) {
    try attempt(.write, folder(of: state)) { try flushNames(in: folder(of: state)) }
  }

  /// Gives a file another name in the same state; if that fails, the fault names the new one.
  func rename(_ file: String, to new: String, _ state: State) throws(DeliveryFault) {
    try attempt(.move, path(new, state)) {
      try Delivery.move(path(file, state), to: path(new, state))
    }
  }

  func remove(_ file: String, from state: State) throws(DeliveryFault) {
    try attempt(.remove, path(file, state)) { try removeFile(path(file, state)) }
  }

  /// Removes what a dead run left half written; the caller holds the lock.
  func clearPartials() {
    for state in State.allCases {
      for entry in (try? entries(of: folder(of: state))) ?? [] where entry.string.hasPrefix(".") {
        try? removeFile(folder(of: state).appending(entry))
      }
    }
  }
}
