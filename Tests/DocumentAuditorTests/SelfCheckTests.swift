import PluginKit
import ReviewModel
import Testing

@testable import document_auditor

/// Reports of other houses, held against themselves.
@Suite("A report of another house against itself")
struct SelfCheckTests {
    private func audit(_ report: String, year: Int? = nil) async throws -> [String] {
        let fields: Record = year.map { ["project": ["year": .integer($0)]] } ?? [:]
        let request = ScoringRequest(
            configuration: ["report": .text(report)],
            dossier: Dossier(fields: fields, tables: [])
        )
        return try await DocumentAuditor().score(request).findings.map { "\($0.rule) \($0.firstPlace) \($0.found)" }
    }

    private let scores = """
        评估内容\t分值\t得分
        立项必要性\t60\t50
        投入经济性\t40\t30
        合计\t100\t80
        项目综合得分80分，其中立项必要性得分50分、投入经济性得分30分。得分90分以上予以支持，70～90分（不含90分）部分支持，70分以下不予支持。评估结论为部分支持。
        """

    @Test(
        "points are held against the table, the sentence and the bands",
        arguments: [
            ("", "", []),
            ("评估结论为部分支持", "评估结论为予以支持", ["document/scores-disagree 5 予以支持"]),
            (
                "立项必要性得分50分、投入经济性得分30分", "立项必要性得分30分、投入经济性得分50分",
                ["document/score-table 5 30", "document/score-table 5 50"]
            ),
            (
                "\t60\t50", "\t60\t61",
                ["document/score-table 2 61", "document/score-table 4 80", "document/score-table 5 50"]
            ),
        ] as [(String, String, [String])]
    )
    func points(old: String, new: String, expected: [String]) async throws {
        let report = old.isEmpty ? scores : scores.replacing(old, with: new)
        #expect(try await audit(report).sorted() == expected)
    }

    @Test("an amount rounded to 万元 that says 元 is told beside others in 万元")
    func roundedUnit() async throws {
        let report = "送审3,718,477.28元，净核减157,457.66元。\n审核后，送审371.85万元，净核减15.75万元。"
        func found(_ report: String) async throws -> [String] {
            try await audit(report).filter { $0.hasPrefix("document/amount-unit") }
        }
        #expect(try await found(report) == [])
        #expect(try await found(report.replacing("15.75万元", with: "15.75元")) == ["document/amount-unit 2 15.75元"])
        #expect(try await found(report + "\n印刷费每册15.75元。") == [])
    }

    @Test("bands in a cell of a row with a total say what a score means")
    func bandsOfRow() async throws {
        let report = "评审得分为 85 分，评审结论为“部分可行”。\n总计\t100\t70 分以下暂缓，70~90 分部分可行，90 分以上可行\t\t100\t打分标准"
        func found(_ report: String) async throws -> [String] {
            try await audit(report).filter { $0.hasPrefix("document/scores") }
        }
        #expect(try await found(report) == [])
        let other = report.replacing("结论为“部分可行”", with: "结论为“可行”")
        #expect(try await found(other) == ["document/scores-disagree 1 可行"])
    }

    @Test("a score of the year before is not this one's")
    func earlierScore() async throws {
        #expect(try await audit("本项目评审得分88分（满分100分），上年度评审得分82分，提高6分。") == [])
        #expect(try await audit("本项目评审得分88分。经复核，评审得分82分。") == ["document/scores-disagree 1 82"])
    }

    @Test(
        "the words of the bands are those that the report prints for them",
        arguments: [
            ("支持", "90分（含）以上为支持，80分（含）至90分为调整后支持，80分以下为不支持。"),
            ("予以支持", "90分（含）以上为“予以支持”，75分（含）至90分为“部分支持”，75分以下为“不予支持”。"),
            ("优", "90分（含）—100分为优，80分（含）—90分为良，60分（含）—80分为中，60分以下为差。"),
        ]
    )
    func printedBands(best: String, bands: String) async throws {
        let text = "综合得分85分。\n\(bands)\n评审结论为“\(best)”。"
        #expect(
            try await audit(text).filter { $0.hasPrefix("document/scores") } == ["document/scores-disagree 3 \(best)"]
        )
        #expect(try await audit(text.replacing("85分", with: "90分")).filter { $0.hasPrefix("document/scores") } == [])
    }

    @Test("a rate is no amount that another in words could be")
    func rateBesideWords() async throws {
        let text = "审定金额3,015,720.00元，核减率7.73%。审定金额（大写）：叁佰零壹万伍仟柒佰贰拾元整。"
        #expect(try await audit(text).filter { $0.contains("amount-in-words") } == [])
        let report = text.replacing("贰拾元", with: "叁拾元")
        let request = ScoringRequest(
            configuration: ["report": .text(report)],
            dossier: Dossier(fields: [:], tables: [])
        )
        let findings = try await DocumentAuditor().score(request).findings
        let finding = try #require(findings.first { $0.rule == "document/amount-in-words" })
        #expect(finding.expected == "3,015,720.00")
    }

    @Test("words that a line break parts from their figure belong to it, not to the next one of their line")
    func wordsBehindBreak() async throws {
        let text =
            "原则同意该项目采购需求和采购实施计划，审核采购预算为5,832,600.00元（大写：\n人民币伍佰捌拾叁万贰仟陆佰元整），其中专项资金5,000,000.00元，自有资\n金832,600.00元。"
        #expect(try await audit(text).filter { $0.contains("amount-in-words") } == [])
        let wrong = text.replacing("叁万", with: "贰万")
        #expect(try await audit(wrong).contains { $0.contains("amount-in-words") })
        let broken = "审定金额为3,561,019.62元（大写：叁佰伍拾陆万壹仟零壹拾玖元\n陆角贰分），审核结束。"
        #expect(try await audit(broken).filter { $0.contains("amount-in-words") } == [])
    }

    @Test("a review ends before its report is issued")
    func reviewDays() async throws {
        let text = "我公司于2026年5月6日至2026年5月22日进行了评审。\n估算咨询有限公司\n2026年5月25日"
        #expect(try await audit(text) == [])
        #expect(try await audit(text.replacing("25日", with: "15日")) == ["document/date-after-issue 1 2026年5月22日"])
        let label = "评估时间：2026年8月3日—2026年9月11日\n二〇二五年九月十五日"
        #expect(try await audit(label) == ["document/date-after-issue 1 2026年9月11日"])
        #expect(try await audit("评估时间：2026年8月3日—9月11日\n二〇二六年九月十五日") == [])
    }

    @Test("sentences name the same bodies as the labels do")
    func bodies() async throws {
        func found(_ text: String) async throws -> [String] {
            let fields: Record = [
                "organisations": ["applicant": "松岭县公路养护中心", "department": "松岭县交通运输局"]
            ]
            let request = ScoringRequest(
                configuration: ["report": .text(text)],
                dossier: Dossier(fields: fields, tables: [])
            )
            return try await DocumentAuditor().score(request).findings.map { "\($0.rule) \($0.found)" }
        }
        #expect(try await found("项目由松岭县公路养护中心实施，主管部门为松岭县交通运输局。") == [])
        #expect(try await found("项目由县公路养护中心实施，主管部门为县交通运输局。") == [])
        #expect(try await found("参照青石县公路养护中心同类项目。") == [])
        #expect(try await found("主管部门为松岭县交通运输厅。") == ["document/label-differs 松岭县交通运输厅"])
        #expect(try await found("项目由青石县公路养护中心实施。") == ["document/label-differs 青石县公路养护中心"])
    }

    private let spent =
        "资金使用情况表（单位：万元）\n支出内容\t预算数\t执行数\t执行率\n绿化\t720.00\t690.00\t95.83%\n维修\t200.00\t185.00\t92.50%\n合计\t920.00\t875.00\t95.11%\n"

    @Test("what was spent on each thing makes the total below")
    func spending() async throws {
        #expect(try await audit(spent) == [])
        #expect(
            try await audit(spent.replacing("875.00\t95.11%", with: "885.00\t96.20%")) == [
                "document/funds-differ 5 8,850,000.00"
            ]
        )
        #expect(try await audit(spent.replacing("92.50%", with: "95.20%")) == ["document/funds-differ 4 95.20%"])
        // 万元 are rounded, and rows under 其中 are counted already.
        #expect(try await audit(spent.replacing("875.00", with: "875.01")) == [])
        let grouped = spent.replacing("维修", with: "其中：草坪\t320.00\t310.00\t96.88%\n维修")
        #expect(try await audit(grouped) == [])
    }

    @Test("what the text says was reached is what the table has")
    func reached() async throws {
        let table = "指标名称\t年度指标值\t实际完成值\n苗木成活率\t≥98%\t98.60%\n市民满意度\t≥85%\t91.20%\n"
        let text = "2025年苗木成活率98.60%，市民满意度91.20%，均达到年度目标。上年市民满意度为89.00%。"
        #expect(try await audit(table + text) == [])
        #expect(
            try await audit(table.replacing("91.20", with: "81.20") + text) == [
                "document/reached-differs 4 91.20%", "document/reached-differs 4 81.20%",
            ]
        )
    }

    @Test("the applicant's own points are not those of the review")
    func ownPoints() async throws {
        let sheet = "三级指标\t分值\t自评\n必要性\t60\t58\n经济性\t40\t36\n总计\t100\t94\n"
        #expect(try await audit(sheet + "项目单位自评价得分为94分，评审得分88分，其中必要性得分52分、经济性得分36分。") == [])
        #expect(try await audit(sheet + "项目单位自评价得分为95分。") == ["document/score-table 5 95"])
    }

    @Test("points of a first level are those of the rows under it")
    func groups() async throws {
        let sheet = "一级指标\t三级指标\t权重\t得分\n1 决策（20）\t依据\t10\t9\n\t程序\t10\t8\n2 产出（80）\t场次\t80\t70\n合计\t\t100\t87\n"
        #expect(try await audit(sheet + "项目得分为87分，其中决策类指标权重20分，得分17分；产出类指标权重80分，得分70分。") == [])
        let moved = "项目得分为87分，其中决策类指标权重20分，得分16分；产出类指标权重80分，得分71分。"
        #expect(try await audit(sheet + moved) == ["document/score-table 6 16", "document/score-table 6 71"])
    }

    @Test("the year of what is asked for is the budget year")
    func year() async throws {
        #expect(try await audit("项目由镇中心实施，2025年度送审金额63.46万元。", year: 2026) == ["document/year-differs 1 2025"])
        #expect(try await audit("项目由镇中心实施，2026年度送审金额63.46万元，较2025年申报预算增加。", year: 2026) == [])
        let evaluated = "松荫镇2025年度文化项目绩效评价报告\n年度\t项目\t预算数\t支出金额\t执行率\n2025\t演出\t72.00\t70.20\t97.50%"
        #expect(try await audit(evaluated, year: 2025) == [])
    }

    @Test("a date that is said to end a work comes after the one that is said to begin it")
    func dates() async throws {
        #expect(try await audit("计划于2026年1月15日开工，2025年8月20日竣工。") == ["document/date-order 1 2025年8月20日"])
        #expect(try await audit("2025年8月20日完成上年工程验收。计划于2026年1月15日开工。") == [])
        #expect(try await audit("计划于2026年1月15日开工，2026年8月20日前竣工。") == [])
    }

    @Test("不予认可 is no 予以认可")
    func denied() async throws {
        func table(_ reason: String) -> String { "内容\t申请金额\t建议安排\t调减金额\t说明\n课程\t300.00\t300.00\t0.00\t\(reason)" }
        #expect(try await audit(table("不予认可")) == ["document/reason-contradicts 2 不予认可"])
        #expect(try await audit(table("予以认可")) == [])
    }

    @Test("a summary says which of its cells is wrong, once")
    func summary() async throws {
        let summary =
            "单位工程\t送审造价\t审定造价\t核减金额\n外墙\t300.00\t290.00\t10.00\n屋面\t200.00\t190.00\t10.00\n合计\t500.00\t480.00\t20.00\n明细\n"
        let lines =
            "分项\t送审造价\t审定造价\t核减金额\n涂料\t300.00\t290.00\t10.00\n卷材\t120.00\t110.00\t10.00\n保温\t80.00\t80.00\t-\n合计\t500.00\t480.00\t20.00\n"
        #expect(try await audit(summary + lines) == [])
        let wrong = summary.replacing("屋面\t200.00", with: "屋面\t220.00")
        #expect(try await audit(wrong + lines) == ["document/table-sum 3 220.00"])
    }

    @Test("totals are sums of lines, and what a higher number sums up is no line")
    func totals() async throws {
        let table =
            "序号\t内容\t数量\t单价\t金额\n一\t人员\t\t\t30.00\n1\t工资\t2\t10.00\t20.00\n2\t奖金\t1\t10.00\t10.00\n二\t材料\t\t\t5.00\n1\t教材\t1\t5.00\t5.00\n\t合计\t\t\t35.00"
        #expect(try await audit(table) == [])
        #expect(try await audit(table.replacing("35.00", with: "36.00")) == ["document/table-sum 7 36.00"])
    }

    private func summary(_ unit: String, _ amounts: [String]) -> String {
        "送审金额 128.64 万元，审定 1,204,150.00 元，核减 8.2 万元。\n\(unit)\n内容\t送审金额\t审定金额\t审减金额\n路灯\t"
            + amounts.joined(separator: "\t") + "\n"
    }

    /// Amounts that no dossier has are told, too.
    private func units(_ report: String) async throws -> [String] {
        try await audit(report).filter { !$0.hasPrefix("document/unknown-amount") }
    }

    @Test("a table is in the unit that the sentences know its amounts in, and a caption that says another is one error")
    func units() async throws {
        let (yuan, wan) = (["1,286,400.00", "1,204,150.00", "82,250.00"], ["128.64", "120.415", "8.225"])
        for (caption, amounts) in [("单位：元", yuan), ("（单位：万元）", wan), ("", yuan)] {
            #expect(try await units(summary(caption, amounts)) == [], "\(caption)")
        }
        #expect(try await units(summary("（单位：万元）", yuan)) == ["document/unit-differs 2 万元"])
        #expect(try await units(summary("金额单位：元", wan)) == ["document/unit-differs 2 元"])
        // Where nothing says the unit, the place is the head; the table is read as the sentences have it.
        #expect(try await units(summary("", wan)) == ["document/unit-differs 3 "])
        // One amount may meet another by chance.
        #expect(try await units("核减 8.225 万元。\n单位：元\n内容\t送审金额\t审定金额\t审减金额\n路灯\t128.64\t120.415\t8.225\n") == [])
    }

    @Test("a head that says the unit itself is held against the sentences as a caption is")
    func unitsOfHeads() async throws {
        let text = "送审 1,286,400.00 元，审定 1,204,150.00 元。\n内容\t送审金额（万元）\t审定金额（万元）\t审减金额（万元）\n路灯\t"
        #expect(try await units(text + "128.64\t120.415\t8.225") == [])
        #expect(try await units(text + "1,286,400.00\t1,204,150.00\t82,250.00") == ["document/unit-differs 2 万元"])
    }

    private func sums(_ report: String) async throws -> [String] {
        try await audit(report).filter { $0.hasPrefix("document/table-sum") }
    }

    @Test("rows beneath 其中 are parts of the row above, and make it")
    func parts() async throws {
        let head = "表1（单位：万元）\n项目\t送审金额\t审定金额\t核减金额\n"
        let rows =
            "保洁\t320.00\t300.00\t20.00\n其中：人工\t250.00\t235.00\t15.00\n机械\t70.00\t65.00\t5.00\n清运\t80.00\t76.00\t4.00\n合计\t400.00\t376.00\t24.00\n"
        #expect(try await sums(head + rows) == [])
        #expect(
            try await sums(head + rows.replacing("70.00\t65", with: "70.00\t56")) == [
                "document/table-sum 3 3,000,000.00"
            ]
        )
    }

    @Test("rows numbered 一、 are the sums of those beneath, and a total may stand above all")
    func sumsAbove() async throws {
        let table =
            "序号\t项目\t数量\t单价\t金额\n\t合计\t\t\t560.00\n一\t硬件\t\t\t410.00\n1\t终端\t10\t35.00\t350.00\n2\t书架\t60\t1.00\t60.00\n二\t软件\t\t\t150.00\n1\t系统\t1\t150.00\t150.00\n"
        #expect(try await sums(table) == [])
        #expect(try await sums(table.replacing("560.00", with: "590.00")) == ["document/table-sum 2 590.00"])
        #expect(try await sums(table.replacing("410.00", with: "401.00")) == ["document/table-sum 3 401.00"])
    }

    @Test("小计 of an audit table is held against its rows where another column says which these are")
    func subtotals() async throws {
        let table =
            "项目\t申报金额\t审核金额\t核减金额\n课程\t30.00\t25.00\t5.00\n教材\t10.00\t10.00\t0.00\n小计\t40.00\t35.00\t5.00\n场地\t20.00\t20.00\t0.00\n小计\t20.00\t20.00\t0.00\n合计\t60.00\t55.00\t5.00\n"
        #expect(try await sums(table) == [])
        #expect(
            try await sums(table.replacing("小计\t40.00\t35.00", with: "小计\t40.00\t53.00")) == [
                "document/table-sum 4 53.00"
            ]
        )
    }

    @Test("（含） says which band an end belongs to, and an end without it belongs to none then")
    func saidEnds() async throws {
        func bands(_ text: String) async throws -> [String] {
            try await audit(text).filter { $0.hasPrefix("document/band-overlap") }
        }
        #expect(try await bands("90分（含）—100分为优，80分（含）—90分为良，60分（含）—80分为中，60分以下为差。") == [])
        #expect(try await bands("90分（含）以上为优，80分（含）—90分（不含）为良，80分以下为差。") == [])
        #expect(try await bands("90分（含）以上为优，80分—90分（含）为良，80分以下为差。") == ["document/band-overlap 1 90 分"])
    }

    private static let hospital = """
        临澜县人民医院医疗设备购置项目评审报告
        项目由临澜县人民医院申报，评审等级为“良”，综合得分87.2分，建议予以支持。临澜县卫生健康局于2025年7月15日批复同意立项。
        项目自2026年3月1日开始实施。
        三级指标\t指标值\t实际完成值\t分值\t得分\t扣分原因
        安装完成时间\t2026年11月30日前\t\t10\t10\t
        同意安排项目预算1,158.00万元。院方应在2026年2月底前完成招标。
        临澜县卫生健康局
        2025年10月10日
        """

    @Test(
        "names, dates and what is granted go together",
        arguments: [
            ("", "", []),
            ("同意安排项目", "不同意安排项目", ["document/stance-contradicts 6 不同意安排"]),
            ("同意安排项目", "建议2026年暂缓安排项目", ["document/stance-contradicts 6 暂缓安排"]),
            ("等级为“良”", "等级为“差”", ["document/grade-differs 2 差"]),
            ("2026年11月30日前", "2026年1月30日前", ["document/target-date 5 2026年1月30日"]),
            ("2025年7月15日", "2026年7月15日", ["document/date-after-issue 2 2026年7月15日"]),
            ("2026年2月底前", "2024年2月底前", ["document/date-after-issue 6 2024年2月"]),
            ("。临澜县卫生健康局于", "。青崖县卫生健康局于", ["document/foreign-name 2 青崖县卫生健康局"]),
            ("由临澜县人民医院申报", "由临澜县中医医院申报", ["document/foreign-name 2 临澜县中医医院"]),
            ("\n临澜县卫生健康局\n", "\n青崖县卫生健康局\n", ["document/foreign-name 7 青崖县卫生健康局"]),
            ("购置项目评审", "更新项目评审", ["document/project-name 1 临澜县人民医院医疗设备更新项目"]),
            ("院方应在2026年2月底前完成招标", "参照青崖县人民医院的做法", []),
            ("院方应在2026年2月底前完成招标", "宣传费不予安排。未通过验收的，不予拨付", []),
            ("院方应在2026年2月底前完成招标", "应于2024年12月底前支付的质保金，至2025年11月才支付", []),
        ] as [(String, String, [String])]
    )
    func wholeReport(old: String, new: String, expected: [String]) async throws {
        let report = old.isEmpty ? Self.hospital : Self.hospital.replacing(old, with: new)
        let fields: Record = [
            "project": ["year": 2026, "name": "临澜县人民医院医疗设备购置项目"],
            "organisations": ["applicant": "临澜县人民医院", "department": "临澜县卫生健康局"],
        ]
        let request = ScoringRequest(
            configuration: ["report": .text(report)],
            dossier: Dossier(fields: fields, tables: [])
        )
        let found = try await DocumentAuditor().score(request).findings
        let judged = ["stance", "grade", "target", "date", "foreign", "project-name"]
        #expect(
            found.filter { finding in judged.contains { finding.rule.hasPrefix("document/" + $0) } }
                .map { "\($0.rule) \($0.firstPlace) \($0.found)" } == expected
        )
    }

    private static let wards = """
        澄州区社区食堂补贴项目2026年度预算评审报告
        委托单位：澄州区财政局
        评审机构：明衡会计师事务所
        受澄州区财政局委托，明衡会计师事务所对澄州区民政局申报的项目进行评审，澄州区审计局、澄州区第一敬老院参加了核对。
        项目实施期为2026年1月至2026年12月。
        """

    @Test(
        "other bodies of the place are no slips, other places and clients are",
        arguments: [
            ("", "", []),
            ("委托，明衡", "的委托，明衡", []),
            ("对澄州区民政局", "对澄江区民政局", ["document/foreign-name 4 澄江区"]),
            ("受澄州区财政局委托", "受澄州区民政局委托", ["document/label-differs 4 澄州区民政局"]),
            ("对澄州区民政局", "参照澄江区民政局", []),
            ("2026年1月至2026年12月", "2025年1月至2025年12月", ["document/year-differs 5 2025年1月至2025年12月"]),
            ("2026年1月至2026年12月", "2025年1月至2027年12月", []),
            ("受澄州区财政局委托", "受澄州区财务局委托", ["document/unknown-name 4 澄州区财务局"]),
        ] as [(String, String, [String])]
    )
    func namesOfPlaces(old: String, new: String, expected: [String]) async throws {
        let report = old.isEmpty ? Self.wards : Self.wards.replacing(old, with: new)
        let fields: Record = [
            "project": ["year": 2026, "name": "社区食堂补贴项目", "town": "澄州区"],
            "organisations": ["client": "澄州区财政局", "agency": "明衡会计师事务所", "applicant": "澄州区第二敬老院"],
        ]
        let request = ScoringRequest(
            configuration: ["report": .text(report)],
            dossier: Dossier(fields: fields, tables: [])
        )
        let judged = ["foreign", "label", "year", "unknown-name"]
        let found = try await DocumentAuditor().score(request).findings
        #expect(
            found.filter { finding in judged.contains { finding.rule.hasPrefix("document/" + $0) } }
                .map { "\($0.rule) \($0.firstPlace) \($0.found)" } == expected
        )
    }

    @Test("dates in English are dates")
    func englishDates() async throws {
        let report = "Budget Review Report 2026\n14 November 2025\nThe vehicles will be delivered by 30 September 2026."
        #expect(try await audit(report).filter { $0.hasPrefix("document/date") } == [])
        #expect(
            try await audit(report.replacing("30 September", with: "31 September"))
                .filter { $0.hasPrefix("document/date") } == ["document/date-impossible 3 31September2026"]
        )
    }

    @Test("points without a reason, points that were not earned, rows left blank, and rates of points")
    func pointsOfRows() async throws {
        let form = """
            三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析
            维修管网长度\t≥60公里\t64.5公里\t50\t50\t
            投诉下降率\t≥35%\t30.43%\t50\t42.5\t浊度偏高
            合计\t\t\t100\t92.5\t
            """
        #expect(try await audit(form) == [])
        #expect(try await audit(form.replacing("\t42.5\t浊度偏高", with: "\t42.5\t")) == ["document/target-points 3 "])
        #expect(
            try await audit(form.replacing("≥60公里", with: "≤60公里")) == ["document/target-points 2 50"]
        )
        #expect(try await audit(form.replacing("\t50\t50\t", with: "\t50\t\t")) == ["document/score-table 4 92.5"])
        let sheet = """
            评估内容\t分值\t得分\t得分率
            立项必要性\t60\t54\t90.00%
            投入经济性\t40\t30\t75.00%
            合计\t100\t84\t84.00%
            评估得分84分，得分率最高的是立项必要性，为90.00%；投入经济性得分率低于立项必要性。
            """
        #expect(try await audit(sheet) == [])
        for (old, new) in [("75.00%", "57.00%"), ("最高的是", "最低的是"), ("率低于", "率高于"), ("为90.00%", "为80.00%")] {
            #expect(try await audit(sheet.replacing(old, with: new)).allSatisfy { $0.hasPrefix("document/score-rate") })
            #expect(try await audit(sheet.replacing(old, with: new)).count == 1, "\(old)")
        }
    }
}
