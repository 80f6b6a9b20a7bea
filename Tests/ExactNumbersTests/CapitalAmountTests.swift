import ExactNumbers
import Testing

@Suite("What a figure counts")
struct FigureUnitTests {
    @Test(
        "is known by its code and by what it is called",
        arguments: [
            ("CNY", "元", "CNY", "CNY"), ("CNY-wan", "万元", "ten thousand CNY", "万元"), ("EUR", "欧元", "EUR", "欧元"),
            ("USD-million", "百万美元", "million USD", "USD million"), ("CNY-yi", "亿元", "hundred million CNY", "亿元"),
            ("PLN", "PLN", "PLN", "PLN"), ("percent", "%", "%", "％"), ("points", "分", "points", "分"),
        ]
    )
    func known(code: String, zh: String, en: String, word: String) throws {
        let unit = try #require(FigureUnit(rawValue: code))
        #expect(unit.rawValue == code)
        #expect(unit.name(inChinese: true) == zh)
        #expect(unit.name(inChinese: false) == en)
        #expect(FigureUnit(word: word) == unit)
        #expect(FigureUnit(word: code) == unit)
    }

    @Test(
        "is nothing that everybody knows",
        arguments: [
            "bananas", "cny", "CNY-", "-wan", "CNY-dozen", "CNY-wan-yi", "万", "", "台", "百", "thousand", "XXX thousand",
        ]
    )
    func unknown(_ text: String) {
        #expect(FigureUnit(rawValue: text) == nil)
        #expect(FigureUnit(word: text) == nil)
    }

    @Test("prints behind the number, with the places of the currency")
    func printed() throws {
        let number = try #require(ExactDecimal("168080.50"))
        #expect(FigureUnit.yuan.text(of: number, inChinese: true) == "168,080.50 元")
        #expect(FigureUnit(rawValue: "USD")?.text(of: number, inChinese: true) == "168,080.50 美元")
        #expect(FigureUnit(rawValue: "USD")?.text(of: number, inChinese: false) == "168,080.50 USD")
        #expect(FigureUnit.points.text(of: 1, inChinese: false) == "1 point")
        #expect(FigureUnit.points.text(of: 2, inChinese: false) == "2 points")
        #expect(FigureUnit.yuan.customaryPlaces == 2)
        #expect(FigureUnit(rawValue: "JPY")?.customaryPlaces == 0)
        #expect(FigureUnit(rawValue: "CNY-wan")?.customaryPlaces == nil)
    }
}

@Suite("Amounts in capital numerals")
struct CapitalAmountTests {
    @Test(
        "as they are written on vouchers",
        arguments: [
            ("0", "人民币零元整"), ("0.05", "人民币伍分"), ("0.50", "人民币伍角整"), ("1.05", "人民币壹元零伍分"),
            ("1.50", "人民币壹元伍角整"), ("107.53", "人民币壹佰零柒元伍角叁分"), ("10", "人民币壹拾元整"),
            ("1680.32", "人民币壹仟陆佰捌拾元叁角贰分"), ("6007.14", "人民币陆仟零柒元壹角肆分"), ("107000.53", "人民币壹拾万柒仟元伍角叁分"),
            ("100010", "人民币壹拾万零壹拾元整"), ("14017700.00", "人民币壹仟肆佰零壹万柒仟柒佰元整"),
            ("100000000", "人民币壹亿元整"), ("100000001", "人民币壹亿零壹元整"), ("1000010000", "人民币壹拾亿零壹万元整"),
            ("2300000000000", "人民币贰万叁仟亿元整"), ("2000000000000", "人民币贰万亿元整"), ("-5", "人民币负伍元整"),
            ("0.995", "人民币壹元整"), ("-0.004", "人民币零元整"),
            ("9999999999999999.99", "人民币玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        ]
    )
    func written(number: String, capitals: String) throws {
        #expect(try #require(ExactDecimal(number)).inCapitals == capitals)
    }

    @Test("beyond the numerals there are none")
    func tooLarge() throws { #expect(try #require(ExactDecimal("10000000000000000")).inCapitals == nil) }
}
