import PluginKit
import ReviewModel
import Testing

@testable import document_auditor

/// The checks that hold one part of a report against another: forms, annexes, tables, criteria.
@Suite("Parts of a report against one another")
struct FormTests {
    private func audit(_ report: String, terms: Value = [], tables: [Table] = []) async throws -> [String] {
        let dossier = Dossier(
            fields: [
                "organisations": ["applicant": "上海市虹桥镇社区党群服务中心", "department": "虹桥镇人民政府", "client": "虹桥镇财政所"]
            ],
            tables: tables
        )
        let request = ScoringRequest(configuration: ["report": .text(report), "terms": terms], dossier: dossier)
        return try await DocumentAuditor().score(request).findings.map {
            "\($0.rule) \($0.firstPlace) \($0.found)"
        }
    }

    @Test("a form must name the organisations of the project, in full or shortened")
    func labels() async throws {
        #expect(try await audit("主管部门\t党群服务中心\t实施单位\t党群服务中心") == ["document/label-differs 1 党群服务中心"])
        #expect(try await audit("主管部门：镇人民政府\n填报单位：虹桥镇社区党群服务中心\n委托单位:虹桥镇财政所") == [])
        // One wrong character is a slip of the pen, and one finding.
        #expect(try await audit("委托单位：虹桥镇财务所") == ["document/unknown-name 1 虹桥镇财务所"])
    }

    @Test("an annex has one title, and a reference to it a number that there is")
    func annexes() async throws {
        let report = "详见附件 1 审核表。\n附件\n1. 审核明细表\n2. 申报表\n附件1 审核表\n附件 2-1 2026 年申报表\n附件2-2 描述"
        #expect(try await audit(report) == ["document/annex-title 3 审核明细表"])
        #expect(
            try await audit("明细见附件\n详见附件 4。\n附件1 甲\n附件3-1 乙") == [
                "document/annex-reference 1 见附件", "document/annex-reference 2 附件4", "document/annex-number 4 ",
            ]
        )
    }

    @Test("every entry of the contents is a heading")
    func contents() async throws {
        let contents = "一、概况\t1\n(一) 背景\t1\n二、情况\t2\n"
        #expect(try await audit(contents + "一、概况\n（一）背景\n二、情况") == [])
        #expect(try await audit(contents + "一、概况\n（一）背景\n二、评审情况") == ["document/contents-differ 3 二、情况"])
    }

    @Test("a section that says 无 is held against the points for it")
    func none() async throws {
        let table = "指标\t权重\t评分标准\t得分\t评分依据\n可行性(A13)\t3\t①经过专家论证或风险评估等，得 3 分；\tPOINTS\t\n"
        let section = "七、风险因素分析\n\n无。\n\n附表\n"
        #expect(try await audit(section + table.replacing("POINTS", with: "3")) == ["document/none-contradicted 3 无"])
        #expect(try await audit(section + table.replacing("POINTS", with: "0")) == [])
        #expect(try await audit("七、资金分析\n无。\n附表\n" + table.replacing("POINTS", with: "3")) == [])
    }

    @Test("what had a budget before is not new")
    func new() async throws {
        func table(_ name: String, _ columns: [Column], _ row: [Value]) -> Table {
            var table = Table(schema: TableSchema(name: name, columns: columns))
            table.append(row: row)
            return table
        }
        let lines = table(
            "budget_lines",
            [Column(name: "id"), Column(name: "group"), Column(name: "history_key")],
            ["L1", "镇中心阵地建设工程", "works"]
        )
        func history(_ key: String) -> Table {
            table(
                "history",
                [
                    Column(name: "year", type: .integer), Column(name: "item"),
                    Column(name: "adjusted", type: .decimal), Column(name: "history_key"),
                ],
                [2025, "镇中心工程", "361600.00", .text(key)]
            )
        }
        let text = "主要原因是新增镇中心阵地建设项目，共计若干。"
        #expect(try await audit(text, tables: [lines, history("works")]) == ["document/new-but-budgeted 1 新增"])
        #expect(try await audit(text, tables: [lines, history("other")]) == [])
        #expect(try await audit("新增课程活动。", tables: [lines, history("works")]) == [])
    }

    @Test("two copies of a table are compared cell by cell, page breaks aside")
    func tables() async throws {
        let header = "年度\t明细\t调整后预算金额\t支付金额\t执行率\n"
        let rows = "2024\t甲\t1.00\t1.00\t100%\n\t乙\t3.00\t-\t0%\n"
        let copy = "2024\t甲\t1.00\t1.00\t100%\n\n" + header + "\t乙\t3. 00\t-\t0.00%\n"
        #expect(try await audit("表一\n" + header + rows + "表二\n" + header + copy.replacing("3. 00", with: "3.00")) == [])
        let changed = rows.replacing("3.00\t-", with: "3.00\t2.00").replacing("甲", with: "丙")
        #expect(
            try await audit("表一\n" + header + rows + "表二\n" + header + changed) == [
                "document/tables-differ 8 2.00", "document/tables-differ 7 丙",
            ]
        )
        #expect(
            try await audit("表一\n" + header + rows + "表二\n" + header + "2024\t乙\t3.00\t-\t0%") == [
                "document/tables-differ 3 "
            ]
        )
    }

    @Test("a level that one copy of the targets lacks is found")
    func levels() async throws {
        let header = "一级目标\t二级目标\t三级目标\t目标值\t目标值依据\n"
        let full = "产出指标\t质量指标\t合格率\t100%\t计划\n\t时效指标\t及时率\t100%\t计划\n"
        #expect(try await audit("表一\n" + header + full + "表二\n" + header + full) == [])
        #expect(
            try await audit("表一\n" + header + full + "表二\n" + header + full.replacing("时效指标", with: ""))
                == ["document/tables-differ 6 "]
        )
    }

    @Test("one code has one name and one criterion")
    func criteria() async throws {
        let sheet = "三级指标\t分值\t自评\n规章制度健全性 (B13)\t5\t5\n"
        let system = "三级指标\t打分标准\n制度健全性\u{20}(B13)\t①健全性高，得 3 分；②有办法的，得 2 分。\n"
        let table = "指标\t评分标准\t得分\t评分依据\n制度健全性(B13)\t① 健全性高,得3分；②有办法的，得2分\t3 2\t无"
        #expect(try await audit(system + "附表\n" + table) == [])
        #expect(
            try await audit(sheet + "体系\n" + system + "附表\n" + table.replacing("②有办法的", with: "②有办法")) == [
                "document/criterion-name 2 \"制度健全性\"", "document/criterion-text 5 B13",
            ]
        )
    }

    @Test("evidence names rules that the report names elsewhere, too")
    func evidence() async throws {
        let table = "指标\t评分标准\t得分\t评分依据\n制度(B13)\t①制度健全性高，得 3 分\t3\t“专款专用制度”“合同签审制度”等\n"
        #expect(try await audit(table) == ["document/evidence-nowhere-else 2 专款专用制度、合同签审制度"])
        #expect(try await audit(table + "\n中心执行专款专用制度。") == ["document/evidence-nowhere-else 2 合同签审制度"])
        #expect(try await audit(table + "\n中心执行专款专用制度和合同签审制度。") == [])
    }

    @Test("a score at the end of two bands has no certain verdict")
    func bands() async throws {
        #expect(try await audit("70 分以下暂缓，70~90 分部分可行，90 分以上可行") == ["document/band-overlap 1 70 分、90 分"])
        #expect(try await audit("不满 70 分暂缓，70~89 分部分可行，90 分以上可行") == [])
    }

    @Test("names that belong together are listed alike")
    func terms() async throws {
        let terms: Value = [["name": "方法", "words": ["行业标准", "历史成本", "市场询价"], "least": 2]]
        let text = "方法包括行业标准法和历史成本法。\n依据市场询价。\n"
        #expect(try await audit(text, terms: terms) == [])
        #expect(
            try await audit(text + "由市场询价、历史成本构成。", terms: terms)
                == ["document/terms-differ 1 行业标准、历史成本 / 历史成本、市场询价"]
        )
    }

    @Test("mistakes in the setting terms are found")
    func termSettings() async throws {
        #expect(
            try await DocumentAuditor().validate(["report": "", "terms": [["name": "a", "word": []]]]).map(\.code)
                == ["value/unknown-key"]
        )
    }

    @Test("the audit table is held against what the deductions make, row by row")
    func auditTable() async throws {
        let adjustments = [
            Adjustment(subject: "L1", label: "甲", requested: 100, parts: [.init(kind: .cut, amount: 20, reason: "重复")]),
            Adjustment(subject: "L2", label: "乙项目", requested: 50),
        ]
        func audit(_ rows: String) async throws -> [String] {
            let report = "项目\t内容\t预算金额\t审核金额\t核减金额\t核减率\t核减说明\n" + rows
            let request = ScoringRequest(
                configuration: ["report": .text(report)],
                dossier: Dossier(),
                prior: ["audit": Assessment(adjustments: adjustments)]
            )
            return try await DocumentAuditor().score(request).findings.filter {
                $0.rule == "document/audit-table-differs"
            }
            .map { "\($0.severity) \($0.firstPlace) \($0.found)" }
        }
        let right = "站\t甲\t100.00\t80.00\t20.00\t20.00%\t重 复\n\t乙项目（含税）\t50.00\t50.00\t-\t0.00%\t合理\n"
        let total = "合计\t\t150.00\t130.00\t20.00\t13.33%\t/\n"
        #expect(try await audit(right + total) == [])
        #expect(try await audit(right.replacing("0.00%\t合理", with: "0.10%\t合理") + total) == ["error 3 0.10%"])
        #expect(try await audit(right.replacing("重 复", with: "超标") + total) == ["warning 2 超标"])
        #expect(try await audit(right.replacing("甲", with: "丙") + total) == ["error 2 丙", "error 1 "])
        #expect(try await audit(right + total.replacing("13.33", with: "13.34")) == ["error 4 13.34%"])
    }

    @Test("a text of the spec must stand in the report as it is")
    func specTexts() async throws {
        let text = "项目单位自评价得分为 95 分，经评审后评审得分为 90 分，评审结论为可行。"
        func audit(_ report: String) async throws -> [String] {
            let request = ScoringRequest(
                configuration: ["report": .text(report)],
                dossier: Dossier(fields: ["texts": ["scored": .text(text)]])
            )
            return try await DocumentAuditor().score(request).findings.map { "\($0.rule) \($0.pointers[0])" }
        }
        #expect(try await audit(text) == [])
        #expect(try await audit(text.replacing("95", with: "93")) == ["document/copies-differ /fields/texts/scored"])
    }
}
