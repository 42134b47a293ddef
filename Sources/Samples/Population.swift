/// Which course each child's case takes, and who works on it.
///
/// In each block of a hundred consecutive children, exactly as many take a course as its share
/// says, in an order drawn for the block. A child's place in their service is therefore known
/// without looking at other children, and no worker gets more than `childrenPerWorker`.
struct Population: Sendable {
  static let childrenPerWorker = 14
  static let childrenPerReviewingOfficer = 300

  let children: Int
  private let seed: UInt64

  /// The factors that share no divisor with 100.
  ///
  /// Multiplied by one of them, modulo 100, a hundred different numbers stay different.
  private static let factors = (1..<100).filter { $0 % 2 != 0 && $0 % 5 != 0 }

  init(children: Int, seed: UInt64) {
    self.children = children
    self.seed = seed
  }

  /// A child's course, and their place among the children of the service that works on it.
  func place(of child: Int) -> (course: Course, inService: Int) {
    let block = child / 100
    var chance = SplitMix64(seed: seed ^ 0x626C_6F63_6B, stream: block)
    let factor = chance.pick(Self.factors)
    let slot = (child % 100 * factor + chance.below(100)) % 100
    var first = 0
    var inService: [Int] = Array(repeating: 0, count: Service.allCases.count)
    for course in Course.allCases {
      let service = course.service
      if slot < first + course.share {
        return (
          course, block * service.share + inService[service.rawValue] + slot - first
        )
      }
      first += course.share
      inService[service.rawValue] += course.share
    }
    preconditionFailure("the shares of the courses add up to 100")
  }

  /// The worker of the child at a place in a service; workers are numbered within their service.
  func worker(ofPlace place: Int) -> Int { place / Self.childrenPerWorker }

  /// How many workers a service needs.
  func workers(in service: Service) -> Int {
    let places = (children + 99) / 100 * service.share
    return places / Self.childrenPerWorker + 1
  }

  /// How many reviewing officers the sample needs.
  var reviewingOfficers: Int { children / Self.childrenPerReviewingOfficer + 1 }
}
