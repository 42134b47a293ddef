import CLibXlsxWriter

/// Throws what libxlsxwriter reports, unless that is no error.
///
/// `system` is the system's number for what went wrong within the call, where that is known.
func check(_ error: lxw_error, system: Int32 = 0) throws(WorkbookFault) {
  guard error != LXW_NO_ERROR else { return }
  // The library's words for an error are constants.
  throw WorkbookFault(why: unsafe String(cString: lxw_strerror(error)), system: system)
}
