import SystemPackage

/// Writes a file for its owner alone, and replaces any file of that name in one step.
///
/// It returns once both the contents and the name are on the disk. If the name is a link, the link
/// itself is replaced and its target stays. The next call removes what a process that ended midway
/// left beside it.
public func replaceFile(_ path: String, with contents: [UInt8]) throws(DeliveryFault) {
  let path = FilePath(path)
  guard let name = path.lastComponent, name.kind == .regular else {
    throw .notAName(path: path.string)
  }
  let partial = path.removingLastComponent().appending(".\(name.string).partial-\(ownProcessID())")
  try attempt(.write, path) {
    clearPartials(of: name.string, in: path.removingLastComponent())
    let file = try FileDescriptor.open(
      partial, .writeOnly, options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
      permissions: .ownerReadWrite)
    do {
      do {
        _ = try file.writeAll(contents)
        try flush(file)
      } catch {
        try? file.close()
        throw error
      }
      try file.close()
      try move(partial, to: path)
      try flushNames(in: path.removingLastComponent())
    } catch {
      try? removeFile(partial)
      throw error
    }
  }
}

/// Waits until the names in a folder are on the disk.
///
/// Without that a power failure could bring back the state before a rename: a mail that was sent
/// would be sent again. A folder that may be written but not read cannot be waited for.
func flushNames(in folder: FilePath) throws {
  let path = folder.isEmpty ? FilePath(".") : folder
  guard
    let names = try? FileDescriptor.open(path, .readOnly, options: [.directory, .closeOnExec])
  else { return }
  defer { try? names.close() }
  // Some file systems cannot flush a folder, and say so by `invalidArgument`.
  do { try flush(names) } catch Errno.invalidArgument {}
}

/// Removes what dead processes, or this one, left half written under a name.
func clearPartials(of name: String, in folder: FilePath) {
  let folder = folder.isEmpty ? FilePath(".") : folder
  for entry in (try? entries(of: folder)) ?? [] {
    let start = ".\(name).partial-"
    guard entry.string.hasPrefix(start),
      let processID = Int32(entry.string.dropFirst(start.count)), processID > 0,
      processID == ownProcessID() || !isAlive(processID)
    else { continue }
    try? removeFile(folder.appending(entry))
  }
}
