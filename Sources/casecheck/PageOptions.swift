import CheckRuns
import Diagnostics
import Foundation
import Reports
import Rulebooks

/// The templates and the brand of a run's pages.
enum PageOptions {
  /// Reads what the configuration names, or lists its mistakes and ends with their exit code.
  static func settings(
    _ output: OutputOptions, _ configuration: JobConfiguration? = nil
  ) throws -> PageSettings {
    do throws(PageTemplates.Mistake) {
      let templates = try PageTemplates(overridingFrom: configuration?.templates)
      return PageSettings(
        brand: try brand(configuration), templates: templates)
    } catch {
      RuleMistakes.log(
        [Diagnostic(at: SourcePosition(file: error.file, line: error.line), error.what)],
        to: output.logger)
      throw CheckExit.wrongRules
    }
  }

  /// The pseudonyms of a key file, or its mistakes and their exit code; nil without a key file.
  static func pseudonyms(_ path: String?, _ output: OutputOptions) throws -> Pseudonyms? {
    guard let path else { return nil }
    let (pseudonyms, mistakes) = Pseudonyms.load(path)
    RuleMistakes.log(mistakes, to: output.logger)
    guard let pseudonyms else { throw CheckExit.wrongRules }
    return pseudonyms
  }

  private static func brand(_ configuration: JobConfiguration?) throws(PageTemplates.Mistake)
    -> Brand
  {
    Brand(
      name: configuration?.brandName ?? Brand.unnamed,
      logo: try configuration?.brandLogo.map { path throws(PageTemplates.Mistake) in
        try picture(path)
      } ?? "", accent: configuration?.brandAccent ?? Brand.usualAccent)
  }

  /// A picture as a data address, which needs no request.
  ///
  /// PNG, JPEG, GIF or WebP, but never SVG, which can hold a script.
  private static func picture(_ path: String) throws(PageTemplates.Mistake) -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw PageTemplates.Mistake(
        file: path, line: 1,
        what: "there is no picture for `brand: logo:` here, or it cannot be read")
    }
    let kinds: [(start: [UInt8], type: String)] = [
      ([0x89, 0x50, 0x4E, 0x47], "png"), ([0xFF, 0xD8, 0xFF], "jpeg"), ([0x47, 0x49, 0x46], "gif"),
      ([0x52, 0x49, 0x46, 0x46], "webp"),
    ]
    guard let kind = kinds.first(where: { data.starts(with: $0.start) }), data.count <= 200_000
    else {
      throw PageTemplates.Mistake(
        file: path, line: 1, what: "a logo is a PNG, JPEG, GIF or WebP of at most 200,000 bytes")
    }
    return "data:image/\(kind.type);base64,\(data.base64EncodedString())"
  }
}
