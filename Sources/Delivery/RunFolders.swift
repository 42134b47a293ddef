import Foundation
import OutputNames
import SystemPackage

/// The folders of a scheduled job's runs, each named by its as-of date, with `latest` beside them.
public struct RunFolders: Sendable {
  private let parent: String
  private let prefix: String
  private let suffix: String

  /// The folders that `pattern` describes; nil unless its last part holds `{asOf}` exactly once.
  public init?(pattern: String) {
    let path = FilePath(pattern)
    guard let last = path.lastComponent?.string else { return nil }
    let parts = last.split(separator: "{asOf}", omittingEmptySubsequences: false)
    let above = path.removingLastComponent()
    guard parts.count == 2, !above.string.contains("{asOf}") else { return nil }
    parent = above.isEmpty ? "." : above.string
    prefix = String(parts[0])
    suffix = String(parts[1])
  }

  /// The folder of a run.
  public func folder(of asOf: String) -> String {
    FilePath(parent).appending(prefix + asOf + suffix).string
  }

  /// What `latest` leads to; nil where it is not there or no link.
  public var latest: String? {
    try? FileManager.default.destinationOfSymbolicLink(
      atPath: FilePath(parent).appending(RunOutput.latest).string)
  }

  /// The folder that `latest` leads to, if it belongs to another job.
  ///
  /// Such a job has its run folders in the same place, but names them by another pattern.
  public var latestOfAnother: String? {
    guard let latest, asOf(in: latest) == nil,
      (try? FilePath(parent).appending(latest).appending(RunOutput.runFile).stat()) != nil
    else { return nil }
    return latest
  }

  /// Checks that `latest` can be pointed at a run.
  ///
  /// Anything of that name other than a link is a fault.
  public func checkLatest() throws(DeliveryFault) {
    let link = FilePath(parent).appending(RunOutput.latest)
    if let state = try? link.stat(followTargetSymlink: false), state.type != .symbolicLink {
      throw .inTheWay(path: link.string)
    }
  }

  /// Points `latest` at the newest run, in one step.
  ///
  /// Anything of that name other than a link is a fault and is left alone.
  public func pointLatest() throws(DeliveryFault) {
    let link = FilePath(parent).appending(RunOutput.latest)
    guard let newest = try runs().last else { return }
    let name = prefix + newest + suffix
    let partial = FilePath(parent).appending(".\(RunOutput.latest).partial-\(ownProcessID())")
    clearPartials(of: RunOutput.latest, in: FilePath(parent))
    try checkLatest()
    try attempt(.move, link) {
      try? removeFile(partial)
      try makeLink(partial, to: FilePath(name))
      do {
        try move(partial, to: link)
      } catch {
        try? removeFile(partial)
        throw error
      }
    }
  }

  /// Removes the lists of all but the newest `count` runs, and what killed runs left beside them.
  ///
  /// Only folders that casecheck wrote are removed, and never that of the current run. Returns the
  /// folders that should have been removed and are still there.
  public func retire(
    keeping count: Int?, besides current: String
  ) throws(DeliveryFault) -> [OldLists] {
    var left: [OldLists] = []
    for asOf in try hidden() {
      left += try OutputPlace(folder(of: asOf)).clearLeftovers(calls: DiskCalls())
        .map { .stuck(path: $0) }
    }
    guard let count else { return left }
    for asOf in try runs().dropLast(count) where asOf != current {
      if let lists = retire(try OutputPlace(folder(of: asOf))) { left.append(lists) }
    }
    return left
  }

  /// Removes the lists of one run; returns them if they are still there.
  ///
  /// A folder in which somebody keeps notes stays. Any other is first given a hidden name, so that
  /// nobody sees it half empty and the next run clears the rest if this one dies.
  private func retire(_ place: OutputPlace) -> OldLists? {
    let path = place.folder.string
    do throws(DeliveryFault) {
      guard try place.hasOldOutput(besides: []) else { return .stuck(path: path) }
    } catch {
      switch error {
      case .foreignEntry(_, let entry): return .kept(path: path, entry: entry)
      case .foreignFolder: return .kept(path: path, entry: RunOutput.runFile)
      default: return .stuck(path: path)
      }
    }
    let leaving = place.partial(of: ownProcessID())
    guard (try? move(place.folder, to: leaving)) != nil else { return .stuck(path: path) }
    return (try? removeTree(leaving)) == nil ? .stuck(path: leaving.string) : nil
  }

  /// The as-of dates of the runs whose lists exist, oldest first; none if the folder is unreadable.
  public var days: [String] { (try? runs()) ?? [] }

  /// The as-of dates of the runs whose folders exist and hold a `run.json`, oldest first.
  private func runs() throws(DeliveryFault) -> [String] {
    try names().compactMap { asOf(in: $0) }.filter {
      let path = FilePath(folder(of: $0)).appending(RunOutput.runFile)
      return (try? path.stat(followTargetSymlink: false))?.type == .regular
    }
  }

  /// The as-of dates of the runs that left hidden folders behind.
  private func hidden() throws(DeliveryFault) -> Set<String> {
    Set(
      try names().compactMap { name -> String? in
        guard name.first == ".",
          let end = name.lastRange(of: ".partial-") ?? name.lastRange(of: ".previous-")
        else { return nil }
        return asOf(in: String(name[name.index(after: name.startIndex)..<end]))
      })
  }

  private func names() throws(DeliveryFault) -> [String] {
    let folder = FilePath(parent)
    return try attempt(.look, folder) { try entries(of: folder).map(\.string) }
  }

  /// The date in the name of a run's folder; nil in any other name.
  private func asOf(in name: String) -> String? {
    guard name.hasPrefix(prefix), name.hasSuffix(suffix),
      name.utf8.count == prefix.utf8.count + 10 + suffix.utf8.count
    else { return nil }
    let date = String(name.dropFirst(prefix.count).prefix(10))
    let isDate = date.utf8.enumerated().allSatisfy { place, byte in
      place == 4 || place == 7
        ? byte == UInt8(ascii: "-") : (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    return isDate ? date : nil
  }
}

extension String {
  /// The range of the last occurrence of a text.
  fileprivate func lastRange(of text: String) -> Index? {
    var found: Index?
    var start = startIndex
    while let range = self[start...].firstRange(of: text) {
      found = range.lowerBound
      start = range.upperBound
    }
    return found
  }
}
