import SystemPackage

/// The bytes of a file, never of one that a link leads to.
func wholeFile(_ path: FilePath) throws(DeliveryFault) -> [UInt8] {
  try attempt(.look, path) {
    let file = try FileDescriptor.open(path, .readOnly, options: [.noFollow, .closeOnExec])
    defer { try? file.close() }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try unsafe piece.withUnsafeMutableBytes { unsafe try file.read(into: $0) }
      if count == 0 { return bytes }
      bytes += piece.prefix(count)
    }
  }
}
