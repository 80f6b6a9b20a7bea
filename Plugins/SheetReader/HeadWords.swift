import ReviewModel

/// What the columns of a table are called in the heads of sheets.
struct HeadWords {
    /// By positions in the form's columns.
    private let names: [Set<String>]
    private let explicit: [Int: String]

    init(_ table: TableSchema, _ settings: TableSettings, synonyms: [String: [String]]) {
        names = table.columns.map { column in
            Set(
                ([column.name, column.title.zh, column.title.en] + (synonyms["\(table.name).\(column.name)"] ?? []))
                    .map(Self.folded)
            )
        }
        explicit = Dictionary(
            settings.columns.compactMap { name, head in table.position(of: name).map { ($0, Self.folded(head)) } }
        ) { first, _ in first }
    }

    /// Which column of the form a head means, by what may be its text; what the settings say comes first.
    func column(_ heads: [String]) -> Int? {
        let heads = heads.map(Self.folded).filter { !$0.isEmpty }
        for head in heads {
            if let found = explicit.first(where: { $0.value == head }) { return found.key }
        }
        for head in heads {
            if let found = names.indices.first(where: { explicit[$0] == nil && names[$0].contains(head) }) {
                return found
            }
        }
        return nil
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
        let inner = head.split { "(（[【".contains($0) }.dropFirst().map { $0.prefix { !")）]】".contains($0) } }
        return inner.lazy.compactMap { money(named: String($0)) }.first
    }

    /// The money that a title or a line says of what stands below it: 预算表（万元）, 单位：万元, 金额单位：人民币万元, Unit: EUR thousand.
    static func money(above text: String) -> FigureUnit? {
        if let unit = money(in: text) { return unit }
        guard let colon = text.lastIndex(where: { $0 == "：" || $0 == ":" }), isUnitLabel(String(text[..<colon])) else {
            return nil
        }
        return money(named: text)
    }

    /// Whether a text is what stands before a unit: 单位, 金额单位, Unit.
    static func isUnitLabel(_ text: String) -> Bool {
        let words = folded(text)
        return ["单位", "unit", "units"].contains { words.hasSuffix($0) }
    }

    /// `万元`, `单位：万元`, `人民币万元`.
    static func money(named text: String) -> FigureUnit? {
        var words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if let colon = words.lastIndex(where: { $0 == "：" || $0 == ":" }), isUnitLabel(String(words[..<colon])) {
            words = String(words[words.index(after: colon)...]).trimmed
        }
        let renminbi = "人民币"
        if words.hasPrefix(renminbi), words != renminbi { words.removeFirst(renminbi.count) }
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
            "hk$": money("HKD"), "£": money("GBP"), "gbp": money("GBP"), "￥": .yuan, "¥": .yuan, "rmb": .yuan,
        ]
    }()
}
