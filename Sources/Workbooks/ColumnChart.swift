import CLibXlsxWriter

/// A column chart of the figures in one column of a sheet and the names in another, on the same
/// rows.
struct ColumnChart {
  let title: String
  /// The name of the sheet that holds the figures.
  let sheet: String
  /// The column of the names, from 0.
  let names: Int
  /// The column of the figures, from 0.
  let figures: Int
  /// The rows of both, from 0.
  let rows: ClosedRange<Int>
  /// What those are told who cannot see it.
  let words: String

  /// Draws the chart on a sheet of a workbook, with its top left corner in a cell.
  func draw(
    in book: UnsafeMutablePointer<lxw_workbook>, _ sheet: UnsafeMutablePointer<lxw_worksheet>,
    row: Int, column: Int
  ) throws(WorkbookFault) {
    guard let chart = unsafe workbook_add_chart(book, UInt8(LXW_CHART_COLUMN.rawValue)) else {
      throw WorkbookFault(why: "a chart could not be added")
    }
    _ = unsafe chart_add_series(chart, range(of: names), range(of: figures))
    unsafe chart_title_set_name(chart, title)
    unsafe chart_legend_set_position(chart, UInt8(LXW_CHART_LEGEND_NONE.rawValue))
    // The library copies the words.
    var description = Array(words.utf8CString)
    try check(
      unsafe description.withUnsafeMutableBufferPointer { words in
        var options = unsafe lxw_chart_options()
        unsafe options.description = words.baseAddress
        return unsafe worksheet_insert_chart_opt(
          sheet, lxw_row_t(row), lxw_col_t(column), chart, &options)
      })
  }

  /// The rows of one of the first 26 columns, as a formula names them.
  private func range(of column: Int) -> String {
    let letter = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(column)))
    return "='\(sheet)'!$\(letter)$\(rows.lowerBound + 1):$\(letter)$\(rows.upperBound + 1)"
  }
}
