import ArgumentParser
import Foundation

/// Checks case-system extracts against rules and lists what each team has to put right.
@main
struct Casecheck: AsyncParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "casecheck",
    abstract:
      "Holds the exports of a case system against rules, and lists for each team what to put right.",
    discussion: """
      Reads CSV extracts (PARIS and its like), checks every record against the \
      rules in a folder, and writes exception lists per team. What cannot be \
      judged is listed as such, never passed over.

      EXAMPLE
        casecheck validate Samples/paris --rules Rules --as-of 2016-01-31 --out OUT

      EXIT CODES
        0   the run finished and found no exception, or none that is not waived
        1   the run finished and found exceptions (0 with --exit-zero)
        2   the rules or the configuration are wrong: every mistake is listed,
            nothing written
        3   an input cannot be trusted; what could be checked was
        4   the run could not finish; the previous output and the ledger are
            untouched
        64  the command line is wrong
        75  another run holds the lock
        129, 130, 143  stopped by SIGHUP, SIGINT or SIGTERM: nothing is half done
      """,
    version: version,
    subcommands: [
      Validate.self, Run.self, Rules.self, Case.self, History.self, Diff.self, Waive.self,
      LedgerCommand.self, Inspect.self, Sample.self,
    ])

  static func main() async {
    // A reader that goes away, such as `| head`, must not end a run midway.
    signal(SIGPIPE, SIG_IGN)
    // Swift reads the command line from /proc. Without /proc it is empty, and every command would
    // print the help and succeed.
    guard !CommandLine.arguments.isEmpty else {
      Console.warn(
        "casecheck: the command line cannot be read, as /proc is not there. Run it where /proc is mounted.\n"
      )
      exit(withError: CheckExit.unfinished)
    }
    takeMemoryInLargePieces()
    openManyFiles()
    do {
      var command = try parseAsRoot()
      do {
        if var asynchronous = command as? any AsyncParsableCommand {
          try await asynchronous.run()
        } else {
          try command.run()
        }
      } catch let mistake as ValidationError {
        Console.warn(words(of: mistake, in: type(of: command)))
        exit(withError: ExitCode.validationFailure)
      }
    } catch  where exitCode(for: error) == .success {
      exit(withError: error)
    } catch {
      // The parser's messages quote the command line, which a script may have built from anything.
      let words = fullMessage(for: error)
      if !words.isEmpty { Console.warn(words + "\n") }
      exit(withError: exitCode(for: error))
    }
  }

  /// What is told of a mistake that a command finds as it runs, in the form in which the parser
  /// tells its own.
  ///
  /// The parser no longer knows the command by then, and would give the usage of the whole program.
  private static func words(
    of mistake: ValidationError, in command: any ParsableCommand.Type
  ) -> String {
    let usage = usageString(for: command)
    let name = usage.prefix { $0 != "[" && $0 != "<" }.split(separator: " ")
    return """
      Error: \(mistake.message)
      Usage: \(usage)
        See '\(name.joined(separator: " ")) --help' for more information.

      """
  }
}
