import ArgumentParser
import Diagnostics
import Foundation
import SystemPackage

/// Where the program speaks.
enum Console {
  /// Says something to people on standard output, each line without what could steer a terminal.
  ///
  /// Where nobody can be told, as on a full disk or a closed pipe, the lists and the exit code
  /// still say it: the run does not fail for that.
  static func say(_ text: String) {
    try? FileHandle.standardOutput.write(contentsOf: Data(printable(lines: text).utf8))
  }

  /// Shows people what a command is for, each line without what could steer a terminal.
  ///
  /// - Throws: the exit code 4, with a word on standard error, where not all of it could be
  ///   written: what is left of a case file may look as if all were well.
  static func show(_ text: String) throws(ExitCode) {
    try write(Array(printable(lines: text).utf8))
  }

  /// Hands a list to a program on standard output, as it is; on a terminal a person reads it after
  /// all.
  ///
  /// - Throws: as `show`.
  static func hand(_ list: [UInt8]) throws(ExitCode) {
    guard isatty(FileHandle.standardOutput.fileDescriptor) == 0 else {
      return try show(String(decoding: list, as: UTF8.self))
    }
    try write(list)
  }

  /// The same of a text.
  static func hand(_ list: String) throws(ExitCode) { try hand(Array(list.utf8)) }

  private static func write(_ bytes: [UInt8]) throws(ExitCode) {
    do {
      try FileDescriptor.standardOutput.writeAll(bytes)
    } catch Errno.brokenPipe {
      // Whoever reads it has seen enough, as `head` has.
    } catch {
      warn(
        "casecheck: standard output could not be written: \(error). What was to be shown is not whole.\n"
      )
      throw CheckExit.unfinished
    }
  }

  /// Says something on standard error.
  static func warn(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(printable(lines: text).utf8))
  }

  /// Draws on a terminal that standard error is: what it gets is ours alone, and meant to steer it.
  static func draw(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  private static func printable(lines text: String) -> String {
    // By scalars: to Swift a carriage return and a line feed are one character.
    text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { harmless(String($0)) }.joined(separator: "\n")
  }
}
