import ReviewModel
import Testing

@testable import prose_reconciler

/// What one phrase should read as.
struct ProseReading: Sendable, CustomTestStringConvertible {
    var text: String
    var phrase: String
    var value: String
    /// The lowest and the highest exact value that print as the phrase does.
    var interval: (String, String)
    var unit: ProseUnit
    var testDescription: String { text }

    init(_ text: String, _ phrase: String, _ value: String, _ lowest: String, _ highest: String, _ unit: ProseUnit) {
        (self.text, self.phrase, self.value, interval, self.unit) = (text, phrase, value, (lowest, highest), unit)
    }
}

@Suite("Numbers in prose")
struct ProseNumberTests {
    static let amounts: [ProseReading] = [
        ProseReading("预算14,017,700.00元", "14,017,700.00元", "14017700", "14017699.995", "14017700.005", .yuan),
        ProseReading("申请 1401.77 万元", "1401.77 万元", "14017700", "14017650", "14017750", .yuan),
        ProseReading("申请 1,401.77万元", "1,401.77万元", "14017700", "14017650", "14017750", .yuan),
        ProseReading("总投资1.2亿元", "1.2亿元", "120000000", "115000000", "125000000", .yuan),
        ProseReading("总投资1.20亿元", "1.20亿元", "120000000", "119500000", "120500000", .yuan),
        ProseReading("共计 800. 23 万元", "800. 23 万元", "8002300", "8002250", "8002350", .yuan),
        ProseReading("支付3,982,065. 69元", "3,982,065. 69元", "3982065.69", "3982065.685", "3982065.695", .yuan),
        ProseReading("支付 1 384. 96元", "1 384. 96元", "1384.96", "1384.955", "1384.965", .yuan),
        ProseReading("支付14, 017, 700.00 元", "14, 017, 700.00 元", "14017700", "14017699.995", "14017700.005", .yuan),
        ProseReading("１，４０１．７７万元", "１，４０１．７７万元", "14017700", "14017650", "14017750", .yuan),
        ProseReading("３５０元", "３５０元", "350", "349.5", "350.5", .yuan),
        ProseReading("补助三百万元", "三百万元", "3000000", "2995000", "3005000", .yuan),
        ProseReading("人民币叁拾伍万元整", "人民币叁拾伍万元整", "350000", "345000", "355000", .yuan),
        ProseReading("一亿二千万元", "一亿二千万元", "120000000", "119995000", "120005000", .yuan),
        ProseReading("每人二百五十元", "二百五十元", "250", "249.5", "250.5", .yuan),
        ProseReading("约3百万元", "约3百万元", "3000000", "2500000", "3500000", .yuan),
        ProseReading("5千元", "5千元", "5000", "4500", "5500", .yuan),
        ProseReading("平均为 30.00 万/年", "30.00 万/年", "300000", "299950", "300050", .yuan),
        ProseReading("标准为9.5元/份", "9.5元/份", "9.5", "9.45", "9.55", .yuan),
        ProseReading("每场2400元每场", "2400元每场", "2400", "2399.5", "2400.5", .yuan),
        ProseReading("￥1,200.50", "￥1,200.50", "1200.5", "1200.495", "1200.505", .yuan),
        ProseReading("RMB 1200", "RMB 1200", "1200", "1199.5", "1200.5", .yuan),
        ProseReading("2.5 million yuan", "2.5 million yuan", "2500000", "2450000", "2550000", .yuan),
        ProseReading("近1400万元", "近1400万元", "14000000", "13995000", "14005000", .yuan),
        ProseReading("不超过 50 万元", "不超过 50 万元", "500000", "495000", "505000", .yuan),
        ProseReading("300余万元", "300余万元", "3000000", "2995000", "3005000", .yuan),
        ProseReading("50万元以内", "50万元以内", "500000", "495000", "505000", .yuan),
        ProseReading("10至12万元", "10至12万元", "100000", "95000", "125000", .yuan),
        ProseReading("10万元-12万元", "10万元-12万元", "100000", "95000", "125000", .yuan),
        ProseReading("差额 -5.00 元", "-5.00 元", "-5", "-5.005", "-4.995", .yuan),
        ProseReading("金额2026元", "2026元", "2026", "2025.5", "2026.5", .yuan),
    ]

    static let others: [ProseReading] = [
        ProseReading("核减率为1.20%", "1.20%", "1.2", "1.195", "1.205", .percent),
        ProseReading("核减率为 1.20 ％", "1.20 ％", "1.2", "1.195", "1.205", .percent),
        ProseReading("执行率 0. 00%", "0. 00%", "0", "-0.005", "0.005", .percent),
        ProseReading("百分之三十", "百分之三十", "30", "29.5", "30.5", .percent),
        ProseReading("百分之 95", "百分之 95", "95", "94.5", "95.5", .percent),
        ProseReading("百分之百", "百分之百", "100", "99.5", "100.5", .percent),
        ProseReading("提高2.5个百分点", "2.5个百分点", "2.5", "2.45", "2.55", .percent),
        ProseReading("满意度≥90%", "≥90%", "90", "89.5", "90.5", .percent),
        ProseReading("80%~90%", "80%~90%", "80", "79.5", "90.5", .percent),
        ProseReading("得分为 94 分", "94 分", "94", "93.5", "94.5", .points),
        ProseReading("得0.5分。", "0.5分", "0.5", "0.45", "0.55", .points),
        ProseReading("70-90分", "70-90分", "70", "69.5", "90.5", .points),
        ProseReading("70 分以下", "70 分以下", "70", "69.5", "70.5", .points),
        ProseReading("覆盖12家", "12家", "12", "11.5", "12.5", .count("家")),
        ProseReading("共34个", "34个", "34", "33.5", "34.5", .count("个")),
        ProseReading("3.2万人次", "3.2万人次", "32000", "31500", "32500", .count("人次")),
        ProseReading("十二家单位", "十二家", "12", "11.5", "12.5", .count("家")),
        ProseReading("约 200 节课", "约 200 节", "200", "199.5", "200.5", .count("节")),
        ProseReading("历时30分钟", "30分钟", "30", "29.5", "30.5", .count("分钟")),
        ProseReading("为期3年", "3年", "3", "2.5", "3.5", .count("年")),
        ProseReading("at least 12 percent", "at least 12 percent", "12", "11.5", "12.5", .percent),
        ProseReading("安全事故发生数 0", "0", "0", "-0.5", "0.5", .none),
    ]

    @Test("amounts are intervals of their printed precision, in yuan", arguments: amounts)
    func readsAmounts(expected: ProseReading) throws { try check(expected) }

    @Test("shares, points and counts keep their unit", arguments: others)
    func readsOthers(expected: ProseReading) throws { try check(expected) }

    private func check(_ expected: ProseReading) throws {
        let numbers = ProseScanner().scan(ProseText(expected.text)).numbers
        try #require(numbers.count == 1, "\(numbers.map(\.phrase))")
        let number = numbers[0]
        #expect(number.phrase == expected.phrase)
        #expect(number.value == ExactDecimal(expected.value))
        #expect(number.interval.lowest == ExactDecimal(expected.interval.0))
        #expect(number.interval.highest == ExactDecimal(expected.interval.1))
        #expect(number.unit == expected.unit)
        let scalars = Array(expected.text.unicodeScalars)
        #expect(scalars[number.offset].string == expected.phrase)
    }

    @Test("the words around a number say how it compares")
    func qualifiers() throws {
        let texts: [(String, ProseNumber.Qualifier)] = [
            ("约100万元", .about), ("100万元左右", .about), ("近100万元", .nearly), ("超过100万元", .over), ("100余万元", .over),
            ("100多万元", .over), ("逾 100 万元", .over), ("不超过100万元", .atMost), ("100万元以内", .atMost), ("至少100万元", .atLeast),
            ("100万元及以上", .atLeast), ("不足100万元", .below), ("为100万元", .exactly),
        ]
        for (text, qualifier) in texts {
            #expect(ProseScanner().scan(ProseText(text)).numbers.first?.qualifier == qualifier, "\(text)")
        }
    }

    @Test(
        "decimal commas are read where nothing else can be meant",
        arguments: [
            ("coûte 1 234,56 €", "1234.56"), ("soit 12,5 % de", "12.5"), ("8,40 €", "8.40"),
            ("1\u{202F}234\u{202F}567,8", "1234567.8"),
            ("items 12,5 and", "12"), ("1,234.50", "1234.50"), ("1,234,567", "1234567"), ("甲、3,5 项", "3"),
        ]
    )
    func decimalComma(_ text: String, _ value: String) throws {
        let prose = ProseText(text)
        let start = try #require(text.unicodeScalars.enumerated().first { ("0"..."9").contains($0.element) }?.offset)
        #expect(prose.numeral(at: start)?.number == ExactDecimal(value))
    }

    @Test("per-unit amounts say per what")
    func perUnit() {
        let texts = [("30.00 万/年", "年"), ("9元/份", "份"), ("200元/人次", "人次"), ("500元每场", "场"), ("30万元", "")]
        for (text, per) in texts { #expect(ProseScanner().scan(ProseText(text)).numbers.first?.per == per, "\(text)") }
    }

    @Test("a figure agrees with what prints as it does, about allows for a tenth")
    func agreement() throws {
        func agrees(_ text: String, _ exact: String) throws -> Bool {
            let number = try #require(ProseScanner().scan(ProseText(text)).numbers.first)
            return try number.agrees(with: try #require(ExactDecimal(exact)))
        }
        #expect(try agrees("1401.77万元", "14017650"))
        #expect(try !agrees("1401.77万元", "14017750"))
        #expect(try agrees("约1400万元", "14017700"))
        #expect(try !agrees("1400万元", "14017700"))
        #expect(try agrees("近1500万元", "14017700") && !agrees("近1400万元", "14017700"))
        #expect(try agrees("1300余万元", "14017700") && !agrees("超过1100万元", "14017700"))
        #expect(try agrees("不超过50万元", "350000") && !agrees("不超过30万元", "350000"))
        #expect(try agrees("不低于90%", "95") && !agrees("不低于90%", "85"))
    }
}
