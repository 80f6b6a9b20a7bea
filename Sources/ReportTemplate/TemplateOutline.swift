public import Groundwork
public import ReportDocument

/// A report's outline and wording, as an office writes it in YAML. See `Docs/SPEC.md` for the keys.
public struct TemplateOutline: Sendable {
    public var id: String
    public var title: Wording
    /// A BCP 47 tag: `zh-CN`.
    public var language: String
    /// Short wordings that texts can name: `{{unit}}`.
    public var terms: [(name: String, wording: Wording)]
    /// What readers call the areas of rules, the words before the stroke in their ids.
    public var areas: [String: LocalizedText]
    public var blocks: [TemplateBlock]
}

/// One block of a template.
public indirect enum TemplateBlock: Sendable {
    case cover([TemplateLine])
    case contents(title: Wording?, depth: Int)
    case heading(level: Int, text: Wording, look: HeadingLook?, isListed: Bool)
    case paragraphs(text: Wording, style: ParagraphStyle)
    /// Text with `#` headings in it, such as an attached document.
    case attached(text: Wording, level: Int)
    case table(TableTemplate)
    case chart(ChartTemplate)
    case flow(caption: Wording, steps: FlowSteps)
    case page(PageOrientation)
    case findings(caption: Wording?)
    case signature([TemplateLine])
    case each(PlacedPath, alias: String?, blocks: [TemplateBlock])
    case when(Condition, blocks: [TemplateBlock], otherwise: [TemplateBlock])
}

/// One line of a cover or a signature.
public struct TemplateLine: Sendable {
    public var text: Wording
    public var style: ParagraphStyle
}

/// The boxes of a flow chart.
public enum FlowSteps: Sendable {
    case written([Wording])
    case listed(PlacedPath)
}

extension TemplateOutline {
    /// The first part of every name that the outline says, and what follows `tables.`: among them are the tables that it
    /// needs. Names of the rows of a list are among them, too.
    public var firstNames: Set<String> {
        var names = NameCollection()
        names.add(title)
        for term in terms { names.add(term.wording) }
        names.add(blocks)
        return names.names
    }
}

/// Gathers the names that blocks say.
private struct NameCollection {
    var names = Set<String>()

    mutating func add(_ wording: Wording?) {
        if let wording { names.formUnion(wording.firstNames) }
    }

    private mutating func add(_ path: PlacedPath?) {
        if let path { names.formUnion(path.path.firstNames) }
    }

    mutating func add(_ blocks: [TemplateBlock]) {
        for block in blocks { add(block) }
    }

    private mutating func add(_ block: TemplateBlock) {
        switch block {
        case .cover(let lines), .signature(let lines): for line in lines { add(line.text) }
        case .contents(let title, _): add(title)
        case .heading(_, let text, _, _), .paragraphs(let text, _), .attached(let text, _): add(text)
        case .table(let table): add(table)
        case .chart(let chart): add(chart)
        case .flow(let caption, .written(let texts)): for text in texts + [caption] { add(text) }
        case .flow(let caption, .listed(let path)):
            add(caption)
            add(path)
        case .page: break
        case .findings(let caption): add(caption)
        case .each(let path, _, let blocks):
            add(path)
            add(blocks)
        case .when(let condition, let blocks, let otherwise):
            add(condition.path)
            add(blocks + otherwise)
        }
    }

    private mutating func add(_ table: TableTemplate) {
        add(table.caption)
        add(table.note)
        for cell in table.header.joined() { add(cell.text) }
        add(table.rows)
    }

    private mutating func add(_ rows: [TemplateRow]) {
        for row in rows {
            switch row {
            case .row(let cells, _):
                for cell in cells {
                    add(cell.text)
                    add(cell.key)
                }
            case .each(let path, _, let rows):
                add(path)
                add(rows)
            case .group(let conditions, let rows):
                for condition in conditions { add(condition.path) }
                add(rows)
            }
        }
    }

    private mutating func add(_ chart: ChartTemplate) {
        for text in [chart.caption, chart.label, chart.summary, chart.unit] { add(text) }
        add(chart.list)
        for series in chart.series {
            add(series.name)
            add(series.text)
            add(series.value)
            add(series.base)
        }
    }
}
