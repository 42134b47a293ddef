extension Span<UInt8> {
  /// Whether there are only spaces, tabs and no-break spaces that are not the delimiter.
  func isBlank(besides delimiter: UInt8) -> Bool {
    var index = 0
    while index < count {
      let length = lengthOfSpace(at: index)
      if length == 0 || self[index] == delimiter { return false }
      index += length
    }
    return true
  }

  /// The range of the cell without the spaces around it.
  @inline(__always)
  func rangeWithoutSpaces() -> Range<Int> {
    // Nearly every cell has no space at either end.
    if count > 0, self[0] > 0x20, self[0] != 0xC2, self[count - 1] > 0x20, self[count - 1] != 0xA0 {
      return 0..<count
    }
    return slowRangeWithoutSpaces()
  }

  private func slowRangeWithoutSpaces() -> Range<Int> {
    var start = 0
    var end = count
    while start < end {
      let length = lengthOfSpace(at: start)
      if length == 0 { break }
      start += length
    }
    while start < end {
      if self[end - 1] == .space || self[end - 1] == .tab {
        end -= 1
      } else if end - start >= 2, self[end - 1] == 0xA0, self[end - 2] == 0xC2 {
        end -= 2
      } else {
        break
      }
    }
    return start..<end
  }

  /// How many bytes the space at a place has; 0 where there is none.
  private func lengthOfSpace(at index: Int) -> Int {
    if self[index] == .space || self[index] == .tab { return 1 }
    return self[index] == 0xC2 && index + 1 < count && self[index + 1] == 0xA0 ? 2 : 0
  }
}
