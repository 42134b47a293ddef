import CLibXlsxWriter
import Foundation
import WorkingTime

/// What a cell accepts from whoever fills it in, and what is shown beside it meanwhile.
struct EntryRule {
  private enum Accepted {
    case dates(from: CalendarDate)
    /// Texts of at most so many characters.
    case texts(most: Int)
  }

  private let accepted: Accepted
  private let title: String
  private let message: String

  /// Accepts only dates from a given day on.
  static func dates(from day: CalendarDate, title: String, message: String) -> EntryRule {
    EntryRule(accepted: .dates(from: day), title: title, message: message)
  }

  /// Accepts only texts of at most `most` characters.
  static func texts(most: Int, title: String) -> EntryRule {
    EntryRule(
      accepted: .texts(most: most), title: title, message: "At most \(most) characters")
  }

  /// Sets the rule for a range of a column.
  func set(in sheet: UnsafeMutablePointer<lxw_worksheet>, rows: ClosedRange<Int>, column: Int)
    throws(WorkbookFault)
  {
    // The library copies both texts before the call returns.
    guard let titleText = unsafe strdup(title), let messageText = unsafe strdup(message) else {
      throw WorkbookFault(why: "no memory is left")
    }
    defer {
      unsafe free(titleText)
      unsafe free(messageText)
    }
    var rule = unsafe condition
    unsafe rule.input_title = titleText
    unsafe rule.input_message = messageText
    unsafe rule.error_title = titleText
    unsafe rule.error_message = messageText
    try check(
      unsafe worksheet_data_validation_range(
        sheet, lxw_row_t(rows.lowerBound), lxw_col_t(column), lxw_row_t(rows.upperBound),
        lxw_col_t(column), &rule))
  }

  private var condition: lxw_data_validation {
    var rule = unsafe lxw_data_validation()
    switch accepted {
    case .dates(let first):
      unsafe rule.validate = UInt8(LXW_VALIDATION_TYPE_DATE.rawValue)
      unsafe rule.criteria = UInt8(LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO.rawValue)
      let (year, month, day) = first.components
      unsafe rule.value_datetime.year = Int32(year)
      unsafe rule.value_datetime.month = Int32(month)
      unsafe rule.value_datetime.day = Int32(day)
    case .texts(let most):
      unsafe rule.validate = UInt8(LXW_VALIDATION_TYPE_LENGTH.rawValue)
      unsafe rule.criteria = UInt8(LXW_VALIDATION_CRITERIA_LESS_THAN_OR_EQUAL_TO.rawValue)
      unsafe rule.value_number = Double(most)
    }
    return unsafe rule
  }
}
