extension TemplateOutline {
    /// The first part of every name that the outline says, and what follows `tables.`: among them are the tables that it
    /// needs. Names of the rows of a list are among them, too.
    public var firstNames: Set<String> {
        var names = NameCollection()
        names.add(title)
        for wording in properties.texts.values { names.add(wording) }
        for wording in properties.keywords { names.add(wording) }
        for term in terms { names.add(term.wording) }
        for need in needs where need.kind == .table { names.names.insert(need.name) }
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

    private mutating func add(_ condition: Condition?) {
        for path in condition?.paths ?? [] { add(path) }
    }

    private mutating func add(_ repetition: Repetition) {
        add(repetition.list)
        add(repetition.filter)
        add(repetition.group)
    }

    mutating func add(_ blocks: [TemplateBlock]) {
        for block in blocks { add(block) }
    }

    private mutating func add(_ block: TemplateBlock) {
        switch block {
        case .named(_, let block): add(block)
        case .table(let table): add(table)
        case .chart(let chart): add(chart)
        case .flow(let flow):
            add(flow.caption.text)
            switch flow.steps {
            case .written(let texts): for text in texts { add(text) }
            case .listed(let path): add(path)
            }
        case .each(let repetition, let blocks):
            add(repetition)
            add(blocks)
        case .when(let condition, let blocks, let otherwise):
            add(condition)
            add(blocks + otherwise)
        default: for wording in block.wordings { add(wording) }
        }
    }

    private mutating func add(_ table: TableTemplate) {
        add(table.caption.text)
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
            case .each(let repetition, let rows):
                add(repetition)
                add(rows)
            case .group(let conditions, let rows):
                for condition in conditions { add(condition) }
                add(rows)
            }
        }
    }

    private mutating func add(_ chart: ChartTemplate) {
        for text in [chart.caption.text, chart.label, chart.summary, chart.unit] { add(text) }
        add(chart.list)
        for series in chart.series {
            add(series.name)
            add(series.text)
            add(series.value)
            add(series.base)
        }
    }
}

extension TemplateBlock {
    /// The texts of a block that is no more than texts; none for those that hold lists, conditions or other blocks.
    var wordings: [Wording] {
        switch self {
        case .cover(let lines), .signature(let lines): lines.map(\.text)
        case .letterhead(let head): [head.issuer, head.number, head.signer].compactMap(\.self)
        case .contents(let title, _): [title].compactMap(\.self)
        case .heading(_, let text, _, _), .paragraphs(let text, _), .attached(let text, _): [text]
        case .picture(let picture): [picture.alternative, picture.caption.text].compactMap(\.self)
        case .findings(let caption): [caption].compactMap(\.self)
        case .signing(let fields, _): fields.flatMap { [$0.label, $0.value].compactMap(\.self) }
        case .page, .table, .chart, .flow, .each, .when, .named: []
        }
    }
}
