import OutputNames
import SystemPackage

// An old output is replaced as a whole. Only what casecheck itself wrote may be removed: a mistyped
// --out must not cost anybody a folder.

extension OutputPlace {
  /// Whether an old output is in place; anything else in its place is a fault.
  func hasOldOutput(besides names: Set<String>) throws(DeliveryFault) -> Bool {
    let state = try attempt(.look, folder) { () throws -> Stat? in
      do { return try folder.stat(followTargetSymlink: false) } catch Errno.noSuchFileOrDirectory {
        return nil
      }
    }
    guard let state else { return false }
    // A link could lead to the output of another date, or to any other folder.
    if state.type == .symbolicLink { throw .link(path: folder.string) }
    if state.type != .directory { throw .notAFolder(path: folder.string) }
    try refuseForeign(at: folder, besides: names)
    return true
  }

  /// Refuses a folder that holds anything casecheck did not write, such as notes or a ledger.
  ///
  /// `path` is where the folder is now. `names` are the first parts of the paths of the new output,
  /// which count as casecheck's too.
  func refuseForeign(at path: FilePath, besides names: Set<String>) throws(DeliveryFault) {
    let found = try attempt(.look, folder) { try entries(of: path).map(\.string) }
    if found.allSatisfy(isLitter) { return }
    guard found.contains(RunOutput.runFile), try isOurs(path.appending(RunOutput.runFile)) else {
      throw .foreignFolder(path: folder.string)
    }
    for entry in found
    where !RunOutput.isAtTop(entry) && !names.contains(entry) && !isLitter(entry) {
      throw .foreignEntry(path: folder.string, entry: entry)
    }
    try refuseForeignBelow(path)
  }

  /// Refuses what casecheck did not write in the folders of an old output.
  ///
  /// Notes that somebody put beside a team's lists, for example, are not casecheck's to remove.
  private func refuseForeignBelow(_ path: FilePath) throws(DeliveryFault) {
    // A folder that cannot be read may hold anything, so it is a fault and not taken for empty.
    func names(_ parts: [FilePath.Component]) throws(DeliveryFault) -> [String] {
      try attempt(.look, folder.appending(parts)) {
        do { return try entries(of: path.appending(parts)).map(\.string) } catch Errno
          .noSuchFileOrDirectory
        { return [] }
      }
    }
    /// Whether an entry is a file: a folder of the same name would not be casecheck's.
    func isFile(_ parts: [String]) throws(DeliveryFault) -> Bool {
      let parts = parts.compactMap { FilePath.Component($0) }
      return try attempt(.look, folder.appending(parts)) {
        try path.appending(parts).stat(followTargetSymlink: false).type == .regular
      }
    }
    for (part, ending) in RunOutput.endings {
      guard let place = FilePath.Component(part) else { continue }
      for entry in try names([place]) where !isLitter(entry) {
        guard entry.hasSuffix(ending), try isFile([part, entry]) else {
          throw .foreignEntry(path: folder.string, entry: "\(part)/\(entry)")
        }
      }
    }
    guard let teams = FilePath.Component(RunOutput.teams) else { return }
    for team in try names([teams]) where !isLitter(team) {
      guard let part = FilePath.Component(team) else { continue }
      let place = path.appending([teams, part])
      let kind = try attempt(.look, folder.appending([teams, part])) {
        try place.stat(followTargetSymlink: false).type
      }
      if kind != .directory {
        throw .foreignEntry(path: folder.string, entry: "\(teams)/\(team)")
      }
      for entry in try names([teams, part]) where !isLitter(entry) {
        guard RunOutput.isOfTeam(entry), try isFile([RunOutput.teams, team, entry]) else {
          throw .foreignEntry(path: folder.string, entry: "\(teams)/\(team)/\(entry)")
        }
      }
    }
  }

  /// Whether a `run.json` begins as casecheck's do.
  private func isOurs(_ file: FilePath) throws(DeliveryFault) -> Bool {
    let start = try attempt(.look, folder.appending(RunOutput.runFile)) {
      let file = try FileDescriptor.open(file, .readOnly, options: [.noFollow, .closeOnExec])
      defer { try? file.close() }
      return try Delivery.start(of: file, most: RunOutput.startOfRunFile)
    }
    return RunOutput.isRunFile(beginningWith: start)
  }
}

/// What desktops and LibreOffice leave behind when somebody opens a folder or a file.
private func isLitter(_ name: String) -> Bool {
  [".DS_Store", "Thumbs.db", "desktop.ini"].contains(name) || name.hasPrefix(".~lock.")
}
