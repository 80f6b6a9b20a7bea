public import Groundwork

/// What a report says of itself, and how it writes numbers and days: everything in it that no template and no dossier has written.
///
/// Chinese and English are here; any other language is data that a template brings (Docs/BUILTIN.md). What the program says to people
/// who work with it, messages and findings, is not in here.
public struct DocumentWords: Sendable, Hashable {
    public var numbers = NumberMarks()
    /// January to December, as they stand in dates.
    public var months: [String]
    /// `{day} {month} {year}`, and what the first of a month is called where that is no number: 1er.
    public var day: String
    public var firstDay: String
    public var month: String
    public var yes: String
    public var no: String
    /// Between the elements of a list.
    public var list: String
    /// Behind the label of a field to be filled in.
    public var colon: String
    /// Behind the caption of a table, and of a chart: ` (unit: {unit})`.
    public var unit: String
    public var chartUnit: String
    /// Before whoever signs an official document off.
    public var signedOff: String
    /// At the foot of a page: `Page {page} of {pages}`.
    public var page: String
    /// Where a seal and a date are to be put.
    public var seal: String
    public var date: String
    /// Before what stands for a picture.
    public var picture: String
    /// The heads of the table of findings: severity, finding, expected, found, hint, place.
    public var findings: [String]
    /// Before a report of which steps are missing, `{steps}`.
    public var incomplete: String

    public static let chinese = DocumentWords(
        months: (1...12).map(String.init),
        day: "{year} 年 {month} 月 {day} 日",
        firstDay: "1",
        month: "{year} 年 {month} 月",
        yes: "是",
        no: "否",
        list: "、",
        colon: "：",
        unit: "（单位：{unit}）",
        chartUnit: "（单位：{unit}）",
        signedOff: "签发人：",
        page: "第 {page} 页 共 {pages} 页",
        seal: "（盖章处）",
        date: "　　年　月　日",
        picture: "图：",
        findings: ["级别", "发现", "应为", "实为", "提示", "位置"],
        incomplete: "本报告不完整，不得签署：以下步骤没有完成——{steps}"
    )

    public static let english = DocumentWords(
        months: [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November",
            "December",
        ],
        day: "{day} {month} {year}",
        firstDay: "1",
        month: "{month} {year}",
        yes: "yes",
        no: "no",
        list: ", ",
        colon: ":",
        unit: " (unit: {unit})",
        chartUnit: " ({unit})",
        signedOff: "Signed off by: ",
        page: "Page {page} of {pages}",
        seal: "(seal)",
        date: "____ / ____ / ________",
        picture: "picture: ",
        findings: ["severity", "finding", "expected", "found", "hint", "place"],
        incomplete: "This report is incomplete and must not be signed; these steps were not done: {steps}"
    )

    /// By a BCP 47 tag: Chinese, or else English, which a language of its own then replaces.
    public init(tag: String) { self = tag.lowercased().hasPrefix("zh") ? .chinese : .english }

    private init(
        months: [String],
        day: String,
        firstDay: String,
        month: String,
        yes: String,
        no: String,
        list: String,
        colon: String,
        unit: String,
        chartUnit: String,
        signedOff: String,
        page: String,
        seal: String,
        date: String,
        picture: String,
        findings: [String],
        incomplete: String
    ) {
        (self.months, self.day, self.firstDay, self.month) = (months, day, firstDay, month)
        (self.yes, self.no, self.list, self.colon) = (yes, no, list, colon)
        (self.unit, self.chartUnit, self.signedOff, self.page) = (unit, chartUnit, signedOff, page)
        (self.seal, self.date, self.picture) = (seal, date, picture)
        (self.findings, self.incomplete) = (findings, incomplete)
    }

    /// A day in full: 31 October 2025.
    public func text(of date: CalendarDate) -> String {
        let (year, month, number) = date.components
        return day.replacing("{year}", with: String(year)).replacing("{month}", with: months[month - 1])
            .replacing("{day}", with: number == 1 ? firstDay : String(number))
    }

    /// A month: October 2025.
    public func text(ofMonth date: CalendarDate) -> String {
        let (year, number, _) = date.components
        return month.replacing("{year}", with: String(year)).replacing("{month}", with: months[number - 1])
    }
}

/// The marks in numbers: `1,234.50` and `61.03%`, or `1 234,50` and `61,03 %`.
public struct NumberMarks: Sendable, Hashable {
    public var decimal = "."
    public var group = ","
    public var percent = "%"

    public init() {}

    /// A number as ``FigureForm`` writes it, with these marks.
    func text(_ number: String) -> String {
        if self == NumberMarks() { return number }
        return number.reduce(into: "") { text, character in
            switch character {
            case ".": text += decimal
            case ",": text += group
            case "%": text += percent
            default: text.append(character)
            }
        }
    }
}
