import Values

/// The places of a list's elements, by a key made of some of their values.
///
/// It holds half of each key's hash and nothing of the key: twelve to sixteen bytes an element, in
/// memory that a file can lend, where a dictionary takes about a hundred.
struct JoinIndex: Sendable {
  /// Half of the hash of each element's key.
  private let tags: ColumnValues<UInt32>
  /// Where the elements of each bucket begin in `places`; one more at the end.
  private let starts: ColumnValues<Int32>
  /// The elements by bucket, those of one bucket in the order of the list.
  private let places: ColumnValues<Int32>
  /// The bits of a tag below those that are the number of its bucket.
  private let shift: UInt32
  /// The elements for which one of the key's values is absent.
  let without: [Int32]

  /// Indexes elements by the hashes of their keys; nil is an element with an absent value.
  init(count: Int, in spill: ColumnSpill?, _ hash: (Int) -> Int?) {
    var bits: UInt32 = 1
    while 1 << bits < count, bits < 30 { bits += 1 }
    let shift = 32 - bits
    var without: [Int32] = []
    let tags = ColumnValues<UInt32>(count: count, in: spill) { tags in
      for place in 0..<count {
        if let hash = hash(place) {
          tags[place] = Self.tag(of: hash)
        } else {
          without.append(Int32(place))
        }
      }
    }
    var places = ColumnValues<Int32>()
    starts = ColumnValues(count: 1 << Int(bits) + 1, in: spill) { starts in
      // First where each bucket ends: from there its elements are put in place backwards.
      for tag in tags { starts[Int(tag >> shift)] += 1 }
      for absent in without { starts[Int(tags[Int(absent)] >> shift)] -= 1 }
      var end: Int32 = 0
      for bucket in starts.indices {
        end += starts[bucket]
        starts[bucket] = end
      }
      places = ColumnValues(count: Int(end), in: spill) { places in
        var absent = without.endIndex - 1
        for place in (0..<count).reversed() {
          if absent >= 0, Int(without[absent]) == place {
            absent -= 1
            continue
          }
          let bucket = Int(tags[place] >> shift)
          starts[bucket] -= 1
          places[Int(starts[bucket])] = Int32(place)
        }
      }
    }
    self.tags = tags
    self.places = places
    self.shift = shift
    self.without = without
  }

  /// The places of the elements whose key has a hash, in the order of the list.
  ///
  /// Some elements with other keys may be among them, so the caller must check each.
  func places(of hash: Int) -> [Int32] {
    let tag = Self.tag(of: hash)
    let bucket = Int(tag >> shift)
    var found: [Int32] = []
    for index in Int(starts[bucket])..<Int(starts[bucket + 1]) {
      let place = places[index]
      if tags[Int(place)] == tag { found.append(place) }
    }
    return found
  }

  private static func tag(of hash: Int) -> UInt32 { UInt32(truncatingIfNeeded: hash) }
}
