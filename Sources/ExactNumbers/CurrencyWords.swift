/// What a currency is called that has no name of its own here, by the codes that may be meant.
private let signsOfCurrencies: [String: [String]] = [
    "rmb": ["CNY"], "cn¥": ["CNY"], "人民币元": ["CNY"], "块": ["CNY"], "圆": ["CNY"], "￥": ["CNY", "JPY"],
    "¥": ["CNY", "JPY"],
    "$": ["USD"], "＄": ["USD"], "us$": ["USD"], "美金": ["USD"], "hk$": ["HKD"], "港币": ["HKD"], "€": ["EUR"],
    "euro": ["EUR"], "euros": ["EUR"], "£": ["GBP"], "￡": ["GBP"], "日圆": ["JPY"], "yen": ["JPY"], "sfr": ["CHF"],
    "fr.": ["CHF"],
]

/// How many tens stand before or behind a currency, as people write it: `kCHF`, 万RMB, `EUR-mio`.
private let tensOfUnits: [(words: [String], code: String)] = [
    (["百万", "mio", "mio.", "million", "millions", "mn", "m"], "-million"), (["万"], "-wan"), (["亿"], "-yi"),
    (["千", "thousand", "t", "k"], "-thousand"), (["bn", "mrd", "billion"], "-billion"),
]

extension FigureUnit {
    /// The codes that a word for a currency may mean which is none, its tens included: `kCHF` is CHF-thousand, ￥ CNY or JPY. None for other
    /// words.
    public static func currencies(meantBy word: String) -> [String] {
        let word = word.lowercased().filter { $0 != " " && $0 != "-" && $0 != "_" }
        func plain(_ word: String) -> [String] {
            if let codes = signsOfCurrencies[word] { return codes }
            if let unit = FigureUnit(word: word.uppercased()), case .money(let currency, 0) = unit { return [currency] }
            return []
        }
        if !plain(word).isEmpty { return plain(word) }
        for (tens, code) in tensOfUnits {
            for ten in tens {
                let rest =
                    word.hasPrefix(ten)
                    ? word.dropFirst(ten.count) : word.hasSuffix(ten) ? word.dropLast(ten.count) : ""
                let meant = rest.isEmpty ? [] : plain(String(rest))
                if !meant.isEmpty { return meant.map { $0 + code } }
            }
        }
        return []
    }
}
