public import ReportDocument

/// A table of a template: columns, explicit header rows if the columns' titles do not do, and the rows of the body.
public struct TableTemplate: Sendable {
    public var caption: CaptionTemplate
    public var note: Wording?
    /// What its amounts of money print in; its caption says so.
    public var unit: MoneyUnit?
    public var columns: [TemplateColumn]
    /// Header rows; empty for a form.
    public var header: [[TemplateCell]]
    public var rows: [TemplateRow]
    public var isForm: Bool
}

public struct TemplateColumn: Sendable {
    public var title: Wording?
    /// Relative to the other columns.
    public var width: Int
    public var alignment: CellAlignment
    /// Equal cells that follow each other become one.
    public var merges: Bool
    /// A table in which nothing stands below its head is printed without it.
    public var isOptional = false
}

public struct TemplateCell: Sendable {
    public var text: Wording
    public var columnSpan: Int
    public var rowSpan: Int
    public var style: CellStyle?
    public var alignment: CellAlignment?
    /// Cells of equal keys merge downwards, whatever their text; `nil` takes the text.
    public var key: Wording?
}

/// What stands in the body of a table.
public indirect enum TemplateRow: Sendable {
    case row([TemplateCell], style: RowStyle)
    case each(Repetition, rows: [TemplateRow])
    /// Rows that stand there when all conditions hold.
    case group([Condition], rows: [TemplateRow])
}

/// A chart of a template: one group of bars for each element of a list.
public struct ChartTemplate: Sendable {
    public var caption: CaptionTemplate
    /// A sentence that says what the chart shows, for readers who cannot see it.
    public var summary: Wording?
    public var list: Repetition
    public var label: Wording
    public var series: [Series]
    /// What the printed values count, in words: 万元.
    public var unit: Wording?

    public struct Series: Sendable {
        public var name: Wording
        public var value: PlacedPath
        /// Where the bar begins, for a waterfall; at 0 when absent.
        public var base: PlacedPath?
        /// The value as printed beside its bar; its customary form when absent.
        public var text: Wording?
    }
}
