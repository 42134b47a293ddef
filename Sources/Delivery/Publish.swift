import SystemPackage

/// Files of an output that are written together.
public struct OutputFiles: Sendable {
  /// The paths relative to the output, with `/` between their parts, each once.
  public let paths: [String]
  /// Writes the files: `put` appends bytes to the file of the given number.
  ///
  /// It is called from one thread at a time.
  public let write: @Sendable (_ put: @Sendable (Int, [UInt8]) throws -> Void) throws -> Void

  /// Files that are written together.
  public init(
    paths: [String],
    write: @escaping @Sendable (_ put: @Sendable (Int, [UInt8]) throws -> Void) throws -> Void
  ) {
    self.paths = paths
    self.write = write
  }
}

/// Writes an output beside its place and moves it there in one step.
///
/// Whoever reads `out` sees either the whole old output or the whole new one. A fault, a signal or
/// a power cut leaves the old one as it was; the next call removes what a dead process left beside
/// it. `out` is replaced as a whole, and refused if it holds anything that casecheck did not write.
///
/// On a file system that cannot swap two names, such as NFS, there is no output for the moment
/// between two renames; if the process is killed then, the next call puts the old one back.
///
/// - Parameters:
///   - files: what is written, each path once.
///   - out: the folder; neither it nor the folders above it need to exist.
///   - modes: who may read it.
///   - stop: receives the signals that ask the run to end.
///   - confirm: called once the new output is in place; if it throws, the old one is put back.
/// - Returns: hidden folders beside `out` with old output that could not be removed and that
///   somebody should remove.
/// - Throws: why nothing was put in place.
@discardableResult
public func publish(
  _ files: [OutputFiles], to out: String, modes: AccessModes = .ownerOnly,
  stop: CleanStop, confirm: () throws -> Void
) throws -> [String] {
  try publish(files, to: out, modes: modes, stop: stop, calls: DiskCalls(), confirm: confirm)
}

func publish(
  _ files: [OutputFiles], to out: String, modes: AccessModes, stop: CleanStop,
  calls: DiskCalls, confirm: () throws -> Void = {}
) throws -> [String] {
  let place = try OutputPlace(out)
  let names = Set(
    files.flatMap(\.paths).compactMap { FilePath($0).components.first?.string })
  try place.makeParents(mode: modes.folder)
  let stuck = try place.clearLeftovers(calls: calls)
  // Checked before anything is written, so that a wrong --out is reported at once.
  _ = try place.hasOldOutput(besides: names)

  var staging = try StagingFolder(place, modes: modes, stop: stop, calls: calls)
  do {
    try staging.write(files)
    try stop.check()
    let (old, undo) = try place.takeIn(staging, names: names, calls: calls)
    do {
      try confirm()
    } catch {
      try attempt(.move, place.folder) { try undo() }
      throw error
    }
    // From here on no fault matters, because the new output is in place.
    if let parent = try? open(folder: place.parent) {
      try? flush(parent)
      try? parent.close()
    }
    guard let old, (try? removeTree(old)) == nil else { return stuck }
    return stuck + [old.string]
  } catch {
    staging.remove()
    throw error
  }
}

extension OutputPlace {
  /// Moves the new output into place; returns where the old one now is, if any, and how to undo it.
  fileprivate func takeIn(
    _ staging: borrowing StagingFolder, names: Set<String>, calls: DiskCalls
  ) throws(DeliveryFault) -> (old: FilePath?, undo: () throws -> Void) {
    let partial = staging.path
    if try !hasOldOutput(besides: names) {
      try attempt(.move, folder) { try calls.move(partial, folder) }
      let undo = { try calls.move(folder, partial) }
      guard staging.isAt(folder) else { throw takenBack(by: undo) }
      return (nil, undo)
    }
    let canExchange = try attempt(.move, folder) {
      do {
        try calls.exchange(partial, folder)
        return true
      } catch Errno.noFunction, Errno.invalidArgument, Errno.notSupported {
        return false
      }
    }
    let old = canExchange ? partial : previous(of: ownProcessID())
    if !canExchange { try attempt(.move, folder) { try moveInTwoSteps(partial, old, calls) } }

    let undo = {
      if canExchange {
        try calls.exchange(partial, folder)
      } else {
        try calls.move(folder, partial)
        try calls.move(old, folder)
      }
    }
    guard staging.isAt(folder) else { throw takenBack(by: undo) }
    // Somebody may have put something there since the check, so what is to be removed is checked
    // again.
    do throws(DeliveryFault) {
      let kind = try attempt(.look, folder) { try old.stat(followTargetSymlink: false).type }
      if kind == .symbolicLink { throw .link(path: folder.string) }
      if kind != .directory { throw .notAFolder(path: folder.string) }
      try refuseForeign(at: old, besides: names)
    } catch {
      try attempt(.move, folder) { try undo() }
      throw error
    }
    return (old, undo)
  }

  /// Undoes the move because somebody had put something else in place of the staging folder.
  ///
  /// Anybody who may write beside the output can do that.
  private func takenBack(by undo: () throws -> Void) -> DeliveryFault {
    try? undo()
    return .refused(.move, path: folder.string, why: "somebody changed what was to go here")
  }

  /// For file systems that cannot swap names, such as NFS; for a moment there is no output.
  private func moveInTwoSteps(_ partial: FilePath, _ old: FilePath, _ calls: DiskCalls) throws {
    try calls.move(folder, old)
    do {
      try calls.move(partial, folder)
    } catch {
      try calls.move(old, folder)
      throw error
    }
  }
}
