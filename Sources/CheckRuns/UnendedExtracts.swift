import Exceptions
import Extracts

/// What is said of extracts whose last line does not end, where those of nearly all others do.
///
/// A case system ends all its exports alike. An export that was cut within its last cell still has
/// every cell of its last record, so nothing else in it shows the cut. It is a remark and no fault:
/// a person may have saved the file with an editor.
func unendedExtracts(among tables: [Table]) -> [String] {
  var ended: Set<String> = []
  var unended: Set<String> = []
  for file in tables.flatMap(\.files) where file.rowsChecked > 0 && file.footerCount == 0 {
    if file.endsInLineBreak { ended.insert(file.path) } else { unended.insert(file.path) }
  }
  guard ended.count >= fewestEnded, unended.count * fewestEnded <= ended.count else { return [] }
  return unended.inByteOrder().map {
    "\($0): its last line does not end in a line break, as the other extracts' do: it may be cut off. Compare its last record with the case system."
  }
}

/// That many files ending alike for each that does not are no accident.
private let fewestEnded = 3
