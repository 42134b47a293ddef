import SystemPackage

/// Does something; if the system refuses, the fault says what was being done and where.
///
/// `path` is the place as the user knows it: a file of the output, not of the hidden folder beside
/// it.
func attempt<Result>(
  _ step: DeliveryFault.Step, _ path: FilePath, _ body: () throws -> Result
) throws(DeliveryFault) -> Result {
  do {
    return try body()
  } catch {
    throw DeliveryFault(error as? Errno ?? .ioError, step, path)
  }
}

/// Whether anything stands at a path, a link included.
///
/// What cannot be looked at is a fault; it is not taken for absent.
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

extension DeliveryFault {
  init(_ error: Errno, _ step: Step, _ path: FilePath) {
    switch error {
    case .noSpace, .diskQuotaExceeded: self = .diskFull(path: path.string)
    case .permissionDenied, .notPermitted:
      self = .notPermitted(step, path: path.string)
    case .tooManySymbolicLinkLevels:
      self = .refused(step, path: path.string, why: "a link stands in its place")
    default: self = .refused(step, path: path.string, why: error.description)
    }
  }
}
