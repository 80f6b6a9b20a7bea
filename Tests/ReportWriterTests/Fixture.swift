import Glibc
import ReportDocument
import ReportNames
import ReportTemplate
import ReviewModel
import Testing
import YAMLDocument

@testable import report_writer

/// A small town's review, and templates written as YAML.
enum Fixture {
    static let rubric = yaml(
        """
        id: small
        bands_note: 9 分以上可行
        items:
          - code: A
            name: 决策
            max: 6
            items:
              - code: A1
                name: 依据
                max: 6
                explanation: 考察依据
                criteria: [{code: A1-1, max: 4, text: ①充分}, {code: A1-2, max: 2, text: ②相关}]
          - code: C
            name: 效益
            max: 4
            pooled: true
            standard: 两个指标
            criteria: [{code: C-1, max: 2, text: ①明确}, {code: C-2, max: 2, text: ②合理}]
            items: [{code: C1, name: 经济}, {code: C2, name: 社会}]
        """
    )

    static var dossier: Dossier {
        Dossier(
            fields: [
                "project": ["name": "助餐", "town": "望舒镇", "year": 2026],
                "texts": [
                    "plain": "两段。\n\n第二段。", "slotted": "申报 {{amounts.requested}} 元。", "circle": "{{texts.circle}}",
                ],
            ],
            tables: [lines, deductions, history, years, evidence]
        )
    }

    static func review(locale: Locale = .zh, findings: [LocatedFinding] = []) throws -> Review {
        let adjustments = [
            Adjustment(subject: "L1", label: "车辆", requested: 73000),
            Adjustment(
                subject: "L2",
                label: "餐箱",
                requested: 34200,
                parts: [.init(kind: .cut, amount: 5400, reason: "核减 {{deducted}} 元")]
            ),
            Adjustment(subject: "L3", label: "厨房", requested: 200000),
        ]
        return Review(
            id: "small",
            locale: locale,
            amounts: try Amounts.sum(adjustments.map { try $0.amounts() }),
            scores: [sheet("self", ["5", "4", "4", nil, nil]), sheet("review", ["4.5", nil, "3", nil, nil])],
            verdict: Verdict(code: "part", name: LocalizedText(zh: "部分可行", en: "partly feasible"), band: "[7, 9)"),
            adjustments: adjustments,
            facts: [Fact(id: "history.2024.rate", label: LocalizedText("率"), value: "99.5", unit: "percent")],
            findings: findings
        )
    }

    static func request(_ configuration: Value = ["rubric": rubric], directory: String = "/") throws -> RenderingRequest
    {
        RenderingRequest(
            configuration: configuration,
            review: try review(),
            dossier: dossier,
            formats: ["md", "html"],
            scratchDirectory: directory
        )
    }

    /// The text filled in over the fixture's model, and the names that it missed.
    static func fill(_ text: String) throws -> (runs: [Run], holes: [Hole]) {
        let expander = Expander(ReportModel(try request()), language: .chinese)
        let log = DiagnosticLog()
        let wording = Wording(text, at: JSONPointer(["template"]), log: log)
        #expect(log.diagnostics.isEmpty, "\(log.diagnostics)")
        return (expander.runs(wording, in: expander.root), expander.holes)
    }

    /// The document that a template's blocks make of the fixture.
    static func document(_ blocks: String, findings: [LocatedFinding] = []) throws -> Document {
        let settings: Value = ["id": "t", "title": "{{project.name}}", "blocks": yaml(blocks)]
        let log = DiagnosticLog()
        let template = try #require(TemplateOutline(ValueReader(settings, log: log)))
        #expect(log.diagnostics.isEmpty, "\(log.diagnostics)")
        var request = try request()
        request.review = try review(findings: findings)
        return try compose(template, request).0
    }

    static func markdown(_ blocks: String, findings: [LocatedFinding] = []) throws -> String {
        MarkdownRenderer(try document(blocks, findings: findings)).render()
    }

    /// The page between `<main>` and `</main>`.
    static func html(_ blocks: String) throws -> String {
        let page = HTMLRenderer.page(try document(blocks))
        let start = try #require(page.firstRange(of: "<main>\n")), end = try #require(page.firstRange(of: "\n</main>"))
        return String(page[start.upperBound..<end.lowerBound])
    }

    /// What the fixture's form says, by and large.
    static let form = DossierOutline(
        fields: [
            .init(
                "project",
                .group([.init("name", .value(nil)), .init("town", .value(nil)), .init("year", .value(nil))])
            ),
            .init("texts", .map(.value(nil))), .init("notes", .list(.group([.init("by", .value(nil))]))),
        ],
        tables: [
            lines.schema, history.schema, years.schema,
            table("visits", ["visited_on", "place", "cost:CNY"], []).schema,
        ]
    )

    /// Diagnostics of a template with these blocks under the fixture's form and rubric.
    static func diagnostics(_ blocks: String) async throws -> [ConfigurationDiagnostic] {
        let settings: Value = [
            "template": ["id": "t", "title": "t", "blocks": yaml(blocks)], "rubric": rubric,
        ]
        return try await ReportWriter().validate(settings, in: FormContext(form: form))
    }

    /// The same, as `pointer code`.
    static func mistakes(_ blocks: String) async throws -> [String] {
        try await diagnostics(blocks).map { "\($0.pointer) \($0.code)" }
    }

    static func yaml(_ text: String) -> Value {
        let parse = parseYAML(Array(text.utf8), file: "test.yaml")
        #expect(parse.diagnostics.isEmpty, "\(parse.diagnostics)")
        return parse.root.map(value) ?? .null
    }

    private static func value(_ node: YAMLNode) -> Value {
        if let items = node.sequence { return .list(items.map(value)) }
        if let entries = node.mapping { return .record(Record(entries.map { ($0.key.text ?? "", value($0.value)) })) }
        if node.isNull { return .null }
        return node.boolean.map { .boolean($0) } ?? node.integer.map { .integer($0) } ?? .text(node.text ?? "")
    }

    private static func sheet(_ rater: String, _ points: [String?]) -> ScoreSheet {
        let codes: [(String, String?, ExactDecimal)] = [
            ("A", nil, 6), ("A1-1", "A", 4), ("C", nil, 4), ("C1", "C", 0), ("C2", "C", 0),
        ]
        let items = zip(codes, points).map { code, points in
            ScoreItem(
                code: code.0,
                name: code.0,
                parent: code.1,
                max: code.2,
                points: points.flatMap { ExactDecimal($0) },
                status: points == nil ? .unscored : .given
            )
        }
        return ScoreSheet(rater: rater, total: rater == "self" ? 9 : ExactDecimal("7.5") ?? 0, max: 10, items: items)
    }

    private static let lines = table(
        "budget_lines",
        ["id", "group", "detail", "amount:CNY", "short_name"],
        [
            ["L1", "送餐", "车辆", "73000.00", nil], ["L2", "送餐", "餐箱", "34200.00", "保温餐箱"],
            ["L3", "厨房", "/", "200000.00", nil],
        ]
    )
    private static let deductions = table(
        "deductions",
        ["line", "kind", "amount:CNY", "reason", "opinion"],
        [["L2", "cut", "5400.00", "核减 {{deducted}} 元", "按 {{label}} 核减 {{deducted}} 元。"]]
    )
    private static let years = table(
        "history_years",
        ["year", "cut_off", "expected_rate:percent"],
        [["2024", nil, nil], ["2025", "2025-10-31", "99.00"]]
    )
    private static let history = table(
        "history",
        ["year", "item", "adjusted:CNY", "paid:CNY"],
        [["2024", "餐", "200.00", "199.00"], ["2025", "餐", "100.00", "50.00"], ["2025", "车", "100.00", "0.00"]]
    )
    private static let evidence = table(
        "evidence",
        ["code", "document", "text"],
        [["A1-1", "《办法》", nil], ["C", nil, "共用"]]
    )

    static func table(_ name: String, _ columns: [String], _ rows: [[String?]]) -> Table {
        let schema = columns.map { column in
            let parts = column.split(separator: ":").map(String.init)
            return Column(
                name: parts[0],
                type: parts.count > 1 ? .decimal : parts[0] == "year" ? .integer : .text,
                unit: parts.count > 1 ? parts[1] : ""
            )
        }
        var table = Table(schema: TableSchema(name: name, columns: schema))
        for row in rows { table.append(row: row.map { Value($0) }) }
        return table
    }

    /// A file of the repository, by its path from the root.
    static func file(_ path: String) throws -> String { try read(self.path(path)) }

    /// The absolute path of a file of the repository.
    static func path(_ path: String) -> String {
        #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/" + path
    }

    static func read(_ path: String) throws -> String {
        let file = try #require(fopen(path, "r"), "no file \(path)")
        defer { fclose(file) }
        var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// The beginning of a PNG file, which is all that is read of one.
enum PNGFile {
    static let start: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    static func bytes(width: UInt8) -> [UInt8] {
        start + [0, 0, 0, 13] + Array("IHDR".utf8) + [0, 0, 0, width, 0, 0, 0, 1] + [UInt8](repeating: 0, count: 9)
    }

    static func write(_ bytes: [UInt8], to path: String) throws {
        let file = try #require(fopen(path, "w"))
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
    }
}
