/// Names of people who do not exist; no two children of a sample have the same name.
enum PeoplesNames {
  private static let forenames = [
    "Aspen", "Birch", "Briar", "Bryn", "Cai", "Cedar", "Cerys", "Chloë", "Clover", "Coral", "Dewi",
    "Eirlys", "Elan", "Éloïse", "Ember", "Fern", "Ffion", "Fennel", "Gethin", "Glyn", "Hazel",
    "Heledd",
    "Heath", "Iolo", "Iris", "Jasper", "Juniper", "Kestrel", "Lark", "Laurel", "Linnet", "Llŷr",
    "Lowri", "Maple", "Mared", "Megan", "Nerys", "Noë", "Olwen", "Osian", "Owain", "Perran",
    "Poppy",
    "Quill", "Reed", "Renée", "Rhŷs", "Robin", "Rowan", "Ruby", "Sage", "Siân", "Sorrel", "Tamsin",
    "Tegan", "Thyme", "Tomos", "Venn", "Willow", "Wren", "Yarrow", "Ynyr", "Zephyr", "Zoë",
  ]
  private static let stems = [
    "Ash", "Bram", "Brin", "Cal", "Carn", "Chal", "Clov", "Crad", "Dal", "Dray", "Dun", "Elm",
    "Fal",
    "Fen", "Garth", "Glas", "Hal", "Harn", "Hol", "Ing", "Kel", "Ken", "Lang", "Lar", "Llan", "Mar",
    "Mel", "Mock", "Môr", "Nant", "Nor", "Oak", "Orm", "Pen", "Pol", "Quen", "Rad", "Raven", "Rud",
    "Sal", "Sed", "Shel", "Sten", "Stral", "Tam", "Thorn", "Tre", "Tŷ", "Ulv", "Vel", "Wal", "War",
    "Wen", "West", "Whin", "Wil", "Win", "Wold", "Wyn", "Yar", "Yel", "Yew", "Zel", "Ever",
  ]
  private static let endings = [
    "bourne", "combe", "dale", "den", "field", "ford", "gate", "grave", "ham", "ley", "mere",
    "more",
    "stead", "stow", "ton", "wick",
  ]

  /// The most children who can all have different names.
  ///
  /// 64 forenames, 64 stems and 16 endings make 65,536 names. No second forename, or one of 63,
  /// makes 64 times as many.
  static let most = 1 << 22

  /// A child's forename and surname; different numbers give different pairs.
  static func child(_ number: Int, seed: UInt64) -> (forename: String, surname: String) {
    // Modulo 65,536, multiplying by an odd number and adding a constant only reorder the pairs.
    let pair = (number &* 40_503 &+ Int(seed & 0xFFFF)) & 0xFFFF
    let second = number >> 16
    var forename = forenames[pair & 63]
    if second > 0 { forename += "-" + forenames[second & 63] }
    return (forename, stems[pair >> 6 & 63] + endings[pair >> 12 & 15])
  }

  /// A worker's name, unique because it ends with the number.
  static func worker(_ number: Int) -> String {
    let mixed = number &* 7_919
    return
      "\(forenames[mixed & 63]) \(stems[(mixed >> 3) % 64])\(endings[(number >> 2) & 15]) \(number)"
  }
}
