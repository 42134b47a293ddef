/// One page of a list that is too long for a single page.
///
/// A browser opens a thousand rows at once, even on a phone. With tens of thousands people have to
/// wait, and a printout runs to hundreds of sheets. Every row is on exactly one page.
struct PagePart {
  /// From 1.
  let number: Int
  /// How many pages there are.
  let count: Int
  /// The rows on it, from 0.
  let rows: Range<Int>
  /// How many rows there are on all pages.
  let total: Int

  private static let mostRows = 1_000

  /// The most bytes of rows on a page, unless a single row is longer.
  ///
  /// The rest of a page is far smaller.
  private static let mostBytes = 1_400_000

  /// The pages of a list; a single page without rows if the list is empty.
  ///
  /// `sizes` are the sizes of the rows in bytes.
  static func parts(ofRows sizes: [Int]) -> [PagePart] {
    var ranges: [Range<Int>] = []
    var start = 0
    var bytes = 0
    for (row, size) in sizes.enumerated() {
      if row > start, row - start == mostRows || bytes + size > mostBytes {
        ranges.append(start..<row)
        start = row
        bytes = 0
      }
      bytes += size
    }
    ranges.append(start..<sizes.count)
    return ranges.enumerated().map { place, rows in
      PagePart(number: place + 1, count: ranges.count, rows: rows, total: sizes.count)
    }
  }

  /// The file of a page: `STEM.html`, then `STEM.2.html`; no rule's name ends like that.
  static func file(_ stem: String, _ number: Int) -> String {
    number == 1 ? stem + ".html" : "\(stem).\(number).html"
  }

  /// The values for the templates; `stem` is the name of the pages in their own folder.
  func context(_ stem: String) -> PageContext {
    [
      "isSplit": count > 1, "isFirst": number == 1, "number": grouped(number),
      "count": grouped(count), "from": grouped(rows.lowerBound + 1), "to": grouped(rows.upperBound),
      "total": grouped(total),
      "hasBefore": number > 1, "before": PagePart.file(stem, number - 1),
      "hasAfter": number < count, "after": PagePart.file(stem, number + 1),
      "first": PagePart.file(stem, 1),
      "all": (1...count).map { other -> PageContext in
        [
          "label": grouped(other), "file": PagePart.file(stem, other), "isHere": other == number,
        ]
      },
    ]
  }
}

/// The most bytes that a row of a list takes: its markup and its escaped texts.
func rowSize(_ texts: [String]) -> Int {
  texts.reduce(400) { size, text in
    text.utf8.reduce(size) { size, byte in
      switch byte {
      case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
        UInt8(ascii: "'"):
        size + 6
      default: size + 1
      }
    }
  }
}
