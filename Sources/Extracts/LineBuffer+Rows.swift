extension LineBuffer {
  /// Moves past the plain lines of the batch's width and adds them to the batch, as long as
  /// admitted.
  ///
  /// The lines must be there as a whole and begin before an offset. Whatever else follows is left
  /// to `nextLine`.
  mutating func nextRows(
    into batch: inout RowBatch, before end: Int, delimiter: UInt8, quote: UInt8,
    admits: (borrowing RowBatch, Int, Span<UInt8>) -> Bool
  ) {
    let start = next
    if batch.isEmpty { batch.origin = start }
    guard start < end, batch.reaches(base + bytes.count) else { return }
    let search = RowSearch(
      delimiter: delimiter, quote: quote, before: end - batch.origin, longest: mostBytes)
    let found = batch.takeRows(
      of: bytes.span.extracting(droppingFirst: batch.origin - base), from: start - batch.origin,
      search)
    let admitted = batch.countRows(
      found.rows, bytes.span.extracting(droppingFirst: batch.origin - base), where: admits)
    if admitted == 0 { return }
    let last = batch.count + admitted - 1
    let after = admitted < found.rows ? batch.range(last + 1, 0).lowerBound : found.next
    batch.add(rows: admitted, firstLine: line.number + 1)
    goOn(
      to: Line(
        number: line.number + admitted, start: batch.origin + batch.range(last, 0).lowerBound,
        end: batch.origin + batch.range(last, batch.width - 1).upperBound,
        next: batch.origin + after))
    heldFrom = batch.origin
  }

  /// Adds a record that has been read to a batch.
  ///
  /// Its fields overwrite its text, which is never shorter.
  mutating func add(
    _ record: borrowing Record, from first: Line, through last: Line, to batch: inout RowBatch
  ) {
    if batch.isEmpty { batch.origin = first.start }
    overwrite(first.start..<last.end, with: record)
    batch.add(record, at: first.start, line: first.number)
    heldFrom = batch.origin
  }
}

extension RowBatch {
  /// How many of the rows after those already added are admitted, up to the first that is not.
  fileprivate func countRows(
    _ rows: Int, _ bytes: Span<UInt8>, where admits: (borrowing RowBatch, Int, Span<UInt8>) -> Bool
  ) -> Int {
    var admitted = 0
    while admitted < rows, admits(self, count + admitted, bytes) { admitted += 1 }
    return admitted
  }
}
