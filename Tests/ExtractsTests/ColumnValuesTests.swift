import Foundation
import Testing
import Values

@testable import Extracts

@Suite("Columns in memory and in memory that files lend")
struct ColumnValuesTests {
  /// A spill that lends memory for any size, and lets go of all pages each time that it lends.
  private func spill(in folder: Folder) -> ColumnSpill {
    ColumnSpill(limit: 0, folder: folder.path, leastBytes: 1)
  }

  @Test("Values are those that were put in, and stay there while pages are let go")
  func values() throws {
    let folder = try Folder()
    let spill = spill(in: folder)
    let numbers = (0..<100_000).map { Int64($0 * 7) }
    let own = ColumnValues(numbers)
    let lent = ColumnValues(numbers, in: spill)
    let written = ColumnValues<Int64>(count: numbers.count, in: spill) { values in
      for index in values.indices { values[index] = numbers[index] }
    }
    spill.relax()
    #expect(own.elementsEqual(numbers))
    #expect(lent.elementsEqual(numbers))
    #expect(written.elementsEqual(numbers))
    #expect(ColumnValues<Int32>(count: 5) { _ in }.elementsEqual([0, 0, 0, 0, 0]))
    #expect(ColumnValues<Int32>().isEmpty)
    #expect(ColumnValues<UInt8>([]).isEmpty)
  }

  @Test("A join is its pieces, one after the other")
  func join() throws {
    let folder = try Folder()
    for spill in [nil, spill(in: folder)] {
      let join = ColumnJoin<Int32>(count: 7, in: spill)
      join.append([1, 2, 3])
      join.append([])
      join.append([4, -1]) { $0 < 0 ? -1 : $0 * 10 }
      join.append([5, 6])
      #expect(join.finish().elementsEqual([1, 2, 3, 40, -1, 5, 6]))
    }
  }

  private func write<Element>(_ values: [Element], to stretch: inout ColumnStretch<Element>)
    -> Bool
  {
    stretch.append(values.span)
  }

  @Test("Stretches of a room are put together where they stand, with what was read elsewhere")
  func room() throws {
    let folder = try Folder()
    for spill in [nil, spill(in: folder)] {
      let room = ColumnRoom<Int32>(count: 100_000, in: spill)
      var first = ColumnStretch(room, 2..<40_002)
      var second = ColumnStretch(room, 40_010..<40_013)
      let taken = [
        write(Array(0..<30_000), to: &first), write([1, 2, 3, 4], to: &second),
        write([-1, 7], to: &second),
      ]
      #expect(taken == [true, false, true])
      let pieces = [ColumnValues([-5, -6]), first.values, [9, 9], second.values, [8]]
      let join = try #require(ColumnJoin(pieces, in: room))
      for piece in pieces { join.append(piece) { $0 + 1 } }
      let whole = join.finish()
      #expect(whole.elementsEqual([-4, -5] + Array(1...Int32(30_000)) + [10, 10, 0, 8, 9]))
    }
  }

  @Test("Pieces that have no place before those in the room are put together elsewhere")
  func crowded() {
    let room = ColumnRoom<UInt8>(count: 5, in: nil)
    var stretch = ColumnStretch(room, 1..<4)
    let isTaken = write([1, 2], to: &stretch)
    #expect(isTaken)
    #expect(ColumnJoin([[9, 9], stretch.values], in: room) == nil)
    #expect(ColumnJoin([[9], stretch.values, [3, 4, 5]], in: room) == nil)
    #expect(ColumnJoin([[9], stretch.values, [3, 4]], in: room) != nil)
  }

  @Test("A part with more rows than it was given places for keeps them all", arguments: [0, 3, 9])
  func outgrown(places: Int) {
    let room = StorageRoom(like: .dates([]), count: 10, in: nil)
    var builder = ColumnBuilder(type: .date, isKey: false)
    builder.use(room.stretch(0..<places))
    for value in 0..<Int32(5) {
      builder.append(narrow: value)
      if value % 2 == 1 { builder.flush() }
    }
    guard case .dates(let values) = builder.take(nil).storage else { return #expect(Bool(false)) }
    #expect(values.elementsEqual(0..<5))
  }

  @Test("The files have no names")
  func nameless() throws {
    let folder = try Folder()
    let values = ColumnValues(Array(0..<Int32(100_000)), in: spill(in: folder))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    #expect(values.last == 99_999)
  }

  @Test("Where no file can lend, the machine's own memory does")
  func noFolder() {
    let spill = ColumnSpill(limit: 0, folder: "/nowhere/at/all", leastBytes: 1)
    #expect(ColumnValues([1, 2, 3], in: spill).elementsEqual([1, 2, 3]))
  }

  @Test("Tables are the same with and without files that lend", arguments: [1, 4])
  func tables(threads: Int) throws {
    let folder = try Folder()
    let rows = (0..<3_000).map {
      "V\($0 / 2),person \($0 % 50),0\($0 % 9 + 1)/01/2016,\"a\nb \($0)\"\n"
    }
    let file = try folder.write(
      ("visit_id,person_id,seen_on,note\n" + rows.joined()).utf8, to: "visits.csv")
    var definition = visits
    definition.multilineFields = [3]
    let request = ReadingRequest(
      definition: definition, keptFields: Set(visits.fields.indices), asOf: asOf)
    let readings = [nil, spill(in: folder)].map { spill in
      var settings = ReadSettings()
      settings.firstBlock = 1_000
      settings.block = 1_000
      settings.blocksInSegment = 3
      settings.spill = spill
      var pool = StringPool()
      let tables = readTables(
        [TableFiles(request: request, files: [file, file])], pool: &pool, threads: threads,
        progress: nil, settings: settings)
      return Reading(table: tables[0], pool: pool)
    }
    #expect(readings[0].rows.count == 6_000)
    #expect(readings[0].rows == readings[1].rows)
    #expect(readings[0].texts(of: "note") == readings[1].texts(of: "note"))
  }
}
