internal import ExactNumbers
internal import Groundwork
public import ReportDocument

/// What a template can do to a value, written around its name: `wan(amounts.total)`.
public enum ValueForm: String, Sendable, Hashable, CaseIterable {
    // Of figures, and of texts that are numbers.
    case money, thousand, wan, million, yi, capital, plain, percent, points, dash, hanzi
    // Of days, and of texts that are dates.
    case date, compactdate, slashdate, hanzidate, month, year
    // Of lists.
    case count, empty, first, last, reversed, sum
    // Of the place of an element, with no name inside; `first` and `last` also.
    case index, even, odd
    // Of texts, with what they are to end or begin with: `ending(project.name, '项目')`.
    case ending, beginning
    // Of the name of a caption that is counted: 表 2.
    case reference
    // Of nothing: what stands between its tags is a footnote.
    case footnote

    static let names = allCases.map(\.rawValue)

    /// Whether it says something of the place of an element: `{{^last()}}、{{/last()}}`.
    var isOfPlace: Bool { [.first, .last, .index, .even, .odd].contains(self) }

    /// Whether it says something of a list, or takes something out of it.
    var isOfList: Bool { [.count, .empty, .first, .last, .reversed, .sum].contains(self) }

    /// Whether a second thing stands in its brackets, a text or a name.
    var takesText: Bool { [.ending, .beginning].contains(self) }

    /// The value in this form; `nil` when the form does not fit. A text that is no number or date stays as it is.
    func applied(to value: TemplateValue, _ language: TemplateLanguage) -> TemplateValue? {
        switch self {
        case .count: .integer(value.elements.count)
        case .empty: .flag(value.elements.isEmpty)
        case .first: value.elements.isEmpty ? .nothing : value.elements[0]
        case .last: value.elements.isEmpty ? .nothing : value.elements[value.elements.count - 1]
        case .reversed: .list(value.elements.reversed)
        case .sum: sum(value.elements)
        case .date, .compactdate, .slashdate, .hanzidate, .month, .year: dated(value, language)
        case .index, .even, .odd, .reference, .footnote, .ending, .beginning: nil
        default: counted(value)
        }
    }

    /// The figures of a list together, in the form of the first; elements without a value count for nothing.
    private func sum(_ elements: TemplateList) -> TemplateValue? {
        var (total, form) = (ExactDecimal.zero, FigureForm?.none)
        for position in 0..<elements.count {
            let value = elements[position]
            if !value.isPresent { continue }
            guard let figure = value.figure, let sum = try? total + figure.value else { return nil }
            (total, form) = (sum, form ?? figure.form)
        }
        return .figure(Figure(total, form ?? .number))
    }

    private func dated(_ value: TemplateValue, _ language: TemplateLanguage) -> TemplateValue? {
        switch value {
        case .day(let day): .text(text(of: day, language))
        case .text(let text):
            (CalendarDate(written: text) ?? monthAlone(text)).map { .text(self.text(of: $0, language)) } ?? value
        case .nothing, .figure, .choice: value
        case .flag, .list, .record, .slots: nil
        }
    }

    /// A text that is a month, of which no day is asked for: 2026-03, 2026/3, 2026.3, 2026 年 3 月.
    private func monthAlone(_ text: String) -> CalendarDate? {
        guard self == .month || self == .year else { return nil }
        let parts = text.split(whereSeparator: { "-/.年月".contains($0) || $0.isWhitespace })
        let marks = text.filter { !$0.isASCIIDigit && !$0.isWhitespace }
        guard parts.count == 2, parts[0].count == 4, parts[1].count <= 2, ["-", "/", ".", "年月"].contains(marks),
            let year = Int(parts[0]), let month = Int(parts[1])
        else { return nil }
        return CalendarDate(year: year, month: month, day: 1)
    }

    private func text(of date: CalendarDate, _ language: TemplateLanguage) -> String {
        let (year, month, day) = date.components
        return switch self {
        // Forms of Chinese: another language has one way to write a day.
        case .compactdate where language != .chinese, .hanzidate where language != .chinese:
            language.words.text(of: date)
        case .compactdate: "\(year)年\(month)月\(day)日"
        case .slashdate: "\(year)/\(month)/\(day)"
        case .year: String(year)
        case .month: language.words.text(ofMonth: date)
        case .hanzidate: ChineseNumerals.text(of: date)
        default: language.words.text(of: date)
        }
    }

    private func counted(_ value: TemplateValue) -> TemplateValue? {
        switch value {
        case .figure(let figure): .figure(formed(figure))
        case .text(let text): number(text).map { .figure(formed($0)) } ?? value
        case .nothing: value
        // As the form keeps it.
        case .choice(let kept, _): self == .plain ? .text(kept) : value
        case .day(let day): self == .plain ? .text(day.description) : nil
        case .flag, .list, .record, .slots: nil
        }
    }

    /// A figure that arrives as text: `1,401.77`, `95.04%`.
    private func number(_ text: String) -> Figure? {
        if text.utf8.last == UInt8(ascii: "%") {
            return ExactDecimal(grouped: String(text.dropLast())).map { Figure($0, .percent) }
        }
        return ExactDecimal(grouped: text).map { Figure($0) }
    }

    private func formed(_ figure: Figure) -> Figure {
        var figure = figure
        if self == .dash {
            figure.form.hasDash = true
        } else if let style = FigureForm.Style(rawValue: rawValue) {
            figure.form.style = style
        }
        return figure
    }
}

/// How days, truth, lists and numbers are worded.
public struct TemplateLanguage: Sendable, Hashable {
    public var words: DocumentWords

    public static let chinese = TemplateLanguage(words: .chinese)
    public static let english = TemplateLanguage(words: .english)

    public init(words: DocumentWords) { self.words = words }

    /// By a BCP 47 tag: `zh-CN`.
    public init(tag: String) { words = DocumentWords(tag: tag) }

    func text(of flag: Bool) -> String { flag ? words.yes : words.no }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isWholeNumber }
}
