import ReviewModel
import Testing

@testable import prose_reconciler

@Suite("Numbers in prose bound to figures")
struct ProseBinderTests {
    /// A project of 2026 with two items, one of which has three earlier years, and a target.
    private static let binder: ProseBinder = {
        func figure(
            _ value: ExactDecimal,
            _ aspect: ProseFigure.Aspect,
            _ years: [Int],
            _ subject: String = "",
            _ unit: ProseUnit = .yuan
        ) -> ProseFigure {
            let label = LocalizedText("\(subject)/\(aspect)/\(years)")
            return ProseFigure(
                label: label,
                value: value,
                unit: unit,
                subject: subject,
                aspect: aspect,
                years: years,
                pointers: []
            )
        }
        let budgets = [figure(160000, .adjusted, [2023], "courses"), figure(97000, .adjusted, [2024], "courses")]
        var figures =
            budgets + [
                figure(350000, .requested, [2026], "courses"), figure(300000, .approved, [2026], "courses"),
                figure(50000, .deducted, [2026], "courses"), figure(250000, .requested, [2026], "upkeep"),
                figure(600000, .requested, [2026]), figure(400000, .adjusted, [2025]), figure(380000, .paid, [2025]),
                figure(95, .executionRate, [2025], "", .percent), figure(90, .target, [2026], "satisfaction", .percent),
                figure(88, .reviewScore, [], "", .points),
            ]
        let mean = try? ProseFigure.mean(of: budgets, label: LocalizedText("mean"))
        figures += mean.map { [$0] } ?? []
        var vocabulary = ProseVocabulary(year: 2026)
        vocabulary.addProject("助餐")
        vocabulary.add("课程活动服务费", meaning: "courses")
        vocabulary.add("勤务保障", meaning: "upkeep")
        vocabulary.add("群众满意度", meaning: "satisfaction")
        return ProseBinder(figures: figures, vocabulary: vocabulary)
    }()

    /// Each number as `=label`, `≠label` or `?`.
    private func bind(_ text: String, about subject: String? = nil) throws -> [String] {
        let numbers = ProseScanner().scan(ProseText(text)).numbers
        return try Self.binder.bind(numbers, in: ProseText(text), about: subject).map {
            switch $0 {
            case .bound(let figure): "=\(figure.label.zh)"
            case .mismatch(let figures): "≠\(figures[0].label.zh)"
            case .unbound: "?"
            }
        }
    }

    static let cases: [(String, [String])] = [
        ("课程活动服务费申报预算 35.00 万元", ["=courses/requested/[2026]"]),
        ("课程活动服务费申报预算 36.00 万元", ["≠courses/requested/[2026]"]),
        (
            "课程活动服务费申报 35.00 万元，审核金额 31 万元，核减 5 万元",
            ["=courses/requested/[2026]", "≠courses/approved/[2026]", "=courses/deducted/[2026]"]
        ),
        (
            "2025 年度预算金额为 40.00 万元，执行金额为 38.10 万元，执行率 95.00%",
            ["=/adjusted/[2025]", "≠/paid/[2025]", "=/executionRate/[2025]"]
        ),
        ("上年预算 41 万元", ["≠/adjusted/[2025]"]), ("助餐项目申请预算 60 万元", ["=/requested/[2026]"]),
        ("近几年课程活动服务费预算平均为 30.00 万/年", ["≠mean"]), ("近两年课程活动服务费预算平均为 12.85 万元", ["=mean"]),
        ("群众满意度为 85%。", ["≠satisfaction/target/[2026]"]), ("群众满意度90%", ["=satisfaction/target/[2026]"]),
        ("评审得分为 89 分", ["≠/reviewScore/[]"]),
        (
            "2026 年预算较 2025 年增加 20 万元，增长 50.00%",
            ["=/requested/[2026]较/adjusted/[2025]的变化", "=/requested/[2026]较/adjusted/[2025]的变化"]
        ),
        ("2026 年预算较 2025 年增加 30 万元", ["≠/requested/[2026]较/adjusted/[2025]的变化"]),
        ("2026 年预算较 2025 年减少 20 万元", ["≠/requested/[2026]较/adjusted/[2025]的变化"]),
        (
            "课程活动服务费送审金额 36 万元，审定金额 31 万元，审减 5 万元",
            ["≠courses/requested/[2026]", "≠courses/approved/[2026]", "=courses/deducted/[2026]"]
        ),
        (
            "包括课程活动服务费 25.00 万元和勤务保障 35.00 万元。",
            ["≠courses/requested/[2026]", "≠upkeep/requested/[2026]"]
        ), ("其中课程活动服务费 35.00 万元、勤务保障 25.00 万元", ["=courses/requested/[2026]", "=upkeep/requested/[2026]"]),
    ]

    @Test("what the words name is held against it", arguments: cases)
    func named(text: String, expected: [String]) throws { #expect(try bind(text) == expected) }

    static let unnamed = [
        "申报预算 36.00 万元", "周边街镇课程活动服务费预算 36 万元", "参考其他镇，课程活动服务费预算平均为 31.00 万/年",
        "课程活动服务费情况如下。2025 年预算 41 万元", "2025 年预算 41 万元用于修缮", "2025 年群众满意度为 85%", "据调查，群众满意度为 85%",
        "课程活动服务费单价 36 元/份", "课程活动服务费原申报预算 36 万元", "2022 年预算 41 万元", "共有 36 家", "课程活动服务费预算 36 至 40 万元",
    ]

    @Test("a number whose words are not all understood is never an error", arguments: unnamed)
    func cautious(text: String) throws { #expect(try bind(text) == ["?"]) }

    @Test("a value that some figure has is bound, whatever the words")
    func byValue() throws {
        #expect(try bind("该笔资金 9.70 万元已到位") == ["=courses/adjusted/[2024]"])
        #expect(try bind("该笔资金 9.71 万元已到位") == ["?"])
    }

    @Test("a text about a line speaks of that line where it names none")
    func subject() throws {
        #expect(try bind("根据合同，现核减 6 万元，以后支付", about: "courses") == ["≠courses/deducted/[2026]"])
        #expect(try bind("根据合同，现核减 5 万元", about: "courses") == ["=courses/deducted/[2026]"])
        #expect(try bind("每人核减 6 万元", about: "courses") == ["?"])
    }

    @Test("an approximate figure is held to a tenth")
    func approximate() throws {
        #expect(try bind("课程活动服务费申报预算约 36 万元") == ["=courses/requested/[2026]"])
        #expect(try bind("课程活动服务费申报预算约 46 万元") == ["≠courses/requested/[2026]"])
    }

    @Test("a figure is missed by one digit, where there are enough of them and they are no round ones")
    func slips() throws {
        let numbers = ProseScanner().scan(ProseText("350,100.00 元，530,000.00 元，360,100.00 元，36 万元")).numbers
        #expect(try numbers.map { try Self.binder.slip(of: $0)?.value } == [350_000, nil, nil, nil])
    }
}
