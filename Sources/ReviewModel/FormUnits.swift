/// What the numbers of a form may count: currencies, percent and points, which everybody knows, and the measures that it declares.
struct FormUnits {
    /// By code, with what they are called where that is another word.
    private var declared: [(code: String, title: LocalizedText?)] = []

    /// A form's `units`: a list of words, or a mapping from codes to what they are called.
    init(_ reader: ValueReader?) {
        guard let reader else { return }
        if case .record = reader.value {
            declared = (reader.record()?.all() ?? []).map { code, title in
                (code, title.value.isNull ? nil : title.localizedText())
            }
        } else {
            declared = reader.list().compactMap { $0.text().map { ($0, nil) } }
        }
        for (code, _) in declared where FigureUnit(rawValue: code) != nil {
            reader.log.add(knownAlready(code, at: reader.pointer))
        }
    }

    /// The unit that a column names, by its code or by what it is called; `nil` and a message for what nobody knows.
    func unit(_ reader: ValueReader) -> (code: String, title: LocalizedText?)? {
        guard let word = reader.text(), !word.isEmpty else { return nil }
        let own = declared.first { $0.code == word || $0.title?.zh == word || $0.title?.en == word }
        if let own { return own }
        if let unit = FigureUnit(word: word) { return (unit.rawValue, nil) }
        reader.log.add(unknownUnit(word, declared.map(\.code), at: reader.pointer))
        return nil
    }
}

extension Column {
    /// Whether its numbers are amounts of money, of whichever currency.
    public var isMoney: Bool { if case .money? = FigureUnit(rawValue: unit) { true } else { false } }

    /// What its numbers count, as a head says it: `元`, `%`, `平方米`; empty for none.
    public func unitName(_ locale: Locale) -> String {
        if let unitTitle { return unitTitle(locale) }
        return FigureUnit(rawValue: unit)?.name(inChinese: locale == .zh) ?? unit
    }
}

// MARK: - Messages

private func unknownCurrency(_ word: String, _ codes: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    let list = codes.joined(separator: " / ")
    return ConfigurationDiagnostic(
        code: "form/unknown-unit",
        message: LocalizedText(
            zh: "货币用代码表示，\(quoted(word))不是代码",
            en: "a currency goes by its code, and \(quoted(word)) is none"
        ),
        pointer: pointer,
        help: codes.count > 1
            ? LocalizedText(
                zh: "\(quoted(word))是几种货币的符号，请写 \(list)",
                en: "\(quoted(word)) is the sign of several currencies: write \(list)"
            )
            : LocalizedText(zh: "请写 \(list)", en: "write \(list)")
    )
}

private func unknownUnit(_ word: String, _ declared: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    let currency = word.prefix { $0 != "-" }
    let multiples = ["thousand", "wan", "million", "yi", "billion"].map { "\(currency)-\($0)" }.filter {
        FigureUnit(rawValue: $0) != nil
    }
    let near = nearest(to: word, among: declared + ["CNY", "CNY-wan", "percent", "points", "EUR", "USD"] + multiples)
    let currencies = near.map(declared.contains) == true ? [] : FigureUnit.currencies(meantBy: word)
    if !currencies.isEmpty { return unknownCurrency(word, currencies, at: pointer) }
    return ConfigurationDiagnostic(
        code: "form/unknown-unit",
        message: LocalizedText(
            zh: "未知的单位\(quoted(word))",
            en: "unknown unit \(quoted(word))"
        ),
        pointer: pointer,
        help: LocalizedText(
            zh: (near.map { "是不是\(quoted($0))？" } ?? "")
                + "货币写代码（CNY、EUR，以万计写 CNY-wan），另有 percent、points；其他计量单位请先在表单的 units 下列出，如 units: [\(word)]",
            en: (near.map { "did you mean \(quoted($0))? " } ?? "")
                + "a currency goes by its code (CNY, EUR, CNY-wan for ten thousands), and there are percent and points; other measures are "
                + "listed under the form's units first: units: [\(word)]"
        )
    )
}

private func knownAlready(_ code: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "form/unit-known",
        message: LocalizedText(
            zh: "\(quoted(code))是通用的单位，不能另作规定",
            en: "\(quoted(code)) is a unit that everybody knows and cannot be declared anew"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "请删去，直接使用", en: "remove it; it can be used as it is")
    )
}
