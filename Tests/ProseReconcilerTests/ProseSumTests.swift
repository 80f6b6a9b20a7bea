import PrintedReports
import ReviewModel
import Testing

@testable import prose_reconciler

@Suite("Sums in prose")
struct ProseSumTests {
    /// The sums of a text: `total = parts`, with `≠` and the subset where they do not make it.
    private func sums(_ text: String) throws -> [String] {
        let numbers = ProseScanner().scan(ProseText(text)).numbers
        return try PartSum.all(in: ProseText(text), numbers, .standard).map { sum in
            let parts = sum.parts.map { numbers[$0].phrase }.joined(separator: "+")
            let subset = sum.subset.map { " (\($0.map { numbers[$0].phrase }.joined(separator: "+")))" } ?? ""
            return "\(numbers[sum.total].phrase) \(sum.agrees ? "=" : "≠") \(parts)\(subset)"
        }
    }

    static let cases: [(String, [String])] = [
        ("其中：会议费120.50万元、培训费80.00万元，共200.50万元", ["200.50万元 = 120.50万元+80.00万元"]),
        ("其中：会议费120.50万元、培训费80.00万元，共210.50万元", ["210.50万元 ≠ 120.50万元+80.00万元"]),
        ("会议费 3.0 万元、培训费 2.0 万元和车费 1.0 万元，合计 5.0 万元", ["5.0 万元 ≠ 3.0 万元+2.0 万元+1.0 万元 (3.0 万元+2.0 万元)"]),
        // Whole 万元 may be off by half each.
        ("会议费 3 万元、培训费 2 万元和车费 1 万元，合计 5 万元", ["5 万元 = 3 万元+2 万元+1 万元"]),
        ("以上三项：会议费 3 万元，培训费 2 万元，车费 1 万元，共计 6 万元", ["6 万元 = 3 万元+2 万元+1 万元"]),
        ("覆盖东部 12 家、西部 30 家，共 42 家", ["42 家 = 12 家+30 家"]),
        ("预算 6 万元，包括会议费 3 万元、培训费 2 万元和车费 1 万元。", ["6 万元 = 3 万元+2 万元+1 万元"]),
        ("预算 9 万元，包括会议费 3 万元、培训费 2 万元和车费 1 万元。", ["9 万元 ≠ 3 万元+2 万元+1 万元"]),
        ("预算 7 万元，包括会议费 3 万元、培训费 2 万元等。", ["7 万元 = 3 万元+2 万元"]),
        ("预算 7 万元，其中会议费 3 万元", ["7 万元 = 3 万元"]), ("预算 7 万元，其中会议费 9 万元", ["7 万元 ≠ 9 万元"]),
        // Sources of the money are all of it; of other parts a slip of the pen that explains what is lacking is told.
        ("总投资 386.50 万元，其中：区级财政资金 300.00 万元，街道自筹资金 86.50 万元。", ["386.50 万元 = 300.00 万元+86.50 万元"]),
        ("总投资 386.50 万元，其中区级财政资金 300.00 万元、街道自筹资金 60.00 万元。", ["386.50 万元 ≠ 300.00 万元+60.00 万元"]),
        ("总投资 386.50 万元，其中区级财政资金 300.00 万元、街道自筹资金 60.00 万元等。", ["386.50 万元 = 300.00 万元+60.00 万元"]),
        ("预算 268.40 万元，其中：人员 192.00 万元、装备 24.60 万元、管理 50.00 万元。", ["268.40 万元 ≠ 192.00 万元+24.60 万元+50.00 万元"]),
        ("预算 268.40 万元，其中人员 192.00 万元、装备 21.40 万元、管理 50.00 万元。", ["268.40 万元 = 192.00 万元+21.40 万元+50.00 万元"]),
        ("约为 301.57 万元，其中镇级财政安排 210.00 万元，上级补助 101.572 万元。", ["约为 301.57 万元 ≠ 210.00 万元+101.572 万元"]),
        ("设计费、监理费分别核减 5,730.00 元、7,000.00 元，共计核减 12,370.00 元。", ["12,370.00 元 ≠ 5,730.00 元+7,000.00 元"]),
        ("设计费、监理费分别核减 5,730.00 元、7,000.00 元，共计核减 12,730.00 元。", ["12,730.00 元 = 5,730.00 元+7,000.00 元"]),
        (
            "建筑工程费核减 220,000.00 元。其中：跑道多计 200 平方米，核减 69,000.00 元；草坪单价偏高，核减 124,000.00 元。",
            ["220,000.00 元 ≠ 69,000.00 元+124,000.00 元"]
        ),
        (
            "建筑工程费核减 220,000.00 元。其中：跑道多计，核减 50,000.00 元；草坪单价偏高，核减 124,000.00 元。",
            ["220,000.00 元 = 50,000.00 元+124,000.00 元"]
        ),
        ("会议费 0.33 万元、培训费 0.33 万元、车费 0.33 万元，共 1.00 万元", ["1.00 万元 = 0.33 万元+0.33 万元+0.33 万元"]),
    ]

    @Test("parts are held against their total within the printed precision", arguments: cases)
    func parts(text: String, expected: [String]) throws { #expect(try sums(text) == expected) }

    static let others = [
        "申报 350,000.00 元，核减 50,000.00 元，共计 300,000.00 元", "2023 年 100 万元、2024 年 120 万元，较上年共增加 20 万元",
        "每场 2,400 元、6 场，共 14,400 元", "会议费 3 万元。培训费 2 万元。共 7 万元", "会议费约 3 万元、培训费 2 万元，共 7 万元",
        "会议费 3 万元、培训费 2 万元，小计 5 万元、车费 1 万元，共 7 万元", "2 处 3 万元，共 7 万元", "东部 30%、西部 40%，共 80%",
    ]

    @Test("what is no list of parts is no sum", arguments: others)
    func none(text: String) throws { #expect(try sums(text) == []) }

    private static let items = [
        NamedSum.Item(name: "阵地建设工程", value: 300, pointers: []),
        NamedSum.Item(name: "阵地建设工程二类费", value: 40, pointers: []),
        NamedSum.Item(name: "家具采购项目", value: 200, pointers: []), NamedSum.Item(name: "文化展示", value: 125, pointers: []),
        NamedSum.Item(name: "调研", value: 7, pointers: []),
    ]

    private func named(_ text: String, terms: [String: [String]] = [:]) throws -> [NamedSum] {
        try NamedSum.all(
            in: ProseText(text),
            ProseScanner().scan(ProseText(text)).numbers,
            items: Self.items,
            terms: terms
        )
    }

    @Test("a sum that names its items is held against them, and says what else is in it")
    func namedItems() throws {
        let sum = try #require(try named("新增建设项目，包括建安费、二类费及相关货物类采购共计 665 元").first)
        #expect(sum.parts.map(\.item.name) == ["阵地建设工程", "阵地建设工程二类费", "家具采购项目"])
        #expect(!sum.agrees && sum.sum == 540)
        #expect(sum.surplus.map(\.name) == ["文化展示"] && sum.unused.isEmpty)
        #expect(try named("包括建安费、二类费和采购合计 540 元").first?.agrees == true)
    }

    @Test("a total that leaves out a named item says which")
    func unusedItem() throws {
        let sum = try #require(try named("包括文化展示、调研和家具采购项目，共计 325 元").first)
        #expect(sum.sum == 332 && sum.unused.map(\.name) == ["调研"] && sum.surplus.isEmpty)
    }

    @Test(
        "a sum whose parts could be several items, or none, is left alone",
        arguments: ["包括工程、调研共计 9 元", "包括租金、调研共计 9 元", "包括文化展示、调研等共计 9 元", "文化展示、调研共计 9 元", "包括调研共计 9 元"]
    )
    func unclear(text: String) throws { #expect(try named(text).isEmpty) }

    @Test("a town's own words for its items are a setting")
    func terms() throws {
        #expect(try named("包括氛围费、调研共计 132 元").isEmpty)
        #expect(try named("包括氛围费、调研共计 132 元", terms: ["氛围": ["展示"]]).first?.agrees == true)
    }
}
