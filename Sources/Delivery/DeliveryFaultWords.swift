extension DeliveryFault: CustomStringConvertible {
  /// The place, what is wrong there and what to do about it.
  public var description: String {
    switch self {
    case .notAName(let path):
      "\(path): the output needs a folder with a name of its own. Name one, such as out."
    case .link(let path):
      "\(path): a link stands in the place of the output. Name the folder itself, or remove the link."
    case .notAFolder(let path):
      "\(path): a file stands in the place of the output. Name a folder, or move the file away."
    case .notEmpty(let path):
      "\(path): this folder is not empty. Name one that does not exist yet, or empty this one."
    case .foreignFolder(let path):
      "\(path): this folder is not an output of casecheck (no run.json of casecheck is in it), and it would be "
        + "replaced as a whole. Name another folder, or empty this one."
    case .foreignEntry(let path, let entry):
      "\(path): \(entry) in this folder was not written by casecheck, and the folder would be "
        + "replaced as a whole. Move it elsewhere, or name another folder."
    case .busy(let path):
      "\(path): another run is writing this output. Wait for it to end, then run again."
    case .unsafePath(let file):
      "\(file): this path leads out of the output. Report this error of casecheck."
    case .diskFull(let path):
      "\(path): the disk is full, or the quota is used up. Make room, then run again."
    case .inTheWay(let path):
      "\(path): the link to the newest lists is to stand here, and something else does. Move it away."
    case .notPermitted(let step, let path):
      "\(path): not permitted to \(step.words). Give the user who runs casecheck the right to, or "
        + "name another place."
    case .refused(let step, let path, let why):
      "\(path): could not \(step.words): \(why). Put that right, then run again."
    case .stopped:
      "stopped by a signal. The output before this run is still in place. Run again."
    case .locked(let path, let processID):
      "\(path): another run holds the lock\(processID.map { " (process \($0))" } ?? ""). "
        + "Wait for it to end; the lock goes with its process."
    }
  }
}

extension DeliveryFault.Step {
  fileprivate var words: String {
    switch self {
    case .look: "look at what is there"
    case .makeFolder: "make a folder here"
    case .write: "write this file"
    case .move: "move the new output here"
    case .remove: "remove this"
    case .lock: "take the lock"
    }
  }
}
