import CLibXlsxWriter

/// The formats of a workbook, one for each style of its cells.
///
/// Safe as long as the workbook is open: the formats are the library's, which frees them with it.
@safe struct CellFormats {
  private let formats: [UnsafeMutablePointer<lxw_format>?]

  /// Adds all styles to a workbook.
  init(of book: UnsafeMutablePointer<lxw_workbook>) {
    unsafe formats = CellStyle.allCases.map { unsafe CellFormats.format($0, book) }
  }

  /// Nil if there was no memory for it: the cell then looks plain.
  subscript(style: CellStyle) -> UnsafeMutablePointer<lxw_format>? {
    unsafe formats[style.rawValue]
  }

  private static func format(_ style: CellStyle, _ book: UnsafeMutablePointer<lxw_workbook>)
    -> UnsafeMutablePointer<lxw_format>?
  {
    guard let format = unsafe workbook_add_format(book) else { return nil }
    unsafe format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    func fill(_ colour: UInt32) {
      unsafe format_set_pattern(format, UInt8(LXW_PATTERN_SOLID.rawValue))
      unsafe format_set_bg_color(format, lxw_color_t(colour))
    }
    switch style {
    case .plain: break
    case .wrapped: unsafe format_set_text_wrap(format)
    case .heading:
      unsafe format_set_bold(format)
      unsafe format_set_text_wrap(format)
      unsafe format_set_font_color(format, lxw_color_t(0xFFFFFF))
      fill(0x1D4F91)
      unsafe format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
    case .title:
      unsafe format_set_bold(format)
      unsafe format_set_font_size(format, 14)
    case .date: unsafe format_set_num_format(format, "dd/mm/yyyy")
    case .dateTime: unsafe format_set_num_format(format, "dd/mm/yyyy hh:mm")
    case .number: unsafe format_set_num_format(format, "#,##0")
    case .bad:
      unsafe format_set_bold(format)
      fill(0xF8D7DA)
    case .warning: fill(0xFFF3CD)
    case .old: fill(0xFFE5D0)
    case .veryOld:
      unsafe format_set_bold(format)
      fill(0xF8D7DA)
    case .entry, .dateEntry:
      fill(0xF1F8E9)
      unsafe format_set_border(format, UInt8(LXW_BORDER_HAIR.rawValue))
      unsafe format_set_unlocked(format)
      if style == .dateEntry {
        unsafe format_set_num_format(format, "dd/mm/yyyy")
      } else {
        unsafe format_set_text_wrap(format)
      }
    }
    return unsafe format
  }
}
