import SystemPackage

/// Removes a folder with everything in it; links are removed, never followed.
///
/// A link in place of the folder itself is refused. The function descends through open folders, not
/// by paths, so that nobody can slip a link into its way.
func removeTree(_ folder: FilePath) throws {
  let file = try open(folder: folder)
  defer { try? file.close() }
  try removeAll(in: file)
  try removeEmptyFolder(folder)
}

private func removeAll(in folder: FileDescriptor) throws {
  for name in try entries(in: folder) {
    let inner = try folderOrNil(name, in: folder)
    if let inner {
      defer { try? inner.close() }
      try removeAll(in: inner)
    }
    try remove(name, from: folder, isFolder: inner != nil)
  }
}

/// Opens an entry; nil if it is not a folder.
private func folderOrNil(_ name: FilePath.Component, in folder: FileDescriptor) throws
  -> FileDescriptor?
{
  do {
    return try open(folder: name, in: folder)
  } catch {
    if error == .notDirectory || error == .tooManySymbolicLinkLevels { return nil }
    throw error
  }
}

extension OutputPlace {
  /// Removes what dead processes left beside the output, and returns what could not be removed.
  ///
  /// An old output that a process had moved aside when it died is put back, unless a new one has
  /// come since.
  func clearLeftovers(calls: DiskCalls) throws(DeliveryFault) -> [String] {
    var stuck: [String] = []
    for (path, processID, isOutput) in try leftovers() {
      if processID != ownProcessID(), isAlive(processID) { continue }
      guard let file = try? open(folder: path) else { continue }
      defer { try? file.close() }
      do {
        try takeLock(file)
      } catch .wouldBlock {
        // Somebody holds the lock, although no other process here has that number: it runs in
        // another container or on another machine.
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
