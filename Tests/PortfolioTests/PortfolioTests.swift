import ReviewFile
import ReviewModel
import Testing

@testable import Portfolio

@Suite("Many reviews together")
struct PortfolioTests {
    private func rules(_ portfolio: Portfolio) -> [String] { portfolio.findings.map(\.rule) }

    @Test("deferrals are no cuts, and what is approved is what was asked for without both, and with what was added")
    func sums() throws {
        let lines = [
            Scene.Line(name: "甲", quantity: 2, price: 500, parts: [Scene.cut(100)]),
            Scene.Line(name: "乙", quantity: 1, price: 300, parts: [.init(kind: .deferral, amount: 50, reason: "质保金")]),
            Scene.Line(name: "丙", quantity: 1, price: 200, parts: [.init(kind: .increase, amount: 30, reason: "补")]),
        ]
        let portfolio = try Scene.portfolio([Scene.review("r1", town: "甲镇", lines)])
        let total = portfolio.total
        let figures = ["requested", "cut", "deferred", "increased", "approved", "rate"].map { name in
            portfolio.column(name).map { portfolio.printed(total.figure($0), $0) }
        }
        #expect(figures == ["1,500.00", "100.00", "50.00", "30.00", "1,380.00", "6.67%"])
    }

    @Test("a price far above the median of its like is found with the place on either side, and what it comes to")
    func unitPrice() throws {
        func one(_ id: String, _ price: ExactDecimal) throws -> RecordedReview {
            try Scene.review(id, town: id + "镇", [Scene.Line(name: "电 脑", unit: "台", quantity: 2, price: price)])
        }
        let reviews = [try one("a", 4500), try one("b", 4600), try one("c", 4700), try one("d", 8900)]
        let portfolio = try Scene.portfolio(reviews)
        let found = portfolio.findings.filter { $0.rule == "across/unit-price" }
        #expect(found.count == 1)
        #expect(found.first?.weight == 8500)
        let sides = [
            Portfolio.Found.Side(review: "d", place: "d.yaml:10:9"),
            Portfolio.Found.Side(review: "a", place: "a.yaml:10:9"),
        ]
        #expect(found.first?.sides == sides)
        #expect(found.first?.message.en.contains("91.4 % above the usual 4,650.00 of 4 prices") == true)
        // Alike prices are no finding.
        #expect(!rules(try Scene.portfolio(Array(reviews.dropLast()))).contains("across/unit-price"))
    }

    @Test("one lot costs what it costs: prices of vague units are not compared")
    func vagueUnits() throws {
        let reviews = try [("a", 1000), ("b", 90_000)].map { id, price in
            try Scene.review(id, town: id, [Scene.Line(name: "布展", unit: "项", quantity: 1, price: ExactDecimal(price))])
        }
        #expect(rules(try Scene.portfolio(reviews)) == [])
    }

    @Test("a price that was cut elsewhere and kept here is found; one that was cut here too, or is lower, is not")
    func unequalCut() throws {
        func one(_ id: String, _ price: ExactDecimal, _ cut: ExactDecimal?) throws -> RecordedReview {
            let parts = cut.map { [Scene.cut($0)] } ?? []
            return try Scene.review(id, town: id, [Scene.Line(name: "折页", quantity: 100, price: price, parts: parts)])
        }
        let found = try Scene.portfolio([one("a", 5, 200), one("b", 5, nil), one("c", 3, nil), one("d", 5, 100)])
            .findings.filter { $0.rule == "across/unequal-cut" }
        #expect(found.map { $0.sides.map(\.review) } == [["b", "a"]])
        #expect(found.first?.weight == 200)
    }

    @Test("a cut of the quantity leaves the price as it was, and of what was cut for another reason nobody knows one")
    func approvedPrices() throws {
        func one(_ id: String, _ reason: String?) throws -> RecordedReview {
            let parts = reason.map { [Scene.cut(720, $0)] } ?? []
            return try Scene.review(id, town: id, [Scene.Line(name: "餐盘", quantity: 100, price: 18, parts: parts)])
        }
        let portfolio = try Scene.portfolio([one("a", "数量偏多，核减 40 个"), one("b", nil), one("c", "未提供依据")])
        #expect(rules(portfolio) == [])
        let prices = try #require(portfolio.listFiles.first { $0.name == "prices.yaml" }?.text)
        #expect(prices.contains("count: 2, lowest: 18.00") && prices.contains("highest: 18.00"), "\(prices)")
    }

    @Test("what a price is multiplied by besides the quantity is part of what it comes to, asked for and approved")
    func times() throws {
        func one(_ id: String, _ price: ExactDecimal, _ cut: ExactDecimal? = nil) throws -> RecordedReview {
            let parts = cut.map { [Scene.cut($0)] } ?? []
            let line = Scene.Line(name: "讲师费", unit: "人", quantity: 10, price: price, times: 4, parts: parts)
            return try Scene.review(id, town: id, [line])
        }
        let portfolio = try Scene.portfolio([one("a", 500, 4000), one("b", 450), one("c", 900)])
        #expect(rules(portfolio).sorted() == ["across/unequal-cut", "across/unequal-cut", "across/unit-price"])
        #expect(Set(portfolio.findings.map(\.weight)) == [16000, 2000, 20000])
        let prices = try #require(portfolio.listFiles.first { $0.name == "prices.yaml" }?.text)
        #expect(prices.contains("lowest: 400.00") && prices.contains("median: 450.00"), "\(prices)")
    }

    @Test("the other side of a price is the lowest of another review, also where the lowest of all stands in the same")
    func dearAndCheap() throws {
        let own = [Scene.Line(name: "桌", quantity: 1, price: 400), Scene.Line(name: "桌", quantity: 1, price: 1200)]
        let other = [Scene.Line(name: "桌", quantity: 1, price: 480)]
        let found = try Scene.portfolio([Scene.review("a", town: "a", own), Scene.review("b", town: "b", other)])
            .findings
        #expect(found.map { $0.sides.map(\.review) } == [["a", "b"]])
    }

    @Test("names that differ by the width of signs are one")
    func widths() throws {
        let reviews = try [("a", "消毒柜（双门）Ａ３", 3000), ("b", "消毒柜(双门) a3", 7800)].map { id, name, price in
            try Scene.review(id, town: id, [Scene.Line(name: name, unit: "台", quantity: 1, price: ExactDecimal(price))])
        }
        #expect(rules(try Scene.portfolio(reviews)) == ["across/unit-price"])
    }

    @Test("one cost in two projects of a town is found, in two towns it is not")
    func askedTwice() throws {
        func one(_ id: String, _ town: String) throws -> RecordedReview {
            try Scene.review(id, town: town, name: id, [Scene.Line(name: "维护", unit: "项", quantity: 1, price: 36_000)])
        }
        let portfolio = try Scene.portfolio([one("a", "甲镇"), one("b", "甲镇"), one("c", "乙镇")])
        #expect(portfolio.findings.map { $0.sides.map(\.review) } == [["a", "b"]])
        #expect(rules(portfolio) == ["across/asked-twice"])
    }

    @Test("what another town was granted is found in a text as well")
    func copiedApproval() throws {
        let line = Scene.Line(name: "工程", unit: "项", quantity: 1, price: 1_234_750, parts: [Scene.cut(4_321)])
        let own = try Scene.review("b", town: "乙溪镇", [line])
        let copied = try Scene.review("a", town: "甲镇", texts: ["content": "审定金额为1,230,429.00元。"])
        let found = try Scene.portfolio([copied, own]).findings
        #expect(found.map(\.rule) == ["across/foreign-amount"])
        #expect(found.first?.message.zh.hasSuffix("的审核金额") == true, "\(found)")
    }

    @Test("another town's name and sum in a text are found; a project's own are not")
    func copies() throws {
        let texts: Record = ["content": "乙溪镇申报 1,234,750.00 元，即 123.475 万元。"]
        let line = Scene.Line(name: "工程", unit: "项", quantity: 1, price: 1_234_750)
        let own = try Scene.review("b", town: "乙溪镇", [line], texts: texts)
        let copied = try Scene.review("a", town: "甲镇", texts: texts)
        let portfolio = try Scene.portfolio([copied, own])
        #expect(rules(portfolio) == ["across/foreign-amount", "across/foreign-name"])
        #expect(portfolio.findings.allSatisfy { $0.sides.map(\.review) == ["a", "b"] })
        #expect(portfolio.findings.first?.sides.first?.place == "texts.content")
    }

    @Test(
        "another town's sum is found however its digits are typed",
        arguments: ["共１２３４７５０．００元", "共１，234750元与1234750元"]
    )
    func wideDigits(text: String) throws {
        let line = Scene.Line(name: "工程", unit: "项", quantity: 1, price: 1_234_750)
        let copied = try Scene.review("a", town: "甲镇", texts: ["content": .text(text)])
        #expect(
            rules(try Scene.portfolio([copied, Scene.review("b", town: "乙溪镇", [line])])) == ["across/foreign-amount"]
        )
    }

    @Test("a text that is found is told by where it is written, as far as the review says it")
    func writtenPlace() throws {
        var copied = try Scene.review("a", town: "甲镇", texts: ["content": "乙溪镇的文字。", "aims": "乙溪镇的目标。"])
        copied.kept.fieldPlaces = ["texts.content": "a.yaml:31:5"]
        let portfolio = try Scene.portfolio([copied, Scene.review("b", town: "乙溪镇")])
        let places = portfolio.findings.compactMap { $0.sides.first?.place }
        #expect(places.sorted() == ["a.yaml:31:5", "texts.aims"])
    }

    @Test("queries side by side find what they find one after another")
    func sideBySide() async throws {
        let line = Scene.Line(name: "工程", unit: "项", quantity: 1, price: 1_234_750)
        var made = PortfolioBuilder(try Scene.carried())
        made.add(try Scene.review("a", town: "甲镇", texts: ["content": "共1,234,750.00元，乙溪镇。"]), link: "../a")
        made.add(try Scene.review("b", town: "乙溪镇", [line]), link: "../b")
        let builder = made
        func inTurn() throws -> [String] { try builder.dossier(.zh).tables.map(\.name) }
        let one = try builder.portfolio(.zh)
        let dossier = try await builder.dossier(.zh)
        let other = try await builder.portfolio(.zh, over: dossier, with: PortfolioJudgement())
        #expect(try inTurn() == dossier.tables.map(\.name))
        #expect(!one.findings.isEmpty && one.findings == other.findings)
        #expect(one.page == other.page && one.json == other.json)
    }

    @Test(
        "a verdict that half a point decides is found on both sides of the edge",
        arguments: [("84.5", true), ("85", true), ("85.5", false), ("84", false), ("100", false)]
    )
    func edge(score: String, isFound: Bool) throws {
        let portfolio = try Scene.portfolio([Scene.review("a", town: "甲镇", score: ExactDecimal(score))])
        #expect(rules(portfolio).contains("across/band-edge") == isFound)
    }

    @Test("the median of an even number of prices is the mean of the two in the middle, and exact")
    func median() throws {
        let reviews = try ["1.10", "2.20", "2.25", "9.00"].enumerated().map { index, price in
            let price = try #require(ExactDecimal(price))
            return try Scene.review(
                "r\(index)",
                town: "镇",
                [Scene.Line(name: "书", unit: "本", quantity: 10, price: price)]
            )
        }
        let file = try #require(try Scene.portfolio(reviews).listFiles.first)
        #expect(file.name == "prices.yaml")
        #expect(file.text.contains("lowest: 1.10, quartile1: 1.10, median: 2.225, quartile3: 2.25, highest: 9.00"))
    }

    @Test("what did not come about stands on top, with the reason, and is counted")
    func unfinished() throws {
        var builder = PortfolioBuilder(try Scene.carried())
        builder.add(try Scene.review("a", town: "甲镇", outcome: .failed), link: "../a")
        builder.add(id: "b", state: "failed", message: "<插件>没有启动", link: nil)
        let portfolio = try builder.portfolio(.zh)
        #expect(portfolio.unfinished.map(\.id) == ["a", "b"])
        #expect(portfolio.unfinished.map(\.message) == ["audit: 坏了", "<插件>没有启动"])
        #expect(portfolio.total.unfinished == 2)
        let page = String(decoding: portfolio.page, as: UTF8.self)
        #expect(page.contains("&lt;插件&gt;没有启动") && !page.contains("<插件>"))
        let (alarm, tiles) = (page.firstRange(of: "id=\"unfinished\""), page.firstRange(of: "class=\"tiles\""))
        #expect(try #require(alarm).lowerBound < #require(tiles).lowerBound)
    }

    @Test("nothing of what a town writes is markup, in the page or in the mail")
    func hostile() throws {
        let hostile = "<script>alert(1)</script>\"'|`*\u{202E}"
        let line = Scene.Line(name: hostile, quantity: 1, price: 7)
        let reviews = [
            try Scene.review("a", town: hostile, name: hostile, [line]),
            try Scene.review("b/..?#", town: hostile, name: hostile, [line]),
        ]
        let portfolio = try Scene.portfolio(reviews)
        let page = String(decoding: portfolio.page, as: UTF8.self)
        #expect(!page.contains("<script>alert") && !page.contains("\u{202E}"))
        #expect(page.contains("../b/..%3F%23/review.json"))
        #expect(!portfolio.markdown.contains("<script>"))
        #expect(portfolio.markdown.contains("\\<script\\>"))
    }

    @Test("the same reviews give the same bytes, and each number of a review leads to its report")
    func same() throws {
        let reviews = try ["a", "b"].map {
            try Scene.review($0, town: $0, [Scene.Line(name: "x", quantity: 1, price: 9)])
        }
        let (one, other) = (try Scene.portfolio(reviews), try Scene.portfolio(reviews))
        #expect(one.page == other.page && one.markdown == other.markdown)
        #expect(String(decoding: one.page, as: UTF8.self).contains("<a href=\"../a/review.json\">"))
    }
}
