import Testing

/// The arrows of Docs/ARCHITECTURE.md: which rooms a room may import. A test of the text, so that no build setting can
/// hide an import.
@Suite("The arrows of the house")
struct ArrowTests {
    private static let rooms: [String: [String]] = [
        "Sources/Groundwork": [],
        "Sources/ExactNumbers": [],
        "Sources/JSONDocument": ["ExactNumbers", "Groundwork"],
        "Sources/Markup": [],
        "Sources/YAMLDocument": ["CLibYAML", "Groundwork"],
        "Sources/Tables": ["ExactNumbers", "Groundwork", "JSONDocument"],
        "Sources/ReviewModel": ["ExactNumbers", "Groundwork", "JSONDocument", "Tables"],
        "Sources/DossierQuery": ["ReviewModel", "Tables"],
        "Sources/PluginWire": ["ExactNumbers", "Groundwork", "JSONDocument", "ReviewModel", "Tables"],
        "Sources/PluginKit": ["PluginWire", "ReviewModel"],
        "Sources/LocalFiles": ["CMessageDigest"],
        "Sources/SpecLoading": ["JSONDocument", "LocalFiles", "ReviewModel", "YAMLDocument"],
        "Sources/PluginRuntime": ["CLinux", "DossierQuery", "JSONDocument", "LocalFiles", "PluginWire", "ReviewModel"],
        "Sources/ReviewPipeline": [
            "JSONDocument", "LocalFiles", "PluginRuntime", "PluginWire", "ReviewModel", "SpecLoading", "YAMLDocument",
        ],
        "Sources/ReportDocument": ["ExactNumbers", "Groundwork"],
        "Sources/ReportTemplate": ["ExactNumbers", "Groundwork", "JSONDocument", "ReportDocument"],
        "Sources/BudgetLines": ["ReviewModel"],
        "Sources/Rubrics": ["BudgetLines", "ReviewModel"],
        "Sources/Targets": ["BudgetLines", "ReviewModel"],
        "Sources/PrintedReports": ["BudgetLines", "ReviewModel", "Targets"],
        "Sources/PluginTesting": [
            "LocalFiles", "PluginKit", "PluginRuntime", "PluginWire", "ReviewModel", "ReviewPipeline", "SpecLoading",
        ],
        "Sources/pingshen": [
            "LocalFiles", "PluginRuntime", "PluginTesting", "ReviewModel", "ReviewPipeline", "SpecLoading",
        ],
        "Plugins/DeductionAuditor": ["BudgetLines", "PluginKit", "ReviewModel"],
        "Plugins/DocumentAuditor": ["BudgetLines", "PluginKit", "PrintedReports", "ReviewModel"],
        "Plugins/FindingsWriter": ["Markup", "PluginKit", "ReviewModel"],
        "Plugins/ProseReconciler": ["BudgetLines", "PluginKit", "ReviewModel", "Targets"],
        "Plugins/ReportReader": ["BudgetLines", "PluginKit", "PrintedReports", "ReviewModel"],
        "Plugins/ReportWriter": [
            "BudgetLines", "Markup", "PluginKit", "ReportDocument", "ReportTemplate", "ReviewModel",
        ],
        "Plugins/RubricScorer": ["BudgetLines", "PluginKit", "ReviewModel", "Rubrics"],
        "Plugins/RuleChecker": ["PluginKit", "ReviewModel"],
        "Plugins/TargetChecker": ["BudgetLines", "PluginKit", "ReviewModel", "Targets"],
    ]

    /// What is not ours, and who may use it.
    private static let outside: [String: [String]] = [
        "Glibc": [
            "Sources/LocalFiles", "Sources/PluginKit", "Sources/PluginTesting", "Sources/PluginRuntime",
            "Sources/pingshen",
        ],
        "Synchronization": [
            "Sources/PluginWire", "Sources/PluginKit", "Sources/PluginRuntime", "Sources/PluginTesting",
            "Sources/ReviewPipeline", "Sources/pingshen", "Plugins/ReportWriter",
            "Plugins/RuleChecker",
        ],
        "Subprocess": ["Sources/PluginRuntime"], "SystemPackage": ["Sources/PluginRuntime"],
        "ArgumentParser": ["Sources/pingshen"], "Dispatch": ["Sources/pingshen"],
    ]

    @Test("every room imports only the rooms that its arrows lead to", arguments: rooms.keys.sorted())
    func imports(room: String) {
        let allowed = Self.rooms[room]! + Self.outside.filter { $0.value.contains(room) }.map(\.key)
        let files = swiftFiles(in: repository + "/" + room)
        #expect(!files.isEmpty || room == "Sources/PluginTesting", "no files in \(room)")
        for file in files {
            for module in modules(importedBy: file) {
                #expect(allowed.contains(module), "\(file.dropFirst(repository.count + 1)) imports \(module)")
            }
        }
    }

    @Test("every folder of code is a room with arrows of its own", arguments: ["Sources", "Plugins"])
    func folders(of parent: String) {
        for folder in subfolders(of: repository + "/" + parent) where !swiftFiles(in: folder).isEmpty {
            let room = String(folder.dropFirst(repository.count + 1))
            #expect(Self.rooms[room] != nil, "\(room) has no arrows")
        }
    }

    @Test("no shipped line gives up on input: no try!, no fatalError")
    func noTraps() {
        for folder in ["Sources", "Plugins"] {
            for file in swiftFiles(in: repository + "/" + folder) {
                let text = read(file)
                for word in ["try!", "fatalError(", "as! "] {
                    let isSaid = text.contains(word)
                    #expect(!isSaid, "\(file.dropFirst(repository.count + 1)) says \(word)")
                }
            }
        }
    }

    private func modules(importedBy file: String) -> [String] {
        read(file).split(separator: "\n").compactMap { line in
            // An indented line is the text of something else: a scaffold, a comment.
            if line.hasPrefix(" ") { return nil }
            let words = line.split(separator: " ")
            guard let position = words.firstIndex(of: "import"), position <= 2, words.count > position + 1,
                words[..<position].allSatisfy({
                    ["public", "internal", "private", "package", "@preconcurrency", "@_exported"].contains($0)
                })
            else { return nil }
            return String(words[position + 1].split(separator: ".")[0])
        }
    }
}
