import Foundation
import Testing

/// An input that fuzzing found, or one from which it sets out.
struct FoundInput: CustomTestStringConvertible, Sendable {
  let target: any FuzzTarget.Type
  let file: URL

  var testDescription: String { "\(target.name)/\(file.lastPathComponent)" }

  static let all: [FoundInput] = fuzzTargets.flatMap { target in
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Corpus/\(target.name)")
    let files =
      (try? FileManager.default.contentsOfDirectory(
        at: folder, includingPropertiesForKeys: nil)) ?? []
    return files.sorted { $0.path < $1.path }.map { FoundInput(target: target, file: $0) }
  }
}

/// What fuzzing has found stays fixed: its inputs are kept and replayed.
@Suite("Inputs that fuzzing found")
struct ReplayTests {
  @Test("each target has some")
  func targets() {
    for target in fuzzTargets {
      #expect(FoundInput.all.contains { $0.target == target }, "\(target.name) has none")
    }
  }

  @Test("what is promised of any bytes holds for them", arguments: FoundInput.all)
  func replay(_ input: FoundInput) async throws {
    let bytes = try Array(Data(contentsOf: input.file))
    // On a thread of its own: a target may block until tasks are done, and those need the threads
    // on which the tests run.
    let result: Result<Void, any Error> = await withCheckedContinuation { continuation in
      let thread = Thread {
        continuation.resume(returning: Result { try input.target.run(bytes) })
      }
      // As much stack as the main thread has, on which casecheck reads and checks.
      thread.stackSize = 8 << 20
      thread.start()
    }
    try result.get()
  }
}
