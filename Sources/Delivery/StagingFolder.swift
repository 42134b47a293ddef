import SystemPackage
import Threads

/// The hidden folder beside an output in which the new one is assembled.
///
/// It is locked while it is open, so that another run can tell it from the folder of a dead
/// process. Process numbers do not always show that: containers have their own, and they are used
/// again.
struct StagingFolder: ~Copyable {
  let path: FilePath
  private let place: OutputPlace
  private let modes: AccessModes
  private let stop: CleanStop
  private let calls: DiskCalls
  private let lock: FileDescriptor
  /// The folders made in it, each after its parent.
  private var folders: [FilePath] = []
  /// The same, to look them up: there is one for each team.
  private var known: Set<FilePath> = []

  init(
    _ place: OutputPlace, modes: AccessModes, stop: CleanStop, calls: DiskCalls
  ) throws(DeliveryFault) {
    let path = place.partial(of: ownProcessID())
    try attempt(.makeFolder, place.parent) { try makeFolder(path) }
    do throws(DeliveryFault) {
      lock = try attempt(.makeFolder, place.parent) { try open(folder: path) }
    } catch {
      try? removeEmptyFolder(path)
      throw error
    }
    // On a file system without locks, the process number has to suffice.
    try? takeLock(lock)
    self.path = path
    self.place = place
    self.modes = modes
    self.stop = stop
    self.calls = calls
  }

  deinit { try? lock.close() }

  /// Writes all files, and returns once they are on the disk.
  mutating func write(_ files: [OutputFiles]) throws(DeliveryFault) {
    let stop = stop
    let writing = FileWriting(into: path, shownAs: place.folder, modes: modes, calls: calls)
    do {
      for group in files {
        try stop.check()
        var parts: [[FilePath.Component]] = []
        for path in group.paths {
          parts.append(try components(of: path))
          try makeFolders(parts[parts.count - 1].dropLast())
          try writing.add(parts[parts.count - 1])
        }
        let places = parts
        try group.write { number, bytes in
          try stop.check()
          try writing.put(bytes, to: places[number])
        }
        writing.end(places)
      }
      try writing.settle()
    } catch let fault as DeliveryFault {
      throw fault
    } catch {
      throw .refused(.write, path: place.folder.string, why: "\(error)")
    }
    let (folders, shown, mode) = (folders + [path], place.folder, modes.folder)
    _ = try inParallel(folders.count, threads: FileWriting.mostWaits) {
      number throws(DeliveryFault) in
      try attempt(.write, shown) { try settle(folders[number], mode) }
    }
  }

  /// Whether a path leads to this very folder, and not to a link or to another folder put there.
  func isAt(_ path: FilePath) -> Bool {
    guard let made = try? lock.stat(), let there = try? path.stat(followTargetSymlink: false) else {
      return false
    }
    return made.deviceID == there.deviceID && made.inode == there.inode
  }

  /// Removes the folder and everything written to it, unless another has its name.
  ///
  /// The other would be the old output, if the two were swapped and could not be swapped back.
  func remove() {
    if isAt(path) { try? removeTree(path) }
  }

  private mutating func makeFolders(
    _ parts: ArraySlice<FilePath.Component>
  ) throws(DeliveryFault) {
    var folder = path
    var shown = place.folder
    for part in parts {
      folder.append(part)
      shown.append(part)
      if known.contains(folder) { continue }
      try attempt(.makeFolder, shown) { try makeFolder(folder) }
      folders.append(folder)
      known.insert(folder)
    }
  }
}

/// Sets the mode of a folder, and returns once its entries are on the disk.
private func settle(_ folder: FilePath, _ mode: UInt32) throws {
  let file = try open(folder: folder)
  defer { try? file.close() }
  try setMode(mode, of: file)
  try flush(file)
}

/// Opens a folder, but not a link to one.
func open(folder: FilePath) throws -> FileDescriptor {
  try FileDescriptor.open(folder, .readOnly, options: [.directory, .noFollow, .closeOnExec])
}

/// The parts of a path relative to the output; a path that leads outside it is a fault.
private func components(of path: String) throws(DeliveryFault) -> [FilePath.Component] {
  let parsed = FilePath(path)
  let parts = Array(parsed.components)
  guard !path.utf8.contains(0), parsed.isRelative, !parts.isEmpty,
    parts.allSatisfy({ $0.kind == .regular })
  else { throw .unsafePath(file: path) }
  return parts
}
