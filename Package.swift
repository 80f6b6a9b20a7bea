// swift-tools-version: 6.2
import PackageDescription

// Targets stand from the innermost room outwards; a target may depend only on rooms above it.
// Docs/ARCHITECTURE.md draws the arrows, Tests/ArchitectureTests keeps them.

let warningsAreErrors = Context.environment["PINGSHEN_WARNINGS_AS_ERRORS"] == "1"

/// For Scripts/fuzz, which wants to see which ways bytes take through every room.
let isFuzzing = Context.environment["PINGSHEN_FUZZ"] == "1"

let settings: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ] + (warningsAreErrors ? [.treatAllWarnings(as: .error)] : [])
    + (isFuzzing ? [.unsafeFlags(["-sanitize=fuzzer"])] : [])

func room(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

/// A built-in plugin. SwiftPM keeps `Plugins/` for build-tool plugins, hence the explicit path.
func plugin(
    _ name: String,
    folder: String,
    _ dependencies: [Target.Dependency] = [],
    resources: [Resource] = []
) -> Target {
    .executableTarget(
        name: name,
        dependencies: ["PluginKit", "ReviewModel"] + dependencies,
        path: "Plugins/\(folder)",
        resources: resources,
        swiftSettings: settings
    )
}

func tests(_ room: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: room + "Tests", dependencies: dependencies, swiftSettings: settings)
}

let builtInPlugins = [
    "rubric-scorer", "deduction-auditor", "target-checker", "prose-reconciler", "rule-checker", "document-auditor",
    "norm-checker",
    "report-reader", "report-writer", "sheet-reader", "findings-writer", "document-comparer", "document-commenter",
    "word-writer", "workbook-commenter", "workbook-writer",
]

/// Programs for libFuzzer, which brings their `main`: built by Scripts/fuzz only.
let fuzzTargets: [Target] =
    isFuzzing
    ? ["Lines", "YAML", "Queries", "Reviews", "Artifacts", "Sheets", "Documents"].map { name in
        .executableTarget(
            name: "fuzz-" + name.lowercased(),
            dependencies: ["FuzzProperties"],
            path: "Tests/Fuzz/Targets/" + name,
            swiftSettings: settings,
            linkerSettings: [
                .unsafeFlags([
                    "-sanitize=fuzzer", "-use-ld=lld", "-Xlinker", "-u", "-Xlinker", "LLVMFuzzerRunDriver",
                    "-Xlinker", "--export-dynamic",
                ])
            ]
        )
    } : []

let package = Package(
    name: "pingshen",
    products: [
        .executable(name: "pingshen", targets: ["pingshen"]),
        // The host finds plugins by the prefix, beside itself and on PATH.
        .executable(name: "pingshen-rubric-scorer", targets: ["rubric-scorer"]),
        .executable(name: "pingshen-deduction-auditor", targets: ["deduction-auditor"]),
        .executable(name: "pingshen-target-checker", targets: ["target-checker"]),
        .executable(name: "pingshen-norm-checker", targets: ["norm-checker"]),
        .executable(name: "pingshen-prose-reconciler", targets: ["prose-reconciler"]),
        .executable(name: "pingshen-report-writer", targets: ["report-writer"]),
        .executable(name: "pingshen-rule-checker", targets: ["rule-checker"]),
        .executable(name: "pingshen-report-reader", targets: ["report-reader"]),
        .executable(name: "pingshen-sheet-reader", targets: ["sheet-reader"]),
        .executable(name: "pingshen-document-auditor", targets: ["document-auditor"]),
        .executable(name: "pingshen-findings-writer", targets: ["findings-writer"]),
        .executable(name: "pingshen-document-comparer", targets: ["document-comparer"]),
        .executable(name: "pingshen-document-commenter", targets: ["document-commenter"]),
        .executable(name: "pingshen-workbook-commenter", targets: ["workbook-commenter"]),
        .executable(name: "pingshen-word-writer", targets: ["word-writer"]),
        .executable(name: "pingshen-workbook-writer", targets: ["workbook-writer"]),
        // No plugin, but a program of the host's own: what `preview` shows its page with (Docs/Decisions/0086).
        .executable(name: "pingshen-preview", targets: ["preview-program"]),
        .library(name: "PluginKit", targets: ["PluginKit", "ReviewModel"]),
        // The field's own nouns, for plugins of the field.
        .library(name: "BudgetLines", targets: ["BudgetLines"]),
        .library(name: "Rubrics", targets: ["Rubrics"]),
        .library(name: "Targets", targets: ["Targets"]),
        .library(name: "PrintedReports", targets: ["PrintedReports"]),
        .library(name: "PluginTesting", targets: ["PluginTesting"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2", traits: []),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    ],
    targets: [
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CMessageDigest", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
        .systemLibrary(name: "CLibZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CZLib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),

        .systemLibrary(name: "CLinux"),
        .target(name: "CStart"),
        // Files of Specs and Kits that programs carry, by `#embed`.
        .target(name: "CHostFiles"),
        .target(name: "CReportWords"),

        room("Groundwork"),
        room("ExactNumbers"),
        room("JSONDocument", ["ExactNumbers", "Groundwork"]),
        room("Markup", ["Groundwork"]),
        room("YAMLDocument", ["CLibYAML", "Groundwork"]),
        room("Tables", ["ExactNumbers", "Groundwork", "JSONDocument"]),
        room("ReviewModel", ["ExactNumbers", "Groundwork", "JSONDocument", "Tables"]),
        room("WrittenTimes", ["ReviewModel"]),
        room("DossierQuery", ["ReviewModel", "Tables"]),
        room("ReviewFile", ["ReviewModel"]),
        room("ExcelBooks", ["CXLSXWriter", "CZLib", "ReviewModel"]),
        room("PluginWire", ["ExactNumbers", "Groundwork", "JSONDocument", "ReviewFile", "ReviewModel", "Tables"]),
        room("PluginKit", ["PluginWire", "ReviewModel"]),
        room("LocalFiles", ["CLinux", "CMessageDigest", "Groundwork"]),
        room("OfficeFiles", ["CExpat", "CLibZip", "ExactNumbers", "Groundwork", "LocalFiles"]),
        room("PDFFiles", ["CZLib", "Groundwork"]),
        room("PDFPages", ["CZLib"]),
        room("PageRecognition", ["Groundwork", "LocalFiles", "PDFPages"]),
        room("GivenDocuments", ["Groundwork", "LocalFiles", "OfficeFiles", "PDFPages", "PageRecognition"]),
        room("SpecLoading", ["JSONDocument", "LocalFiles", "ReviewModel", "YAMLDocument"]),
        room(
            "PluginRuntime",
            [
                "CLinux", "DossierQuery", "JSONDocument", "LocalFiles", "PluginWire", "ReviewModel",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ]
        ),
        room("StepCache", ["CLinux", "JSONDocument", "LocalFiles", "PluginRuntime", "PluginWire", "ReviewModel"]),
        room(
            "ReviewPipeline",
            [
                "JSONDocument", "LocalFiles", "PluginRuntime", "ReviewFile", "ReviewModel", "SpecLoading",
                "StepCache", "YAMLDocument",
            ],
            resources: [.embedInCode("rule-titles.yaml")]
        ),
        room(
            "ReviewBatch",
            [
                "CLinux", "LocalFiles", "PluginRuntime", "ReviewFile", "ReviewModel", "ReviewPipeline", "SpecLoading",
                "StepCache",
            ]
        ),
        room(
            "PluginFolders",
            ["CZLib", "LocalFiles", "OfficeFiles", "PluginRuntime", "ReviewModel", "SpecLoading"]
        ),
        room("PreviewWire", ["JSONDocument"]),
        room(
            "PreviewServer",
            [
                "LocalFiles", "PreviewWire", .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .executableTarget(
            name: "preview-program",
            dependencies: ["JSONDocument", "PreviewServer", "PreviewWire"],
            path: "Sources/PreviewProgram",
            swiftSettings: settings
        ),
        room(
            "Preview",
            [
                "CLinux", "LocalFiles", "Markup", "PluginRuntime", "PreviewWire", "ReviewBatch", "ReviewFile",
                "ReviewModel",
                "ReviewPipeline", "SpecLoading", "StepCache",
            ],
            resources: [.embedInCode("preview.css"), .embedInCode("preview.js")]
        ),
        room("ReportDocument", ["ExactNumbers", "Groundwork", "JSONDocument"]),
        room("ReportTemplate", ["ExactNumbers", "Groundwork", "JSONDocument", "ReportDocument"]),
        room("Portfolio", ["DossierQuery", "ExcelBooks", "Markup", "ReviewFile", "ReviewModel", "Tables"]),
        room("ResultDatabase", ["CSQLite", "LocalFiles", "ReviewModel"]),
        room("FindingAnswers", ["ReviewModel"]),
        room("BudgetLines", ["ReviewModel"]),
        room("Rubrics", ["BudgetLines", "ReviewModel"]),
        room("Targets", ["BudgetLines", "ReviewModel"]),
        room("CostNorms", ["BudgetLines", "ReviewModel"]),
        room("ReportNames", ["BudgetLines", "ReportDocument", "ReportTemplate", "ReviewModel"]),
        room(
            "PrintedReports",
            ["BudgetLines", "CReportWords", "GivenDocuments", "Targets", "ReviewModel"]
        ),
        room(
            "PluginTesting",
            [
                "LocalFiles", "PluginKit", "PluginRuntime", "PluginWire", "ReviewModel", "ReviewPipeline",
                "SpecLoading",
            ]
        ),

        plugin("rubric-scorer", folder: "RubricScorer", ["BudgetLines", "Rubrics"]),
        plugin("deduction-auditor", folder: "DeductionAuditor", ["BudgetLines"]),
        plugin("target-checker", folder: "TargetChecker", ["BudgetLines", "Targets"]),
        plugin("norm-checker", folder: "NormChecker", ["BudgetLines", "CostNorms"]),
        plugin("findings-writer", folder: "FindingsWriter", ["LocalFiles", "Markup"]),
        plugin(
            "workbook-writer",
            folder: "WorkbookWriter",
            ["BudgetLines", "CXLSXWriter", "ExcelBooks", "ReportNames", "Rubrics"]
        ),
        plugin("prose-reconciler", folder: "ProseReconciler", ["BudgetLines", "PrintedReports", "Targets"]),
        plugin("rule-checker", folder: "RuleChecker"),
        plugin(
            "report-reader",
            folder: "ReportReader",
            ["BudgetLines", "GivenDocuments", "PrintedReports", "WrittenTimes"]
        ),
        plugin(
            "sheet-reader",
            folder: "SheetReader",
            ["CSQLite", "LocalFiles", "OfficeFiles", "Tables", "WrittenTimes"],
            // The words that the plugin carries, by a link to what towns copy.
            resources: [.embedInCode("sheet-words.yaml")]
        ),
        plugin(
            "document-auditor",
            folder: "DocumentAuditor",
            ["BudgetLines", "GivenDocuments", "PrintedReports", "Targets"]
        ),
        plugin("report-writer", folder: "ReportWriter", ["Markup", "ReportDocument", "ReportNames", "ReportTemplate"]),
        plugin("word-writer", folder: "WordWriter", ["LocalFiles", "Markup", "OfficeFiles", "ReportDocument"]),

        plugin("document-comparer", folder: "DocumentComparer", ["OfficeFiles"]),
        plugin(
            "document-commenter",
            folder: "DocumentCommenter",
            ["FindingAnswers", "Groundwork", "Markup", "OfficeFiles", "PDFFiles"]
        ),

        plugin(
            "workbook-commenter",
            folder: "WorkbookCommenter",
            ["FindingAnswers", "Groundwork", "LocalFiles", "Markup", "OfficeFiles"]
        ),

        .executableTarget(
            name: "pingshen",
            dependencies: [
                "CHostFiles", "CStart", "LocalFiles", "PluginFolders", "PluginRuntime", "PluginTesting", "Portfolio",
                "Preview",
                "ResultDatabase", "ReviewBatch", "ReviewFile", "ReviewModel", "ReviewPipeline", "SpecLoading",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings
        ),

        // Measured by Scripts/bench. In this package, for they bring no dependency and look inside the host.
        .executableTarget(
            name: "wire-benchmark",
            dependencies: ["PluginRuntime", "PluginWire", "ReviewModel"],
            path: "Benchmarks/Wire",
            swiftSettings: settings
        ),
        .executableTarget(
            name: "query-benchmark",
            dependencies: ["DossierQuery", "ReviewModel"],
            path: "Benchmarks/Query",
            exclude: ["queries.sql"],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "echo-plugin",
            dependencies: ["PluginKit", "ReviewModel"],
            path: "Benchmarks/EchoPlugin",
            swiftSettings: settings
        ),

        tests("Groundwork", ["Groundwork"]),
        tests("ExactNumbers", ["ExactNumbers"]),
        tests("JSONDocument", ["ExactNumbers", "Groundwork", "JSONDocument"]),
        tests("Markup", ["Groundwork", "Markup"]),
        tests("YAMLDocument", ["ExactNumbers", "Groundwork", "JSONDocument", "YAMLDocument"]),
        tests("Tables", ["ExactNumbers", "Groundwork", "JSONDocument", "Tables"]),
        tests("ReviewModel", ["ReviewModel"]),
        tests("ReviewFile", ["ReviewFile", "ReviewModel"]),
        tests("ResultDatabase", ["CSQLite", "LocalFiles", "ResultDatabase", "ReviewModel"]),
        tests("Portfolio", ["Portfolio", "ReviewFile", "ReviewModel", "SpecLoading"]),
        tests("DossierQuery", ["DossierQuery", "FuzzProperties", "ReviewModel"]),
        tests(
            "PluginWire",
            ["Groundwork", "JSONDocument", "PluginTesting", "PluginWire", "ReviewFile", "ReviewModel", "Tables"]
        ),
        tests("PluginKit", ["PluginKit", "PluginTesting", "PluginWire", "ReviewModel"]),
        tests("BudgetLines", ["BudgetLines", "ReviewModel"]),
        tests("Rubrics", ["ManualPage", "Rubrics", "ReviewModel"]),
        tests("Targets", ["Targets", "ReviewModel"]),
        tests("CostNorms", ["CostNorms", "ReviewModel", "SpecLoading"]),
        tests("PrintedReports", ["GivenDocuments", "PrintedReports", "ReviewModel"]),
        tests(
            "RubricScorer",
            ["DossierQuery", "rubric-scorer", "Rubrics", "PluginKit", "PluginTesting", "ReviewModel"]
        ),
        tests("DeductionAuditor", ["deduction-auditor", "BudgetLines", "PluginKit", "PluginTesting", "ReviewModel"]),
        tests("ReportDocument", ["ExactNumbers", "Groundwork", "JSONDocument", "ReportDocument"]),
        tests("ReportTemplate", ["ExactNumbers", "Groundwork", "JSONDocument", "ReportDocument", "ReportTemplate"]),
        tests(
            "ReportWriter",
            [
                "DossierQuery", "ManualPage", "Markup", "PluginKit", "deduction-auditor", "report-writer",
                "rubric-scorer", "target-checker",
                "ReportDocument", "ReportNames", "ReportTemplate", "ReviewModel", "SpecLoading", "YAMLDocument",
            ]
        ),
        tests(
            "DocumentAuditor",
            [
                "document-auditor", "deduction-auditor", "rubric-scorer", "PrintedReports", "PluginKit",
                "PluginTesting", "ReviewModel",
            ]
        ),
        tests(
            "DocumentComparer",
            [
                "document-comparer", "document-commenter", "FindingAnswers", "Groundwork", "OfficeFiles", "PDFFiles",
                "PluginKit",
                "PluginTesting", "ReviewModel",
            ]
        ),
        tests(
            "SheetReader",
            [
                "sheet-reader", "CSQLite", "OfficeFiles", "PluginKit", "PluginTesting", "ReviewModel", "Tables",
                "WorkbookFixture", "WrittenTimes",
            ]
        ),
        tests(
            "WorkbookCommenter",
            [
                "workbook-commenter", "FindingAnswers", "Groundwork", "OfficeFiles", "PluginKit", "PluginTesting",
                "ReviewModel",
                "WorkbookFixture",
            ]
        ),
        tests("ReportReader", ["report-reader", "BudgetLines", "PrintedReports", "ReviewModel", "SpecLoading"]),
        tests("RuleChecker", ["rule-checker", "PluginKit", "PluginTesting", "ReviewModel"]),
        tests("FindingsWriter", ["findings-writer", "PluginKit", "ReviewFile", "ReviewModel"]),
        tests(
            "WordWriter",
            [
                "word-writer", "ExactNumbers", "Groundwork", "JSONDocument", "Markup", "OfficeFiles", "PluginKit",
                "ReportDocument", "ReviewModel",
            ]
        ),
        tests(
            "WorkbookWriter",
            ["workbook-writer", "ExcelBooks", "OfficeFiles", "PluginKit", "ReviewModel", "Rubrics"]
        ),
        tests("NormChecker", ["norm-checker", "PluginKit", "PluginTesting", "ReviewModel"]),
        tests("TargetChecker", ["target-checker", "Targets", "PluginKit", "PluginTesting", "ReviewModel"]),
        tests(
            "ProseReconciler",
            ["prose-reconciler", "PluginKit", "PluginTesting", "ReviewModel", "SpecLoading"]
        ),
        // Pages of Docs, for tests that hold their lists against the code.
        .target(name: "ManualPage", path: "Tests/Fixtures/ManualPage", swiftSettings: settings),
        // A spec in a folder of its own, for tests of several rooms.
        .target(
            name: "TemporarySpec",
            dependencies: ["PluginRuntime", "ReviewModel"],
            path: "Tests/Fixtures/TemporarySpec",
            swiftSettings: settings
        ),
        tests("LocalFiles", ["Groundwork", "LocalFiles"]),
        tests(
            "PluginFolders",
            ["CZLib", "LocalFiles", "PluginFolders", "PluginRuntime", "ReviewModel", "SpecLoading"]
        ),
        // Workbooks made of the XML of their parts.
        .target(
            name: "WorkbookFixture",
            dependencies: ["OfficeFiles"],
            path: "Tests/Fixtures/WorkbookFixture",
            swiftSettings: settings
        ),
        tests("PDFFiles", ["Groundwork", "PDFFiles"]),
        tests("PDFPages", ["PDFPages"]),
        tests("GivenDocuments", ["GivenDocuments", "Groundwork", "LocalFiles", "OfficeFiles", "PageRecognition"]),
        tests("OfficeFiles", ["CLibZip", "ExactNumbers", "Groundwork", "OfficeFiles", "WorkbookFixture"]),
        tests("SpecLoading", ["LocalFiles", "ReviewModel", "SpecLoading", "TemporarySpec", "YAMLDocument"]),
        tests(
            "ReviewPipeline",
            [
                "LocalFiles", "PluginRuntime", "PluginTesting", "PluginWire", "ReviewFile", "ReviewModel",
                "ReviewPipeline", "SpecLoading", "TemporarySpec", "YAMLDocument", "misbehaving-plugin",
            ]
        ),
        tests(
            "ReviewBatch",
            [
                "LocalFiles", "PluginRuntime", "ReviewBatch", "ReviewModel", "ReviewPipeline", "TemporarySpec",
                "misbehaving-plugin",
            ]
        ),
        tests(
            "StepCache",
            ["DossierQuery", "JSONDocument", "LocalFiles", "PluginRuntime", "ReviewModel", "StepCache"]
        ),
        tests("PreviewServer", ["JSONDocument", "LocalFiles", "PreviewServer", "PreviewWire"]),
        tests(
            "Preview",
            [
                "LocalFiles", "PluginRuntime", "Preview", "PreviewWire", "ReviewModel", "ReviewPipeline", "SpecLoading",
                "TemporarySpec", "misbehaving-plugin", "preview-program",
            ]
        ),
        tests(
            "EndToEnd",
            [
                "DossierQuery", "LocalFiles", "PluginRuntime", "PluginTesting", "PluginWire", "ReviewFile",
                "ReviewModel",
                "ReviewPipeline", "SpecLoading", "pingshen", "preview-program",
                "misbehaving-plugin", "tour-plugin", "transcript-player", "WorkbookFixture",
            ] + builtInPlugins.map { .target(name: $0) }
        ),
        // Changes a flawless review in hundreds of ways and counts what the audit notices.
        tests(
            "Audit",
            [
                "rubric-scorer", "deduction-auditor", "target-checker", "prose-reconciler", "document-auditor",
                "report-reader", "PluginKit", "PluginTesting", "ReviewModel", "ReviewPipeline", "SpecLoading",
            ]
        ),
        tests("Architecture", []),
        .executableTarget(
            name: "misbehaving-plugin",
            dependencies: ["PluginWire", "ReviewModel"],
            path: "Tests/Fixtures/MisbehavingPlugin",
            swiftSettings: settings
        ),
        .target(
            name: "FuzzProperties",
            dependencies: [
                "DossierQuery", "GivenDocuments", "JSONDocument", "OfficeFiles", "PluginWire", "PrintedReports",
                "ReviewFile", "ReviewModel",
                "ReviewPipeline", "WorkbookFixture", "YAMLDocument",
            ],
            path: "Tests/Fuzz/Properties",
            swiftSettings: settings
        ),
        tests("Fuzz", ["FuzzProperties"]),
        // Plays every role once, for the recorded conversations that Docs/PROTOCOL.md shows.
        .executableTarget(
            name: "tour-plugin",
            dependencies: ["PluginKit", "ReviewModel"],
            path: "Tests/Fixtures/TourPlugin",
            swiftSettings: settings
        ),
        // Stands in for the plugin of a recorded conversation.
        .executableTarget(
            name: "transcript-player",
            dependencies: ["PluginTesting", "PluginWire", "ReviewModel"],
            path: "Tests/Fixtures/TranscriptPlayer",
            swiftSettings: settings
        ),
    ] + fuzzTargets,
    cLanguageStandard: .c2x
)
