import ArgumentParser
import Foundation

/// How much of the machine a command may use.
struct EffortOptions: ParsableArguments {
  @Option(help: "How many threads work at once; as many as there are cores when absent.")
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "The most memory to take, such as 512M; private files in TMPDIR lend the rest. A quarter of the machine's when absent.",
      valueName: "size"))
  var memory: MemorySize?

  mutating func validate() throws {
    if let threads, !(1...512).contains(threads) {
      throw ValidationError("--threads wants a number from 1 to 512, not \(threads).")
    }
  }

  var threadCount: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }
}
