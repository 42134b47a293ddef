import ArgumentParser
import Diagnostics
import Foundation
import Synchronization
import SystemPackage

/// Where the program's output goes.
enum Console {
  /// Whether a drawn line stands on standard error, for the next message to clear.
  private static let isDrawn = Mutex(false)
  private static let clearLine = "\r\u{1B}[K"

  /// Prints something for people on standard output, each line cleared of terminal controls.
  ///
  /// If it cannot be written, as on a full disk or a closed pipe, the run does not fail: the lists
  /// and the exit code still say it.
  static func say(_ text: String) {
    try? FileHandle.standardOutput.write(contentsOf: Data(printable(lines: text).utf8))
  }

  /// Prints what a command is for, each line cleared of terminal controls.
  ///
  /// - Throws: exit code 4, with a message on standard error, if not all of it could be written:
  ///   part of a case file might look as if all were well.
  static func show(_ text: String) throws(ExitCode) {
    try write(Array(printable(lines: text).utf8))
  }

  /// Writes a list for a program to standard output, unchanged unless that is a terminal.
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
      // The reader has seen enough, as `head` has.
    } catch {
      warn(
        "casecheck: standard output could not be written: \(error). What was to be shown is not whole.\n"
      )
      throw CheckExit.unfinished
    }
  }

  /// Prints a message on standard error, in place of a drawn line.
  static func warn(_ text: String) { replaceLine(by: printable(lines: text), isDrawn: false) }

  /// Draws a line on standard error, in place of the one drawn before.
  ///
  /// It is the program's own text, and does not end.
  static func draw(_ line: String) { replaceLine(by: clearLine + line, isDrawn: true) }

  /// Clears the drawn line, if one stands there.
  static func clear() { replaceLine(by: "", isDrawn: false) }

  private static func replaceLine(by text: String, isDrawn new: Bool) {
    isDrawn.withLock { isDrawn in
      let text = isDrawn && !new ? clearLine + text : text
      isDrawn = new
      guard !text.isEmpty else { return }
      try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
  }

  private static func printable(lines text: String) -> String {
    // By scalars, because Swift counts a carriage return and a line feed as one character.
    text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { harmless(String($0)) }.joined(separator: "\n")
  }
}
