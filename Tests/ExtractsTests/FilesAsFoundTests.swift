import Foundation
import Testing
import Values

@testable import Extracts

@Suite("Files that are written to after they were read")
struct FilesAsFoundTests {
  enum Change: CaseIterable {
    case none, grown, rewritten, replaced, gone
  }

  @Test(
    "told where the same file has another content, not where it was moved",
    arguments: Change.allCases)
  func told(_ change: Change) throws {
    let folder = try Folder()
    let text = "Visit ID,Person ID\nV1,1\n"
    let url = URL(fileURLWithPath: try folder.write(text.utf8, to: "visits.csv").path)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_450_000_000)], ofItemAtPath: url.path)
    let files = findExtracts(at: [folder.path]).files
    let found = FilesAsFound(files)
    var pool = StringPool()
    let request = ReadingRequest(
      definition: visits, keptFields: Set(visits.fields.indices), asOf: asOf)
    var tables = [
      readTable(request, files: files, pool: &pool, progress: { _, _ in }, settings: ReadSettings())
    ]
    switch change {
    case .none: break
    case .grown:
      let handle = try FileHandle(forWritingTo: url)
      try handle.seekToEnd()
      try handle.write(contentsOf: Data("V2,2\n".utf8))
      try handle.close()
    case .rewritten:
      let handle = try FileHandle(forWritingTo: url)
      try handle.write(contentsOf: Data(text.replacing("V1,1", with: "V1,2").utf8))
      try handle.close()
    case .replaced:
      let other = URL(
        fileURLWithPath: try folder.write((text + "V2,2\n").utf8, to: "other.part").path)
      try FileManager.default.removeItem(at: url)
      try FileManager.default.moveItem(at: other, to: url)
    case .gone: try FileManager.default.removeItem(at: url)
    }
    for _ in 0..<2 { found.reportWritten(in: &tables) }
    let told = tables[0].files[0].faults.count { $0.kind == .changedWhileRead }
    #expect(told == (change == .grown || change == .rewritten ? 1 : 0))
  }
}
