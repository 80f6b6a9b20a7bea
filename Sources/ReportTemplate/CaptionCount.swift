internal import ReportDocument

/// How far the captions of each series have been counted, and what the captions are called that texts refer to.
struct CaptionCount {
    private var numbers: [String: Int] = [:]
    private var references: [String: Counter] = [:]

    /// The number of the next caption of a series.
    mutating func next(_ series: String) -> Int {
        numbers[series, default: 0] += 1
        return numbers[series] ?? 1
    }

    /// `表 2`; `nil` when no caption of this id is printed.
    func reference(to id: String) -> Counter? { references[id] }

    fileprivate mutating func note(_ caption: CaptionTemplate) {
        guard let series = caption.series else { return }
        let number = next(series)
        // Where a block is printed several times, its first caption is meant.
        if let id = caption.id, references[id] == nil { references[id] = Counter(series: series, number: number) }
    }

    fileprivate mutating func startAnew() { numbers = [:] }
}

extension Expander {
    /// Counts the captions of all blocks that will be printed, for texts refer to tables that come after them.
    func countCaptions(_ blocks: [TemplateBlock]) {
        count(blocks, in: root)
        captions.startAnew()
    }

    private func count(_ blocks: [TemplateBlock], in scope: Scope) {
        for block in blocks where block.isCounted { count(block, in: scope) }
    }

    private func count(_ block: TemplateBlock, in scope: Scope) {
        switch block {
        case .table(let table): captions.note(table.caption)
        case .flow(let flow): captions.note(flow.caption)
        case .picture(let picture): captions.note(picture.caption)
        case .chart(let chart):
            // A chart without bars is not drawn.
            var isDrawn = false
            each(chart.list, in: scope) { _ in isDrawn = true }
            if isDrawn { captions.note(chart.caption) }
        case .named(_, let block): count(block, in: scope)
        case .each(let repetition, let blocks): each(repetition, in: scope) { count(blocks, in: $0) }
        case .when(let condition, let blocks, let otherwise):
            count(holds(condition, in: scope) ? blocks : otherwise, in: scope)
        default: break
        }
    }

    /// A caption as it prints: the number before it, behind it the unit of its amounts where it does not say that itself.
    func caption(_ template: CaptionTemplate, unit: MoneyUnit? = nil, in scope: Scope) -> [Run] {
        var runs = template.text.map { self.runs($0, in: scope).line } ?? []
        if let series = template.series {
            let counter = Run.counter(Counter(series: series, number: captions.next(series)))
            runs = [.text(series + " "), counter] + (runs.isEmpty ? [] : [.text(" ")]) + runs
        }
        let text = runs.plainText
        if let unit, !text.contains("单位"), !text.contains("unit") {
            runs.append(text: language.words.unit.replacing("{unit}", with: unit.name(in: language)))
        }
        return runs
    }
}

extension TemplateBlock {
    /// Whether a caption in it is counted.
    var isCounted: Bool {
        switch self {
        case .table(let table): table.caption.series != nil
        case .flow(let flow): flow.caption.series != nil
        case .picture(let picture): picture.caption.series != nil
        case .chart(let chart): chart.caption.series != nil
        case .named(_, let block): block.isCounted
        case .each(_, let blocks): blocks.contains(where: \.isCounted)
        case .when(_, let blocks, let otherwise): (blocks + otherwise).contains(where: \.isCounted)
        default: false
        }
    }

    /// The ids under which texts can refer to its captions and those inside it.
    var captionIds: [String] {
        switch self {
        case .named(let id, let block) where block.captionSeries != nil: [id]
        case .named(_, let block): block.captionIds
        case .each(_, let blocks): blocks.flatMap(\.captionIds)
        case .when(_, let blocks, let otherwise): (blocks + otherwise).flatMap(\.captionIds)
        default: []
        }
    }

    private var captionSeries: String? {
        switch self {
        case .table(let table): table.caption.series
        case .flow(let flow): flow.caption.series
        case .picture(let picture): picture.caption.series
        case .chart(let chart): chart.caption.series
        default: nil
        }
    }
}
