import Delivery
import Glibc
import Logging

/// The messages for a run that a signal ends.
enum StopWords {
  /// Ends a run cleanly on SIGTERM, SIGINT and SIGHUP, and says what is in place.
  static func listen(
    _ logger: Logger,
    before: String = "The lists and the ledger are as they were before it. Run again.",
    inPlace: String =
      "Its lists are in place and recorded. Run again with the same as-of date for what comes after: latest and the mail."
  ) -> CleanStop {
    let stop = CleanStop()
    stop.listen { signal, isInPlace in
      let names = [SIGTERM: "SIGTERM", SIGINT: "SIGINT", SIGHUP: "SIGHUP"]
      let stands = isInPlace ? inPlace : before
      logger.error("casecheck: stopped by \(names[signal] ?? "a signal"). \(stands)")
    }
    return stop
  }
}
