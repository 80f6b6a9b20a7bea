import Markup
import OfficeFiles
import ReportDocument
import ReviewModel

/// The figures of a chart as a table: a column for each series, in the unit that they are printed in.
///
/// Bars that begin where others end (a waterfall) become a column that nobody sees, and the bars stacked on it.
struct ChartFigures {
    struct Column {
        var name: String
        var values: [ExactDecimal?]
        /// The texts beside the bars, where they say other than the value with ``format``.
        var texts: [String?] = []
        var isShown = true
        var hasLabels = true
    }

    let columns: [Column]
    let isStacked: Bool
    let hasNegative: Bool
    /// How the values print, as spreadsheets say it.
    let format: String

    init(_ chart: Chart) {
        let bars = chart.groups.flatMap(\.bars).compactMap { $0 }
        let inWan = Self.printsInWan(bars)
        let places = bars.map { Self.places(of: $0.text) }.max() ?? 0
        format =
            (bars.contains { $0.text.contains(",") } ? "#,##0" : "0")
            + (places > 0 ? "." + String(repeating: "0", count: places) : "")
        isStacked = bars.contains { !$0.base.isZero }
        hasNegative = !isStacked && bars.contains { $0.value.isNegative }
        let scale: (ExactDecimal) -> ExactDecimal = { (inWan ? $0.inWan : $0).rounded(to: 6) }
        columns = isStacked ? Self.waterfall(chart, scale) : Self.series(chart, places, scale)
    }

    private static func series(
        _ chart: Chart,
        _ places: Int,
        _ scale: (ExactDecimal) -> ExactDecimal
    ) -> [Column] {
        chart.series.enumerated().map { index, name in
            let series = chart.groups.map { index < $0.bars.count ? $0.bars[index] : nil }
            let texts = series.map { bar -> String? in
                guard let text = bar?.text else { return nil }
                let saysFormat =
                    TextMeasure.isFigure(text) && !text.contains("%") && Self.places(of: text) == places
                return saysFormat ? nil : text
            }
            return Column(name: name, values: series.map { $0.map { scale($0.value) } }, texts: texts)
        }
    }

    private static func waterfall(_ chart: Chart, _ scale: (ExactDecimal) -> ExactDecimal) -> [Column] {
        let bars = chart.groups.map { group in group.bars.first.flatMap { $0 } }
        func end(_ bar: Chart.Bar) -> ExactDecimal { (try? bar.base + bar.value) ?? bar.base }
        let largest = bars.compactMap { $0 }.map { max($0.base, end($0)) }.max() ?? .zero
        let room = scale(largest.rounded(to: 2)).rounded(to: 2)
        let tenth = (try? room.divided(by: ExactDecimal(10), places: 4)) ?? room
        return [
            Column(
                name: "起点",
                values: bars.map { $0.map { scale(min($0.base, end($0))) } },
                isShown: false,
                hasLabels: false
            ),
            Column(
                name: chart.series.first ?? "",
                values: bars.map { $0.map { scale($0.value.magnitude) } },
                hasLabels: false
            ),
            // Invisible, too: what stands at its foot stands beside the bar.
            Column(
                name: "标注",
                values: bars.map { $0 == nil ? nil : tenth },
                texts: bars.map { $0?.text },
                isShown: false
            ),
        ]
    }

    /// Whether the printed texts are ten-thousandths of the values.
    private static func printsInWan(_ bars: [Chart.Bar]) -> Bool {
        let bars = bars.filter { !$0.value.isZero }
        func fits(_ value: ExactDecimal, _ text: String) -> Bool {
            guard let printed = ExactDecimal(text.filter { $0 != "," && $0 != "%" }) else { return false }
            return value.rounded(to: places(of: text)) == printed
        }
        return !bars.isEmpty && !bars.allSatisfy { fits($0.value, $0.text) }
            && bars.allSatisfy { fits($0.value.inWan, $0.text) }
    }

    private static func places(of text: String) -> Int {
        guard let dot = text.utf8.lastIndex(of: UInt8(ascii: ".")) else { return 0 }
        return min(
            text.utf8[text.utf8.index(after: dot)...].prefix { (0x30...0x39).contains($0) }.count,
            6
        )
    }

    /// The letter of a column, from 0: A, B, … AA.
    static func letter(_ column: Int) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        let high = min(column / 26, 26)
        return (high > 0 ? String(letters[high - 1]) : "") + String(letters[column % 26])
    }

    /// A workbook of one sheet.
    func workbook(of chart: Chart) throws(OfficeFileError) -> [UInt8] {
        var sheet = MarkupWriter(.xml)
        sheet.raw(WordNamespaces.declaration)
        sheet.raw(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
        )
        sheet.raw("<row r=\"1\">")
        for (index, column) in columns.enumerated() {
            Self.text(column.name, at: "\(Self.letter(index + 1))1", &sheet)
        }
        sheet.raw("</row>")
        for (row, group) in chart.groups.enumerated() {
            sheet.raw("<row r=\"\(row + 2)\">")
            Self.text(group.label, at: "A\(row + 2)", &sheet)
            for (index, column) in columns.enumerated() {
                guard let value = column.values[row] else { continue }
                sheet.raw("<c r=\"\(Self.letter(index + 1))\(row + 2)\"><v>\(value.description)</v></c>")
            }
            sheet.raw("</row>")
        }
        sheet.raw("</sheetData></worksheet>")
        var package = OfficePackage()
        package.add("xl/workbook.xml", .workbook, Self.book)
        package.add("xl/worksheets/sheet1.xml", .worksheet, sheet.markup)
        package.relate("", "rId1", .document, "xl/workbook.xml")
        package.relate("xl/workbook.xml", "rId1", .worksheet, "worksheets/sheet1.xml")
        return try package.bytes()
    }

    private static func text(_ text: String, at reference: String, _ sheet: inout MarkupWriter) {
        sheet.raw("<c r=\"\(reference)\" t=\"inlineStr\"><is><t xml:space=\"preserve\">")
        sheet.text(text)
        sheet.raw("</t></is></c>")
    }

    private static let book =
        WordNamespaces.declaration
        + "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \(WordNamespaces.relationships)>"
        + "<sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
}
