import Foundation
import SystemPackage

/// Hands a mail to the system's own mail program, as sendmail(8) accepts it.
///
/// `contents` begins with the header `To:`. A program that has not ended within `patience` is
/// killed. If it had not read the mail to its end by then, it cannot have sent it, and the next run
/// tries again; otherwise it may have sent it.
public func deliver(
  _ contents: [UInt8], from: String, byProgram program: String,
  within patience: Duration = .seconds(60)
) throws {
  let end = contents.firstIndex(of: UInt8(ascii: "\n")) ?? contents.endIndex
  let first = String(decoding: contents[..<end], as: UTF8.self)
  guard first.hasPrefix("To: "), first.contains("@") else {
    throw HandOverFault(description: "this mail has no receiver. Remove it from the outbox.")
  }
  let process = Process()
  process.executableURL = URL(fileURLWithPath: program)
  // -i: a line with nothing but a dot does not end the mail.
  process.arguments = ["-i", "-f", from, "--", String(first.dropFirst(4))]
  process.standardOutput = FileHandle.nullDevice
  process.standardError = FileHandle.nullDevice
  var pipe = try MailPipe()
  process.standardInput = pipe.standardInput
  do {
    try process.run()
  } catch {
    throw HandOverFault(
      description:
        "\(program): this mail program could not be started. Install one, or name it with `program`."
    )
  }
  let deadline = ContinuousClock.now + patience
  var rest = contents[...]
  while process.isRunning, ContinuousClock.now < deadline {
    pipe.write(&rest)
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
  let isRead = pipe.close(unwritten: rest)
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
      description:
        "\(program): it ended with \(process.terminationStatus). Look at the mail system; this is tried again."
    )
  }
  if !isRead {
    throw HandOverFault(
      description:
        "\(program): it ended well without reading the mail to its end. Name the mail program itself with `program`; this is tried again."
    )
  }
}

/// What a mail program reads from: a pipe of which this process keeps both ends.
///
/// This shows afterwards whether the program has read everything, and a program that quits early
/// does not cause a broken pipe.
private struct MailPipe: ~Copyable {
  private let reading: FileDescriptor
  private var writing: FileDescriptor?

  init() throws {
    let ends = try FileDescriptor.pipe()
    reading = ends.readEnd
    writing = ends.writeEnd
    // If the system refuses, writing merely blocks for as long as the program does not read.
    try? waitForNothing(ends.writeEnd)
  }

  deinit {
    try? reading.close()
    try? writing?.close()
  }

  var standardInput: FileHandle {
    FileHandle(fileDescriptor: reading.rawValue, closeOnDealloc: false)
  }

  /// Writes as much as the pipe takes now, and closes it after the last byte.
  mutating func write(_ rest: inout ArraySlice<UInt8>) {
    // Sound: the bytes are lent to a single call, which copies them.
    while let writing, !rest.isEmpty,
      let count = unsafe try? rest.withUnsafeBytes({ unsafe try writing.write($0) }), count > 0
    {
      rest = rest.dropFirst(count)
    }
    if rest.isEmpty { end() }
  }

  private mutating func end() {
    try? writing?.close()
    writing = nil
  }

  /// Closes the pipe and tells whether the program has read everything.
  ///
  /// The pipe is drained of the rest, so that nobody reads it later.
  mutating func close(unwritten rest: ArraySlice<UInt8>) -> Bool {
    end()
    var unread = rest.count
    var piece = [UInt8](repeating: 0, count: 1 << 12)
    while let count = unsafe try? piece.withUnsafeMutableBytes({ unsafe try reading.read(into: $0) }
    ),
      count > 0
    {
      unread += count
    }
    return unread == 0
  }
}
