import Foundation
import SystemPackage

/// Hands a mail to the system's own mail program, as sendmail(8) accepts it.
///
/// The mail begins with the header `To:`. The program reads it from its file, not from a pipe: if
/// this process is killed meanwhile, the program still gets the whole mail, where the end of a
/// pipe would look like the end of the mail. A program that has not ended within `patience` is
/// killed. If it had not read the mail to its end by then, it cannot have sent it, and the next run
/// tries again; otherwise it may have sent it.
public func deliver(
  _ mail: OutgoingMail, from: String, byProgram program: String,
  within patience: Duration = .seconds(60)
) throws {
  let first = String(decoding: mail.contents.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  guard first.hasPrefix("To: "), first.contains("@") else {
    throw HandOverFault(description: "this mail has no receiver. Remove it from the outbox.")
  }
  let process = Process()
  process.executableURL = URL(fileURLWithPath: program)
  // -i: a line with nothing but a dot does not end the mail.
  process.arguments = ["-i", "-f", from, "--", String(first.dropFirst(4))]
  process.standardOutput = FileHandle.nullDevice
  process.standardError = FileHandle.nullDevice
  let file = try MailFile(mail.path)
  process.standardInput = file.standardInput
  do {
    try process.run()
  } catch {
    throw HandOverFault(
      description:
        "\(program): this mail program could not be started. Install one, or name it with `program`."
    )
  }
  let deadline = ContinuousClock.now + patience
  while process.isRunning, ContinuousClock.now < deadline {
    Thread.sleep(forTimeInterval: 0.01)
  }
  let hangs = process.isRunning
  if hangs {
    // The whole group is ended, because the child of a shell script would otherwise go on.
    endGroup(of: process.processIdentifier)
  }
  // Called even if the program ended long ago: until then Foundation keeps the process object and
  // everything it holds.
  process.waitUntilExit()
  let isRead = file.readRest()
  if hangs { throw hanging(program, isRead: isRead, after: patience) }
  try checkEnd(of: process, program, isRead: isRead)
}

/// What follows from a program that had to be ended.
private func hanging(_ program: String, isRead: Bool, after patience: Duration) -> any Error {
  if isRead {
    return HandOverDoubt(description: "\(program) took it and had not ended after \(patience)")
  }
  return HandOverStall(
    description:
      "\(program): it had not read the mail after \(patience), and was ended. Look at the mail system; this is tried again."
  )
}

/// Throws unless a program ended well and has read the whole mail.
private func checkEnd(of process: Process, _ program: String, isRead: Bool) throws {
  guard process.terminationReason == .exit, process.terminationStatus == 0 else {
    throw HandOverFault(
      description: "\(program): \(words(ofEnd: process)); this is tried again."
    )
  }
  if !isRead {
    throw HandOverFault(
      description:
        "\(program): it ended well without reading the mail to its end. Name the mail program itself with `program`; this is tried again."
    )
  }
}

/// How a program failed, and where to look.
///
/// The codes are those of sysexits.h, which mail programs share.
private func words(ofEnd process: Process) -> String {
  let code = process.terminationStatus
  guard process.terminationReason == .exit else {
    return "signal \(code) ended it. Look at the mail system"
  }
  return switch code {
  case 67: "it ended with 67 (no such user). Look at the address"
  case 68: "it ended with 68 (no such host). Look at the address"
  case 69: "it ended with 69 (unavailable). Look at the mail system"
  case 75: "it ended with 75 (try again later). If it goes on so, look at the mail system"
  case 77: "it ended with 77 (not permitted). Look at the mail system"
  default: "it ended with \(code). Look at the mail system"
  }
}

/// What a mail program reads from: an open file, of which this process and the program share the
/// place up to which it has been read.
private struct MailFile: ~Copyable {
  private let file: FileDescriptor

  init(_ path: String) throws(DeliveryFault) {
    let path = FilePath(path)
    file = try attempt(.look, path) {
      try FileDescriptor.open(path, .readOnly, options: [.noFollow, .closeOnExec])
    }
  }

  deinit { try? file.close() }

  var standardInput: FileHandle {
    FileHandle(fileDescriptor: file.rawValue, closeOnDealloc: false)
  }

  /// Reads what the program has left, so that nobody reads it later, and tells whether that was
  /// nothing.
  func readRest() -> Bool {
    let file = file
    var unread = 0
    var piece = [UInt8](repeating: 0, count: 1 << 12)
    do {
      while true {
        // Sound: the bytes are lent to a single call, which writes within their count.
        let count = try unsafe piece.withUnsafeMutableBytes { unsafe try file.read(into: $0) }
        if count == 0 { return unread == 0 }
        unread += count
      }
    } catch {
      // Only a file that can be read to its end shows that the program has.
      return false
    }
  }
}
