import SystemPackage

/// Writes a file for its owner alone, and replaces any file of that name in one step.
///
/// If the name is a link, the link itself is replaced and its target stays. The next call removes
/// what a process that ended midway left beside it.
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
    } catch {
      try? removeFile(partial)
      throw error
    }
  }
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
