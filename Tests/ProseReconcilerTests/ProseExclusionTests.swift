import ReviewModel
import Testing

@testable import prose_reconciler

@Suite("Numbers in prose that state no figure")
struct ProseExclusionTests {
    static let phrases: [(String, [ProseExclusion])] = [
        ("2026年", [.calendar]), ("2026 年度预算", [.calendar]), ("2025年12月", [.calendar, .calendar]),
        ("截至 2025 年 10 月 31 日", [.calendar, .calendar, .calendar]), ("2023 年-2025 年", [.calendar, .calendar]),
        ("2023-2025年", [.calendar, .calendar]), ("2019-05-08", [.calendar, .calendar, .calendar]),
        ("2026/1/1", [.calendar, .calendar, .calendar]), ("2024 氛围提升项目", [.calendar]),
        ("5月8-9日", [.calendar, .calendar, .calendar]),
        ("1-10月", [.calendar, .calendar]), ("22:52", [.clock, .clock]),
        ("财预〔2021〕101号", [.documentNumber, .documentNumber]), ("闵委发（2017）36 号", [.documentNumber, .documentNumber]),
        ("虹井路185号3楼", [.documentNumber, .documentNumber]), ("第3标段", [.ordinal]), ("第三", [.ordinal]),
        ("附件1所列", [.ordinal]), ("附件2-1", [.ordinal, .code]), ("如下表 3：", [.ordinal]), ("(1)资金", [.ordinal]),
        ("第12条规定", [.lawArticle]), ("第八条", [.lawArticle]), ("1. 项目概况", [.heading]),
        ("1. 2026 年项目预算", [.heading, .calendar]), ("2、工作计划", [.heading]), ("指标A11、B1", [.code, .code]),
        ("A11-2 得分", [.code, .code]), ("5G 基站", [.code]), ("《关于提高5%补助的通知》", [.name]), ("{{amounts.2026}} 元", [.slot]),
        ("3/4", [.sequence, .sequence]), ("1+1+N", [.sequence, .sequence]), ("021645012345", [.identifier]),
        ("三个方面", [.wording]), ("最多跑一次", [.wording]), ("两处服务站", [.wording]),
    ]

    @Test("each rule leaves out what it is for", arguments: phrases)
    func rules(text: String, expected: [ProseExclusion]) {
        let scan = ProseScanner().scan(ProseText(text))
        #expect(scan.numbers.map(\.phrase) == [])
        #expect(scan.excluded.map(\.rule) == expected, "\(scan.excluded)")
    }

    @Test(
        "an amount that looks like a year and a month is an amount",
        arguments: ["2052.6 万元", "1953.2万元", "2025.60 元"]
    )
    func yearLikeAmount(text: String) {
        #expect(ProseScanner().scan(ProseText(text)).numbers.count == 1)
    }

    @Test("every rule has a phrase")
    func complete() {
        let tested = Set(Self.phrases.flatMap(\.1))
        #expect(Set(ProseExclusion.allCases).subtracting(tested) == [])
    }

    @Test("names of the dossier keep their digits, blanks or not")
    func names() {
        let scanner = ProseScanner(names: ["100%到户工程", "2024 氛围提升"])
        let scan = scanner.scan(ProseText("100% 到户工程支付 18.00 万元，2024氛围提升 5 万元"))
        #expect(scan.numbers.map(\.phrase) == ["18.00 万元", "5 万元"])
        #expect(scan.excluded.map(\.rule) == [.name, .name])
    }

    @Test(
        "words that only look like numerals are not even mentioned",
        arguments: ["十分满意", "一流", "统一", "千方百计", "万象党群服务站", "两新组织"]
    )
    func words(text: String) {
        let scan = ProseScanner().scan(ProseText(text))
        #expect(scan.numbers.isEmpty && scan.excluded.isEmpty, "\(scan)")
    }

    @Test("figures beside dates, codes and headings are still found")
    func mixed() {
        let text = """
            1. 2025年度预算652.43万元（闵财〔2024〕3号），执行率61.03%。
            (二) B12 得分 8 分，扣 2 分
            """
        #expect(ProseScanner().scan(ProseText(text)).numbers.map(\.phrase) == ["652.43万元", "61.03%", "8 分", "2 分"])
    }
}
