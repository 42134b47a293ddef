import Foundation
import TestSupport
import Testing

/// The configuration, the crontab line and the units that come with casecheck.
extension JobTests {
  /// A PNG of a single point.
  private static let logo =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

  @Test(
    "the configuration, the crontab line and the units that come with casecheck are as they should be"
  )
  func cron() throws {
    let scratch = try job()
    let folder = projectFolder.appendingPathComponent("scripts/cron")
    var text = String(
      decoding: try Data(contentsOf: folder.appendingPathComponent("casecheck.yaml")), as: UTF8.self
    )
    // The keys that are commented out must be right as well.
    text = text.split(separator: "\n").map { line in
      line.hasPrefix("# ") && line.contains(": ") && !line.contains("scheduled job")
        ? String(line.dropFirst(2)) : String(line)
    }.joined(separator: "\n")
    for (from, to) in [
      ("/srv/paris/weekly", scratch.path("extracts")),
      ("/srv/paris/last-month", scratch.path("extracts")),
      ("/usr/local/share/casecheck/Rules", projectFolder.appendingPathComponent("Rules").path),
      ("/srv/casecheck", scratch.path("srv")), ("/var/lib/casecheck", scratch.url.path),
      ("/etc/casecheck/key", scratch.path("key")),
    ] {
      text = text.replacing(from, with: to)
    }
    try scratch.write(String(repeating: "0a1b2c3d", count: 8), to: "key")
    let style = "Sources/Reports/Templates/style.mustache"
    try scratch.write(
      String(contentsOf: projectFolder.appendingPathComponent(style), encoding: .utf8),
      to: "our-templates/style.mustache")
    try Data(base64Encoded: Self.logo)?.write(
      to: URL(fileURLWithPath: scratch.path("logo.png")))
    try scratch.write(text, to: "installed.yaml")
    let outcome = try BuiltProgram().run([
      "run", "--config", scratch.path("installed.yaml"), "--as-of", "2016-01-20",
    ])
    #expect(outcome.status == 3, "\(outcome.errors)")
    #expect(outcome.errors.contains("error") == false, "\(outcome.errors)")
    let units = ["casecheck.service", "casecheck-failed.service", "casecheck.timer"].map {
      folder.appendingPathComponent($0).path
    }
    let program = "/usr/bin/systemd-analyze"
    guard FileManager.default.isExecutableFile(atPath: program) else { return }
    let verify = Process()
    verify.executableURL = URL(fileURLWithPath: program)
    verify.arguments = ["verify", "--man=no"] + units
    let errors = Pipe()
    verify.standardError = errors
    try verify.run()
    let said = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    verify.waitUntilExit()
    // That the program is not installed here is no mistake of the units.
    let complaints = said.split(separator: "\n").filter {
      $0.contains("casecheck") && !$0.contains("not executable")
    }
    #expect(complaints.isEmpty, "\(said)")
  }
}
