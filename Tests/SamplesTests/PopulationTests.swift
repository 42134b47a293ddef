import Testing

@testable import Samples

@Suite("The population of a sample")
struct PopulationTests {
  @Test("of every hundred children exactly the shares take each course", arguments: [1, 7, 2026])
  func shares(seed: UInt64) {
    let population = Population(children: 1000, seed: seed)
    for block in 0..<10 {
      var counts: [Course: Int] = [:]
      for child in block * 100..<block * 100 + 100 {
        counts[population.place(of: child).course, default: 0] += 1
      }
      for course in Course.allCases {
        #expect(counts[course] == course.share, "\(course) in hundred \(block) of seed \(seed)")
      }
    }
  }

  @Test("no worker has more children than the rules let one hold, and each has a row")
  func workers() {
    let population = Population(children: 2350, seed: 3)
    var places: Set<[Int]> = []
    var loads: [[Int]: Int] = [:]
    for child in 0..<2350 {
      let place = population.place(of: child)
      let service = place.course.service
      let worker = population.worker(ofPlace: place.inService)
      #expect(worker < population.workers(in: service))
      places.insert([service.rawValue, place.inService])
      loads[[service.rawValue, worker], default: 0] += 1
    }
    #expect(places.count == 2350, "two children have one place")
    #expect(loads.values.max() == Population.childrenPerWorker)
  }

  @Test("no two children have one name, and no two workers")
  func names() {
    for seed in [UInt64(1), 65_535, .max] {
      var names: Set<String> = []
      // More than there are pairs of one forename and one surname.
      for child in 0..<140_000 {
        let name = PeoplesNames.child(child, seed: seed)
        names.insert("\(name.forename)|\(name.surname)")
      }
      #expect(names.count == 140_000)
    }
    #expect(Set((10_000..<30_000).map { PeoplesNames.worker($0) }).count == 20_000)
  }
}

@Suite("Chance")
struct SplitMix64Tests {
  @Test("it is the published generator")
  func published() {
    // The first numbers from the seed 1234567 (Vigna's reference implementation).
    var random = SplitMix64(state: 1_234_567)
    #expect(random.next() == 6_457_827_717_110_365_317)
    #expect(random.next() == 3_203_168_211_198_807_973)
    #expect(random.next() == 9_817_491_932_198_370_423)
  }

  @Test("numbers stay within their bounds and reach both ends")
  func bounds() {
    var random = SplitMix64(seed: 1, stream: 1)
    var seen: Set<Int> = []
    for _ in 0..<1000 { seen.insert(random.between(-2, 3)) }
    #expect(seen == [-2, -1, 0, 1, 2, 3])
    #expect(random.between(5, 4) == 5)
  }

  @Test("a child's numbers follow from the seed and the child alone")
  func streams() {
    var (a, again) = (SplitMix64(seed: 1, stream: 8), SplitMix64(seed: 1, stream: 8))
    #expect(a.next() == again.next())
    var firsts: Set<UInt64> = []
    for seed in UInt64(0)..<100 {
      for stream in 0..<100 {
        var random = SplitMix64(seed: seed, stream: stream)
        firsts.insert(random.next())
      }
    }
    #expect(firsts.count == 10_000)
  }
}
