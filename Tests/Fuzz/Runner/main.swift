import FuzzDriver
import Glibc

// The program that scripts/fuzz builds: `fuzz TARGET`, then the arguments of any libFuzzer program.
//
// `unsafe` is libFuzzer's interface: the bytes are copied before the call returns, and the
// arguments live as long as the program.

enum Chosen {
  static let target = fuzzTargets.first { CommandLine.arguments.dropFirst().first == $0.name }
}

guard Chosen.target != nil else {
  print("usage: fuzz TARGET, one of \(fuzzTargets.map { $0.name }.joined(separator: ", "))")
  exit(64)
}
// What lives as long as the program is no leak, even where the sanitizer does not see the pointer
// to it: Swift keeps an enum's case in the pointer's spare bits.
__lsan_disable()
try Chosen.target?.prepare()
__lsan_enable()
var arguments = unsafe CommandLine.arguments.enumerated().filter { $0.offset != 1 }.map {
  unsafe strdup($0.element)
}
unsafe arguments.append(nil)
var count = Int32(CommandLine.arguments.count - 1)
let status = unsafe arguments.withUnsafeMutableBufferPointer { arguments in
  var start = arguments.baseAddress
  return unsafe LLVMFuzzerRunDriver(&count, &start) { bytes, count in
    let input = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
    do {
      try Chosen.target?.run(input)
    } catch {
      fatalError("\(error)")
    }
    return 0
  }
}
exit(status)
