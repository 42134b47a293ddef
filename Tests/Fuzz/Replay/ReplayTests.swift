import Foundation
import Testing

/// An input that fuzzing found, or one from which it sets out.
struct FoundInput: CustomTestStringConvertible, Sendable {
  let target: any FuzzTarget.Type
  let file: URL

  var testDescription: String { "\(target.name)/\(file.lastPathComponent)" }

  private static let corpus = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Corpus")

  /// The folders of inputs, which are to be named as the targets that take them.
  static let folders =
    ((try? FileManager.default.contentsOfDirectory(atPath: corpus.path)) ?? []).sorted()

  static let all: [FoundInput] = fuzzTargets.flatMap { target in
    let files =
      (try? FileManager.default.contentsOfDirectory(
        at: corpus.appending(path: target.name), includingPropertiesForKeys: nil)) ?? []
    return files.sorted { $0.path < $1.path }.map { FoundInput(target: target, file: $0) }
  }

  /// Runs its target on it; returns whether casecheck accepted it.
  func run() async throws -> Bool {
    let (target, bytes) = (target, try Array(Data(contentsOf: file)))
    return try await onItsOwnThread { try target.run(bytes) }
  }
}

/// Does work that needs as much stack as the main thread has, on which casecheck reads and checks.
private func onItsOwnThread<Result: Sendable>(
  _ work: @escaping @Sendable () throws -> Result
) async throws -> Result {
  try await withCheckedThrowingContinuation { continuation in
    let thread = Thread { continuation.resume(with: Swift.Result { try work() }) }
    thread.stackSize = 8 << 20
    thread.start()
  }
}

/// What fuzzing has found stays fixed: its inputs are kept and replayed.
@Suite("Inputs that fuzzing found")
struct ReplayTests {
  @Test("each folder is of a target, and each target has one")
  func targets() {
    #expect(FoundInput.folders == fuzzTargets.map { $0.name }.sorted())
  }

  @Test("what is promised of any bytes holds for them", arguments: FoundInput.all)
  func replay(_ input: FoundInput) async throws {
    _ = try await input.run()
  }

  @Test(
    "what is promised of bytes that are accepted is asked of some",
    arguments: fuzzTargets.map { $0.name })
  func accepted(_ target: String) async throws {
    var accepted: [String] = []
    for input in FoundInput.all where input.target.name == target {
      if try await input.run() { accepted.append(input.testDescription) }
    }
    #expect(!accepted.isEmpty, "casecheck refuses every input of \(target)")
  }

  @Test("a promise that is broken is told, also on a thread of its own")
  func broken() async {
    #expect(throws: BrokenPromise.self) { try promise(false, "broken") }
    await #expect(throws: BrokenPromise.self) {
      try await onItsOwnThread { try promise(false, "broken") }
    }
  }
}
