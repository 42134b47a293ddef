internal import SystemPackage

/// Puts a file in place of the one of its name in one step, for its owner alone.
///
/// A link of that name is replaced itself; what it led to stays.
public func replaceFile(_ path: String, with contents: [UInt8]) throws(DeliveryFault) {
  let path = FilePath(path)
  guard let name = path.lastComponent, name.kind == .regular else {
    throw .notAName(path: path.string)
  }
  let partial = path.removingLastComponent().appending(".\(name.string).partial-\(ownProcessID())")
  try attempt(.write, path) {
    try? removeFile(partial)
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
