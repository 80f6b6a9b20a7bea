import Mustache
import ReviewModel

/// A text of the model. An empty text counts as absent, so that `{{#detail}}…{{/detail}}` prints nothing for it.
///
/// Figures that arrive as text (`1,401.77`, `95.04%`) and dates (`2026-01-31`) take the same forms as real ones.
struct PrintedText: Sendable, Hashable {
    var text: String

    init(_ text: String) { self.text = text }

    /// The text in another form; `nil` when there is no form of this name. A form that does not fit leaves it as it is.
    func printed(as form: String) -> String? {
        if Figure.forms.contains(form) {
            return figure?.printed(as: form) ?? text
        }
        switch form {
        case "date": return CalendarDate(text).map { "\($0.year) 年 \($0.month) 月 \($0.day) 日" } ?? text
        case "compactdate": return CalendarDate(text).map { "\($0.year)年\($0.month)月\($0.day)日" } ?? text
        case "slashdate": return CalendarDate(text).map { "\($0.year)/\($0.month)/\($0.day)" } ?? text
        case "year": return CalendarDate(text).map { String($0.year) } ?? text
        default: return nil
        }
    }

    static let forms = ["date", "compactdate", "slashdate", "year"]

    private var figure: Figure? {
        if text.hasSuffix("%") { return ExactDecimal(grouped: String(text.dropLast())).map { Figure($0, .percent) } }
        return ExactDecimal(grouped: text).map { Figure($0) }
    }
}

extension PrintedText: MustacheCustomRenderable, MustacheTransformable {
    var renderText: String { text }
    var isNull: Bool { text.isEmpty }

    func transform(_ name: String) -> Any? { printed(as: name).map(PrintedText.init(_:)) }
}

/// A day, read from `2026-01-31` or `2026/1/31`.
struct CalendarDate: Sendable, Hashable {
    var year: Int
    var month: Int
    var day: Int

    init?(_ text: String) {
        let parts = text.split(whereSeparator: { $0 == "-" || $0 == "/" }).map { Int($0) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
            (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }
}
