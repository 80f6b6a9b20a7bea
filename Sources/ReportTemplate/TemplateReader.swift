internal import Groundwork
public import JSONDocument
internal import ReportDocument

extension TemplateOutline {
    /// Reads a template, reporting every mistake in it; `nil` when it is no template at all.
    public init?(_ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        let id = record.required("id")?.text()
        let title = record.required("title")?.wording()
        _ = record.optional("version")?.text()
        let language = record.optional("language")?.text() ?? "zh-CN"
        let terms = record.optional("terms")?.record()?.all().compactMap { term in
            term.value.wording().map { (name: term.key, wording: $0) }
        }
        let areas = (record.optional("areas")?.record()?.all() ?? []).compactMap { area in
            area.value.localizedText().map { (area.key, $0) }
        }
        let blocks = record.required("blocks").map { TemplateReader().blocks($0) }
        record.finish()
        guard let id, let title, let blocks else { return nil }
        self.init(
            id: id,
            title: title,
            language: language,
            terms: terms ?? [],
            areas: Dictionary(areas) { first, _ in first },
            blocks: blocks
        )
    }
}

/// Reads the blocks of a template. A block is a mapping; one of its keys says what it is.
struct TemplateReader {
    func blocks(_ reader: ValueReader) -> [TemplateBlock] {
        reader.list().compactMap(block)
    }

    static let kinds = [
        "cover", "contents", "heading", "text", "attached", "table", "form", "chart", "flow", "page", "findings",
        "signature", "each", "when", "unless",
    ]

    private func block(_ reader: ValueReader) -> TemplateBlock? {
        guard let record = reader.record() else { return nil }
        let found = Self.kinds.filter { record.record[$0] != nil }
        guard let kind = found.first, found.count == 1 else {
            reader.log.add(unknownBlock(keys: record.record.keys, found: found, at: reader.pointer))
            return nil
        }
        let block = read(kind, record)
        record.finish()
        return block
    }

    private func read(_ kind: String, _ record: RecordReader) -> TemplateBlock? {
        switch kind {
        case "cover": record.required(kind).map { .cover(lines($0)) }
        case "signature": record.required(kind).map { .signature(lines($0, style: .right)) }
        case "contents":
            .contents(title: record.optional(kind)?.wording(), depth: record.optional("depth")?.integer() ?? 2)
        case "heading": heading(record)
        case "text":
            record.required(kind)?.wording().map {
                .paragraphs(text: $0, style: style(record.optional("style")) ?? .body)
            }
        case "attached":
            record.required(kind)?.wording().map {
                .attached(text: $0, level: record.optional("level")?.integer() ?? 3)
            }
        case "table", "form": table(kind, record).map { .table($0) }
        case "chart": chart(record).map { .chart($0) }
        case "flow": flow(record)
        case "page": record.required(kind)?.oneOf(PageOrientation.self).map { .page($0) }
        case "findings": .findings(caption: record.optional(kind)?.wording())
        case "each": each(record)
        default: when(kind, record)
        }
    }

    private func heading(_ record: RecordReader) -> TemplateBlock? {
        let level = record.optional("level")?.integer() ?? 1
        let isListed = record.optional("listed")?.boolean() ?? true
        let look = record.optional("look")?.oneOf(HeadingLook.self)
        if !(0...4).contains(level) { record.log.add(outOfRange(level, at: record.pointer / "level")) }
        return record.required("heading")?.wording().map {
            .heading(level: level, text: $0, look: look, isListed: isListed)
        }
    }

    private func lines(_ reader: ValueReader, style usual: ParagraphStyle = .centred) -> [TemplateLine] {
        reader.list().compactMap { line in
            guard case .record = line.value, let record = line.record() else {
                return line.wording().map { TemplateLine(text: $0, style: usual) }
            }
            let text = record.required("text")?.wording()
            let style = style(record.optional("style"))
            record.finish()
            return text.map { TemplateLine(text: $0, style: style ?? usual) }
        }
    }

    private func style(_ reader: ValueReader?) -> ParagraphStyle? { reader?.oneOf(ParagraphStyle.self) }

    private func flow(_ record: RecordReader) -> TemplateBlock? {
        let caption = record.required("flow")?.wording()
        guard let steps = record.required("steps") else { return nil }
        let boxes: FlowSteps? =
            if case .list = steps.value { .written(steps.list().compactMap { $0.wording() }) } else {
                steps.path().map { .listed($0) }
            }
        guard let caption, let boxes else { return nil }
        return .flow(caption: caption, steps: boxes)
    }

    private func each(_ record: RecordReader) -> TemplateBlock? {
        let path = record.required("each").flatMap { $0.path() }
        let alias = record.optional("as")?.text()
        let blocks = record.required("blocks").map(blocks) ?? []
        return path.map { .each($0, alias: alias, blocks: blocks) }
    }

    private func when(_ kind: String, _ record: RecordReader) -> TemplateBlock? {
        let path = record.required(kind)?.path()
        let blocks = record.required("blocks").map(blocks) ?? []
        let otherwise = record.optional("otherwise").map(self.blocks) ?? []
        return path.map {
            .when(Condition(path: $0, negated: kind == "unless"), blocks: blocks, otherwise: otherwise)
        }
    }

    private func chart(_ record: RecordReader) -> ChartTemplate? {
        let caption = record.required("chart")?.wording()
        let summary = record.optional("summary")?.wording()
        let path = record.required("over").flatMap { $0.path() }
        let label = record.required("label")?.wording()
        let unit = record.optional("unit")?.wording()
        let series = record.required("series")?.list().compactMap(self.series) ?? []
        guard let caption, let path, let label else { return nil }
        return ChartTemplate(caption: caption, summary: summary, list: path, label: label, series: series, unit: unit)
    }

    private func series(_ reader: ValueReader) -> ChartTemplate.Series? {
        guard let record = reader.record() else { return nil }
        let name = record.required("name")?.wording()
        let value = record.required("value")?.path()
        let base = record.optional("from")?.path()
        let text = record.optional("text")?.wording()
        record.finish()
        guard let name, let value else { return nil }
        return ChartTemplate.Series(name: name, value: value, base: base, text: text)
    }
}

// MARK: - Messages

private func unknownBlock(keys: [String], found: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    if found.count > 1 {
        let kinds = found.joined(separator: ", ")
        return ConfigurationDiagnostic(
            code: "template/ambiguous-block",
            message: LocalizedText(zh: "一块内容只能有一种类型，此处有：\(kinds)", en: "a block is of one kind, found: \(kinds)"),
            pointer: pointer
        )
    }
    let key = keys.first ?? ""
    let kinds = TemplateReader.kinds.joined(separator: ", ")
    let near = keys.compactMap { nearest(to: $0, among: TemplateReader.kinds) }.first
    return ConfigurationDiagnostic(
        code: "template/unknown-block",
        message: LocalizedText(zh: "未知的内容块\"\(key)\"", en: "unknown block \"\(key)\""),
        pointer: keys.isEmpty ? pointer : pointer / key,
        help: near.map { LocalizedText(zh: "是不是\"\($0)\"？", en: "did you mean \"\($0)\"?") }
            ?? LocalizedText(zh: "可用的有：\(kinds)", en: "known here: \(kinds)")
    )
}

private func outOfRange(_ level: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "template/heading-level",
        message: LocalizedText(zh: "标题级别应为 0 至 4，实为 \(level)", en: "heading levels are 0 to 4, found \(level)"),
        pointer: pointer
    )
}
