/// Does two things, both at once where there are threads for it.
public func sideBySide<First: Sendable, Second: Sendable>(
  threads: Int, _ first: @Sendable () -> First, _ second: @Sendable () -> Second
) -> (First, Second) {
  let done = inParallel(2, threads: threads) { number in
    number == 0 ? Done<First, Second>.first(first()) : .second(second())
  }
  guard case .first(let first) = done[0], case .second(let second) = done[1] else {
    preconditionFailure("the results stand in the order of the pieces")
  }
  return (first, second)
}

private enum Done<First: Sendable, Second: Sendable>: Sendable {
  case first(First)
  case second(Second)
}
