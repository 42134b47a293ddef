// Lists are sorted and teams told apart by bytes. `String` compares by Unicode: it takes composed and
// decomposed letters for equal, and its UTF-8 views compare through iterators, at a third of the speed.

/// -1, 0 or 1 as the UTF-8 bytes of a text come before those of another, are the same or come after.
func byteOrder(_ a: String, _ b: String) -> Int {
  let (x, y) = (a.utf8Span.span, b.utf8Span.span)
  for index in 0..<min(x.count, y.count) where x[index] != y[index] {
    return x[index] < y[index] ? -1 : 1
  }
  return x.count == y.count ? 0 : x.count < y.count ? -1 : 1
}
