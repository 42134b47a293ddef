import GRDB
import GRDBSQLite

// The one file that binds values to SQLite statements without GRDB
// (https://www.sqlite.org/c3ref/bind_blob.html). Its pointers are sound because the statement lives
// as long as the writer that holds it, and texts are copied as they are bound.

/// A statement that changes one row at a time and has no results.
///
/// It takes the values of its parameters from left to right. A first run may record every record of
/// a council; through `StatementArguments` each row took three times as long as SQLite itself
/// needs.
@safe
struct RowWriter {
  private let statement: Statement
  /// The next parameter, from 1.
  private var next: Int32 = 1
  /// The first error from binding a value: that parameter would keep its value from the row before.
  private var refusal = SQLITE_OK

  init(_ db: Database, _ sql: String) throws { statement = try db.makeStatement(sql: sql) }

  /// Takes a whole number.
  mutating func take(_ value: Int64) {
    goOn(unsafe sqlite3_bind_int64(statement.sqliteStatement, next, value))
  }

  /// Takes a whole number.
  mutating func take(_ value: Int) { take(Int64(value)) }

  /// Takes the number of a day; NULL for none.
  mutating func take(_ day: Int32?) {
    if let day { return take(Int64(day)) }
    goOn(unsafe sqlite3_bind_null(statement.sqliteStatement, next))
  }

  /// Takes a text.
  mutating func take(_ text: String) {
    // SQLITE_TRANSIENT, a macro that Swift cannot see, makes SQLite copy the bytes before it
    // returns.
    let copies = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    if text.isEmpty {
      // An empty buffer may have no address, and a null pointer would mean NULL.
      goOn(unsafe sqlite3_bind_text(statement.sqliteStatement, next, "", 0, copies))
    } else {
      var text = text
      goOn(
        text.withUTF8 { bytes in
          unsafe bytes.withMemoryRebound(to: CChar.self) { bytes in
            unsafe sqlite3_bind_text(
              statement.sqliteStatement, next, bytes.baseAddress, Int32(bytes.count), copies)
          }
        })
    }
  }

  private mutating func goOn(_ code: Int32) {
    if refusal == SQLITE_OK { refusal = code }
    next += 1
  }

  /// Writes the row of the values taken since the last call.
  ///
  /// - Throws: the error of SQLite, without the values.
  mutating func write() throws {
    precondition(
      unsafe next - 1 == sqlite3_bind_parameter_count(statement.sqliteStatement),
      "a statement has as many parameters as values")
    let refused = refusal
    (next, refusal) = (1, SQLITE_OK)
    if refused != SQLITE_OK { throw fault(refused) }
    let code = unsafe sqlite3_step(statement.sqliteStatement)
    // The reset returns the same error again.
    unsafe sqlite3_reset(statement.sqliteStatement)
    if code != SQLITE_DONE { throw fault(code) }
  }

  private func fault(_ code: Int32) -> DatabaseError {
    let message = unsafe sqlite3_errmsg(sqlite3_db_handle(statement.sqliteStatement))
    return DatabaseError(
      resultCode: ResultCode(rawValue: code),
      message: unsafe message.map { unsafe String(cString: $0) })
  }
}
