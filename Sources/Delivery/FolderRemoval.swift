internal import SystemPackage

/// Removes a folder with all that is in it; links in it, or in its place, are removed, not followed.
func removeTree(_ folder: FilePath) throws {
  guard try folder.stat(followTargetSymlink: false).type == .directory else {
    try removeFile(folder)
    return
  }
  for name in try entries(of: folder) {
    let path = folder.appending(name)
    if try path.stat(followTargetSymlink: false).type == .directory {
      try removeTree(path)
    } else {
      try removeFile(path)
    }
  }
  try removeEmptyFolder(folder)
}

extension OutputPlace {
  /// Removes what dead processes left beside the output, and returns what could not be removed.
  ///
  /// An old output that a process had moved away when it died is put back where none has come since.
  func clearLeftovers(calls: DiskCalls) throws(DeliveryFault) -> [String] {
    var stuck: [String] = []
    for (path, processID, isOutput) in try leftovers() {
      if processID != ownProcessID(), isAlive(processID) { continue }
      guard let file = try? open(folder: path) else { continue }
      defer { try? file.close() }
      do {
        try takeLock(file)
      } catch .wouldBlock {
        // Held although the process is not there: it runs in another container or on another machine.
        if processID == ownProcessID() { throw .busy(path: folder.string) }
        continue
      } catch {}
      if isOutput, (try? folder.stat(followTargetSymlink: false)) == nil {
        try attempt(.move, folder) { try calls.move(path, folder) }
      } else if (try? removeTree(path)) == nil {
        stuck.append(path.string)
      }
    }
    return stuck
  }
}
