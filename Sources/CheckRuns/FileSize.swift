import Glibc

/// The bytes of a file; 0 where it cannot be looked at, which reading it tells.
///
/// Foundation's attributes would have the name of the owner looked up as well, in two files for
/// each.
func fileSize(of path: String) -> Int {
  var status = stat()
  guard unsafe lstat(path, &status) == 0 else { return 0 }
  return Int(status.st_size)
}
