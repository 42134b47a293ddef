import SystemPackage
import Threads

/// Writes the files of an output, several of them at a time.
///
/// `@unchecked` because only one thread at a time calls it.
final class FileWriting: @unchecked Sendable {
  private let folder: FilePath
  private let shown: FilePath
  private let modes: AccessModes
  private let calls: DiskCalls
  /// Files that are written but may not be on the disk yet, by the parts of their paths.
  private var open: [[FilePath.Component]: OpenFile] = [:]
  /// The files registered so far, and those of them that have been begun.
  private var added: Set<[FilePath.Component]> = []
  private var begun: Set<[FilePath.Component]> = []

  private struct OpenFile {
    let descriptor: FileDescriptor
    /// How many bytes are written, and how many of them the disk has been asked to take.
    var written = 0
    var begun = 0
  }

  /// After this many bytes the disk is asked to take them, while the next ones are being made.
  private static let stretch = 8 << 20
  /// How many threads may wait for the disk, which can then take several files at once.
  static let mostWaits = 4
  /// The most files open at a time: far fewer than a process may have.
  private static let mostOpen = 128

  /// Prepares to write below `folder`; faults name the place `shown`, where the output will be.
  init(into folder: FilePath, shownAs shown: FilePath, modes: AccessModes, calls: DiskCalls) {
    self.folder = folder
    self.shown = shown
    self.modes = modes
    self.calls = calls
  }

  deinit { for file in open.values { try? file.descriptor.close() } }

  /// Registers a file that is to be written; a fault if it is registered already.
  func add(_ parts: [FilePath.Component]) throws(DeliveryFault) {
    try attempt(.write, shown.appending(parts)) {
      guard added.insert(parts).inserted else { throw Errno.fileExists }
    }
  }

  /// Appends bytes to a file.
  func put(_ bytes: [UInt8], to parts: [FilePath.Component]) throws(DeliveryFault) {
    let known = open[parts]
    if known == nil, open.count >= Self.mostOpen { try settle() }
    try attempt(.write, shown.appending(parts)) {
      var file = try known ?? OpenFile(descriptor: self.file(parts))
      open[parts] = file
      try calls.write(file.descriptor, bytes)
      file.written += bytes.count
      if file.written - file.begun >= Self.stretch {
        startFlush(file.descriptor, from: file.begun, count: file.written - file.begun)
        file.begun = file.written
      }
      open[parts] = file
    }
  }

  /// Asks the disk to start taking files that are complete.
  func end(_ files: [[FilePath.Component]]) {
    for parts in files {
      guard let file = open[parts] else { continue }
      startFlush(file.descriptor, from: file.begun)
      open[parts]?.begun = file.written
    }
  }

  /// Returns once everything is on the disk.
  func settle() throws(DeliveryFault) {
    // Ask the disk to take all files before waiting for the first.
    for file in open.values where file.begun < file.written {
      startFlush(file.descriptor, from: file.begun)
    }
    let files = open.map { (parts: $0.key, descriptor: $0.value.descriptor) }
    open = [:]
    let shown = shown
    _ = try inParallel(files.count, threads: Self.mostWaits) { number throws(DeliveryFault) in
      try attempt(.write, shown.appending(files[number].parts)) {
        let descriptor = files[number].descriptor
        do {
          try flush(descriptor)
        } catch {
          try? descriptor.close()
          throw error
        }
        // Some file systems report only when a file is closed that there was no room.
        try descriptor.close()
      }
    }
  }

  private func file(_ parts: [FilePath.Component]) throws -> FileDescriptor {
    let path = folder.appending(parts)
    guard begun.insert(parts).inserted else {
      return try FileDescriptor.open(
        path, .writeOnly, options: [.append, .noFollow, .closeOnExec])
    }
    let file = try FileDescriptor.open(
      path, .writeOnly, options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
      permissions: .ownerReadWrite)
    do {
      try setMode(modes.file, of: file)
    } catch {
      try? file.close()
      throw error
    }
    return file
  }
}
