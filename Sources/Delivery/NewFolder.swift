import SystemPackage

/// A folder that is filled file by file, each for its owner alone; it must be new or empty.
public struct NewFolder: Sendable {
  private let path: FilePath
  /// Whether this value made the folder, and so removes it in `discard`.
  private let isMade: Bool

  /// Makes the folder, or takes an empty one; a folder that holds anything is refused.
  public init(_ path: String) throws(DeliveryFault) {
    let folder = FilePath(path)
    guard !path.isEmpty else { throw .notAName(path: path) }
    self.path = folder
    do {
      try makeFolder(folder)
      isMade = true
    } catch .fileExists {
      isMade = false
      let names: [FilePath.Component]
      do {
        names = try entries(of: folder)
      } catch .notDirectory {
        throw .notAFolder(path: path)
      } catch {
        throw DeliveryFault(error, .look, folder)
      }
      guard names.isEmpty else { throw .notEmpty(path: path) }
    } catch {
      throw DeliveryFault(error, .makeFolder, folder)
    }
  }

  /// Begins a file of this name.
  public func file(_ name: String) throws(DeliveryFault) -> NewFile {
    guard let component = FilePath.Component(name), component.kind == .regular else {
      throw .unsafePath(file: name)
    }
    return try NewFile(path.appending(component), name: name)
  }

  /// Removes the files of these names, and the folder as well if it was made here.
  public func discard(_ names: [String]) {
    for name in names {
      guard let component = FilePath.Component(name) else { continue }
      try? removeFile(path.appending(component))
    }
    if isMade { try? removeEmptyFolder(path) }
  }
}

/// A file that grows at its end.
public final class NewFile {
  /// Its name in the folder.
  public let name: String
  private let path: FilePath
  private let descriptor: FileDescriptor
  private var size = 0
  private var isOpen = true

  init(_ path: FilePath, name: String) throws(DeliveryFault) {
    self.path = path
    self.name = name
    descriptor = try attempt(.write, path) {
      try FileDescriptor.open(
        path, .writeOnly, options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
        permissions: .ownerReadWrite)
    }
  }

  deinit { if isOpen { try? descriptor.close() } }

  /// Appends bytes.
  public func append(_ bytes: [UInt8]) throws(DeliveryFault) {
    guard !bytes.isEmpty else { return }
    size += bytes.count
    _ = try attempt(.write, path) { try descriptor.writeAll(bytes) }
  }

  /// Closes the file and returns its size in bytes.
  public func close() throws(DeliveryFault) -> Int {
    isOpen = false
    try attempt(.write, path) { try descriptor.close() }
    return size
  }
}
