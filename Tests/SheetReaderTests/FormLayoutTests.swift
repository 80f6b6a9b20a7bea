import ReviewModel
import Tables
import Testing
import WorkbookFixture

@testable import sheet_reader

@Suite("Sheets as makers of forms lay them out")
struct FormLayoutTests {
    private let form = ApplicantForm()

    private let budget: [(Int, [String?])] = [
        (1, ["'项目内容", "'项目明细", "'数量", "'单位", "'单价（元）", "'金额（元）"]), (2, ["'甲", "'一", "2", "'人", "10", "20"]),
        (3, ["'乙", "'二", "3", "'人", "10", "30"]), (4, ["'合计", nil, nil, nil, nil, "50"]),
    ]
    private let lines = ["甲|一|2|人|10|20", "乙|二|3|人|10|30"]

    // MARK: Below the total

    @Test("what is taken from the total, and what is left of it, are no lines, and are told")
    func belowTotal() async throws {
        let found = try await form.read(
            budget + [(5, ["'减：自筹资金", nil, nil, nil, nil, "20"]), (6, ["'本次申请财政资金", nil, nil, nil, nil, "30"])]
        )
        #expect(form.rows(found) == lines, "\(form.rows(found))")
        let message = form.message(found, "below-total")
        #expect(message.contains("减：自筹资金") && message.contains("本次申请财政资金") && !message.contains("扣除各项后"), "\(message)")
        // What is left is known by its amount, whatever it is called.
        let other = try await form.read(
            budget + [(5, ["'扣除上年结余", nil, nil, nil, nil, "20"]), (6, ["'镇财政承担", nil, nil, nil, nil, "30"])]
        )
        #expect(form.rows(other) == lines, "\(form.rows(other))")
        let rebate = try await form.read(
            budget + [(5, ["'减：优惠", nil, nil, nil, nil, "5"]), (6, ["'优惠后总价", nil, nil, nil, nil, "45"])]
        )
        #expect(form.rows(rebate) == lines, "\(form.rows(rebate))")
        #expect(form.message(rebate, "sum-differs") == "", "\(rebate.findings.map(\.message.zh))")
        let wrong = try await form.read(
            budget + [(5, ["'减：自筹资金", nil, nil, nil, nil, "20"]), (6, ["'本次申请财政资金", nil, nil, nil, nil, "35"])]
        )
        #expect(form.rows(wrong) == lines)
        #expect(form.message(wrong, "below-total").contains("合计扣除各项后为 30"))
    }

    @Test(
        "lines below the total stay lines",
        arguments: [
            ["'减速带", nil, nil, nil, nil, "8"], ["'不可预见费", nil, nil, nil, nil, "30"],
            ["'减：速带", nil, "1", "'条", "8", "8"],
        ]
            as [[String?]]
    )
    func linesBelowTotal(cells: [String?]) async throws {
        let found = try await form.read(budget + [(5, cells)])
        #expect(form.rows(found).count == 3, "\(form.rows(found))")
        #expect(form.message(found, "below-total") == "")
    }

    // MARK: Examples

    @Test(
        "a row that calls itself an example is left out, and told",
        arguments: [
            ["'示例", "'会议", "2", "'场", "3", "6"], ["'示例：办公费", "'例：纸", "10", "'箱", "18", "180"], ["'例1", "'会议", "2"],
        ]
            as [[String?]]
    )
    func examples(cells: [String?]) async throws {
        let rows = [budget[0], (2, cells), (3, budget[1].1), (4, budget[2].1), (5, budget[3].1)]
        let found = try await form.read(rows)
        #expect(form.rows(found) == lines, "\(form.rows(found))")
        #expect(form.message(found, "examples-left-out").contains("第 2 行"))
        #expect(form.message(found, "sum-differs") == "")
    }

    @Test("items that begin with the word are items", arguments: ["示例工程宣传", "例会会务", "例行检查"])
    func noExamples(name: String) async throws {
        let found = try await form.read([budget[0], (2, ["'" + name, "'一", "2", "'人", "10", "20"])])
        #expect(form.rows(found) == [name + "|一|2|人|10|20"])
        #expect(form.message(found, "examples-left-out") == "")
    }

    // MARK: Side by side

    private let beside: [(Int, [String?])] = [
        (1, ["'项目内容", "'数量", "'单价（元）", "'金额（元）", nil, "'一级指标", "'指标名称", "'目标值"]),
        (2, ["'甲", "2", "10", "20", nil, "'产出", "'次数", "'4次"]),
        (3, ["'合计", nil, nil, "20", nil, "'质量", "'合格率", "'95%"]),
        (4, [nil, nil, nil, nil, nil, "'满意度", "'满意率", "'90%"]),
    ]

    @Test("tables that stand side by side are each read; a total of one ends nothing in the other")
    func sideBySide() async throws {
        let found = try await form.read(beside)
        #expect(form.rows(found) == ["甲|2|10|20"], "\(form.rows(found))")
        #expect(
            form.rows(found, "targets") == ["产出|次数|4次", "质量|合格率|95%", "满意度|满意率|90%"],
            "\(form.rows(found, "targets"))"
        )
        #expect(form.message(found, "unknown-columns") == "", "\(found.findings.map(\.message.zh))")
    }

    @Test("columns behind an empty one that are no table of the form stay what the form does not have")
    func noTableBeside() async throws {
        let rows: [(Int, [String?])] = [
            (1, ["'项目内容", "'数量", "'单价（元）", "'金额（元）", nil, "'经手", "'附注"]),
            (2, ["'甲", "2", "10", "20", nil, "'王", "'急"]), (3, ["'乙", "1", "5", "5", nil, "'李", "'缓"]),
        ]
        let found = try await form.read(rows)
        #expect(form.rows(found) == ["甲|2|10|20", "乙|1|5|5"])
        #expect(form.message(found, "unknown-columns").contains("经手"))
        // An empty column inside of a table is none between two.
        let inside = try await form.read([
            (1, ["'项目内容", "'数量", nil, "'单价（元）", "'金额（元）"]), (2, ["'甲", "2", nil, "10", "20"]),
        ])
        #expect(form.rows(inside) == ["甲|2|10|20"])
    }

    // MARK: Further heads

    private func section(_ title: String, _ heads: [String], _ line: [String?], at row: Int) -> [(Int, [String?])] {
        [(row, ["'" + title]), (row + 1, heads.map { "'" + $0 }), (row + 2, line)]
    }

    @Test("sections that are numbered alike go on, though the later ones lack columns; one of another kind does not")
    func sections() async throws {
        let first = section(
            "（一）人员费",
            ["项目内容", "数量", "单价（元）", "金额（元）"],
            ["'教务", "2", "10", "20"],
            at: 1
        )
        let found = try await form.read(
            first + section("（二）其他", ["项目内容", "金额（元）"], ["'水电", "7"], at: 5)
        )
        #expect(
            form.rows(found) == ["教务|2|10|20", "水电|||7"],
            "\(form.rows(found)) \(found.findings.map(\.message.zh))"
        )
        #expect(form.message(found, "follows").contains("第 6 行"))
        for title in ["现有设备", "（二）用款计划", "1. 其中水电"] {
            let other = try await form.read(first + section(title, ["项目内容", "金额（元）"], ["'水电", "7"], at: 5))
            #expect(form.rows(other) == ["教务|2|10|20"], "\(title) \(form.rows(other))")
            #expect(form.message(other, "another-head").contains("没有读取"), "\(title)")
        }
    }

    @Test("a table that nobody knows ends the one above it, and is told")
    func unknownTable() async throws {
        let plan = section("二、资金支付计划", ["支付时间", "支付比例", "支付金额"], ["'2026年4月", "'50%", "10"], at: 6)
        let found = try await form.read(budget + plan)
        #expect(form.rows(found) == lines, "\(form.rows(found))")
        #expect(form.message(found, "another-head").contains("支付比例"), "\(found.findings.map(\.message.zh))")
        // Words in place of numbers are a line's, and told as such.
        let line = try await form.read(
            budget.dropLast() + [
                (4, ["'二、其他"]), (5, ["'杂项", "'若干", "'面议", "'批"]), (6, ["'丙", "'三", "1", "'人", "10", "10"]),
            ]
        )
        #expect(form.rows(line).count == 4, "\(form.rows(line))")
    }

    @Test("a unit that is said once, above the first table, is that of the next one, and told; its own goes before")
    func unitOfFirst() async throws {
        func rows(_ head: String) -> [(Int, [String?])] {
            [
                (1, ["'单位：万元"]), (2, ["'项目内容", "'数量", "'单价", "'金额"]), (3, ["'甲", "2", "1.5", "3"]),
                (5, ["'历年明细"]), (6, ["'年度", "'支出项目", "'预算数" + head, "'支付数" + head]), (7, ["2024", "'甲", "5", "4"]),
            ]
        }
        let found = try await form.read(rows(""))
        #expect(form.rows(found) == ["甲|2|15000|30000"])
        #expect(form.rows(found, "history") == ["2024|甲|40000|50000"], "\(form.rows(found, "history"))")
        #expect(form.message(found, "unit-carried").contains("A1"), "\(found.findings.map(\.message.zh))")
        let own = try await form.read(rows("（元）"))
        #expect(form.rows(own, "history") == ["2024|甲|4|5"])
        #expect(form.message(own, "unit-carried") == "")
    }

    // MARK: Far down, empty, renamed

    @Test("a table is found below a long one")
    func farDown() async throws {
        var rows: [(Int, [String?])] = [budget[0]]
        for row in 2...180 { rows.append((row, ["'事项\(row)", "'明细\(row)", "2", "'人", "10", "20"])) }
        rows += [(182, ["'绩效目标"]), (183, ["'一级指标", "'指标名称", "'目标值"]), (184, ["'产出", "'次数", "'4次"])]
        let found = try await form.read(rows)
        #expect(form.rows(found).count == 179)
        #expect(form.rows(found, "targets") == ["产出|次数|4次"])
    }

    @Test("an empty workbook is told, and a text that is called like a workbook, too")
    func emptyAndRenamed() async throws {
        let empty = try await form.read([])
        #expect(form.message(empty, "not-recognised").contains("没有任何文字和数字"), "\(empty.findings.map(\.message.zh))")
        let folder = Folder()
        let text = Array("项目内容\t数量\t单价\t金额\n甲\t2\t10\t20\n".utf8)
        for (name, isTold) in [("a.xlsx", true), ("a.csv", false), ("a.txt", false)] {
            let reading = try await SheetReader().read(
                SourceRequest(
                    configuration: ["book": .text(folder.write(name, text)), "recognise": true],
                    form: ApplicantForm.whole
                )
            )
            #expect(form.rows(reading) == ["甲|2|10|20"])
            #expect(form.message(reading, "guessed").contains("不是工作簿") == isTold, "\(name)")
        }
    }

    @Test("a row that stands twice on one sheet is a hint")
    func twice() async throws {
        let found = try await form.read([budget[0], budget[1], (3, budget[1].1)])
        #expect(form.rows(found) == [lines[0], lines[0]])
        #expect(found.findings.first { $0.rule == "sheet/row-twice" }?.severity == .info)
        #expect(form.message(try await form.read(budget), "row-twice") == "")
    }
}
