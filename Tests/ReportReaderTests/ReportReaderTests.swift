import BudgetLines
import PrintedReports
import ReviewModel
import SpecLoading
import Testing

@testable import report_reader

/// The first town's report was typed into its spec by hand; what is read from the report itself must be the same.
@Suite("Reading the first town's report")
struct ReportReaderTests {
    private let read: [Table]
    private let typed: Dossier

    init() throws {
        let spec = try #require(loadSpec("Specs/hongqiao/party-service-2026-as-issued.yaml").spec)
        let step = try #require(spec.steps.first { $0.plugin == "report-reader" })
        read = try ReportReader().tables(SourceRequest(configuration: step.configuration))
        typed = try #require(loadSpec("Specs/hongqiao/party-service-2026.yaml").spec).dossier
    }

    /// The cells of some columns, folded, a text a row.
    private func cells(_ table: Table?, _ columns: [String]) -> [String] {
        table?.rows.map { row in columns.map { row.text($0).folded }.joined(separator: " | ") } ?? []
    }

    private func readTable(_ name: String) -> Table? { read.first { $0.name == name } }

    @Test(
        "the tables that were read are those that were typed",
        arguments: [
            ("budget_lines", ["id", "group", "detail", "quantity", "unit_price", "amount"]),
            ("printed_audit", ["line", "requested", "approved", "deducted", "rate"]),
            ("deductions", ["line", "kind", "amount", "reason"]),
            ("history", ["year", "item", "adjusted", "paid", "declared_rate"]),
            (
                "history_years",
                ["year", "declared_adjusted", "declared_paid", "declared_rate", "cut_off", "expected_rate"]
            ),
            ("targets", ["name", "value", "basis"]),
            ("declared_targets", ["level1", "level2", "name", "value"]),
            ("legal_bases", ["title", "number", "issuer", "issued"]),
        ]
    )
    func sameAsTyped(table: String, columns: [String]) {
        #expect(cells(readTable(table), columns) == cells(typed.table(table), columns))
        #expect(readTable(table)?.rowCount ?? 0 > 0)
    }

    @Test("scores are those of the sheet and of the text, evidence is that of the criterion tables")
    func scores() throws {
        let scores = try #require(readTable("scores"))
        let read = scores.rows.map { "\($0.text("rater")) \($0.text("code")) \($0.text("points"))" }
        #expect(read.suffix(3) == ["review A 44", "review B 27", "review C 17"])
        #expect(read.contains("self B2 10") && read.contains("self C2 4") && read.contains("self A24 4"))
        // As printed: the second row of B2 bears no name of its own, and what belongs to C32 stands in the cell of C31.
        let printed = typed.table("evidence")?.rows.map { $0.text("code") == "B22" ? "B21" : $0.text("code") } ?? []
        #expect(cells(readTable("evidence"), ["code"]) == printed.filter { $0 != "C32" })
        #expect(
            cells(readTable("evidence"), ["document", "attached"])
                == cells(typed.table("evidence"), ["document", "attached"]).dropLast()
        )
        let problems = ["problem", "finding", "suggestion", "advice"]
        #expect(cells(readTable("problems"), problems) == cells(typed.table("problems"), problems))
    }

    @Test("every row knows its line in the report")
    func lines() throws {
        let budget = try #require(readTable("budget_lines"))
        #expect(budget.spot(ofRow: 0) == .line(of: JSONPointer(["config", "report"]), line: 69, column: 1))
        for name in [
            "budget_lines", "history", "targets", "scores", "evidence", "problems", "legal_bases", "paragraphs",
        ] {
            let table = try #require(readTable(name))
            #expect(table.rows.indices.allSatisfy { table.spot(ofRow: $0) != nil }, "\(name)")
        }
    }
}

@Suite("A report that is all there is")
struct AloneTests {
    private func read(_ text: String) throws -> SourceReading {
        try ReportReader().read(SourceRequest(configuration: ["report": .text(text), "alone": true]))
    }

    private func fields(_ text: String) throws -> [String] {
        try read(text).fields.map { "\($0.pointer.dotted)=\($0.value.scalarText ?? "")" }
    }

    @Test("its labels and its title say project, year and organisations")
    func fields() throws {
        #expect(
            try fields("望舒镇 2026 年社区食堂项目评审报告\n\n项目单位：望舒镇社区服务中心\n委托单位\t望舒镇财政所\n") == [
                "fields.organisations.applicant=望舒镇社区服务中心", "fields.organisations.client=望舒镇财政所",
                "fields.project.year=2026", "fields.project.name=社区食堂", "fields.project.town=望舒镇",
            ]
        )
        #expect(try fields("评审报告\n（2025 年度）\n2024 年 11 月") == ["fields.project.year=2025"])
        #expect(try fields("评审报告\n2024 年 11 月") == [])
        // The kind of report may stand in a line of its own, and an applicant may be called otherwise.
        #expect(
            try fields("白石县2026年公路养护资金\n评审意见书\n申请单位：白石县公路中心") == [
                "fields.organisations.applicant=白石县公路中心", "fields.project.year=2026", "fields.project.name=公路养护资金",
                "fields.project.town=白石县",
            ]
        )
    }

    @Test("a time from one day to another in a form or behind a colon is two days, and told; what is none stays out")
    func spans() throws {
        let labels: Value = [
            "project.name": ["项目名称"], "project.town": ["所在镇"], "project.starts_on": ["开始日期"],
            "project.ends_on": ["结束日期"],
        ]
        let spans: Value = [
            ["first": "project.starts_on", "last": "project.ends_on", "words": ["起止时间", "实施期限"]]
        ]
        func days(_ text: String) throws -> [String] {
            let reading = try ReportReader().read(
                SourceRequest(
                    configuration: ["report": .text(text), "alone": true, "labels": labels, "spans": spans]
                )
            )
            let told = reading.findings.filter { $0.rule == "report-reader/span" }.count
            return reading.fields.filter { $0.pointer.tokens.last?.hasSuffix("_on") ?? false }
                .map { $0.value.scalarText ?? "" } + (told == 0 ? [] : ["told \(told)"])
        }
        let both = ["2026-01-01", "2026-12-31", "told 1"]
        #expect(try days("申报书\n项目名称\t社区食堂\n所在镇\t望舒镇\n起止时间\t2026年1月至12月\n") == both)
        #expect(try days("申报书\n项目名称\t社区食堂\t所在镇\t望舒镇\n起 止 时 间\t2026.1.1-2026.12.31\n") == both)
        #expect(try days("申报书\n实施期限：2026年1月1日—2026年12月31日\n") == both)
        // What was said as days of their own comes first.
        let own = "开始日期：2026-02-01\n结束日期：2026-03-01\n起止时间：2026年1月至12月\n"
        #expect(try days(own) == ["2026-02-01", "2026-03-01"])
        #expect(try days("申报书\n项目名称\t社区食堂\n所在镇\t望舒镇\n起止时间\t一年\n实施期限\t2026年\n") == [])
        // A head of a table of many is no label.
        #expect(try days("序号\t项目\t金额\n1\t甲\t5\n2\t起止时间\t2026年1月至12月\n3\t乙\t7\n") == [])
    }

    @Test("where people sign below targets is no target, and told; targets that speak of opinions stay")
    func signed() throws {
        let text = """
            申报表

            绩效目标表

            一级指标\t二级指标\t三级指标\t指标值
            产出指标\t数量指标\t改造公厕\t6座
            产出指标\t数量指标\t征求群众意见\t2次
            填表人\t赵一\t审核人\t钱二
            主管部门意见\t同意\t\t
            """
        let reading = try ReportReader().read(
            SourceRequest(
                configuration: ["report": .text(text), "alone": true, "signed": ["填表人", "审核人", "部门意见"]]
            )
        )
        let targets = try #require(reading.tables.first { $0.name == "declared_targets" || $0.name == "targets" })
        let names = try #require(targets.schema.position(of: "name"))
        #expect(
            (0..<targets.rowCount).map { targets.cell(row: $0, column: names).text ?? "" } == ["改造公厕", "征求群众意见"]
        )
        #expect(reading.findings.contains { $0.rule == "report-reader/signed" && $0.message.zh.contains("审核人") })
    }

    @Test("where no table has budget lines, the audit table names them; where none has, the table is empty")
    func lines() throws {
        let audit = "费用\t送审金额\t审定金额\t审减金额\n保洁\t20.00\t15.00\t5.00\n合计\t20.00\t15.00\t5.00"
        let table = try read(audit).tables.first { $0.name == "budget_lines" }
        #expect(table?.rows.map { "\($0.text("group")) \($0.text("amount"))" } == ["保洁 20.00"])
        #expect(try read("没有表格。").tables.first { $0.name == "budget_lines" }?.rowCount == 0)
    }
}
