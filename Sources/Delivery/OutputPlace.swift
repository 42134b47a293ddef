import SystemPackage

/// Where an output goes: a folder, and the hidden names beside it, so on the same file system.
struct OutputPlace {
  /// The folder as the user named it.
  let folder: FilePath
  private let name: String

  init(_ path: String) throws(DeliveryFault) {
    let folder = FilePath(path)
    guard !path.utf8.contains(0), let last = folder.lastComponent, last.kind == .regular else {
      throw .notAName(path: path)
    }
    self.folder = folder
    name = last.string
  }

  /// The folder that contains the output.
  var parent: FilePath {
    let parent = folder.removingLastComponent()
    return parent.isEmpty ? "." : parent
  }

  /// Where a process assembles its output.
  func partial(of processID: Int32) -> FilePath { beside(Prefix.partial, processID) }

  /// Where a process keeps the old output between the two renames that replace it.
  func previous(of processID: Int32) -> FilePath { beside(Prefix.previous, processID) }

  /// What processes left beside the output, each with the number of its process.
  func leftovers() throws(DeliveryFault) -> [(path: FilePath, processID: Int32, isOutput: Bool)] {
    let names = try attempt(.look, parent) { try entries(of: parent) }
    return names.compactMap { entry in
      for prefix in [Prefix.partial, Prefix.previous] {
        let start = ".\(name).\(prefix.rawValue)-"
        guard entry.string.hasPrefix(start),
          let processID = Int32(entry.string.dropFirst(start.count)), processID > 0
        else { continue }
        return (parent.appending(entry), processID, prefix == .previous)
      }
      return nil
    }
  }

  /// Makes the missing folders above the output.
  ///
  /// They need `mode` too: without access to them nobody could reach the output.
  func makeParents(mode: UInt32) throws(DeliveryFault) {
    var missing: [FilePath] = []
    var path = parent
    while !path.isEmpty, (try? path.stat()) == nil {
      missing.append(path)
      path.removeLastComponent()
    }
    for path in missing.reversed() {
      try attempt(.makeFolder, path) {
        do {
          try makeFolder(path)
          let folder = try open(folder: path)
          defer { try? folder.close() }
          try setMode(mode, of: folder)
        } catch Errno.fileExists {}
      }
    }
  }

  private enum Prefix: String { case partial, previous }

  private func beside(_ prefix: Prefix, _ processID: Int32) -> FilePath {
    parent.appending(".\(name).\(prefix.rawValue)-\(processID)")
  }
}
