import PluginKit
import ReviewModel
import Testing

@testable import document_auditor

@Suite("The document auditor")
struct DocumentAuditorTests {
    private func table(_ name: String, _ columns: [Column], _ rows: [[Value]]) -> Table {
        var table = Table(schema: TableSchema(name: name, columns: columns))
        for row in rows { table.append(row: row) }
        return table
    }

    private func audit(
        _ report: String,
        prior: [String: Assessment] = [:],
        texts: Record = [:]
    ) async throws -> [String] {
        let dossier = Dossier(
            fields: [
                "organisations": ["applicant": "上海市虹桥镇社区党群服务中心", "short": "虹桥镇社区党群服务中心"], "texts": .record(texts),
            ],
            tables: [
                table("budget_lines", [Column(name: "amount", type: .decimal)], [["3420162.30"], ["18000.00"]]),
                table(
                    "legal_bases",
                    [Column(name: "title"), Column(name: "level")],
                    [["《关于加强城市基层党建的行动纲要》", "区级"], ["《关于推进楼宇党建工作的实施意见》", "镇级"]]
                ),
            ]
        )
        let request = ScoringRequest(configuration: ["report": .text(report)], dossier: dossier, prior: prior)
        return try await DocumentAuditor().score(request).findings.map {
            "\($0.rule) \($0.firstPlace) \($0.found)"
        }
    }

    @Test("a report that says what the dossier says has no findings")
    func clean() async throws {
        let report = """
            虹桥镇社区党群服务中心申报 3,420,162.30 元，其中 18,000.00 元。
            区级层面有《关于加强城市基层党建的行动纲要》，镇级层面有《关于推进楼宇党建工作的实施意见》。
            一、概况
            （一）背景
            (二) 内容
            二、情况
            （一）评分
            """
        #expect(try await audit(report) == ["document/mixed-width 5 (一)"])
        #expect(try await audit(report.replacing("(二)", with: "（二）")) == [])
    }

    @Test("an amount with one wrong digit is found with the nearest figure")
    func amounts() async throws {
        #expect(try await audit("合计（万元）\t342.02\t1,342.02") == ["document/unknown-amount 1 1,342.02"])
        #expect(try await audit("虹桥镇镇级预算") == [])
        #expect(try await audit("合计\t3,420,162.80\t18,000.00") == ["document/unknown-amount 1 3,420,162.80"])
    }

    @Test("a name with one wrong character is found, the long form of it is not")
    func names() async throws {
        #expect(try await audit("虹桥镇社区党建服务中心") == ["document/unknown-name 1 虹桥镇社区党建服务中心"])
        #expect(try await audit("上海市虹桥镇社区党群服务中心") == [])
    }

    @Test("titles and levels are those of the legal bases")
    func citations() async throws {
        #expect(
            try await audit("依据《区委关于加强城市基层党建的行动纲要》") == ["document/cited-title 1 《区委关于加强城市基层党建的行动纲要》"]
        )
        #expect(
            try await audit("国家层面有《关于加强城市基层党建的行动纲要》，镇级层面有《关于推进楼宇党建工作的实施意见》")
                == ["document/cited-level 1 国家"]
        )
    }

    @Test("what is said not to be attached must not stand further down")
    func attached() async throws {
        let row = "充分性\t5\t《关于加强城市基层党建的行动纲要》\t“引文”\t无\n"
        #expect(try await audit(row) == [])
        #expect(
            try await audit(row + "区委印发《关于加强城市基层党建的行动纲要》") == ["document/attached-contradiction 1 无"]
        )
    }

    @Test("headings go up one by one under each 一、")
    func numbering() async throws {
        #expect(try await audit("一、甲\n（一）子\n（三）丑\n二、乙\n（一）寅") == ["document/heading-number 3 （三）"])
        #expect(try await audit("三、投入\n1. 总投入\n(三) 成本") == ["document/heading-number 3 （三）"])
        #expect(
            try await audit("三、投入\n1. 总投入\n2. 历年\n3. 来源\n（三）成本") == ["document/heading-number 5 （三）"]
        )
    }

    @Test("two copies of a paragraph must say the same, blanks and page breaks aside")
    func copies() async throws {
        let text = "基于年度工作内容和支付进度计划，项目总体工作计划为：一、二季度完成整体工作量的 30%，四季度完成全年工作。"
        let broken = "基于年度工作内容和支付进度计划,项目总体工作计划为：一、二季度完成整体\n\n工作量的 30%，四季度完成全年工作。"
        #expect(try await audit(text + "\n" + broken) == [])
        let other = text.replacing("四季度", with: "三季度")
        #expect(try await audit(text + "\n标题\n" + other) == ["document/copies-differ 3 \"三\""])
        #expect(try await audit(text + "\n\n虹桥镇财政所为资金审批拨付单位：按照预算编制和实施计划核定项目预算资金。") == [])
        // A paragraph may print two texts of the spec.
        let more = "活动由社区居民和志愿者共同参与，每季度末由镇社会事业办公室组织检查并公布结果。"
        let texts: Record = ["content": .text(text), "work_plan": .text(more)]
        #expect(try await audit(text + more, texts: texts) == [])
    }

    @Test("doubled marks and blanks in numbers are found in their lines")
    func typography() async throws {
        #expect(try await audit("甲\n共计。。") == ["document/doubled 2 。。"])
        #expect(try await audit("《中共上海市市委》\n支付 61. 03%").contains("document/doubled 1 市市"))
        #expect(try await audit("执行率 61. 03%，第 3, 4 条") == ["document/split-number 1 61. 03"])
        #expect(try await audit("得分 95 分，属“可行”（[90, 100]）。") == [])
        #expect(try await audit("考察新增项目项目进度；本项目项目单位") == ["document/doubled 1 项目项目"])
    }

    @Test("a table of two columns is no table of contents, and sentences of the same figures are no copies")
    func lookalikes() async throws {
        #expect(try await audit("一、概况\n立项\t12\n产出\t9\n效益\t8\n合计\t29") == [])
        let contents = "一、概况\t1\n二、情况\t3\n三、建议\t9\n一、概况\n二、情况\n三、意见"
        #expect(try await audit(contents) == ["document/contents-differ 3 三、建议"])
        let sums = "申报 234,750 元，建议安排 225,750 元，由镇级资金安排。\n申报 234,750 元，核减 9,000 元，审定 225,750 元。"
        #expect(try await audit(sums).filter { $0.hasPrefix("document/copies") } == [])
    }

    @Test("of the captions of a report the one without a table is found")
    func captions() async throws {
        let rows = "\n镇\t户数\t人数\n青石镇\t12\t31\n"
        let report = "表1 申报明细表\(rows)\n表2 分年安排表\n（单位：户）\(rows)\n表3 绩效目标表\(rows)完。"
        #expect(try await audit(report).filter { $0.hasPrefix("document/caption") } == [])
        let lost = "表1 申报明细表\(rows)\n表2 分年安排表\n（单位：户）\(rows)\n表3 绩效目标表\n项目按季度检查。"
        #expect(try await audit(lost).filter { $0.hasPrefix("document/caption") } == ["document/caption-alone 10 "])
        // A list of the tables has none of them below its lines.
        let list = "表1 申报明细表\n表2 分年安排表\n表3 绩效目标表\n" + report
        #expect(try await audit(list).filter { $0.hasPrefix("document/caption") } == [])
    }

    @Test("a score without its verdict is found where the score stands")
    func verdict() async throws {
        let verdict = Verdict(code: "partly", name: LocalizedText(zh: "部分可行", en: "partly feasible"), band: "[70, 90)")
        let sheet = ScoreSheet(rater: "review", total: 88, max: 100, items: [], verdict: verdict)
        let prior = ["rubric": Assessment(scores: [sheet])]
        #expect(try await audit("一、概况\n评审得分为 88 分。\n附件1 标准\n部分可行", prior: prior) == ["document/verdict-not-stated 2 "])
        #expect(try await audit("评审得分为 88 分，部分可行。", prior: prior) == [])
    }

    @Test("it needs the report, and knows no other setting")
    func settings() async throws {
        #expect(try await DocumentAuditor().validate([:]).map(\.code) == ["value/missing-key"])
        #expect(try await DocumentAuditor().validate(["report": "", "file": "a"]).map(\.code) == ["value/unknown-key"])
    }
}
