import CMalloc

extension Casecheck {
  /// Makes malloc ask the kernel for 16 MiB at a time, of which only touched pages count.
  ///
  /// Otherwise the heap of every thread but the first grows page by page, and all threads wait for
  /// each of those calls to the kernel. Setting any bound with `mallopt(3)` stops the others from
  /// adapting to use, so they are set to what they would reach: up to 128 MiB of freed memory are
  /// kept, and a piece of 32 MiB or more is mapped on its own.
  static func takeMemoryInLargePieces() {
    mallopt(M_TOP_PAD, 16 << 20)
    mallopt(M_TRIM_THRESHOLD, 128 << 20)
    mallopt(M_MMAP_THRESHOLD, 32 << 20)
  }
}
