/// Whether the last bytes of a file are the end of a line, in any encoding that is read.
///
/// A carriage return alone is none: a file that ends its lines with both may be cut between the
/// two.
func endsInLineBreak(_ path: String) -> Bool {
  guard let size = try? FileStatus(at: path).size,
    let file = try? ByteSource(path, from: max(size - 2, 0))
  else { return false }
  var source = file
  var last: [UInt8] = []
  guard (try? source.read(2, onto: &last)) != nil else { return false }
  // In UTF-16 the other byte of it is zero.
  return last.last { $0 != 0 } == UInt8(ascii: "\n")
}
