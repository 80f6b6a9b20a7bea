import ReviewModel
import Tables
import Testing
import WorkbookFixture

@testable import sheet_reader

@Suite("Rows and heads as forms of real units have them")
struct FormRowsTests {
    private let form = ApplicantForm()

    private func read(_ rows: [(Int, [String?])], merges: [String] = []) async throws -> SourceReading {
        try await form.read(rows, merges: merges)
    }

    private func rows(_ reading: SourceReading, _ table: String = "budget_lines") -> [String] {
        form.rows(reading, table)
    }

    private func message(_ reading: SourceReading, _ rule: String) -> String { form.message(reading, rule) }

    private let budget: [(Int, [String?])] = [
        (1, ["'项目内容", "'项目明细", "'数量", "'单位", "'单价", "'金额"]), (2, ["'甲", "'一", "2", "'人", "10", "20"]),
        (3, ["'乙", "'二", "3", "'人", "10", "30"]),
    ]
    private let lines = ["甲|一|2|人|10|20", "乙|二|3|人|10|30"]

    // MARK: Below the table

    @Test(
        "where people sign without a colon is no line, and is told",
        arguments: [
            ["'填表人", "'王芳", "'审核人", "'李强", "'负责人", "'张伟"], ["'制表 赵蕾", nil, "'复核 钱进"],
            ["'经办人", nil, "'分管领导", nil, "'主要领导"],
            ["'填报：朱明", nil, "'审核：刘洋", nil, "'（公章）"], ["'填表日期", nil, nil, "'2026年1月12日"], ["'填表人 周敏   审核人 何平"],
            ["'负责人（签字）", nil, nil, "'年  月  日"], ["'联系人", "'陆燕", "'联系电话", "66554433"],
        ] as [[String?]]
    )
    func signed(cells: [String?]) async throws {
        let found = try await read(budget + [(4, ["'合计", nil, nil, nil, nil, "50"]), (5, cells)])
        #expect(rows(found) == lines, "\(rows(found))")
        #expect(message(found, "titles-left-out").contains("第 5（"), "\(found.findings.map(\.message.zh))")
    }

    @Test(
        "lines that are called like those who sign stay lines: they are counted, or stand among those that are",
        arguments: [
            ["'审核", "'方案审核", "1", "'次", "50", "50"], ["'会计", "'代理记账", "12", "'月", "5", "60"],
            ["'项目负责人", "'补贴", "1", "'人", "9", "9"],
        ] as [[String?]]
    )
    func lineOfReviewers(cells: [String?]) async throws {
        let found = try await read(budget + [(4, cells)])
        #expect(rows(found).count == 3, "\(rows(found))")
        let waiting = try await read(
            [budget[0], (2, ["'审核", "'方案审核"]), (3, budget[1].1), (4, budget[2].1)]
        )
        #expect(rows(waiting).count == 3, "\(rows(waiting))")
    }

    @Test("opinions below a table are none of its rows; targets that speak of opinions are")
    func opinions() async throws {
        let targets: [(Int, [String?])] = [
            (1, ["'一级指标", "'指标名称", "'目标值"]), (2, ["'产出", "'征集群众意见", "'≥100条"]), (3, [nil, "'征求专家意见", "'3次"]),
        ]
        let found = try await read(
            targets + [
                (4, ["'主管部门审核意见", "'同意申报。"]), (5, ["'财政所意见", nil, "'按评审结果安排。"]), (6, ["'填表人", "'孙丽", "'审核人", "'高峰"]),
            ]
        )
        #expect(rows(found, "targets") == ["产出|征集群众意见|≥100条", "|征求专家意见|3次"], "\(rows(found, "targets"))")
        #expect(message(found, "titles-left-out").contains("同意申报"))
        let below = try await read(budget + [(5, ["'分管领导意见", "'同意，注意与2025年的一期避免重复。"])])
        #expect(rows(below) == lines)
        let line = try await read([budget[0], (2, ["'评审意见", "'印刷"]), (3, budget[1].1), (4, budget[2].1)])
        #expect(rows(line).count == 3, "\(rows(line))")
    }

    @Test(
        "a heading over the whole table names the lines below it that have no name, though it stands in the column of numbers"
    )
    func headingOver() async throws {
        let found = try await read(
            [
                (1, ["'序号", "'项目内容", "'项目明细", "'数量", "'单价", "'金额"]), (2, ["'一、人员经费"]),
                (3, ["1", nil, "'保安", "2", "10", "20"]),
                (4, ["2", "'其他", "'保洁", "3", "10", "30"]), (5, ["'说明"]), (6, ["3", nil, "'班长", "1", "10", "10"]),
            ],
            merges: ["A2:F2"]
        )
        #expect(rows(found) == ["人员经费|保安|2|10|20", "其他|保洁|3|10|30", "|班长|1|10|10"], "\(rows(found))")
    }

    @Test("a note beside the columns that are read is told")
    func noteBeside() async throws {
        var numbered = budget.map { ($0.0, ["'序号"] + $0.1) }
        for index in 1..<numbered.count { numbered[index].1[0] = "\(index)" }
        let found = try await read(numbered + [(4, ["'单价按2025年合同测算，设备以发票为准。"]), (5, ["3"])], merges: ["A4:G5"])
        #expect(rows(found) == lines)
        #expect(
            message(found, "titles-left-out").contains("以发票为准") && !message(found, "titles-left-out").contains("5（")
        )
    }

    // MARK: Heads

    @Test("a second head of the same table, in another unit and with other columns, begins more of its rows")
    func secondHead() async throws {
        let found = try await read(
            budget + [
                (4, ["'小计", nil, nil, nil, nil, "50"]), (6, ["'二、设备"]), (7, [nil, nil, nil, nil, "'单位：万元"]),
                (8, ["'序号", "'设备名称", "'规格", "'数量", "'单位", "'单价", "'金额"]),
                (9, ["1", "'丙", "'大", "2", "'台", "0.5", "1"]), (10, ["'小计", nil, nil, nil, nil, nil, "1"]),
                (11, ["'总计（万元）", nil, nil, nil, nil, nil, "1.005"]),
            ]
        )
        #expect(rows(found) == lines + ["丙|大|2|台|5000|10000"], "\(rows(found))")
        #expect(message(found, "follows").contains("第 8 行"))
        #expect(!found.rules.contains("sum-differs") && !found.rules.contains("unit-noted"), "\(found.rules)")
        // A total of both that is wrong is told.
        let wrong = try await read(
            budget + [
                (5, ["'二、设备（万元）"]), (6, ["'设备名称", "'规格", "'单位", "'数量", "'单价", "'金额"]),
                (7, ["'丙", "'大", "'台", "2", "0.5", "1"]), (8, ["'总计", nil, nil, nil, nil, "1.5"]),
            ]
        )
        #expect(rows(wrong).last == "丙|大|2|台|5000|10000" && wrong.rules.contains("sum-differs"), "\(wrong.rules)")
    }

    @Test(
        "the first of two tables is read, too, where the second names more columns; in the unit that is said once above both"
    )
    func firstHead() async throws {
        let found = try await read([
            (1, ["'单位：万元"]), (2, ["'项目内容", "'数量", "'单价", "'金额"]), (3, ["'甲", "2", "1", "2"]),
            (4, ["'合计", nil, nil, "2"]),
            (6, ["'项目内容", "'项目明细", "'数量", "'单位", "'单价", "'金额"]), (7, ["'乙", "'二", "3", "'人", "1", "3"]),
        ])
        #expect(rows(found) == ["甲||2||10000|20000", "乙|二|3|人|10000|30000"], "\(rows(found)) \(found.rules)")
        // A summary above the lines is told.
        let sums = try await read([
            (1, ["'项目内容", "'项目明细", "'金额"]), (2, ["'甲", "'全部", "50"]), (4, ["'明细"]),
            (5, budget[0].1), (6, budget[1].1), (7, budget[2].1),
        ])
        #expect(rows(sums) == lines && sums.rules.contains("another-head"), "\(rows(sums)) \(sums.rules)")
    }

    @Test("a second head over the details of the first, or over its sums, is told and not read")
    func details() async throws {
        let found = try await read(
            budget + [
                (5, ["'汇总（万元）"]), (6, ["'序号", "'项目内容", "'项目明细", "'数量", "'单位", "'单价", "'金额"]),
                (7, ["1", "'全部", "'合", "1", "'项", "0.005", "0.005"]),
            ]
        )
        #expect(rows(found) == lines && found.rules.contains("another-head"), "\(rows(found)) \(found.rules)")
    }

    @Test(
        "a list of something else under the same heads is told and not read",
        arguments: ["'二、现有设备清单", "'上年预算", "'2025年购置"]
    )
    func otherList(title: String) async throws {
        let found = try await read(
            [(1, ["'2026年预算"]), (2, budget[0].1), (3, budget[1].1), (4, budget[2].1), (6, [title])] + [
                (7, ["'设备名称", "'规格", "'单位", "'数量", "'单价", "'金额"]), (8, ["'丙", "'大", "'台", "2", "5", "10"]),
            ]
        )
        #expect(rows(found) == lines && found.rules.contains("another-head"), "\(rows(found)) \(found.rules)")
    }

    @Test("a head that is merged sideways is one column, or one with what it counts beside it")
    func sideways() async throws {
        let over = try await read(
            [
                (1, ["'项目内容", nil, "'数量", "'单价", "'金额"]), (2, ["'甲", nil, "2", "10", "20"]),
                (3, ["'乙", nil, "3", "10", "30"]),
                (5, ["'财政所意见", "'同意"]),
            ],
            merges: ["A1:B1", "A2:B2", "A3:B3"]
        )
        #expect(rows(over) == ["甲|2|10|20", "乙|3|10|30"] && !over.rules.contains("column-twice"), "\(over.rules)")
        let beside = try await read(
            [(1, ["'项目内容", "'数量", nil, "'单价", "'金额"]), (2, ["'甲", "2", "'场", "10", "20"])],
            merges: ["B1:C1"]
        )
        #expect(rows(beside) == ["甲|2|场|10|20"] && beside.rules.contains("column-beside"), "\(beside.rules)")
        let joined = try await read(
            [
                (1, ["'一级指标", "'指标名称", "'目标值", nil]), (2, ["'产出", "'场次", "'≥", "20"]),
                (3, ["'效益", "'满意度", "'≥", "'90%"]),
                (4, ["'注", "'本表一式两份"]),
            ],
            merges: ["C1:D1"]
        )
        #expect(rows(joined, "targets") == ["产出|场次|≥20", "效益|满意度|≥90%"], "\(rows(joined, "targets"))")
        #expect(!joined.rules.contains("column-twice"), "\(joined.rules)")
        // Numbers in the second column are lost, and told.
        let lost = try await read(
            [(1, ["'项目内容", "'数量", "'单价", "'金额", nil]), (2, ["'甲", "2", "10", "20", "21"])],
            merges: ["D1:E1"]
        )
        #expect(rows(lost) == ["甲|2|10|20"] && lost.rules.contains("column-twice"), "\(lost.rules)")
    }

    // MARK: Parts and sums

    @Test("rows behind 其中 that make up the rest are its parts, though nothing moves them to the right")
    func partsBehind() async throws {
        let head: (Int, [String?]) = (1, ["'项目内容", "'数量", "'单价", "'金额"])
        let found = try await read([
            head, (2, ["'宣传", "1", "60", "60"]), (3, ["'其中：海报", "2", "10", "20"]), (4, ["'视频", "4", "10", "40"]),
            (5, ["'劳务", "3", "10", "30"]), (6, ["'合计", nil, nil, "90"]),
        ])
        #expect(rows(found) == ["宣传|1|60|60", "劳务|3|10|30"] && !found.rules.contains("sum-differs"), "\(rows(found))")
        // Only one of the parts is named: the total says so.
        let one = try await read([
            head, (2, ["'宣传", "1", "60", "60"]), (3, ["'其中：海报", "2", "10", "20"]), (4, ["'视频", "4", "10", "40"]),
            (5, ["'劳务", "3", "10", "30"]), (6, ["'合计", nil, nil, "130"]),
        ])
        #expect(rows(one).count == 3 && !one.rules.contains("sum-differs"), "\(rows(one))")
        // Some of the parts, as the total says.
        let some = try await read([
            head, (2, ["'宣传", "1", "60", "60"]), (3, ["'其中：海报", "2", "10", "20"]), (4, ["'视频", "3", "10", "30"]),
            (5, ["'劳务", "3", "10", "30"]), (6, ["'合计", nil, nil, "90"]),
        ])
        #expect(rows(some) == ["宣传|1|60|60", "劳务|3|10|30"], "\(rows(some))")
    }

    @Test("a total behind an amount that is no number says what is missing, and one of other rows is held against them")
    func unchecked() async throws {
        let found = try await read([
            (1, ["'项目内容", "'数量", "'单价", "'金额"]), (2, ["'甲", "1", "84", "84"]), (3, ["'乙", "1", "10", "'8000左右"]),
            (4, ["'丙", "1", "18", "18"]), (5, ["'合计", nil, nil, "112"]),
        ])
        #expect(message(found, "sum-unchecked").contains("10") && message(found, "sum-unchecked").contains("D3"))
        let later = try await read([
            (1, ["'项目内容", "'数量", "'单价", "'金额"]), (2, ["'甲", "1", "84", "'待定"]), (3, ["'小计", nil, nil, "84"]),
            (4, ["'丙", "1", "18", "18"]), (5, ["'小计", nil, nil, "18"]),
        ])
        #expect(later.rules.count { $0 == "sum-unchecked" } == 1, "\(later.rules)")
    }

    @Test("a sum of headings with sums of their own leaves out no line; one that leaves out a heading does")
    func sumsOfSums() async throws {
        func rows(_ total: String) -> [(Int, [String?])] {
            [
                (1, ["'序号", "'项目内容", "'数量", "'单价", "'金额"]), (2, ["'一", "'材料", nil, nil, "=SUM(E3:E3)|10"]),
                (3, ["1", "'水泥", "1", "10", "10"]), (4, ["'二", "'机械", nil, nil, "=SUM(E5:E5)|30"]),
                (5, ["2", "'挖掘机", "3", "10", "30"]), (6, ["'三", "'管理费", "1", "4", "4"]),
                (7, [nil, "'合计", nil, nil, total]),
            ]
        }
        #expect(!(try await read(rows("=E2+E4+E6|44"))).rules.contains("sum-leaves-out"))
        #expect(try await read(rows("=E2+E6|14")).rules.contains("sum-leaves-out"))
    }
}
