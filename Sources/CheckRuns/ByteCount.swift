import Extracts

/// The bytes of a file; 0 where it cannot be looked at, which reading it tells.
func byteCount(ofFile path: String) -> Int { (try? FileStatus(notFollowing: path).size) ?? 0 }
