import Glibc
import PluginKit
import PluginTesting
import ReviewModel
import Testing

/// As Docs/PLUGINS.md shows it: a scorer in fifteen lines.
private struct RoundAmounts: ConfiguredScorer {
    let role = RoleDescription.scorer("round", "round amounts", reads: ["lines"], settings: Settings.self)

    struct Settings: PluginSettings {
        let step: ExactDecimal
        init(_ settings: SettingsReader) { step = settings.decimal("step", default: 10_000) }
    }

    func score(_ dossier: Dossier, _ settings: Settings, _ context: any RoleContext) async throws -> Assessment {
        let round = try await context.query(
            "SELECT id FROM lines WHERE amount % :step = 0",
            ["step": .decimal(settings.step)]
        )
        return Assessment(facts: [Fact(id: "round", label: LocalizedText("round"), value: .list(round.columns[0]))])
    }
}

private struct Everything: PluginSettings {
    var text, name: String, decimal, percent: ExactDecimal, integer: Int, flag: Bool, texts: [String]

    init(_ settings: SettingsReader) {
        text = settings.text("text", default: "a", oneOf: ["a", "b"])
        name = settings.text("name")
        decimal = settings.decimal("decimal", default: 1)
        percent = settings.percent("percent", default: 5)
        integer = settings.integer("integer", default: 3, in: 1...9)
        flag = settings.flag("flag", default: false)
        texts = settings.texts("texts", default: ["x"])
    }
}

private struct Line: TypedRow {
    static let table = "lines"
    let id: String, amount: ExactDecimal

    init(_ row: TableRow) throws(RowError) {
        id = try row.required("id")
        amount = try row.required("amount")
    }
}

@Suite("Typed settings and rows")
struct SettingsTests {
    private func lines(_ rows: [Value]...) -> Dossier {
        var table = Table(
            schema: TableSchema(name: "lines", columns: [Column(name: "id"), Column(name: "amount", type: .decimal)])
        )
        for row in rows { table.append(row: row) }
        return Dossier(tables: [table])
    }

    @Test("a scorer of fifteen lines asks the dossier in SQL and has its settings checked")
    func fifteenLines() async throws {
        try await withLoopback(Plugin(RoundAmounts(), version: "1")) { host in
            let dossier = lines(["L1", "12345.67"], ["L2", "20000.00"])
            #expect(try await host.score("round", dossier: dossier).facts.first?.value == .list(["L2"]))
            let other = try await host.score("round", configuration: ["step": "0.01"], dossier: dossier)
            #expect(other.facts.first?.value == .list(["L1", "L2"]))
            let diagnostics = try await host.validate("round", configuration: ["stpe": 5, "step": "much"])
            #expect(diagnostics.map(\.pointer.description).sorted() == ["/step", "/stpe"])
            #expect(diagnostics.contains { $0.help?.en == "did you mean \"step\"?" })
        }
    }

    @Test("the scorer that Docs/PLUGINS.md shows is the one that is tested here")
    func guide() async throws {
        let folder = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
        let shown = try text(folder + "/Docs/PLUGINS.md")
        let code = try text(folder + "/Tests/PluginKitTests/BreakdownCheck.swift")
        #expect(shown.contains(code.replacing("struct BreakdownCheck", with: "@main struct BreakdownCheck")))
        var table = Table(
            schema: TableSchema(name: "budget_lines", columns: ["id", "quantity", "amount"].map { Column(name: $0) })
        )
        table.append(row: ["L1", "1", "1000000.01"])
        table.append(row: ["L2", "2", "5000000.00"])
        table.append(row: ["L3", "1", "1000000.00"])
        let dossier = Dossier(tables: [table])
        try await withLoopback(Plugin(BreakdownCheck(), version: "1")) { host in
            let found = try await host.score("breakdown-check", dossier: dossier).findings
            #expect(found.map(\.subject) == ["L1"])
            #expect(found.first?.pointers.map(\.description) == ["/tables/budget_lines/0/amount"])
            let rules = try await host.rules("breakdown-check")
            #expect(rules.map(\.id) == ["example/lump"])
            let examples = RuleExamples(
                form: folder + "/Specs/forms/town-budget-request.yaml",
                of: Plugin(BreakdownCheck(), version: "1")
            )
            #expect(try await examples.whatIsWrong(with: rules[0]) == [])
            var untrue = rules[0]
            untrue.examples = rules[0].examples.filter { !$0.messages.isEmpty }
            untrue.examples[0].messages[0].en += "!"
            let wrong = try await examples.whatIsWrong(with: untrue)
            #expect(wrong.count == 2 && wrong[0] == "no example without a finding" && wrong[1].contains("!\nfound:"))
        }
    }

    private func text(_ path: String) throws -> String {
        let file = try #require(fopen(path, "r"))
        defer { fclose(file) }
        var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("what is left out has its default, what is wrong a diagnostic at its place")
    func reading() {
        let (settings, none) = Everything.read(["name": "n", "percent": "7%", "integer": 9, "texts": ["y"]])
        #expect(none.isEmpty)
        #expect(settings.text == "a" && settings.percent == 7 && settings.integer == 9 && settings.texts == ["y"])
        let (fallback, diagnostics) = Everything.read(["text": "c", "integer": 10, "flag": "yes", "nmae": 1])
        #expect(fallback.integer == 3 && fallback.text == "a")
        let found = diagnostics.map { "\($0.pointer) \($0.code)" }
        #expect(
            found == [
                "/text value/not-allowed", "/integer value/out-of-range",
                "/flag value/wrong-type",
                "/nmae value/unknown-key",
            ]
        )
        #expect(diagnostics[1].message.en == "expected a whole number from 1 to 9, found 10")
        #expect(Everything.read(.null).diagnostics.map(\.code) == ["value/missing-key"])
        #expect(NoSettings.read(["x": 1]).diagnostics.count == 1)
    }

    @Test("the JSON Schema for editors is made of what is asked for")
    func schema() {
        let schema = Everything.schema
        #expect(schema["properties"]?["integer"] == ["type": "integer", "minimum": 1, "maximum": 9, "default": 3])
        #expect(schema["properties"]?["text"] == ["enum": ["a", "b"], "default": "a"])
        #expect(schema["properties"]?["percent"]?["default"] == "5%")
        #expect(schema["required"] == ["name"])
        #expect(schema["additionalProperties"] == false)
        #expect(RoundAmounts().role.configSchema["properties"]?["step"]?["type"] == ["number", "string"])
    }

    @Test("rows come as a type, and the first that lacks something is named with its cell")
    func rows() throws {
        #expect(try lines(["L1", "5.00"]).rows(Line.self).map(\.amount) == [5])
        #expect(try Dossier().rows(Line.self).isEmpty)
        let error = #expect(throws: RowError.self) { try lines(["L1", "5.00"], ["L2", nil]).rows(Line.self) }
        #expect(error?.pointer.description == "/tables/lines/1/amount")
        #expect(error?.message.en == "amount should be a number, it is empty")
    }

    @Test("a table is read page by page, some columns of it, and a query that is wrong says where")
    func pages() async throws {
        struct Reader: Scorer {
            let role = RoleDescription(kind: .scorer, name: "reader", summary: "reads")

            func score(_ request: ScoringRequest) async throws -> Assessment {
                if let sql = request.configuration["sql"]?.text {
                    _ = try await request.context.query(sql)
                }
                let rows = Counter()
                try await request.context.read("lines", columns: ["amount"]) { page in
                    await rows.add(page.rowCount, columns: page.schema.columns.count)
                }
                return Assessment(facts: [Fact(id: "seen", label: LocalizedText("seen"), value: .text(await rows.text))]
                )
            }
        }
        try await withLoopback(Plugin(Reader(), version: "1")) { host in
            var table = Table(
                schema: TableSchema(name: "lines", columns: [Column(name: "id"), Column(name: "amount")])
            )
            for number in 0..<25_000 { table.append(row: [.text("L\(number)"), "1.00"]) }
            let seen = try await host.score("reader", dossier: Dossier(tables: [table])).facts.first?.value
            #expect(seen == "25000 rows of 1 column in 3 pages")
            await #expect {
                _ = try await host.score(
                    "reader",
                    configuration: ["sql": "SELECT\n nothing FROM lines"],
                    dossier: Dossier(tables: [table])
                )
            } throws: { "\($0)".contains("line 2, column 2 of the query: there is no column") }
        }
    }
}

private actor Counter {
    private var (rows, pages, width) = (0, 0, 0)

    func add(_ count: Int, columns: Int) {
        rows += count
        pages += 1
        width = columns
    }

    var text: String { "\(rows) rows of \(width) column in \(pages) pages" }
}
