import Testing

/// The arrows of Docs/ARCHITECTURE.md: which rooms a room imports. A test of the text, so that no build setting can hide an
/// import.
@Suite("The arrows of the house")
struct ArrowTests {
    private static let table = RoomTable.written

    /// Modules of the system and the toolchain, which the table does not name, and who may use them.
    private static let system: [String: [String]] = [
        "Glibc": [
            "ExcelBooks", "LocalFiles", "OfficeFiles", "PDFPages", "PageRecognition", "PluginFolders", "PluginKit",
            "PluginTesting", "PluginRuntime", "Preview", "PreviewProgram", "SheetReader", "WordWriter", "pingshen",
            "ReviewBatch",
        ],
        "Synchronization": [
            "PluginWire", "PluginKit", "PluginRuntime", "PluginTesting", "ReviewPipeline", "pingshen", "ReportNames",
            "ReportWriter", "RuleChecker", "ProseReconciler", "WorkbookWriter", "LocalFiles", "ReviewBatch",
            "Preview", "PreviewProgram", "PreviewServer", "SpecLoading", "StepCache", "JSONDocument", "ReviewModel",
        ],
        "Dispatch": ["Preview", "PreviewProgram", "ReviewBatch", "pingshen"],
    ]

    @Test("every room imports what the table says that it sees, and nothing else", arguments: table.rooms.map(\.folder))
    func imports(folder: String) throws {
        let room = try #require(Self.table.rooms.first { $0.folder == folder })
        let files = swiftFiles(in: repository + "/" + folder)
        let modules = Set(files.flatMap { Self.modules(importedBy: $0) })
        let ofTheSystem = modules.filter { Self.system[$0] != nil }
        for module in ofTheSystem {
            #expect(Self.system[module]?.contains(room.name) == true, "\(folder) imports \(module)")
        }
        #expect(modules.subtracting(ofTheSystem).sorted() == room.sees.sorted(), "\(folder)")
    }

    @Test("every folder of code is a room of the table, and every room is a folder", arguments: ["Sources", "Plugins"])
    func folders(of parent: String) {
        let folders = subfolders(of: repository + "/" + parent).map { String($0.dropFirst(repository.count + 1)) }
        let rooms = Self.table.rooms.map(\.folder).filter { $0.hasPrefix(parent + "/") }
        #expect(!rooms.isEmpty && folders.sorted() == rooms.sorted())
    }

    @Test("a room sees only rooms that stand above it in the table")
    func order() {
        var above: Set<String> = []
        let names = Set(Self.table.rooms.map(\.name))
        for room in Self.table.rooms {
            let below = names.intersection(room.sees).subtracting(above)
            #expect(below.isEmpty, "\(room.folder) sees \(below.sorted()), which stand below it")
            above.insert(room.name)
        }
    }

    @Test("the drawing has every arrow of the table but those that follow from others, and no other")
    func drawing() {
        let seen = Self.table.seenInDrawing
        /// Everything that is reached from `room` by way of others.
        func reached(_ room: String) -> Set<String> {
            (seen[room] ?? []).reduce(into: []) { $0.formUnion((seen[$1] ?? []).union(reached($1))) }
        }
        let needed = seen.flatMap { from, rooms in rooms.subtracting(reached(from)).map { "\(from) --> \($0)" } }
        #expect(Self.table.drawn.map { "\($0.from) --> \($0.to)" }.sorted() == needed.sorted())
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

    private static func modules(importedBy file: String) -> [String] {
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
