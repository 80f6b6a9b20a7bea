import ReviewModel

/// A table of a template: columns, explicit header rows if the columns' titles do not do, and the rows of the body.
struct TableTemplate: Sendable {
    var caption: Wording?
    var note: Wording?
    var columns: [TemplateColumn]
    /// Header rows; empty for a form.
    var header: [[TemplateCell]]
    var rows: [TemplateRow]
    var isForm: Bool
}

struct TemplateColumn: Sendable {
    var title: Wording?
    /// Relative to the other columns.
    var width: Int
    var alignment: CellAlignment
    /// Equal cells that follow each other become one.
    var merges: Bool
}

struct TemplateCell: Sendable {
    var text: Wording
    var columnSpan: Int
    var rowSpan: Int
    var style: CellStyle?
    var alignment: CellAlignment?
    /// Cells of equal keys merge downwards, whatever their text; `nil` takes the text.
    var key: Wording?
}

/// What stands in the body of a table.
indirect enum TemplateRow: Sendable {
    case row([TemplateCell], style: RowStyle)
    case each(ListPath, alias: String?, rows: [TemplateRow])
    /// Rows that stand there when all conditions hold.
    case group([Condition], rows: [TemplateRow])
}

/// A chart of a template: one group of bars for each element of a list.
struct ChartTemplate: Sendable {
    var caption: Wording
    /// A sentence that says what the chart shows, for readers who cannot see it.
    var summary: Wording?
    var list: ListPath
    var label: Wording
    var series: [Series]
    /// What the printed values count, in words: 万元.
    var unit: Wording?

    struct Series {
        var name: Wording
        var value: ListPath
        /// Where the bar begins, for a waterfall; at 0 when absent.
        var base: ListPath?
        /// The value as printed beside its bar; its customary form when absent.
        var text: Wording?
    }
}
