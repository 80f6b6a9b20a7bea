import PluginKit
import ReviewModel
import Testing

@testable import prose_reconciler

/// A school, its classrooms and its bus lines: no budget, no targets, nothing that the town's form has.
private struct School {
    var text: String

    static let form: DossierOutline = {
        var form = DossierOutline(
            fields: [
                .init(
                    "school",
                    .group([
                        .init("title", .value(.text)), .init("seats", .value(.integer)),
                        .init("opened_year", .value(.integer)),
                    ])
                ),
                .init("report", .value(.text)),
            ],
            tables: [],
            synonyms: [
                "/school/seats": ["核定学位", "places", "seats approved"], "classrooms.pupils": ["在校生"],
            ]
        )
        form.roles.title = ["school", "title"]
        return form
    }()

    private var dossier: Dossier {
        var dossier = Dossier(fields: [
            "school": ["title": "河畔学校", "seats": 1200, "opened_year": 1998], "report": .text(text),
        ])
        var rooms = Table(
            schema: TableSchema(
                name: "classrooms",
                columns: [
                    Column(name: "room", title: LocalizedText(zh: "班级", en: "room")),
                    Column(name: "pupils", title: LocalizedText(zh: "学生", en: "pupils"), type: .integer, unit: "人"),
                    Column(name: "area", title: LocalizedText(zh: "面积", en: "area"), type: .decimal, unit: "平方米"),
                    Column(
                        name: "share",
                        title: LocalizedText(zh: "寄宿比例", en: "boarders"),
                        type: .decimal,
                        unit: "percent"
                    ),
                ]
            )
        )
        for row: [Value] in [
            ["三年级一班", 36, "52.5", "12.5"], ["三年级二班", 44, "60.0", "25.0"], ["12", 31, "48.0", "40.0"],
        ] { rooms.append(row: row) }
        dossier.set(rooms)
        var costs = Table(
            schema: TableSchema(
                name: "costs",
                columns: [
                    Column(name: "item"), Column(name: "year", type: .integer),
                    Column(name: "amount", title: LocalizedText(zh: "开支", en: "cost"), type: .decimal, unit: "CNY-wan"),
                ]
            )
        )
        for row: [Value] in [["校车", 2024, "35.20"], ["校车", 2025, "41.00"], ["食堂", 2025, "90.00"]] {
            costs.append(row: row)
        }
        dossier.set(costs)
        return dossier
    }

    /// `found ≠ expected` of every mismatch.
    func mismatches() async throws -> [String] {
        let request = ScoringRequest(configuration: .null, dossier: dossier, form: Self.form)
        let findings = try await ProseReconciler().score(request).findings
        return findings.filter { $0.rule == "prose/mismatch" }.map { "\($0.found) ≠ \($0.expected)" }
    }
}

@Suite("Texts of any form")
struct FormTests {
    @Test(
        "what the form's columns and fields bear out gives no finding",
        arguments: [
            "三年级一班学生 36 人，面积 52.5 平方米；三年级二班有学生 44 人。", "三年级二班有 44 名学生，寄宿比例为 25%。",
            "河畔学校共有学生 111 人，核定学位 1200 个。", "学生总数 111 人，平均学生 37 人。", "班级 12 的在校生为 31 人。",
            "校车 2025 年开支 41.00 万元，2024 年开支 352,000.00 元。", "The room 12 has 31 pupils. The total of pupils is 111.",
            "学生 36 人的班级有一个，另有转学生 5 人，校长 1 人，办学 27 年。", "三年级一班今年春季转入了 2 名学生。",
            "In spring 44 guests came, and seats approved of 900 were full. The room 12 has 31 pupils, area 48.0.",
        ]
    )
    func sound(text: String) async throws { #expect(try await School(text: text).mismatches() == []) }

    @Test(
        "a number that contradicts the column or field that it names is found",
        arguments: [
            ("三年级一班学生 38 人，面积 52.5 平方米。", ["38 人 ≠ 36 人"]), ("三年级二班有 44 名学生，寄宿比例为 26%。", ["26% ≠ 25.00%"]),
            ("The room 12 has 31 pupils and an area of 50.0.", ["50.0 ≠ 48"]),
            ("河畔学校 has a seats approved of 1,300.", ["1,300 ≠ 1200"]), ("三年级二班有 45 名学生。", ["45 名 ≠ 44 名"]),
            ("核定学位 1300 个。", ["1300 个 ≠ 1200 个"]), ("河畔学校共有学生 120 人。", ["120 人 ≠ 111 人"]),
            ("三年级一班面积 55.0 平方米，寄宿比例 13.5%。", ["55.0 平方米 ≠ 52.5 平方米", "13.5% ≠ 12.50%"]),
            ("校车 2025 年开支 42.00 万元，2024 年开支 36.20 万元。", ["42.00 万元 ≠ 41.00 万元", "36.20 万元 ≠ 35.20 万元"]),
            ("The room 12 has 33 pupils.", ["33 ≠ 31"]),
        ]
    )
    func wrong(text: String, expected: [String]) async throws {
        #expect(try await School(text: text).mismatches() == expected)
    }

    @Test("tables of the form may be chosen in the settings, and others are told")
    func settings() async throws {
        let form = DossierOutline(tables: [TableSchema(name: "classrooms", columns: [Column(name: "remark")])])
        let validate = { (table: String) in
            try await ProseReconciler().validate(["texts": [.text(table)]], in: FormContext(form: form))
        }
        #expect(try await validate("classrooms.remark").isEmpty)
        #expect(try await validate("clasrooms.remark").first?.help?.en == "did you mean \"classrooms\"?")
    }
}

@Suite("Units of any form")
struct FormUnitTests {
    /// What is found in a text about two buildings and their costs in euros: the rule and the number.
    private func found(_ text: String) async throws -> [String] {
        let kwh = LocalizedText(zh: "千瓦时", en: "kWh")
        var used = Column(name: "used", title: LocalizedText(zh: "用电量", en: "electricity"), type: .decimal, unit: "kWh")
        used.unitTitle = kwh
        let cost = Column(name: "cost", title: LocalizedText(zh: "电费", en: "cost"), type: .decimal, unit: "EUR")
        var table = Table(
            schema: TableSchema(name: "buildings", columns: [Column(name: "name"), used, cost])
        )
        table.append(row: ["甲楼", "100000", "25000.00"])
        table.append(row: ["Hall B", "60000.5", "15000.50"])
        var dossier = Dossier(fields: ["report": .text(text)])
        dossier.set(table)
        let findings = try await ProseReconciler().score(ScoringRequest(configuration: .null, dossier: dossier))
            .findings
        return findings.map { "\($0.rule) \($0.found)" }
    }

    @Test(
        "a measure or a currency of the form is read behind a number",
        arguments: [
            "甲楼的用电量为 100000 千瓦时，电费 25000.00 欧元。", "The electricity of Hall B was 60,000.5 kWh, its cost 15,000.50 EUR.",
            "Hall B 的用电量为 6.00005 万千瓦时，电费 1.50005 万欧元。", "甲楼的电费为 25 k€。",
        ]
    )
    func right(text: String) async throws { #expect(try await found(text) == []) }

    @Test("and held against its column: 千瓦时 is no thousand of anything")
    func wrong() async throws {
        #expect(try await found("甲楼的用电量为 101000 千瓦时。").first?.hasPrefix("prose/mismatch") == true)
        #expect(try await found("The electricity of Hall B was 61,000 kWh.").first?.hasPrefix("prose/mismatch") == true)
        #expect(try await found("甲楼的电费为 26 k€。").first?.hasPrefix("prose/mismatch") == true)
    }
}
