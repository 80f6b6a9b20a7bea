import ReviewModel
import SpecLoading
import Testing

@testable import CostNorms

@Suite("Reading a file of prices")
struct NormBookTests {
    private let repository = String(#filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 })

    @Test("every norm that the repository brings is read without a mistake and cites number and clause")
    func national() throws {
        for path in ["national.yaml", "worked/wangshu.yaml"] {
            let file = repository + "/Specs/prices/" + path
            let loaded = try #require(loadDocument(file), "\(path)")
            let log = DiagnosticLog()
            let book = try #require(NormBook(ValueReader(loaded, log: log)))
            #expect(log.diagnostics.map { "\($0.code) \($0.pointer)" } == [])
            #expect(book.norms.count > 20)
            #expect(book.norms.allSatisfy { !$0.source.number.isEmpty && !$0.source.clause.isEmpty })
        }
    }

    @Test("the tables give the figures that the rules themselves reckon")
    func tables() throws {
        let loaded = try #require(loadDocument(repository + "/Specs/prices/national.yaml"))
        let reader = NormReader(try #require(NormBook(ValueReader(loaded, log: DiagnosticLog()))), in: NormScene.scope)
        func fee(_ name: String, _ base: String) throws -> String {
            let line = NormScene.line(name, "1", "项", at: "1.00")
            let match = try #require(reader.item(of: line))
            let allowed = try reader.allowance(line, match, base: ExactDecimal(base))?.allowed
            return allowed?.description ?? ""
        }
        // 35,000 万元: 629.5 万元, with the margin of 20 %; 6,000 万元: 22.55 万元; 20,000 万元: 240 万元, which has none.
        #expect(try fee("监理费", "350000000") == "7554000.00")
        #expect(try fee("招标代理费", "60000000") == "270600.00")
        #expect(try fee("建设管理费", "200000000") == "2400000.00")
    }

    @Test(
        "each price of the country's norms: at it nothing is left, a fen above is a fen too much, another unit is not judged"
    )
    func everyPrice() throws {
        let loaded = try #require(loadDocument(repository + "/Specs/prices/national.yaml"))
        let book = try #require(NormBook(ValueReader(loaded, log: DiagnosticLog())))
        let reader = NormReader(book, in: NormScene.scope)
        var tried = 0
        for norm in book.norms {
            guard case .cap(let cap) = norm.limit, let item = book.items.first(where: { $0.code == norm.item }) else {
                continue
            }
            let unit = cap.per.compactMap { code in book.units.first { $0.code == code }?.words.first }
            for price in cap.amounts {
                let grade = item.classes.first { $0.code == price.code }?.words.first ?? ""
                let name = [item.with.first ?? "", grade, cap.isAfterTax ? "税后" : "", item.words[0]].joined()
                func judged(_ amount: ExactDecimal, _ unit: String) throws -> String {
                    try NormScene.judge(NormScene.line(name, "1", unit, at: amount.description), by: reader)
                }
                let (allowed, written) = (price.amount.rounded(to: 2), unit.joined(separator: "·"))
                let above = try allowed + (ExactDecimal("0.01") ?? 0)
                #expect(try judged(price.amount, written) == "\(allowed) 0.00", "\(name)")
                #expect(try judged(above, written) == "\(allowed) -0.01", "\(name)")
                #expect(try judged(price.amount, "㎡") == "unknownUnit", "\(name)")
                tried += 1
            }
        }
        #expect(tried > 20)
    }

    @Test("each point of the country's tables of fees gives its fee with the margin")
    func everyPoint() throws {
        let loaded = try #require(loadDocument(repository + "/Specs/prices/national.yaml"))
        let book = try #require(NormBook(ValueReader(loaded, log: DiagnosticLog())))
        let reader = NormReader(book, in: NormScene.scope)
        var tried = 0
        for norm in book.norms {
            guard case .table(let points, let margin) = norm.limit,
                let item = book.items.first(where: { $0.code == norm.item })
            else { continue }
            for point in points where point.base > 0 {
                let allowed = try (point.fee * (100 + margin)).divided(by: 100, places: 2) ?? 0
                let above = try allowed + (ExactDecimal("0.01") ?? 0)
                let line = NormScene.line(item.words[0], "1", "项", at: above.description)
                let found = try NormScene.judge(line, base: point.base.description, by: reader)
                #expect(found == "\(allowed) -0.01", "\(item.code) \(point.base)")
                tried += 1
            }
        }
        #expect(tried > 30)
    }

    @Test(
        "mistakes are said at their places",
        arguments: [
            (
                "x: {of: metting, rule: *rule, seen: true, from: 2020-01-01, share: 3%}",
                "prices/unknown-code /norms/x/of"
            ),
            (
                "x: {of: meeting, rule: {number: 一}, seen: true, from: 2021-01-01, share: 3%}",
                "value/missing-key /norms/x/rule"
            ),
            (
                "x: {of: design, rule: {number: 一, clause: ''}, seen: true, from: 2021-01-01, share: 3%}",
                "prices/no-clause /norms/x/rule/clause"
            ),
            ("x: {of: design, rule: *rule, from: 2021-01-01, share: 3%}", "value/missing-key /norms/x"),
            ("x: {of: design, rule: *rule, seen: true, from: 2021-01-01}", "prices/one-kind /norms/x"),
            (
                "x: {of: design, rule: *rule, seen: true, from: 2021-01-01, share: 3%, least: {day: 1}}",
                "prices/one-kind /norms/x"
            ),
            ("x: {of: design, rule: *rule, seen: true, from: 2021-01-01, share: 103%}", "prices/share /norms/x/share"),
            ("x: {of: design, rule: *rule, seen: true, from: soon, share: 3%}", "prices/date /norms/x/from"),
            (
                "x: {of: design, rule: *rule, seen: true, from: 2021-01-01, until: 2020-01-01, share: 3%}",
                "prices/period /norms/x/until"
            ),
            ("x: {of: design, rule: *rule, seen: true, from: 2020-01-01, share: 3%}", "prices/two-norms /norms/x"),
            (
                "x: {of: design, rule: *rule, seen: true, from: 2021-01-01, cap: {per: [peice], amount: 1}}",
                "prices/unknown-code /norms/x/cap/per"
            ),
            (
                "x: {of: meeting, rule: *rule, seen: true, from: 2021-01-01, cap: {per: [day], amount: {forth: 1}}}",
                "prices/unknown-code /norms/x/cap/amount"
            ),
            (
                "x: {of: meeting, rule: *rule, seen: true, from: 2021-01-01, cap: {per: [day], amount: 0}}",
                "prices/not-positive /norms/x/cap/amount"
            ),
            (
                "x: {of: design, rule: *rule, seen: true, from: 2021-01-01, table: {points: [[1, 1]]}}",
                "prices/few-points /norms/x/table"
            ),
            (
                "x: {of: design, rule: *rule, seen: true, from: 2021-01-01, table: {points: [[2, 1], [1, 2]]}}",
                "prices/not-rising /norms/x/table/points"
            ),
            (
                "x: {of: design, rule: *rule, seen: true, from: 2021-01-01, table: {points: [[2], [1, 2], [2, 3]]}}",
                "prices/pair /norms/x/table/points/0"
            ),
            (
                "x: {of: goods, rule: *rule, seen: true, from: 2021-01-01, limit: {amount: 1, name: n, methods: [opne]}}",
                "prices/unknown-code /norms/x/limit/methods"
            ),
            (
                "x: {of: design, rule: *rule, seen: true, from: 2021-01-01, shrae: 3%, share: 3%}",
                "value/unknown-key /norms/x/shrae"
            ),
        ]
    )
    func mistakes(norm: String, expected: String) {
        #expect(NormScene.book("  " + norm).mistakes == [expected])
    }

    @Test("a word of two items says neither")
    func sharedWord() {
        let text = """
            prices: p
            items: {a: {words: [会议]}, b: {words: [会议]}, c: {words: []}}
            norms: {}
            """
        let log = DiagnosticLog()
        _ = NormBook(ValueReader(documentValue(text, as: "/test.yaml") ?? .null, log: log))
        #expect(
            log.diagnostics.map { "\($0.code) \($0.pointer)" } == [
                "prices/no-words /items/c", "prices/shared-word /items/b",
            ]
        )
    }

    @Test("the schema for editors has the keys that the reader takes, and no other")
    func schema() {
        let log = DiagnosticLog()
        // Each key asked for once, by a book of nothing else.
        let keys = NormBook.keys.map(\.name).filter { $0 != "extends" }
        let value = Value.record(Record(keys.map { (key: $0, value: Value.null) }))
        _ = NormBook(ValueReader(value, log: log))
        #expect(log.diagnostics.map(\.code) == ["value/missing-key"])
    }

    private func loadDocument(_ path: String) -> Value? {
        let include = "!include \(path.split(separator: "/").last ?? "")"
        let folder = path[...(path.lastIndex(of: "/") ?? path.startIndex)]
        return documentValue("it: \(include)", as: folder + "(test).yaml")?["it"]
    }
}
