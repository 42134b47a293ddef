// swift-tools-version: 6.2
import PackageDescription

/// The strictness that every target of ours is built with, from the first commit on.
let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: house)
}

func tests(
  of room: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .testTarget(
    name: room + "Tests", dependencies: [.byName(name: room)] + dependencies, exclude: exclude,
    swiftSettings: house)
}

/// The pages and mails, which become part of the program: nothing has to be installed beside it.
let pageTemplates = ["drift", "index", "mail.html", "mail.txt", "parts", "rule", "script", "style"]

/// Reached by bytes that nobody has vetted: what the fuzz targets need of the house.
let fuzzed: [Target.Dependency] = [
  "CheckRuns", "Diagnostics", "Evaluation", "Expressions", "Extracts", "Rulebooks", "Values",
  "WorkingTime",
]

/// The Swift runtime becomes part of the released program: it starts and calls faster, and runs where no Swift is.
///
/// The archives that a program built against the shared libraries does not name by itself, in the order in which they use
/// one another; by lld, since gold warns of a function within Foundation.
let withinTheProgram: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-static-stdlib", "-use-ld=lld", "-lCoreFoundation", "-l_FoundationCShims",
      "-l_FoundationCollections", "-l_FoundationICU",
    ], .when(platforms: [.linux], configuration: .release))
]

/// The fuzz targets, which `swift test` runs on the inputs that are kept.
///
/// `scripts/fuzz` sets the variable and builds them with libFuzzer instead, into a program with flags that no
/// ordinary build could have.
let fuzzTargets: [Target] =
  Context.environment["CASECHECK_FUZZ"] == nil
  ? [
    .testTarget(
      name: "FuzzTests", dependencies: fuzzed, path: "Tests/Fuzz",
      exclude: ["Corpus", "Dictionaries", "Driver", "Runner"], swiftSettings: house)
  ]
  : [
    .target(name: "FuzzDriver", path: "Tests/Fuzz/Driver"),
    .executableTarget(
      name: "fuzz", dependencies: fuzzed + ["FuzzDriver"], path: "Tests/Fuzz",
      exclude: ["Corpus", "Dictionaries", "Driver", "Replay"], swiftSettings: house),
  ]

let package = Package(
  name: "casecheck",
  products: [.executable(name: "casecheck", targets: ["casecheck"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: [
    .systemLibrary(name: "CLibCSV", providers: [.apt(["libcsv-dev"])]),
    .systemLibrary(name: "CLibXlsxWriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(name: "CLibYAML", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),

    .target(name: "CFieldScan"),

    room("Diagnostics"),
    room("Digests", [.product(name: "Crypto", package: "swift-crypto")]),
    room("OutputNames"),
    room("Patterns", ["CRE2"]),
    room("Threads"),
    room("WorkingTime"),
    room("Values", ["CMalloc", "WorkingTime"]),
    room(
      "Extracts",
      [
        "CFieldScan", "CLibCSV", "Diagnostics", "Digests", "OutputNames", "Patterns", "Threads",
        "Values", "WorkingTime",
      ]),
    room("Expressions", ["Diagnostics", "Patterns", "Values", "WorkingTime"]),
    room(
      "Rulebooks",
      [
        "CLibYAML", "Diagnostics", "Exceptions", "Expressions", "Extracts", "Patterns", "Threads",
        "Values", "WorkingTime",
      ]),
    room("Exceptions", ["Diagnostics", "Values", "WorkingTime"]),
    room(
      "Evaluation",
      [
        "Diagnostics", "Exceptions", "Expressions", "Extracts", "Patterns", "Rulebooks", "Threads",
        "Values", "WorkingTime",
      ]),
    room(
      "ExceptionLedger",
      [
        "Diagnostics", "Exceptions", "Values", "WorkingTime",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    room(
      "Delivery",
      [
        "Digests", "OutputNames", "Threads",
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    room("Samples", ["Delivery", "Extracts", "Rulebooks", "Values", "WorkingTime"]),
    room("Workbooks", ["CLibXlsxWriter", "CZlib", "Diagnostics", "Exceptions", "WorkingTime"]),
    .target(
      name: "Reports",
      dependencies: [
        "Diagnostics", "ExceptionLedger", "Exceptions", "Threads", "Values", "Workbooks",
        "WorkingTime",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      resources: pageTemplates.map { .embedInCode("Templates/\($0).mustache") },
      swiftSettings: house),
    room(
      "CheckRuns",
      [
        "Delivery", "Diagnostics", "Digests", "Evaluation", "ExceptionLedger", "Exceptions",
        "Expressions", "Extracts", "Reports", "Rulebooks", "Threads", "Values", "WorkingTime",
      ]),
    .executableTarget(
      name: "casecheck",
      dependencies: [
        "CMalloc", "CheckRuns", "Delivery", "Diagnostics", "Evaluation", "ExceptionLedger",
        "Exceptions", "Extracts", "Reports", "Rulebooks", "Samples", "Values", "WorkingTime",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SystemPackage", package: "swift-system"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: house,
      linkerSettings: withinTheProgram),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: house),
    .executableTarget(
      name: "ledger-benchmark", dependencies: ["ExceptionLedger", "Exceptions", "WorkingTime"],
      path: "Tests/LedgerBenchmark", swiftSettings: house),
    .executableTarget(
      name: "microbenchmark",
      dependencies: [
        "CLibCSV", "Diagnostics", "Evaluation", "Extracts", "Rulebooks", "Values", "WorkingTime",
      ],
      path: "Tests/Microbenchmark", swiftSettings: house),
    .executableTarget(
      name: "scan-check", dependencies: ["CFieldScan", "CLibCSV"], path: "Tests/ScanCheck",
      linkerSettings: [.linkedLibrary("csv")]),
    tests(of: "Diagnostics"),
    tests(of: "WorkingTime"),
    tests(of: "Threads"),
    tests(of: "Patterns", ["Digests"]),
    tests(of: "Extracts", ["CFieldScan", "Diagnostics", "Patterns", "Values", "WorkingTime"]),
    tests(of: "Evaluation", ["Extracts", "Values"]),
    tests(of: "Reports", ["Exceptions", "Values", "WorkingTime"]),
    tests(of: "Workbooks", ["Exceptions", "WorkingTime"]),
    tests(of: "ExceptionLedger", ["Exceptions", "Values", "WorkingTime"]),
    tests(of: "Samples", ["Extracts", "Rulebooks"]),
    tests(of: "Delivery", [.product(name: "SystemPackage", package: "swift-system")]),
    tests(
      of: "CheckRuns",
      ["Diagnostics", "Exceptions", "Expressions", "Rulebooks", "TestSupport", "WorkingTime"]),
    tests(of: "casecheck", ["TestSupport"], exclude: ["Goldens"]),
  ] + fuzzTargets,
  cxxLanguageStandard: .cxx17
)
