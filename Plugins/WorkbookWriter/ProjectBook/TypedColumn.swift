import ExcelBooks
import ReviewModel

/// A column in which people type: its head, the note on it, how its cells look and what they take.
struct TypedColumn {
    let cell: Form.CellShape
    private let locale: Locale
    /// Whether it has the ids of the rows.
    private let isKey: Bool

    init(_ cell: Form.CellShape, _ locale: Locale, isKey: Bool = false) {
        (self.cell, self.locale, self.isKey) = (cell, locale, isKey)
    }

    private var column: Column { cell.column }

    /// `*金额（元）`: the form's title, the unit, and a mark on what must be filled in.
    var head: String {
        let title = column.title(locale)
        let name = column.unitName(locale)
        let unit = name.isEmpty ? "" : locale == .zh ? "（\(name)）" : " (\(name))"
        return (cell.isRequired ? "*" : "") + title + (title.contains(unit) ? "" : unit)
    }

    private var unit: FigureUnit? { FigureUnit(rawValue: column.unit) }

    private var isMoney: Bool { column.isMoney }

    /// The words to choose from, where there are some.
    var choices: [String] {
        if column.type == .boolean { return locale == .zh ? ["是", "否"] : ["yes", "no"] }
        if !cell.values.isEmpty { return cell.values.map { cell.name(of: $0)(locale) } }
        return cell.names.map { $0.name(locale) }
    }

    /// Whether other words than the ``choices`` are a mistake.
    var isClosed: Bool { column.type == .boolean || !cell.values.isEmpty }

    /// What the column is for and what it takes, in a few lines.
    var note: String {
        var lines = [cell.isRequired ? required(locale) : optional(locale)]
        if let note = cell.note { lines.insert(note(locale), at: 0) }
        lines.append(kind(locale))
        if !choices.isEmpty { lines.append(chosen(choices)(locale)) }
        if cell.references != nil { lines.append(referring(locale)) }
        return lines.joined(separator: "\n")
    }

    private var kind: LocalizedText {
        switch column.type {
        case .decimal where isMoney:
            LocalizedText(zh: "数字，单位：\(column.unitName(.zh))", en: "a number, in \(column.unitName(.en))")
        case .decimal where unit == .percent:
            LocalizedText(zh: "百分数，如 95.04 表示 95.04%", en: "a percentage: 95.04 stands for 95.04 %")
        case .decimal: LocalizedText(zh: "数字", en: "a number")
        case .integer: LocalizedText(zh: "整数", en: "a whole number")
        case .date: LocalizedText(zh: "日期，如 2026-01-31", en: "a day, such as 2026-01-31")
        case .boolean: LocalizedText(zh: "是或否", en: "yes or no")
        case .texts: LocalizedText(zh: "可填多个，用顿号或逗号分开", en: "several may stand here, parted by commas")
        case .text: LocalizedText(zh: "文字", en: "a text")
        }
    }

    // MARK: Cells

    var style: CellStyle {
        var style = CellStyle.text
        switch column.type {
        case .decimal: style.number = isMoney ? .amount(places: unit?.customaryPlaces ?? 2, dash: false) : .plain
        case .integer: style.number = .whole
        case .date: style.number = .date
        // What somebody types stays what he types: 100%, 1-2, 001.
        case .text, .texts, .boolean: style.number = .text
        }
        style.isWrapped = !style.number.isNumeric
        style.isUnlocked = true
        style.isInput = cell.isRequired
        return style
    }

    var width: Int {
        switch column.type {
        case .decimal: isMoney ? 17 : 12
        case .integer, .boolean: 10
        case .date: 13
        case .texts: 20
        case .text: isKey || !choices.isEmpty || cell.references != nil ? 12 : 26
        }
    }

    /// A text of the file that was read, as the column's type has it; what does not fit stays the text that it is.
    func content(_ value: Value) -> CellContent {
        if value.isNull { return .blank }
        if case .list(let items) = value {
            return .text(items.compactMap(\.scalarText).joined(separator: locale == .zh ? "、" : ", "))
        }
        let text = value.boolean.map { $0 ? "true" : "false" } ?? value.scalarText ?? ""
        switch column.type {
        case .decimal, .integer: return ExactDecimal(grouped: text).map { .number($0) } ?? .text(text)
        case .date: return CalendarDate(written: text).map { .date($0) } ?? .text(text)
        case .boolean: return .text(text == "true" ? choices[0] : text == "false" ? choices[1] : text)
        case .text, .texts: return .text(cell.name(of: text)(locale))
        }
    }

    /// What an example may hold: a text, also where a number belongs, that begins with 例：. What is left of it cannot pass for what
    /// somebody filled in.
    ///
    /// - Parameter key: the id that the cell may have, or refer to.
    func example(key: String?) -> String {
        let word =
            switch column.type {
            case .decimal: isMoney ? "1000.00" : unit == .percent ? "95.00" : "1"
            case .integer: "2025"
            case .date: "2026-01-31"
            case .boolean: choices[0]
            case .text, .texts: key ?? choices.first ?? column.title(locale)
            }
        return (locale == .zh ? "例：" : "e.g. ") + word
    }
}

// MARK: - Messages

private let required = LocalizedText(zh: "必填。", en: "Has to be filled in.")
private let optional = LocalizedText(zh: "可以不填。", en: "May be left empty.")
private let referring = LocalizedText(zh: "从下拉列表中选择编号", en: "choose an id from the list")

private func chosen(_ words: [String]) -> LocalizedText {
    LocalizedText(
        zh: "可选：" + words.joined(separator: "、"),
        en: "one of: " + words.joined(separator: ", ")
    )
}
