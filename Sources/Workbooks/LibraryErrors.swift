import CLibXlsxWriter

/// Throws what libxlsxwriter reports, unless that is no error.
func check(_ error: lxw_error) throws(WorkbookFault) {
  guard error != LXW_NO_ERROR else { return }
  // The library's words for an error are constants.
  throw WorkbookFault(why: unsafe String(cString: lxw_strerror(error)))
}
