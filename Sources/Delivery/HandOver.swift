internal import Foundation
internal import SystemPackage

/// Why a mail could not be handed over; nothing out of the mail.
public struct HandOverFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong and what to do.
  public var description: String
}

/// It cannot be known whether a mail was handed over: it must not be tried again.
struct HandOverDoubt: Error {}

/// Puts a mail into a maildir (<https://cr.yp.to/proto/maildir.html>), in one step and once only.
public func deliver(_ contents: [UInt8], named name: String, toMaildir path: String) throws {
  let folder = FilePath(path)
  for part in [folder, folder.appending("tmp"), folder.appending("new"), folder.appending("cur")] {
    try attempt(.makeFolder, part) {
      do { try makeFolder(part) } catch Errno.fileExists {}
    }
  }
  // By its name it is known to be there already, should a run have died after this step.
  if (try? folder.appending("new").appending(name).stat()) != nil { return }
  let partial = folder.appending("tmp").appending(name)
  try replaceFile(partial.string, with: contents)
  try attempt(.move, partial) {
    try move(partial, to: folder.appending("new").appending(name))
  }
}

/// Hands a mail to the system's own mail program, as sendmail(8) takes it.
///
/// `contents` begins with the header `To:`. The program gets a minute.
public func deliver(_ contents: [UInt8], from: String, byProgram program: String) throws {
  let end = contents.firstIndex(of: UInt8(ascii: "\n")) ?? contents.endIndex
  let first = String(decoding: contents[..<end], as: UTF8.self)
  guard first.hasPrefix("To: "), first.contains("@") else {
    throw HandOverFault(description: "this mail has no receiver. Remove it from the outbox.")
  }
  let process = Process()
  process.executableURL = URL(fileURLWithPath: program)
  // -i: a line with a dot alone does not end the mail.
  process.arguments = ["-i", "-f", from, "--", String(first.dropFirst(4))]
  let input = Pipe()
  process.standardInput = input
  process.standardOutput = FileHandle.nullDevice
  process.standardError = FileHandle.nullDevice
  do {
    try process.run()
  } catch {
    throw HandOverFault(
      description:
        "\(program): this mail program could not be started. Install one, or name it with `program`."
    )
  }
  let deadline = Date(timeIntervalSinceNow: 60)
  let writer = Thread {
    // Where the program has gone away, its exit status says so.
    try? input.fileHandleForWriting.write(contentsOf: Data(contents))
    try? input.fileHandleForWriting.close()
  }
  writer.start()
  while process.isRunning, Date() < deadline { Thread.sleep(forTimeInterval: 0.01) }
  if process.isRunning {
    process.terminate()
    throw HandOverDoubt()
  }
  guard process.terminationReason == .exit, process.terminationStatus == 0 else {
    throw HandOverFault(
      description:
        "\(program): it ended with \(process.terminationStatus). Look at the mail system; this is tried again."
    )
  }
}
