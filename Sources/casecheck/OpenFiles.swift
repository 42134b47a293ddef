import Glibc

extension Casecheck {
  /// Lets the program have as many files open at once as its user may, up to 65,536.
  ///
  /// A long extract stays open until it has been read. Of a thousand of them, which the usual bound
  /// of 1,024 does not allow, some could not be opened, and the run would not be trusted. Mail
  /// programs inherit the bound, and some close every file below it.
  static func openManyFiles() {
    var bounds = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &bounds) == 0,
      bounds.rlim_cur < bounds.rlim_max
    else { return }
    bounds.rlim_cur = max(bounds.rlim_cur, min(bounds.rlim_max, 65_536))
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &bounds)
  }
}
