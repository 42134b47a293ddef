import Dispatch
public import Foundation
import Synchronization

/// The program as it was built beside the tests, run as a user would run it.
public struct BuiltProgram: Sendable {
  /// The outcome of a run.
  public struct Outcome: Sendable {
    /// The exit code, or the negative number of the signal that ended it.
    public var status: Int32
    /// Standard output.
    public var output: String
    /// Standard error.
    public var errors: String
  }

  /// Stands for the program at `url`.
  public init() {}

  /// Where SwiftPM puts executables: beside the bundle of the tests.
  public static var url: URL {
    let bundle = Bundle.main.bundleURL
    for folder in [bundle, bundle.deletingLastPathComponent()] {
      let program = folder.appendingPathComponent("casecheck")
      if FileManager.default.isExecutableFile(atPath: program.path) { return program }
    }
    return bundle.appendingPathComponent("casecheck")
  }

  /// Runs it to its end.
  public func run(_ arguments: [String], in folder: URL? = nil) throws -> Outcome {
    let process = Process()
    process.executableURL = Self.url
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment
    // The leaks that the sanitizer ignores in the tests must not be ignored in the program.
    if let options = process.environment?["LSAN_OPTIONS"] {
      process.environment?["LSAN_OPTIONS"] = options.replacing(
        "leaks-of-tests", with: "leaks-of-program")
    }
    if let folder { process.currentDirectoryURL = folder }
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    // Both pipes are drained at once: a full one would stop the program.
    let collected = Mutex(Data())
    let done = DispatchSemaphore(value: 0)
    let queue = DispatchQueue(label: "errors")
    queue.async {
      let data = errors.fileHandleForReading.readDataToEndOfFile()
      collected.withLock { $0 = data }
      done.signal()
    }
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    done.wait()
    process.waitUntilExit()
    let status =
      process.terminationReason == .exit
      ? process.terminationStatus : -process.terminationStatus
    return Outcome(
      status: status, output: String(decoding: text, as: UTF8.self),
      errors: String(decoding: collected.withLock { $0 }, as: UTF8.self))
  }
}
