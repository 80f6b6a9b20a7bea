import ReviewModel

/// What the columns of a table are called in the heads of sheets.
struct HeadWords {
    /// By positions in the form's columns, each word with its place among them: the title first, then synonyms as the form has them.
    private let names: [[String: Int]]
    private let explicit: [Int: String]
    /// Positions of columns that may stand beside another under its head, by that one.
    let beside: [Int: Int]
    /// Positions of columns whose value may stand in several cells.
    let joined: Set<Int>
    /// What values are called behind or under a year, where each year has columns of its own: 决算, 执行. By positions, folded.
    private let across: [Int: Set<String>]

    init(_ table: TableSchema, _ settings: TableSettings, synonyms: [String: [String]]) {
        names = table.columns.map { column in
            let words =
                [column.name, column.title.zh, column.title.en] + (synonyms["\(table.name).\(column.name)"] ?? [])
            return Dictionary(words.enumerated().map { (Self.folded($0.element), $0.offset) }) { first, _ in first }
        }
        beside = Dictionary(
            settings.beside.compactMap { name, other in
                table.position(of: name).flatMap { position in table.position(of: other).map { (position, $0) } }
            }
        ) { first, _ in first }
        joined = Set(settings.joined.compactMap { table.position(of: $0.column) })
        across = Dictionary(
            (settings.across?.words ?? [:]).compactMap { name, words in
                table.position(of: name).map { ($0, Set(words.map(Self.folded))) }
            }
        ) { first, _ in first }
        explicit = Dictionary(
            settings.columns.compactMap { name, head in table.position(of: name).map { ($0, Self.folded(head)) } }
        ) { first, _ in first }
    }

    /// Which columns of the form a head may mean, by what may be its text; what the settings say comes first. One word may be what
    /// several are called: the table's other heads decide.
    func columns(_ heads: [String]) -> [Int] {
        let heads = heads.map(Self.folded).filter { !$0.isEmpty }
        for head in heads {
            if let found = explicit.first(where: { $0.value == head }) { return [found.key] }
        }
        for head in heads {
            let found = names.indices.filter { explicit[$0] == nil && names[$0][head] != nil }
            if !found.isEmpty { return found }
        }
        return []
    }

    /// How well a head names a column: 0 is its name, its title comes next, then its synonyms in their order.
    func distance(of head: String, from column: Int) -> Int { names[column][Self.folded(head)] ?? .max }

    /// Which column a head means that says more than its name: a year before it, a unit behind it. `2026年预算数`, `单价/元`.
    func looseColumn(_ heads: [String]) -> (column: Int, year: Int?)? {
        // A line 单位：元 above the head is no name of a column.
        for head in heads.filter({ !$0.contains("：") && !$0.contains(":") }).map(Self.folded) where !head.isEmpty {
            let (bare, year) = Self.bare(head)
            if bare == head || bare.isEmpty { continue }
            if let found = named(bare, isYears: year != nil) { return (found, year) }
        }
        return nil
    }

    /// Whether a head ends with what a column is called, 补贴对象数量, with words before it that do not make it another: 库存数量, 上年金额.
    func endsLike(_ head: String, _ column: Int, but others: [String]) -> Bool {
        let folded = Self.folded(head)
        guard explicit[column] == nil, folded.count <= 16 else { return false }
        return names[column].keys.contains { name in
            guard name.count > 1, folded.count > name.count, folded.hasSuffix(name) else { return false }
            let before = folded.dropLast(name.count)
            return !others.contains { before.contains($0) }
        }
    }

    private func named(_ bare: String, isYears: Bool) -> Int? {
        names.indices.first { explicit[$0] == nil && names[$0][bare] != nil }
            ?? (isYears ? names.indices.first { explicit[$0] == nil && across[$0]?.contains(bare) ?? false } : nil)
    }

    /// What stands under a year, or behind one: 预算数 under 2024年, 2024年1-8月执行.
    func valueOfYear(_ head: String, under above: String) -> (head: YearHead, column: Int)? {
        // 1-8月支出 under 2025年.
        if YearHead(head) == nil, let part = YearHead(above + head), part.lastDay != nil,
            YearHead(above)?.lastDay == nil,
            let column = named(Self.bare(Self.folded(part.rest)).text, isYears: true)
        {
            return (part, column)
        }
        if let own = YearHead(head), let column = named(Self.bare(Self.folded(own.rest)).text, isYears: true) {
            return (own, column)
        }
        guard let year = YearHead(above), year.rest.isEmpty || year.rest == "份",
            let column = named(Self.bare(Self.folded(head)).text, isYears: true)
        else { return nil }
        return (year, column)
    }

    /// A folded head without a year before it and a unit behind it.
    private static func bare(_ folded: String) -> (text: String, year: Int?) {
        var (text, year) = (folded[...], nil as Int?)
        if let head = YearHead(folded) {
            (text, year) = (head.rest[...], head.year)
        } else if let word = (pastWords + presentWords).first(where: folded.hasPrefix) {
            (text, year) = (folded.dropFirst(word.count).drop { "的年度".contains($0) }, rank(word))
        }
        if let unit = unitBehind(String(text)) { text = text.dropLast(unit.count) }
        while let last = text.last, "/-—_".contains(last) { text = text.dropLast() }
        return (String(text), year)
    }

    /// What ``rank(_:)`` gives 上年.
    static let past = 1

    /// Which of several columns that are called alike is meant, by the words over them: 2026年预算 goes before 2025年预算, 本年 before 上年.
    static func rank(_ above: String) -> Int? {
        let text = folded(above)
        let years = text.split { !$0.isASCII || !$0.isNumber }.compactMap { $0.count == 4 ? Int($0) : nil }
        if let year = years.filter({ (1990..<2100).contains($0) }).max() { return year }
        if pastWords.contains(where: text.contains) { return past }
        return presentWords.contains(where: text.contains) ? 2 : nil
    }

    private static let pastWords = ["上年", "上一年", "去年", "前年", "往年"]
    private static let presentWords = ["本年", "当年", "今年", "本次"]

    /// The unit that a folded head ends with, which stands in no brackets: 金额万元, 单价/元.
    private static func unitBehind(_ folded: String) -> String? {
        if let slash = folded.lastIndex(where: { $0 == "/" || $0 == "-" }) {
            let tail = String(folded[folded.index(after: slash)...])
            if money(named: tail) != nil || tail == "%" { return tail }
        }
        return ["百万元", "万元", "千元", "亿元", "元", "%"].first { folded.hasSuffix($0) && folded != $0 }
    }

    /// Whether one column is all that a head can name, or all that the settings ask for.
    var isNarrow: Bool { explicit.count == 1 || names.count == 1 }

    /// A head without what varies: blanks and line ends, `（元）`, `*`, the width and case of letters.
    static func folded(_ text: String) -> String {
        var (folded, depth) = ("", 0)
        for scalar in text.unicodeScalars {
            let narrow =
                (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
            switch narrow {
            case "(", "【", "[": depth += 1
            case ")", "】", "]": depth = max(0, depth - 1)
            case "*", ":", "\u{3000}": continue
            default:
                if depth == 0, !narrow.properties.isWhitespace { folded.unicodeScalars.append(narrow) }
            }
        }
        return folded.lowercased()
    }

    /// The money that a head says in brackets: 金额（万元）, Amount (EUR thousand), 金额（单位：美元）; `nil` where it says none.
    static func money(in head: String) -> FigureUnit? {
        // What stands before the first bracket may be nothing: （单位：万元） is a line of its own.
        let parts = head.split(omittingEmptySubsequences: false) { "(（[【".contains($0) }
        let inner = parts.dropFirst().map { $0.prefix { !")）]】".contains($0) } }
        // 单位：万元（人民币）: the brackets say what money, and the words before them in what tens.
        return inner.lazy.filter { $0 != "人民币" || !isUnitLabel(beforeColon(head)) }.compactMap {
            money(named: String($0))
        }.first
    }

    /// The money that a head says without brackets, behind its name: 金额万元, 单价/元.
    static func money(behind head: String) -> FigureUnit? { unitBehind(folded(head)).flatMap { money(named: $0) } }

    /// Whether a head says that its numbers are percentages: 执行率（%）, 比例（百分比）.
    static func saysPercent(_ head: String) -> Bool { ["%", "％", "百分", "percent"].contains { head.contains($0) } }

    /// The money that a title or a line says of what stands below it: 预算表（万元）, 单位：万元, 金额单位：人民币万元, Unit: EUR thousand.
    static func money(above text: String) -> FigureUnit? {
        let text = withColons(text)
        if let unit = money(in: text) { return unit }
        guard let colon = text.lastIndex(where: { $0 == "：" || $0 == ":" }), isUnitLabel(String(text[..<colon])) else {
            return nil
        }
        return money(named: text)
    }

    /// What people type in place of the colon behind 单位: ∶, ﹕, =.
    private static func withColons(_ text: String) -> String {
        String(text.map { "∶﹕︰=＝".contains($0) ? "：" : $0 })
    }

    private static func beforeColon(_ text: String) -> String { String(text.prefix { $0 != "：" && $0 != ":" }) }

    /// The money that a note says of amounts, wherever it stands: 注：本表金额单位为万元。
    static func moneyNoted(_ text: String) -> FigureUnit? {
        let tight = text.filter { !$0.isWhitespace }
        for lead in ["单位为", "单位是", "单位均为", "单位：", "单位:", "均以", "以"] {
            guard let place = tight.firstRange(of: lead) else { continue }
            let rest = tight[place.upperBound...].drop { "人民币".contains($0) }
            for word in ["百万元", "千万元", "万元", "千元", "亿元", "元"] where rest.hasPrefix(word) {
                // 以元为单位, and no 以千元以上.
                if lead.hasSuffix("以"), !rest.dropFirst(word.count).hasPrefix("为单位") { continue }
                return money(named: word)
            }
        }
        return nil
    }

    /// Whether a text is what stands before a unit: 单位, 金额单位, Unit.
    static func isUnitLabel(_ text: String) -> Bool {
        let words = folded(withColons(text))
        return ["单位", "unit", "units"].contains { words.hasSuffix($0) }
    }

    /// `万元`, `单位：万元`, `人民币万元`.
    static func money(named text: String) -> FigureUnit? {
        var words = withColons(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if let colon = words.lastIndex(where: { $0 == "：" || $0 == ":" }), isUnitLabel(String(words[..<colon])) {
            words = String(words[words.index(after: colon)...]).trimmed
        }
        if let bracket = words.firstIndex(where: { "（(".contains($0) }), bracket > words.startIndex {
            words = String(words[..<bracket]).trimmed
        }
        // 台、万元: what things are counted in stands beside the money.
        let parts = words.split { "、,，;；".contains($0) }.map { String($0).trimmed }
        if parts.count > 1 { return parts.lazy.compactMap { money(named: $0) }.first }
        // A price says for what: 元/人·天, 万元/年; 台/万元 is two units.
        if let slash = words.lastIndex(where: { $0 == "/" || $0 == "／" }),
            let unit = money(named: String(words[words.index(after: slash)...]))
        {
            return unit
        }
        if let slash = words.firstIndex(where: { $0 == "/" || $0 == "／" }) { words = String(words[..<slash]).trimmed }
        let renminbi = "人民币"
        if words.hasPrefix(renminbi), words != renminbi { words.removeFirst(renminbi.count) }
        if words.hasSuffix(renminbi), words != renminbi { words = String(words.dropLast(renminbi.count)).trimmed }
        let tight = words.filter { !$0.isWhitespace }
        if let unit = FigureUnit(word: words) ?? FigureUnit(word: tight), case .money = unit { return unit }
        return signs[tight.lowercased()] ?? signs[afterPreposition(words).filter { !$0.isWhitespace }.lowercased()]
    }

    /// `en k€`, `in EUR`.
    private static func afterPreposition(_ words: String) -> String {
        let first = words.prefix { $0 != " " }
        return ["en", "in"].contains(first.lowercased()) ? String(words.dropFirst(first.count)).trimmed : words
    }

    /// What heads say with signs, and in the languages of the euro. A bare $ is the dollar of whoever writes it.
    private static let signs: [String: FigureUnit] = {
        func money(_ currency: String, _ tens: Int = 0) -> FigureUnit { .money(currency: currency, tens: tens) }
        return [
            "€": money("EUR"), "eur": money("EUR"), "euro": money("EUR"), "euros": money("EUR"), "k€": money("EUR", 3),
            "keur": money("EUR", 3), "t€": money("EUR", 3), "teur": money("EUR", 3), "m€": money("EUR", 6),
            "meur": money("EUR", 6), "mio€": money("EUR", 6), "mio.€": money("EUR", 6), "md€": money("EUR", 9),
            "milliersd'euros": money("EUR", 3), "milliersd’euros": money("EUR", 3), "millionsd'euros": money("EUR", 6),
            "millionsd’euros": money("EUR", 6), "tausendeuro": money("EUR", 3), "us$": money("USD"),
            "usd": money("USD"),
            "百元": money("CNY", 2), "十万元": money("CNY", 5), "hk$": money("HKD"), "£": money("GBP"), "gbp": money("GBP"),
            "￥": .yuan, "¥": .yuan, "rmb": .yuan,
        ]
    }()
}
