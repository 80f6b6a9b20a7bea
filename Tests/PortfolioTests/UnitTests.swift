import ReviewModel
import Testing

@testable import Portfolio

@Suite("Units of amounts across reviews")
struct UnitTests {
    private func line(_ price: String, cut: String? = nil) -> Scene.Line {
        let parts = cut.flatMap { ExactDecimal($0) }.map { [Scene.cut($0)] } ?? []
        return Scene.Line(name: "灶具", unit: "台", quantity: 1, price: ExactDecimal(price) ?? 0, parts: parts)
    }

    /// Two in 元 as they are summed, one of them written in 万元, and one in dollars.
    private func mixed(_ locale: Locale = .zh) throws -> Portfolio {
        try Scene.portfolio(
            [
                Scene.review("d1", town: "丁镇", [line("7.00", cut: "0.5")], unit: "CNY-wan"),
                Scene.review("c1", town: "丙镇", [line("50.00")], unit: "USD"),
                Scene.review("a1", town: "甲镇", [line("100000.00")]),
            ],
            locale
        )
    }

    @Test("multiples of a currency are summed as ones of it, exactly, and other currencies are not")
    func sums() throws {
        let portfolio = try mixed()
        #expect(portfolio.unit == "CNY")
        #expect(portfolio.total.sums["requested"] == 170_000)
        #expect(portfolio.total.sums["cut"] == 5000)
        #expect(portfolio.total.sums["approved"] == 165_000)
        #expect(portfolio.total.count == 3)
        #expect(portfolio.apart.map(\.unit) == ["USD"])
        #expect(portfolio.apart.map(\.reviews) == [["c1"]])
    }

    @Test("what is not summed is named on top, on the page and in the mail, and prints with its unit")
    func names() throws {
        let zh = try mixed()
        let notes = ["金额单位：元；1 个评审的金额以万、千等倍数计，已换算", "以美元计的 1 个评审单位不同，金额未计入任何合计：c1"]
        #expect(zh.unitNotes == notes)
        let page = String(decoding: zh.page, as: UTF8.self)
        for note in notes {
            #expect(zh.markdown.contains(note))
            #expect(page.contains(note))
        }
        #expect(page.contains("50.00 美元"))
        #expect(zh.markdown.contains("170,000.00"))
        let en = try mixed(.en)
        #expect(en.unitNotes.last == "1 review(s) in USD, another unit, are in no sum of amounts: c1")
        #expect(en.markdown.contains("in no sum of amounts: c1"))
    }

    @Test("the document of the sums says what they count and what they leave out")
    func wire() throws {
        let text = String(decoding: try mixed().json, as: UTF8.self).filter { !$0.isWhitespace }
        #expect(text.contains(#""unit":"CNY""#))
        #expect(text.contains(#""notSummed":[{"reviews":["c1"],"unit":"USD"}]"#))
    }

    @Test("reviews that are all in 元 say nothing of units")
    func plain() throws {
        let portfolio = try Scene.portfolio([Scene.review("a1", town: "甲镇", [line("100.00")])])
        #expect(portfolio.unitNotes.isEmpty)
        #expect(!portfolio.markdown.contains("金额单位"))
    }

    @Test("the sums are of the commonest unit, and of as many that of the first")
    func commonest() throws {
        let dollars = try [
            Scene.review("c1", town: "丙镇", [line("50.00")], unit: "USD"),
            Scene.review("a1", town: "甲镇", [line("100.00")]),
        ]
        #expect(try Scene.portfolio(dollars).unit == "USD")
        #expect(try Scene.portfolio(dollars + [Scene.review("b1", town: "乙镇", [line("1")])]).unit == "CNY")
    }

    @Test("rules compare prices of one unit only, multiples as ones")
    func rules() throws {
        func found(_ price: String, _ unit: String) throws -> [String] {
            let portfolio = try Scene.portfolio([
                Scene.review("a1", town: "甲镇", [line("20000.00")]),
                Scene.review("b1", town: "乙镇", [line(price)], unit: unit),
            ])
            return portfolio.findings.filter { $0.rule == "across/unit-price" }.map { $0.sides[0].review }
        }
        #expect(try found("2.00", "CNY-wan").isEmpty)
        #expect(try found("4.00", "CNY-wan") == ["b1"])
        #expect(try found("2.00", "USD").isEmpty)
    }

    @Test("tables for a database are in ones of a currency and name it")
    func stored() throws {
        var builder = PortfolioBuilder(try Scene.carried())
        builder.add(try Scene.review("d1", town: "丁镇", [line("7.00", cut: "0.5")], unit: "CNY-wan"), link: "../d1")
        builder.add(try Scene.review("c1", town: "丙镇", [line("50.00")], unit: "USD"), link: "../c1")
        let dossier = try builder.dossier(.zh)
        func rows(_ table: String, _ column: String) -> [String] {
            dossier.rows(of: table).map { row in
                let amount = row.decimal(column)?.withoutTrailingZeros.description ?? "-"
                return "\(row.text("review")) \(amount) \(row.text("money_unit"))"
            }
        }
        #expect(rows("reviews", "requested") == ["d1 70000 CNY", "c1 50 USD"])
        #expect(rows("lines", "amount") == ["d1 70000 CNY", "c1 50 USD"])
        #expect(rows("deductions", "amount") == ["d1 5000 CNY"])
    }
}
