package import ReviewModel

extension Form.CellShape {
    /// The value as the cell's type has it: decimals exact, dates `2026-01-31`. Reports what does not fit.
    package func read(_ reader: ValueReader) -> Value {
        switch column.type {
        case .text: readText(reader)
        case .decimal: Value(readNumber(reader))
        case .integer: reader.integer().map(Value.integer) ?? .null
        case .boolean: readTruth(reader)
        case .date: readDate(reader)
        case .texts: readTexts(reader)
        }
    }

    private func readNumber(_ reader: ValueReader) -> ExactDecimal? {
        guard let number = column.unit == "percent" ? reader.percent() : reader.decimal() else { return nil }
        if let places, number.withoutTrailingZeros.places > places {
            reader.log.add(tooFine(number.withoutTrailingZeros, self, places, at: reader.pointer))
        }
        return number
    }

    private func readText(_ reader: ValueReader) -> Value {
        if let text = reader.value.scalarText, let value = value(titled: text) { return .text(value) }
        guard hasTitles, !values.isEmpty, let text = reader.value.scalarText, !values.contains(text) else {
            return Value(values.isEmpty ? reader.text() : reader.oneOf(values))
        }
        reader.log.add(notAmongValues(text, self, at: reader.pointer))
        return .null
    }

    /// A value by its title, or by what people call it, in either language; `nil` for anything else.
    package func value(titled text: String) -> String? {
        guard hasTitles, !values.contains(text) else { return nil }
        let text = text.withoutBlanks
        return values.first { $0.withoutBlanks == text || words(for: $0).contains { $0.withoutBlanks == text } }
            ?? names.first { $0.name.zh.withoutBlanks == text || $0.name.en.withoutBlanks == text }?.value
    }

    /// What may be written for a value: its titles, and what else people call it.
    func words(for value: String) -> [String] {
        (valueTitles[value].map { [$0.zh, $0.en] } ?? []) + (valueSynonyms[value] ?? [])
    }

    /// Whether a value may be written otherwise.
    var hasTitles: Bool { !valueTitles.isEmpty || !valueSynonyms.isEmpty || !names.isEmpty }

    private func readTruth(_ reader: ValueReader) -> Value {
        if let text = reader.value.text, let truth = Self.truths[text.lowercased()] { return .boolean(truth) }
        if let text = reader.value.text {
            reader.log.add(notATruth(text, at: reader.pointer))
            return .null
        }
        return reader.boolean().map(Value.boolean) ?? .null
    }

    /// How people write a truth value in a cell.
    private static let truths = [
        "是": true, "否": false, "yes": true, "no": false, "true": true, "false": false, "y": true, "n": false, "√": true,
        "×": false,
    ]

    private func readTexts(_ reader: ValueReader) -> Value {
        // One text may stand without brackets.
        if case .text = reader.value { return [Value(reader.text())] }
        return .list(reader.list().map { Value($0.text()) })
    }

    private func readDate(_ reader: ValueReader) -> Value { Value(date(reader)?.description) }
}

extension String {
    /// People put blanks between the characters of a short word, 新 增, to make it as wide as others; capital letters make no difference.
    fileprivate var withoutBlanks: String {
        utf8.contains { $0 == 0x20 || $0 == 0xE3 || $0 == 0xC2 || $0 == 0x09 || (0x41...0x5A).contains($0) }
            ? String(filter { !$0.isWhitespace }).lowercased() : self
    }
}

/// A day as people write it: `2026-01-31`, `2026/1/31`, `2026.1.31`, `2026年1月31日`, 二〇二六年一月三十一日. Reports
/// anything else, and days that no calendar has.
func date(_ reader: ValueReader) -> CalendarDate? {
    guard let text = reader.text() else { return nil }
    if let date = CalendarDate(written: text) { return date }
    reader.log.add(notADate(text, at: reader.pointer))
    return nil
}

private func tooFine(
    _ number: ExactDecimal,
    _ cell: Form.CellShape,
    _ places: Int,
    at pointer: JSONPointer
) -> ConfigurationDiagnostic {
    let (zh, en) = (cell.column.title.zh, cell.column.title.en)
    let least = places == 2 && cell.column.unit == FigureUnit.yuan.rawValue ? "（到分）" : ""
    let known = places == 0 ? "没有小数" : "只有 \(places) 位\(least)"
    return ConfigurationDiagnostic(
        severity: .warning,
        code: "value/too-many-places",
        message: LocalizedText(
            zh: "\(number.grouped) 有第 \(places + 1) 位小数，\(quoted(zh))\(known)",
            en: "\(number.grouped) has \(ordinal(places + 1)) decimal; \(quoted(en)) has "
                + (places == 0 ? "none" : "\(places)")
        ),
        pointer: pointer,
        help: LocalizedText(
            zh: "请核对是否多写了一位；确实可以更细的，在表单的这一列写 places: \(number.places)",
            en: "see whether a digit too many was typed; where there may be more, the form says so at the column: "
                + "places: \(number.places)"
        )
    )
}

private func ordinal(_ number: Int) -> String {
    let words = [1: "a first", 2: "a second", 3: "a third", 4: "a fourth", 5: "a fifth", 6: "a sixth", 7: "a seventh"]
    return words[number] ?? "a \(number)th"
}

private func notATruth(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "value/wrong-type",
        message: LocalizedText(
            zh: "此处应为 是 或 否（true 或 false），实为\(quoted(text, limit: 40))",
            en: "expected true or false, found \(quoted(text, limit: 40))"
        ),
        pointer: pointer,
        help: oddCharacterHint(in: text) ?? LocalizedText(zh: "请写 是 或 否", en: "yes and no will do, too")
    )
}

/// What a day lacks that is written as `2026年3月` or `2026-03`; `nil` for anything else.
private func month(_ text: String) -> String? {
    let numbers = text.split(whereSeparator: { !$0.isASCII || !$0.isNumber })
    guard numbers.count == 2, numbers[0].count == 4, (1...2).contains(numbers[1].count) else { return nil }
    return "\(numbers[0])-\(numbers[1].count == 1 ? "0" : "")\(numbers[1])"
}

/// What is written like a day, and is none: 2 月 30 日.
private func looksLikeDate(_ text: String) -> Bool {
    let numbers = text.split(whereSeparator: { !$0.isASCII || !$0.isNumber })
    return numbers.count == 3 && numbers[0].count == 4 && text.first?.isNumber == true
        && numbers.dropFirst().allSatisfy { $0.count <= 2 }
}

/// `01/03/2026`, of which nobody knows whether the day or the month comes first.
private func turnedDate(_ text: String) -> LocalizedText? {
    let numbers = text.split(whereSeparator: { "/.-".contains($0) }).map(String.init)
    guard numbers.count == 3, numbers[2].count == 4,
        numbers.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
        numbers[0].count <= 2, numbers[1].count <= 2
    else { return nil }
    let pairs = [(numbers[1], numbers[0]), (numbers[0], numbers[1])]
    let days = pairs.compactMap { month, day in CalendarDate(written: "\(numbers[2])-\(month)-\(day)")?.description }
    guard let first = days.first else { return nil }
    let list = days.count > 1 && days[0] != days[1] ? "\(first) / \(days[1])" : first
    return LocalizedText(zh: "先写年份：\(list)", en: "the year comes first: \(list)")
}

/// `15 December 2026`, `Dec 15, 2026`: a day whose month is a word.
private func dateInWords(_ text: String) -> LocalizedText? {
    let words = text.lowercased().split(whereSeparator: { " ,.-/".contains($0) }).map(String.init)
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    guard words.count == 3, let year = words.first(where: { $0.count == 4 && Int($0) != nil }),
        let month = names.firstIndex(where: { name in words.contains { $0.hasPrefix(name) } }),
        let day = words.first(where: { $0 != year && $0.first?.isNumber == true })?.prefix(while: \.isNumber),
        let date = CalendarDate(written: "\(year)-\(month + 1)-\(day)")
    else { return nil }
    return LocalizedText(zh: "请写成 \(date)", en: "write \(date)")
}

/// 号 is what people say for 日.
private func spokenDay(_ text: String) -> LocalizedText? {
    guard text.hasSuffix("号") else { return nil }
    let written = text.dropLast() + "日"
    guard CalendarDate(written: String(written)) != nil else { return nil }
    return LocalizedText(zh: "请写成 \(written)", en: "write \(written)")
}

private func notADate(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "value/wrong-type",
        message: LocalizedText(
            zh: "\(quoted(text))不是日期（应如 2026-01-31）",
            en: "\(quoted(text)) is not a date such as 2026-01-31"
        ),
        pointer: pointer,
        help: oddCharacterHint(in: text) ?? spokenDay(text) ?? turnedDate(text) ?? dateInWords(text)
            ?? (looksLikeDate(text) ? LocalizedText(zh: "日历上没有这一天", en: "no calendar has that day") : nil)
            ?? month(text).map {
                LocalizedText(
                    zh: "请写到日，如 \($0)-01；不知道的空着（YAML 中写 ~）",
                    en: "write the day as well, as in \($0)-01; leave it empty where it is not known (~ in YAML)"
                )
            }
            ?? LocalizedText(
                zh: "年月日用数字写；不知道的空着（YAML 中写 ~）",
                en: "write year, month and day in digits; leave it empty where it is not known (~ in YAML)"
            )
    )
}
