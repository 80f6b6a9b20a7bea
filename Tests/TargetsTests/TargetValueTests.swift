import ReviewModel
import Targets
import Testing

@Suite("Target values")
struct TargetValueTests {
    typealias Quantity = TargetValue.Quantity

    private static func decimal(_ text: String) -> ExactDecimal { ExactDecimal(text) ?? -1 }

    static let quantities: [(String, Quantity)] = [
        ("100%", Quantity(.exactly, 100, unit: "%")),
        ("≥90%", Quantity(.atLeast, 90, unit: "%")),
        ("≥ 90 %", Quantity(.atLeast, 90, unit: "%")),
        ("≧９０％", Quantity(.atLeast, 90, unit: "%")),
        (">=90%", Quantity(.atLeast, 90, unit: "%")),
        ("不低于90%", Quantity(.atLeast, 90, unit: "%")),
        ("90%以上", Quantity(.atLeast, 90, unit: "%")),
        ("达到 95.5%", Quantity(.atLeast, decimal("95.5"), unit: "%")),
        ("0", Quantity(.exactly, 0)),
        ("0 起", Quantity(.exactly, 0, unit: "起")),
        ("2 个", Quantity(.exactly, 2, unit: "个")),
        ("200 节", Quantity(.exactly, 200, unit: "节")),
        ("不少于 1,200 人次", Quantity(.atLeast, 1200, unit: "人次")),
        ("不超过3次", Quantity(.atMost, 3, unit: "次")),
        ("超过3次", Quantity(.moreThan, 3, unit: "次")),
        ("＜5%", Quantity(.lessThan, 5, unit: "%")),
        ("≤9 元", Quantity(.atMost, 9, unit: "元")),
        ("=3", Quantity(.exactly, 3)),
        ("30 日内", Quantity(.atMost, 30, unit: "日")),
        ("5个工作日以内", Quantity(.atMost, 5, unit: "个工作日")),
        ("约 40 场", Quantity(.exactly, 40, unit: "场")),
        ("-5%", Quantity(.exactly, -5, unit: "%")),
        ("较上年提升 5%", Quantity(.exactly, 5, unit: "%", context: "较上年提升")),
        ("每月至少1次", Quantity(.atLeast, 1, unit: "次", context: "每月")),
        ("两次", Quantity(.exactly, 2, unit: "次")),
        ("不少于十二场", Quantity(.atLeast, 12, unit: "场")),
        ("二百零五人", Quantity(.exactly, 205, unit: "人")),
        ("百分之百", Quantity(.exactly, 100, unit: "%")),
        ("不低于百分之九十", Quantity(.atLeast, 90, unit: "%")),
    ]

    @Test("figures are read with direction, number, unit and context", arguments: quantities)
    func quantity(text: String, expected: Quantity) {
        #expect(TargetValue(text).reading == .quantity(expected))
        #expect(TargetValue(text).isMeasurable)
    }

    @Test(
        "words are words, also those that begin like a number",
        arguments: ["及时", "提升", "有效", "建立健全", "一流", "十分满意", "一致", "统一", "百姓满意", "三好"]
    )
    func words(text: String) {
        #expect(TargetValue(text).reading == .word(text))
        #expect(!TargetValue(text).isMeasurable)
        #expect(!TargetValue(text).isCount)
        #expect(TargetValue(text).share == nil)
    }

    @Test("signs for nothing are empty", arguments: ["", " ", "/", "-", "—", "——", "无", "　"])
    func empty(text: String) {
        #expect(TargetValue(text).reading == .empty)
    }

    @Test(
        "dates are measures",
        arguments: ["2026 年 12 月底前", "12月31日前", "三季度末", "2026-12-31", "2026/6/30", "2026年6月", "年底前"]
    )
    func deadlines(text: String) {
        guard case .deadline = TargetValue(text).reading else {
            Issue.record("\(text) is \(TargetValue(text).reading)")
            return
        }
        #expect(TargetValue(text).isMeasurable)
        #expect(!TargetValue(text).isCount)
    }

    @Test("ranges have two ends", arguments: ["80%~90%", "80～90%", "80%-90%", "80%至90%"])
    func ranges(text: String) {
        #expect(TargetValue(text).reading == .range(lower: 80, upper: 90, unit: "%"))
        #expect(TargetValue(text).share == 90)
    }

    @Test("counts are told from shares")
    func counts() {
        #expect(TargetValue("2 个").isCount)
        #expect(TargetValue("3~5 次").isCount)
        #expect(TargetValue("0").isCount)
        #expect(!TargetValue("100%").isCount)
        #expect(TargetValue("120%").share == 120)
        #expect(TargetValue("较上年提升 120%").share == nil)
    }

    @Test("absurd input is a word, not a crash")
    func absurd() {
        let digits = String(repeating: "9", count: 400)
        #expect(TargetValue(digits).reading == .word(digits))
        #expect(TargetValue("1,00").reading == .quantity(Quantity(.exactly, 1, unit: ",00")))
        #expect(TargetValue("。").reading == .word("。"))
        #expect(TargetValue("≥").reading == .word("≥"))
    }
}
