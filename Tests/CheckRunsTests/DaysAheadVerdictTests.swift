import Testing

/// What a constraint finds of moments to come that `mayBeAhead` allows.
@Suite("Days ahead, by the rules' own tests")
struct DaysAheadVerdictTests {
  private static let bookings = """
    table: bookings
    files: ["bookings*.csv"]
    primaryKey: id
    fields:
      - {name: id, type: string}
      - {name: duty_id, type: string}
      - {name: starts_at, type: datetime, constraints: {maximum: asOf}, mayBeAhead: CONDITION}
      - {name: booked, type: boolean}
    foreignKeys:
      - {fields: duty_id, reference: {table: duties, fields: id}, as: duty}
    tests:
      - test: to come
        asOf: 2016-01-31
        given:
          duties: [{id: D, open: true}, {id: E, open: false}]
          bookings:
            - {id: A, duty_id: D, starts_at: "2016-02-01T00:00", booked: true}
            - {id: B, duty_id: E, starts_at: "2016-02-01T00:00", booked: false}
            - {id: C, starts_at: "2016-02-01T00:00"}
            - {id: F, duty_id: E, starts_at: "2016-01-31T23:59", booked: false}
        expect:
          bookings.starts_at.maximum: {A: met, B: failed, C: failed, F: met}
    """

  @Test(
    "a moment after the as-of date is allowed where the condition is true, by itself or another record",
    arguments: ["booked", "duty.open", "\"booked || coalesce(duty.open, false)\""])
  func allowed(_ condition: String) async throws {
    let text = Self.bookings.replacing("CONDITION", with: condition)
    #expect(try await RuleBench().failures(of: text) == [])
  }

  @Test("where the condition is false or cannot be worked out it is as without one")
  func forbidden() async throws {
    let never = Self.bookings.replacing("CONDITION", with: "\"!booked && booked\"")
    #expect(
      try await RuleBench().failures(of: never) == [
        "to come: bookings.starts_at.maximum should find `A` met, but it is failed"
      ])
  }
}
