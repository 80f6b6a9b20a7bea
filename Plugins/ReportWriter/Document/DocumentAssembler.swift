import ReviewModel

/// Fills a template with a report model: the way from wording to document.
struct DocumentAssembler {
    private let model: ReportModel
    private let language: String
    private var sections: [DocumentSection] = [DocumentSection(orientation: .portrait, blocks: [])]
    private var anchors = Anchors()

    private init(_ model: ReportModel, language: String) {
        self.model = model
        self.language = language
    }

    static func document(_ template: ReportTemplate, _ model: ReportModel) throws(DecimalOverflow) -> Document {
        var assembler = DocumentAssembler(model, language: template.language)
        for term in template.terms where model.root.record[term.name] == nil {
            model.root.record[term.name] = .slots(SlottedText(term.wording, scope: model.root))
        }
        try assembler.add(template.blocks, in: model.root)
        let title = InlineText.line(template.title.render(in: model.root)).plainText
        let sections = assembler.sections.filter { !$0.blocks.isEmpty }
        return withContents(Document(title: title, language: template.language, sections: sections))
    }

    private mutating func add(_ blocks: [TemplateBlock], in scope: Scope) throws(DecimalOverflow) {
        for block in blocks { try add(block, in: scope) }
    }

    private mutating func add(_ block: TemplateBlock, in scope: Scope) throws(DecimalOverflow) {
        switch block {
        case .cover(let lines): append(.cover(paragraphs(lines, in: scope)))
        case .signature(let lines): append(.signature(paragraphs(lines, in: scope)))
        case .contents(let title, let depth):
            append(.contents(Contents(title: title.map { line($0, in: scope).plainText } ?? "", depth: depth)))
        case .heading(let level, let text, let look, let isListed):
            add(heading: line(text, in: scope), level, look: look ?? HeadingLook(level: level), isListed: isListed)
        case .paragraphs(let text, let style):
            for runs in InlineText.paragraphs(text.render(in: scope)) {
                append(.paragraph(Paragraph(style: style, runs: runs)))
            }
        case .attached(let text, let level): add(attached: text.render(in: scope), level)
        case .table(let table): append(.table(TableAssembler(table, scope).table))
        case .chart(let chart):
            if let chart = self.chart(chart, in: scope) { append(.chart(chart)) }
        case .flow(let caption, let steps): append(.flow(flow(caption, steps, in: scope)))
        case .page(let orientation):
            sections.append(DocumentSection(orientation: orientation, blocks: []))
        case .findings(let caption): add(findings: caption, in: scope)
        case .each(let path, let alias, let blocks):
            for node in path.node(in: scope)?.elements ?? [] { try add(blocks, in: scope.entering(node, as: alias)) }
        case .when(let condition, let blocks, let otherwise):
            try add(condition.holds(in: scope) ? blocks : otherwise, in: scope)
        }
    }

    private mutating func append(_ block: DocumentBlock) {
        sections[sections.count - 1].blocks.append(block)
    }

    private mutating func add(heading runs: [Run], _ level: Int, look: HeadingLook, isListed: Bool) {
        let anchor = anchors.anchor(for: runs.plainText)
        append(.heading(Heading(level: level, text: runs, anchor: anchor, isListed: isListed, look: look)))
    }

    /// A document that is part of the report. Its `#` headings become headings from `level` on, none of them listed.
    private mutating func add(attached text: String, _ level: Int) {
        let paragraphs = InlineText.lines(of: text).split(whereSeparator: \.isEmpty)
        for lines in paragraphs {
            var rest = Array(lines)[...]
            while let first = rest.first, first.hasPrefix("#") {
                let depth = first.prefix { $0 == "#" }.count
                let title = InlineText.line(String(first.dropFirst(depth)))
                add(attachedHeading: title, level, depth: depth - 1)
                rest = rest.dropFirst()
            }
            for runs in InlineText.paragraphs(rest.joined(separator: "\n")) {
                if let depth = numberedHeading(runs.plainText) {
                    add(attachedHeading: runs, level, depth: depth)
                } else {
                    append(.paragraph(Paragraph(style: .body, runs: runs)))
                }
            }
        }
    }

    /// An attached document looks like a document of its own, whatever level its headings have in the report.
    private mutating func add(attachedHeading runs: [Run], _ level: Int, depth: Int) {
        add(heading: runs, min(level + depth, 4), look: HeadingLook(level: depth + 1), isListed: false)
    }

    /// How deep a paragraph that is a numbered heading stands: `一、收支业务控制` 0, `1. 货币资金` 1; `nil` for running
    /// text.
    private func numberedHeading(_ text: String) -> Int? {
        guard text.count <= 40, let end = text.last, !"。；：，;:,.".contains(end) else { return nil }
        let numerals = text.prefix { "一二三四五六七八九十".contains($0) }
        if !numerals.isEmpty, text[numerals.endIndex...].hasPrefix("、") { return 0 }
        let digits = text.prefix { ("0"..."9").contains($0) }
        if !digits.isEmpty, text[digits.endIndex...].hasPrefix(". ") { return 1 }
        return nil
    }

    private func line(_ wording: Wording, in scope: Scope) -> [Run] { InlineText.line(wording.render(in: scope)) }

    /// Lines of a cover or signature; empty ones are left out.
    private func paragraphs(_ lines: [TemplateLine], in scope: Scope) -> [Paragraph] {
        lines.map { Paragraph(style: $0.style, runs: line($0.text, in: scope)) }.filter { !$0.runs.isEmpty }
    }

    private func flow(_ caption: Wording, _ steps: FlowSteps, in scope: Scope) -> FlowDiagram {
        let texts =
            switch steps {
            case .written(let wordings): wordings.map { line($0, in: scope).plainText }
            case .listed(let path): path.node(in: scope)?.elements.map(\.plain) ?? []
            }
        return FlowDiagram(caption: line(caption, in: scope), steps: texts.filter { !$0.isEmpty })
    }

    private func chart(_ chart: ChartTemplate, in scope: Scope) -> Chart? {
        let groups = (chart.list.node(in: scope)?.elements ?? []).map { element in
            let inner = scope.entering(element, as: nil)
            let bars = chart.series.map { series in
                series.value.node(in: inner)?.figure.map { figure in
                    let text = series.text.map { line($0, in: inner).plainText } ?? figure.printed
                    let base = series.base?.node(in: inner)?.figure?.value ?? .zero
                    return Chart.Bar(value: figure.value, base: base, text: text)
                }
            }
            return Chart.Group(label: line(chart.label, in: inner).plainText, bars: bars)
        }
        if groups.isEmpty { return nil }
        return Chart(
            caption: line(chart.caption, in: scope),
            summary: chart.summary.map { line($0, in: scope).plainText } ?? "",
            unit: chart.unit.map { line($0, in: scope).plainText } ?? "",
            series: chart.series.map { line($0.name, in: scope).plainText },
            groups: groups
        )
    }

    private mutating func add(findings caption: Wording?, in scope: Scope) {
        let findings = (scope.node(named: "findings")?.elements ?? []).compactMap(\.record)
        if findings.isEmpty { return }
        append(.table(findingsTable(findings, caption: caption.map { line($0, in: scope) } ?? [], language: language)))
    }

    /// The document with its contents filled in, now that all headings are known.
    private static func withContents(_ document: Document) -> Document {
        var document = document
        let headings = document.headings.filter(\.isListed)
        for section in document.sections.indices {
            for position in document.sections[section].blocks.indices {
                guard case .contents(var contents) = document.sections[section].blocks[position] else { continue }
                contents.entries = headings.filter { (1...max(1, contents.depth)).contains($0.level) }
                document.sections[section].blocks[position] = .contents(contents)
            }
        }
        return document
    }
}
