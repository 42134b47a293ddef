import Extracts
import Testing

@Suite("Order of parts")
struct PartOrderTests {
  @Test("parts are in the order of their numbers")
  func numbers() {
    let names = ["v_1.csv", "v_2.csv", "v_9.csv", "v_10.csv", "v_11.csv", "v_012.csv", "w_1.csv"]
    #expect(names.reversed().sorted { PartOrder($0) < PartOrder($1) } == names)
  }
}
