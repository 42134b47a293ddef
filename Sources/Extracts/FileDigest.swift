import Digests

/// The SHA-256 of a whole file in lower-case hexadecimal, to record which file was given.
enum FileDigest: Hashable {
  /// Empty where the path is no file.
  case sha256(String)
  /// Why it could not be read to its end.
  case failed(SystemFault)

  /// Reads a file to its end.
  init(of path: String) {
    do throws(SystemFault) {
      self = .sha256(try Self.sha256(of: path))
    } catch {
      self = .failed(error)
    }
  }

  private static func sha256(of path: String) throws(SystemFault) -> String {
    var source = try ByteSource(path)
    guard source.status.kind == .file else { return "" }
    var digester = SHA256Digester()
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = try source.read(into: &chunk)
      digester.update(chunk.span.extracting(first: count))
      if count < chunk.count { return digester.finish() }
    }
  }
}
