import SystemPackage

/// The calls that fail on full disks and unusual file systems, so that tests can replace them.
struct DiskCalls {
  var write: (FileDescriptor, [UInt8]) throws -> Void = { file, bytes in
    _ = try file.writeAll(bytes)
  }
  var exchange: (FilePath, FilePath) throws -> Void = { a, b in try Delivery.exchange(a, with: b) }
  var move: (FilePath, FilePath) throws -> Void = { a, b in try Delivery.move(a, to: b) }
}
