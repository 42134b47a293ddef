import Foundation
import Mustache

/// The templates of the pages and mails: casecheck's own, or a council's that replace them.
public struct PageTemplates: Sendable {
  /// A mistake in a council's template.
  public struct Mistake: Error, Hashable, Sendable {
    /// The file.
    public var file: String
    /// The line, from 1.
    public var line: Int
    /// What is wrong, without a full stop.
    public var what: String

    /// A mistake.
    public init(file: String, line: Int, what: String) {
      self.file = file
      self.line = line
      self.what = what
    }
  }

  /// The names of all templates; the file of each adds `.mustache`.
  public static let names = [
    "style", "script", "parts", "drift", "index", "rule", "mail.html", "mail.txt",
  ]

  /// A council's templates and casecheck's for the rest; nil if there are only casecheck's.
  private let library: MustacheLibrary?

  /// The templates that come with casecheck.
  public init() throws(Mistake) { try self.init(overridingFrom: nil) }

  /// The templates, replaced by those in a folder; a file of any other name is a mistake.
  public init(overridingFrom folder: String?) throws(Mistake) {
    let files = try PageTemplates.files(in: folder)
    guard !files.isEmpty else {
      library = nil
      return
    }
    var texts = PageTemplates.own
    for (name, file) in files {
      guard let data = FileManager.default.contents(atPath: file) else {
        throw Mistake(file: file, line: 1, what: "this template cannot be read")
      }
      guard let text = String(validating: data, as: UTF8.self) else {
        throw Mistake(
          file: file, line: 1, what: "this template is not UTF-8; save it as UTF-8 text")
      }
      texts[name] = (file, text)
    }
    try PageTemplates.refuseLoops(texts)
    library = try PageTemplates.library(of: texts)
  }

  /// casecheck's own, parsed when the first page asks for them: a run without pages need not wait.
  private static let ownLibrary = Result { () throws(Mistake) in
    var plain = PlainLines()
    var texts = own
    for (name, text) in own {
      // `named` comes first, because the lines taken out may hold the markup that identifies a
      // page.
      texts[name]?.text = plain.takenOut(of: PageEscaping.named(in: text.text, of: name))
    }
    return (library: try library(of: texts), plain: plain)
  }

  /// Parses casecheck's templates in time for the first page, on an otherwise idle thread.
  public func prepare() {
    if library == nil { _ = PageTemplates.ownLibrary }
  }

  private static func library(
    of texts: [String: (file: String, text: String)]
  ) throws(Mistake) -> MustacheLibrary {
    MustacheContentTypes.register(PageEscaping(), named: PageEscaping.name)
    var templates: [String: MustacheTemplate] = [:]
    for (name, (file, text)) in texts {
      do {
        templates[name] = try MustacheTemplate(string: PageEscaping.named(in: text, of: name))
      } catch let error as MustacheTemplate.ParserError {
        throw Mistake(
          file: file, line: error.context.lineNumber,
          what: "this template has a mistake: \(error.error)")
      } catch {
        throw Mistake(file: file, line: 1, what: "this is no Mustache template")
      }
    }
    return MustacheLibrary(templates: templates)
  }

  /// The template's files in a folder, by name.
  private static func files(in folder: String?) throws(Mistake) -> [(name: String, file: String)] {
    guard let folder else { return [] }
    guard let entries = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw Mistake(file: folder, line: 1, what: "there is no folder of templates here")
    }
    var found: [(name: String, file: String)] = []
    for entry in entries.sorted() where entry.hasSuffix(".mustache") {
      let name = String(entry.dropLast(".mustache".count))
      guard names.contains(name) else {
        throw Mistake(
          file: folder + "/" + entry, line: 1,
          what: "there is no template of this name; there are \(names.joined(separator: ", "))")
      }
      found.append((name, folder + "/" + entry))
    }
    return found
  }

  /// Refuses a template that includes a missing one, or includes itself in any way.
  ///
  /// The latter would never end.
  private static func refuseLoops(_ texts: [String: (file: String, text: String)]) throws(Mistake) {
    var parts: [String: [String]] = [:]
    for (name, (file, text)) in texts.sorted(by: { $0.key < $1.key }) {
      parts[name] = text.matches(of: /{{\s*[>$<#^]?\s*[>]\s*([^}]*?)\s*}}/).map { String($0.1) }
      for part in parts[name] ?? [] where texts[part] == nil {
        throw Mistake(
          file: file, line: 1,
          what: "there is no template `\(part)`; there are \(names.joined(separator: ", "))")
      }
    }
    for name in parts.keys.sorted() {
      var seen: Set<String> = []
      var open = parts[name] ?? []
      while let next = open.popLast() {
        if next == name {
          throw Mistake(
            file: texts[name]?.file ?? name, line: 1, what: "this template takes in itself")
        }
        if seen.insert(next).inserted { open += parts[next] ?? [] }
      }
    }
  }

  private static var own: [String: (file: String, text: String)] {
    let bytes: [String: [UInt8]] = [
      "style": PackageResources.style_mustache, "script": PackageResources.script_mustache,
      "parts": PackageResources.parts_mustache, "drift": PackageResources.drift_mustache,
      "index": PackageResources.index_mustache, "rule": PackageResources.rule_mustache,
      "mail.html": PackageResources.mail_html_mustache,
      "mail.txt": PackageResources.mail_txt_mustache,
    ]
    return bytes.reduce(into: [:]) { texts, item in
      texts[item.key] = (item.key + ".mustache", String(decoding: item.value, as: UTF8.self))
    }
  }

  /// A page.
  func render(_ context: PageContext, with name: String) -> [UInt8] {
    if let library { return Array((library.render(context, withTemplate: name) ?? "").utf8) }
    guard let own = try? PageTemplates.ownLibrary.get() else { return [] }
    var context = context
    context[PlainLines.name] = own.plain
    return Array((own.library.render(context, withTemplate: name) ?? "").utf8)
  }
}
