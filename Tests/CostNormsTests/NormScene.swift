import CostNorms
import ReviewModel
import SpecLoading

/// A small book, an invented town's, and lines to hold against it.
enum NormScene {
    static let text = """
        prices: test
        units:
          person: {title: {zh: 人, en: person}, words: [人, 名, 人次]}
          day: {title: {zh: 天, en: day}, words: [天, 日]}
          half_day: {title: {zh: 半天, en: half day}, words: [半天]}
          hour: {title: {zh: 学时, en: class hour}, words: [学时, 课时]}
          piece: {title: {zh: 台, en: piece}, words: [台, 套]}
          times: {title: {zh: 次, en: time}, words: [次, 场, 期], repeats: true}
          lump: {title: {zh: 项, en: lump}, words: [项, 年], repeats: true}
        items:
          meeting: {words: [会议, 座谈会], not: [会议室], classes: {second: {words: [二类]}, third: {words: [三类]}}}
          training: {words: [培训]}
          lecture: {words: [讲课费], classes: {associate: {words: [副教授]}, full: {words: [教授]}}}
          expert: {words: [专家费], classes: {other: {words: [中级]}, senior: {words: [高级]}}}
          computer: {words: [电脑], without: [维修]}
          design: {words: [设计费], base_words: [计费额]}
          retention: {words: [质保金], with: [工程], base_words: [合同价]}
          bids: {words: [开标, 投标截止], with: [招标公告, 招标文件发出], without: [磋商]}
        purchases:
          goods: {words: [采购], not: [采购代理]}
        methods:
          open: {title: {zh: 公开招标, en: open tender}, words: [公开招标]}
          inquiry: {title: {zh: 询价, en: price inquiry}, words: [询价]}
        batch_words: [一期, 二期, 三期]
        part_words: [其中]
        after_tax_words: [税后]
        norms:
          meeting: {of: meeting, rule: &rule {number: 一号, clause: 第一条}, seen: true, from: 2020-01-01, cap: {per: [person, day], amount: {second: 650, third: 550}}}
          size: {of: meeting, rule: *rule, seen: true, from: 2020-01-01, most: {day: 2, person: {third: 150}}}
          training: {of: training, rule: *rule, seen: true, from: 2020-01-01, cap: {per: [person, day], amount: 500, steps: {day: {16: 80%, 31: 70%}}}}
          lecture: {of: lecture, rule: *rule, seen: true, from: 2020-01-01, cap: {per: [hour], after_tax: true, amount: {associate: 500, full: 1000}, instead: {half_day: {for: hour, counts: 4}}}}
          expert: {of: expert, rule: *rule, seen: true, from: 2020-01-01, cap: {per: [person, day], after_tax: true, amount: {other: 1500, senior: 2400}, before_tax: {other: 1675, senior: 2800}, instead: {half_day: {for: day, counts: 0.6}}, steps: {day: {3: 50%}}}}
          computer: {of: computer, rule: *rule, seen: true, from: 2020-01-01, cap: {per: [piece], amount: 5000}}
          design: {of: design, rule: *rule, seen: true, from: 2020-01-01, money: 万元, table: {points: [[200, 9], [500, 20.9], [1000, 38.8]]}}
          retention: {of: retention, rule: *rule, seen: true, from: 2020-01-01, share: 3%}
          bids: {of: bids, rule: *rule, seen: true, from: 2020-01-01, least: {day: 20}}
          open: {of: goods, rule: *rule, seen: true, from: 2020-01-01, money: 万元, limit: {amount: 200, name: 公开招标数额标准, methods: [open], split: {number: 二号, clause: 第二十八条, seen: true}}}
        """

    static func book(_ more: String = "") -> (book: NormBook?, mistakes: [String]) {
        let log = DiagnosticLog()
        let value = documentValue(text + "\n" + more, as: "/test.yaml") ?? .null
        let book = NormBook(ValueReader(value, log: log))
        return (book, log.diagnostics.map { "\($0.code) \($0.pointer)" })
    }

    static func reader(_ more: String = "") throws -> NormReader {
        let (book, mistakes) = book(more)
        if !mistakes.isEmpty { throw Wrong(mistakes: mistakes) }
        guard let book else { throw Wrong(mistakes: []) }
        return NormReader(book, in: scope)
    }

    struct Wrong: Error { var mistakes: [String] }

    static let scope = NormScope(town: "甲镇", jurisdiction: "乙市丙区甲镇", year: 2026)

    static func line(
        _ name: String,
        _ quantity: String = "1",
        _ unit: String = "",
        at price: String,
        amount: String? = nil,
        detail: String = ""
    ) -> NormLine {
        lines([(name, quantity, unit, price, amount, detail)])[0]
    }

    typealias Row = (name: String, quantity: String, unit: String, price: String, amount: String?, detail: String)

    /// Lines L1, L2 and so on; an amount that is not given is the product.
    static func lines(_ rows: [Row]) -> [NormLine] {
        let types: [(String, ColumnType)] = [
            ("id", .text), ("group", .text), ("detail", .text), ("quantity", .decimal), ("unit", .text),
            ("unit_price", .decimal), ("amount", .decimal),
        ]
        let columns = types.map { Column(name: $0.0, type: $0.1) }
        var table = Table(schema: TableSchema(name: "budget_lines", columns: columns))
        for (index, row) in rows.enumerated() {
            let product = try? (ExactDecimal(row.quantity) ?? 0) * (ExactDecimal(row.price) ?? 0)
            let amount = row.amount.flatMap { ExactDecimal($0) } ?? product ?? 0
            table.append(row: [
                .text("L\(index + 1)"), .text(row.name), .text(row.detail),
                .decimal(ExactDecimal(row.quantity) ?? 0), .text(row.unit), .decimal(ExactDecimal(row.price) ?? 0),
                .decimal(amount),
            ])
        }
        return (try? NormLine.all(in: Dossier(tables: [table]))) ?? []
    }

    /// `allowed headroom` of a line, or why it was not judged; `nothing` where no norm is about it.
    static func judge(_ line: NormLine, base: String? = nil, by reader: NormReader? = nil) throws -> String {
        let reader = try reader ?? self.reader()
        guard let match = reader.item(of: line) else { return "nothing" }
        do {
            let base = base.flatMap { ExactDecimal($0) }
            guard let allowance = try reader.allowance(line, match, base: base) else { return "nothing" }
            let assumed = allowance.assumed.map { " \($0.code)?" } ?? ""
            return
                "\(allowance.allowed) \(try allowance.headroom())\(assumed)\(allowance.mayBeBeforeTax ? " tax?" : "")"
        } catch let reason as Unjudged {
            return "\(reason)".split(separator: "(").first.map(String.init) ?? ""
        }
    }
}
