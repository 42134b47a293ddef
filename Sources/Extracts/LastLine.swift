/// Whether the last bytes of a file are the end of a line, in any encoding that is read.
///
/// A carriage return alone is one where the lines before it end in nothing else: a file that ends
/// its lines with both may be cut between the two.
func endsInLineBreak(_ path: String) -> Bool {
  guard let size = try? FileStatus(at: path).size,
    let file = try? ByteSource(path, from: max(size - 2, 0))
  else { return false }
  var source = file
  var last: [UInt8] = []
  guard (try? source.read(2, onto: &last)) != nil else { return false }
  // In UTF-16 the other byte of it is zero. DOS ends a text with Ctrl-Z.
  switch last.last(where: { $0 != 0 && $0 != .endOfText }) {
  case UInt8(ascii: "\n"): return true
  case UInt8(ascii: "\r"): return !hasLineFeed(path)
  default: return false
  }
}

/// Whether a line feed stands in the first bytes of a file, which reach beyond its headings.
private func hasLineFeed(_ path: String) -> Bool {
  guard var source = try? ByteSource(path, from: 0) else { return true }
  var first: [UInt8] = []
  guard (try? source.read(1 << 16, onto: &first)) != nil else { return true }
  return first.contains(UInt8(ascii: "\n"))
}
