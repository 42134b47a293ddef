import SystemPackage

/// Does something; if the system refuses, the fault tells what was being done and where.
///
/// `path` is the place as the user knows it: in the output, not in the hidden folder beside it.
func attempt<Result>(
  _ step: DeliveryFault.Step, _ path: FilePath, _ body: () throws -> Result
) throws(DeliveryFault) -> Result {
  do {
    return try body()
  } catch {
    throw DeliveryFault(error as? Errno ?? .ioError, step, path)
  }
}

/// Whether there is anything at a path, even a link that leads nowhere.
///
/// A place that cannot be looked at is a fault, and not taken for empty.
func exists(_ path: FilePath) throws(DeliveryFault) -> Bool {
  try attempt(.look, path) {
    do {
      _ = try path.stat(followTargetSymlink: false)
      return true
    } catch Errno.noSuchFileOrDirectory {
      return false
    }
  }
}

/// Makes a folder for its owner alone, unless there is something of that name.
func makeFolderIfMissing(_ path: FilePath) throws(DeliveryFault) {
  try attempt(.makeFolder, path) {
    do { try makeFolder(path) } catch Errno.fileExists {}
  }
}

extension DeliveryFault {
  init(_ error: Errno, _ step: Step, _ path: FilePath) {
    switch error {
    case .noSpace, .diskQuotaExceeded: self = .diskFull(path: path.string)
    case .permissionDenied, .notPermitted:
      self = .notPermitted(step, path: path.string)
    case .noSuchFileOrDirectory where step == .lock:
      self = .refused(
        step, path: path.string, why: "its folder is not there; make it, or name another")
    case .tooManySymbolicLinkLevels:
      self = .refused(step, path: path.string, why: "a link stands in its place")
    default: self = .refused(step, path: path.string, why: error.description)
    }
  }
}
