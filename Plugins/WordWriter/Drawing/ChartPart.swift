import Markup
import OfficeFiles
import ReportDocument
import ReviewModel

/// A chart as Word draws it itself: the figures stand in a workbook of its own, so that it can be edited, and beside the bars.
struct ChartPart {
    private let chart: Chart
    private let figures: ChartFigures

    init(_ chart: Chart) {
        self.chart = chart
        figures = ChartFigures(chart)
    }

    static func relationship(_ number: Int) -> String { "rIdReportChart\(number)" }

    /// Dark and light, so that they are told apart in print without colour.
    private static let colours = ["1F4E79", "8FAADC", "C9C9C9", "ED7D31", "70AD47", "7F6000"]
    /// In hundredths of a point.
    private static let size = 900

    /// The workbook that the chart's figures stand in.
    func workbook() throws(OfficeFileError) -> [UInt8] { try figures.workbook(of: chart) }

    /// `word/charts/chartN.xml`.
    var xml: String {
        var writer = MarkupWriter(.xml)
        writer.raw(WordNamespaces.declaration)
        writer.raw(
            "<c:chartSpace \(WordNamespaces.chart) \(WordNamespaces.art) \(WordNamespaces.relationships)>"
        )
        writer.raw(
            "<c:date1904 val=\"0\"/><c:roundedCorners val=\"0\"/><c:chart><c:autoTitleDeleted val=\"1\"/>"
        )
        writer.raw("<c:plotArea><c:layout/><c:barChart><c:barDir val=\"bar\"/>")
        writer.raw(
            "<c:grouping val=\"\(figures.isStacked ? "stacked" : "clustered")\"/><c:varyColors val=\"0\"/>"
        )
        for position in figures.columns.indices { series(position, &writer) }
        writer.raw("<c:gapWidth val=\"60\"/><c:overlap val=\"\(figures.isStacked ? 100 : 0)\"/>")
        writer.raw("<c:axId val=\"111111111\"/><c:axId val=\"222222222\"/></c:barChart>")
        axes(&writer)
        writer.raw("</c:plotArea>")
        if !figures.isStacked, chart.series.count > 1 {
            writer.raw("<c:legend><c:legendPos val=\"b\"/><c:overlay val=\"0\"/>\(Self.text)</c:legend>")
        }
        writer.raw("<c:plotVisOnly val=\"1\"/><c:dispBlanksAs val=\"gap\"/></c:chart>")
        writer.raw("<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>")
        writer.raw(
            "<c:externalData r:id=\"rId1\"><c:autoUpdate val=\"0\"/></c:externalData></c:chartSpace>"
        )
        return writer.markup
    }

    private func series(_ position: Int, _ writer: inout MarkupWriter) {
        let (column, rows) = (figures.columns[position], chart.groups.count)
        let letter = ChartFigures.letter(position + 1)
        writer.raw("<c:ser><c:idx val=\"\(position)\"/><c:order val=\"\(position)\"/>")
        writer.raw("<c:tx><c:strRef><c:f>Sheet1!$\(letter)$1</c:f><c:strCache><c:ptCount val=\"1\"/>")
        writer.raw("<c:pt idx=\"0\"><c:v>")
        writer.text(column.name)
        writer.raw("</c:v></c:pt></c:strCache></c:strRef></c:tx><c:spPr>")
        let colour = Self.colours[(figures.isStacked ? 0 : position) % Self.colours.count]
        writer.raw(
            column.isShown ? "<a:solidFill><a:srgbClr val=\"\(colour)\"/></a:solidFill>" : "<a:noFill/>"
        )
        writer.raw("<a:ln><a:noFill/></a:ln></c:spPr><c:invertIfNegative val=\"0\"/>")
        labels(column, &writer)
        writer.raw(
            "<c:cat><c:strRef><c:f>Sheet1!$A$2:$A$\(rows + 1)</c:f><c:strCache><c:ptCount val=\"\(rows)\"/>"
        )
        for (row, group) in chart.groups.enumerated() {
            writer.raw("<c:pt idx=\"\(row)\"><c:v>")
            writer.text(group.label)
            writer.raw("</c:v></c:pt>")
        }
        writer.raw("</c:strCache></c:strRef></c:cat><c:val><c:numRef>")
        writer.raw("<c:f>Sheet1!$\(letter)$2:$\(letter)$\(rows + 1)</c:f><c:numCache>")
        writer.element("c:formatCode", text: figures.format)
        writer.raw("<c:ptCount val=\"\(rows)\"/>")
        for (row, value) in column.values.enumerated() {
            if let value { writer.raw("<c:pt idx=\"\(row)\"><c:v>\(value.description)</c:v></c:pt>") }
        }
        writer.raw("</c:numCache></c:numRef></c:val></c:ser>")
    }

    private func labels(_ column: ChartFigures.Column, _ writer: inout MarkupWriter) {
        let place = "<c:dLblPos val=\"\(figures.isStacked ? "inBase" : "outEnd")\"/>"
        writer.raw("<c:dLbls>")
        guard column.hasLabels else { return writer.raw(Self.flags(shows: false) + "</c:dLbls>") }
        for (row, text) in column.texts.enumerated() {
            guard let text else { continue }
            writer.raw("<c:dLbl><c:idx val=\"\(row)\"/><c:tx><c:rich><a:bodyPr/><a:p><a:r>")
            writer.raw("<a:rPr lang=\"zh-CN\" sz=\"\(Self.size)\"/>")
            writer.element("a:t", text: text)
            writer.raw("</a:r></a:p></c:rich></c:tx>\(place)\(Self.flags(shows: true))</c:dLbl>")
        }
        writer.empty("c:numFmt", ["formatCode": figures.format, "sourceLinked": "0"])
        writer.raw("<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>")
        writer.raw(Self.text + place + Self.flags(shows: true) + "</c:dLbls>")
    }

    /// What a label shows: the value or nothing.
    private static func flags(shows: Bool) -> String {
        "<c:showLegendKey val=\"0\"/><c:showVal val=\"\(shows ? 1 : 0)\"/><c:showCatName val=\"0\"/><c:showSerName val=\"0\"/>"
            + "<c:showPercent val=\"0\"/><c:showBubbleSize val=\"0\"/>"
    }

    private func axes(_ writer: inout MarkupWriter) {
        writer.raw(
            "<c:catAx><c:axId val=\"111111111\"/><c:scaling><c:orientation val=\"maxMin\"/></c:scaling>"
        )
        writer.raw(
            "<c:delete val=\"0\"/><c:axPos val=\"l\"/><c:numFmt formatCode=\"General\" sourceLinked=\"0\"/>"
        )
        writer.raw(
            "<c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"low\"/><c:spPr>"
        )
        writer.raw(
            "<a:ln w=\"6350\"><a:solidFill><a:srgbClr val=\"808080\"/></a:solidFill></a:ln></c:spPr>"
        )
        writer.raw(Self.text)
        writer.raw("<c:crossAx val=\"222222222\"/><c:crosses val=\"autoZero\"/><c:auto val=\"0\"/>")
        writer.raw(
            "<c:lblAlgn val=\"ctr\"/><c:lblOffset val=\"100\"/><c:noMultiLvlLbl val=\"1\"/></c:catAx>"
        )
        let least = figures.hasNegative ? "" : "<c:min val=\"0\"/>"
        writer.raw(
            "<c:valAx><c:axId val=\"222222222\"/><c:scaling><c:orientation val=\"minMax\"/>\(least)</c:scaling>"
        )
        writer.raw("<c:delete val=\"1\"/><c:axPos val=\"t\"/>")
        writer.empty("c:numFmt", ["formatCode": figures.format, "sourceLinked": "0"])
        writer.raw(
            "<c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"nextTo\"/>"
        )
        writer.raw("<c:crossAx val=\"111111111\"/><c:crosses val=\"autoZero\"/></c:valAx>")
    }

    private static let text =
        "<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz=\"\(size)\"><a:latin typeface=\"Times New Roman\"/>"
        + "<a:ea typeface=\"宋体\"/></a:defRPr></a:pPr><a:endParaRPr lang=\"zh-CN\"/></a:p></c:txPr>"
}
