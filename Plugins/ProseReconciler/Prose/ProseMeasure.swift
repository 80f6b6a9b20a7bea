import ReviewModel

/// A word behind numbers that the form gives a meaning: a measure of its own (千瓦时, kWh), or a currency of its columns (欧元, EUR, k€).
struct ProseMeasure: Sendable, Hashable {
    var word: String
    var unit: ProseUnit
    var scale: ExactDecimal = 1

    /// The words for what the columns and fields of a dossier count, longer ones before those that they begin with. What every text
    /// knows, 元, % and 平方米, is not among them.
    static func all(in dossier: Dossier, _ form: DossierOutline?) -> [ProseMeasure] {
        var measures = Set<ProseMeasure>()
        var counted: [(code: String, title: LocalizedText?)] = []
        for column in dossier.tables.flatMap(\.schema.columns) { counted.append((column.unit, column.unitTitle)) }
        for code in form?.units.values.sorted() ?? [] { counted.append((code, nil)) }
        for (code, title) in counted where !code.isEmpty {
            measures.formUnion(words(code, title))
        }
        // One sign of two currencies is that of the form's own.
        if measures.contains(where: { $0.word == "JPY" }), !counted.contains(where: { $0.code.hasPrefix("CNY") }) {
            measures.insert(ProseMeasure(word: "¥", unit: .count("JPY")))
        }
        return measures.filter { !measureWords.contains($0.word) }.sorted {
            ($1.word.unicodeScalars.count, $0.word) < ($0.word.unicodeScalars.count, $1.word)
        }
    }

    private static func words(_ code: String, _ title: LocalizedText?) -> [ProseMeasure] {
        switch FigureUnit(rawValue: code) {
        case .money("CNY", _), .percent, .points: return []
        case .money(let currency, _):
            let unit = FigureUnit.money(currency: currency, tens: 0)
            let words = ([currency, unit.name(inChinese: true)] + (spoken[currency] ?? [])).map {
                ProseMeasure(word: $0, unit: .count(currency))
            }
            guard let sign = signs[currency] else { return words }
            return words + [
                ProseMeasure(word: sign, unit: .count(currency)),
                ProseMeasure(word: "k" + sign, unit: .count(currency), scale: 1000),
                ProseMeasure(word: "M" + sign, unit: .count(currency), scale: 1_000_000),
            ]
        case nil:
            let words = Set([code, title?.zh ?? code, title?.en ?? code])
            return words.map { ProseMeasure(word: $0, unit: .count(title?.zh ?? code)) }
        }
    }

    /// Whether it is the code of a currency: CHF.
    var isCurrencyCode: Bool { scale == 1 && unit == .count(word) && isMoney(word) }

    /// Whether it is a code or a sign of one, which may stand before its amount.
    var isCurrency: Bool { isCurrencyCode || scale == 1 && (Self.signs.values.contains(word) || word == "¥") }

    private func isMoney(_ code: String) -> Bool {
        if case .money? = FigureUnit(rawValue: code) { true } else { false }
    }

    /// What English texts call them behind a number.
    private static let spoken = [
        "EUR": ["euros", "euro"], "USD": ["US dollars", "dollars"], "GBP": ["pounds sterling", "pounds"],
        "JPY": ["yen"],
        "CHF": ["Swiss francs", "francs"],
    ]
    private static let signs = ["EUR": "€", "USD": "$", "GBP": "£"]
}
