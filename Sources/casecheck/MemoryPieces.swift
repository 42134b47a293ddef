import CMalloc

extension Casecheck {
  /// Has malloc ask the kernel for 16 MiB at a time, of which only what is touched counts.
  ///
  /// The heap of every thread but the first otherwise grows page by page, with a call to the kernel
  /// for each, which all threads wait for. Setting one bound of `mallopt(3)` keeps the others from
  /// growing with use, so that they are set to what they would come to: 128 MiB that are given back
  /// are kept, and a piece of 32 MiB or more is one of its own.
  static func takeMemoryInLargePieces() {
    mallopt(M_TOP_PAD, 16 << 20)
    mallopt(M_TRIM_THRESHOLD, 128 << 20)
    mallopt(M_MMAP_THRESHOLD, 32 << 20)
  }
}
