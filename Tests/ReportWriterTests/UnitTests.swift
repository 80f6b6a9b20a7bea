import ReportDocument
import ReportNames
import ReportTemplate
import ReviewModel
import Tables
import Testing

@testable import report_writer

@Suite("Amounts in tens of a currency, and fields by their type")
struct UnitTests {
    private static var things: Table {
        var builder = TableBuilder(
            TableSchema(
                name: "things",
                columns: [
                    Column(name: "w", type: .decimal, unit: "CNY-wan"),
                    Column(name: "y", type: .decimal, unit: "CNY"),
                    Column(name: "n", type: .integer, unit: "CNY-wan"),
                ]
            )
        )
        for (column, cell) in ["2400.50", "24005000.00", "3"].enumerated() {
            builder.append(text: cell, column: column)
        }
        builder.endRow(at: nil)
        return builder.table()
    }

    private static var form: DossierOutline {
        var form = DossierOutline(fields: [
            .init(
                "project",
                .group([
                    .init("budget", .value(.decimal)), .init("grant", .value(.decimal)), .init("on", .value(.date)),
                    .init("share", .value(.decimal)), .init("days", .list(.value(.date))), .init("name", .value(.text)),
                ])
            )
        ])
        form.units = ["/project/budget": "CNY", "/project/grant": "CNY-wan", "/project/share": "percent"]
        return form
    }

    private func text(_ wording: String, unit: String? = nil, form: DossierOutline? = form, words: String = "zh")
        throws -> String
    {
        var request = try Fixture.request()
        request.dossier = Dossier(
            fields: [
                "project": [
                    "budget": "1234567.80", "grant": "12.5", "on": "2026-01-31", "share": "8",
                    "days": ["2026-02-01", "2026-02-03"], "name": "2026-01-31",
                ]
            ],
            tables: [Self.things]
        )
        request.form = form
        var settings: Value = ["id": "t", "title": "t", "language": .text(words), "blocks": [["text": .text(wording)]]]
        if let unit, case .record(var record) = settings {
            record["unit"] = .text(unit)
            settings = .record(record)
        }
        let log = DiagnosticLog()
        let template = try #require(TemplateOutline(ValueReader(settings, log: log)))
        #expect(log.diagnostics.isEmpty, "\(log.diagnostics)")
        let blocks = try compose(template, request).0.sections.flatMap(\.blocks)
        guard case .paragraph(let paragraph)? = blocks.last else { return "no paragraph" }
        return paragraph.runs.plainText
    }

    @Test(
        "a choice prints as the form calls it, in the language of the review; conditions ask for it either way, and its id can be had",
        arguments: [
            ("{{#stays}}{{level}}、{{/stays}}", "区级、镇级、村级、"),
            ("{{#stays}}{{plain(level)}}、{{/stays}}", "district、town、村级、"),
            ("{{project.kind}}", "经常性"), ("{{ending(project.kind, '项目')}}", "经常性项目"),
            ("{{#project.kind}}{{.}}{{/project.kind}}", "经常性"),
        ]
    )
    func choices(_ wording: String, _ printed: String) throws {
        #expect(try choice([["text": .text(wording)]]) == printed)
    }

    @Test("conditions ask for a choice by its id or by its name", arguments: ["town", "镇级"])
    func choiceInCondition(_ word: String) throws {
        let block: Value = ["each": "stays", "where": .text("level = '\(word)'"), "blocks": [["text": "{{place}}"]]]
        #expect(try choice([block]) == "乙")
    }

    @Test("rows of one choice are a group, which prints its name")
    func choiceAsGroup() throws {
        let block: Value = [
            "each": "stays", "by": "level", "as": "group", "blocks": [["text": "{{group.key}}{{count(group.rows)}}"]],
        ]
        #expect(try choice([block]) == "村级1")
    }

    /// The last paragraph that blocks make of a table and a field in which one chooses.
    private func choice(_ blocks: [Value]) throws -> String {
        var builder = TableBuilder(TableSchema(name: "stays", columns: [Column(name: "level"), Column(name: "place")]))
        for (level, place) in [("district", "甲"), ("town", "乙"), ("村级", "丙")] {
            builder.append(text: level, column: 0)
            builder.append(text: place, column: 1)
            builder.endRow(at: nil)
        }
        var request = try Fixture.request()
        request.dossier = Dossier(fields: ["project": ["kind": "recurring"]], tables: [builder.table()])
        var form = DossierOutline(fields: [.init("project", .group([.init("kind", .value(.text))]))])
        form.synonyms = [
            "stays.level=district": ["区级", "district"], "stays.level=town": ["镇级", "town", "本级"],
            "/project/kind=recurring": ["经常性", "recurring"],
        ]
        request.form = form
        let log = DiagnosticLog()
        let settings: Value = ["id": "t", "title": "t", "blocks": .list(blocks)]
        let template = try #require(TemplateOutline(ValueReader(settings, log: log)))
        #expect(log.diagnostics.isEmpty, "\(log.diagnostics)")
        let made = try compose(template, request).0.sections.flatMap(\.blocks)
        guard case .paragraph(let paragraph)? = made.last else { return "no paragraph" }
        return paragraph.runs.plainText
    }

    @Test(
        "a column in 万元 prints in the unit that is asked for",
        arguments: [
            (nil, "2,400.50|24,005,000.00|3"), ("元", "24,005,000.00|24,005,000.00|30,000.00"),
            ("万元", "2,400.50|2,400.50|3.00"), ("亿元", "0.24|0.24|0.00"), ("CNY-wan", "2,400.50|2,400.50|3.00"),
            ("千元", "24,005.00|24,005.00|30.00"),
        ] as [(String?, String)]
    )
    func columns(_ unit: String?, _ printed: String) throws {
        let found = try text("{{#things}}{{w}}|{{y}}|{{n}}{{/things}}", unit: unit)
        #expect(found == printed)
    }

    @Test("a form around an amount in 万元 says what it prints in, also of a sum")
    func forms() throws {
        let wording =
            "{{#things}}{{wan(w)}} {{money(w)}} {{yi(w)}} {{plain(w)}} {{capital(w)}}{{/things}} {{wan(sum(things.w))}}"
        let found = try text(wording, unit: "元")
        #expect(
            found == "2,400.50 24,005,000.00 0.24 2400.50 人民币贰仟肆佰万伍仟元整 2,400.50"
        )
    }

    @Test("fields print by their type and unit")
    func fields() throws {
        let wording =
            "{{project.budget}} {{project.grant}} {{project.on}} {{project.share}} {{project.days}} {{project.name}}"
        let found = try text(wording)
        #expect(
            found
                == "1,234,567.80 12.5 2026 年 1 月 31 日 8.00% 2026 年 2 月 1 日、2026 年 2 月 3 日 2026-01-31"
        )
        #expect(try text("{{project.grant}} {{wan(project.grant)}}", unit: "元") == "125,000.00 12.50")
        let raw = try text("{{project.budget}}", form: nil)
        #expect(raw == "1234567.80")
    }
}
