internal import Groundwork
internal import JSONDocument
internal import ReportDocument

/// Reads the blocks of a template. A block is a mapping; one of its keys says what it is.
struct TemplateReader {
    func blocks(_ reader: ValueReader) -> [TemplateBlock] {
        reader.list().compactMap(block)
    }

    static let kinds = [
        "cover", "letterhead", "contents", "heading", "text", "attached", "table", "form", "chart", "flow", "picture",
        "page", "findings", "signature", "signing", "each", "when", "unless",
    ]

    private func block(_ reader: ValueReader) -> TemplateBlock? {
        if let text = reader.value.text, Self.kinds.contains(text) {
            reader.log.add(blockWithoutColon(text, at: reader.pointer))
            return nil
        }
        guard let record = reader.record() else { return nil }
        let found = Self.kinds.filter { record.record[$0] != nil }
        guard let kind = found.first, found.count == 1 else {
            reader.log.add(unknownBlock(keys: record.record.keys, found: found, at: reader.pointer))
            return nil
        }
        let id = record.optional("id")?.text()
        let block = read(kind, record)
        record.finish()
        return id.flatMap { id in block.map { .named(id, $0) } } ?? block
    }

    private func read(_ kind: String, _ record: RecordReader) -> TemplateBlock? {
        switch kind {
        case "cover": record.required(kind).map { .cover(lines($0)) }
        case "letterhead": letterhead(record)
        case "signature": record.required(kind).map { .signature(lines($0, style: .right)) }
        case "contents":
            .contents(title: record.optional(kind)?.wording(), depth: record.optional("depth")?.integer() ?? 2)
        case "heading": heading(record)
        case "text":
            record.required(kind)?.wording().map {
                .paragraphs(text: $0, style: style(record.optional("style")) ?? .body)
            }
        case "attached":
            attached(kind, record)
        case "table", "form": table(kind, record).map { .table($0) }
        case "chart": chart(record).map { .chart($0) }
        case "flow": flow(record)
        case "picture": picture(record)
        case "signing": signing(record)
        case "page": record.required(kind)?.oneOf(PageOrientation.self).map { .page($0) }
        case "findings": .findings(caption: record.optional(kind)?.wording())
        case "each": each(record)
        default: when(kind, record)
        }
    }

    private func attached(_ kind: String, _ record: RecordReader) -> TemplateBlock? {
        let level = record.optional("level")?.integer() ?? 3
        if !(0...4).contains(level) { record.log.add(outOfRange(level, at: record.pointer / "level")) }
        return record.required(kind)?.wording().map { .attached(text: $0, level: min(max(level, 0), 4)) }
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

    // MARK: Captions, lists and conditions

    /// The caption under `key`, and by what it counts.
    func caption(_ key: String, _ record: RecordReader) -> CaptionTemplate {
        CaptionTemplate(
            text: record.optional(key)?.wording(),
            series: record.optional("counted")?.text(),
            id: record.record["id"]?.text
        )
    }

    /// The list under `key`, with `as`, `where` and `by`.
    func repetition(_ key: String, _ record: RecordReader) -> Repetition? {
        let list = record.required(key).flatMap { $0.path() }
        let alias = record.optional("as")?.text()
        let filter = record.optional("where")?.condition()
        let group = record.optional("by")?.path()
        return list.map { Repetition(list: $0, alias: alias, filter: filter, group: group) }
    }

    /// The condition under `when` or `unless`.
    func condition(_ key: String, _ record: RecordReader) -> Condition? {
        record.optional(key)?.condition().map { key == "unless" ? .not($0) : $0 }
    }

    private func each(_ record: RecordReader) -> TemplateBlock? {
        let repetition = repetition("each", record)
        let blocks = record.required("blocks").map(blocks) ?? []
        return repetition.map { .each($0, blocks: blocks) }
    }

    private func when(_ kind: String, _ record: RecordReader) -> TemplateBlock? {
        let condition = condition(kind, record)
        let blocks = record.required("blocks").map(blocks) ?? []
        let otherwise = record.optional("otherwise").map(self.blocks) ?? []
        return condition.map { .when($0, blocks: blocks, otherwise: otherwise) }
    }

    // MARK: Letterheads, pictures, signing

    private func letterhead(_ record: RecordReader) -> TemplateBlock? {
        guard let head = record.required("letterhead")?.record() else { return nil }
        let issuer = head.required("issuer")?.wording()
        let number = head.optional("number")?.wording()
        let signer = head.optional("signer")?.wording()
        head.finish()
        return issuer.map { .letterhead(LetterheadTemplate(issuer: $0, number: number, signer: signer)) }
    }

    private func picture(_ record: RecordReader) -> TemplateBlock? {
        let caption = caption("caption", record)
        let alternative = record.required("alternative")?.wording()
        let width = record.optional("width")?.integer() ?? 100
        if !(1...100).contains(width) { record.log.add(badWidth(width, at: record.pointer / "width")) }
        let alignment = record.optional("align")?.oneOf(CellAlignment.self) ?? .centre
        guard let path = record.required("picture"), let file = path.text() else { return nil }
        // `!file` has made a whole path of it; a name alone would be looked for wherever the program happens to run.
        if !file.hasPrefix("/") {
            record.log.add(pictureWithoutFile(file, at: path.pointer))
            return nil
        }
        guard let alternative else { return nil }
        return .picture(
            PictureTemplate(
                path: file,
                pointer: path.pointer,
                alternative: alternative,
                caption: caption,
                width: min(max(width, 1), 100),
                alignment: alignment
            )
        )
    }

    private func signing(_ record: RecordReader) -> TemplateBlock? {
        let columns = record.optional("columns")?.integer() ?? 1
        if !(1...4).contains(columns) { record.log.add(badColumns(columns, at: record.pointer / "columns")) }
        let fields = record.required("signing")?.list().compactMap(signingField) ?? []
        return .signing(fields, columns: min(max(columns, 1), 4))
    }

    private func signingField(_ reader: ValueReader) -> SigningField? {
        guard case .record = reader.value, let record = reader.record() else {
            return reader.wording().map { SigningField(label: $0, value: nil, kind: .signature) }
        }
        let label = record.required("label")?.wording()
        let value = record.optional("value")?.wording()
        let kind = record.optional("kind")?.oneOf(Signing.Kind.self) ?? (value == nil ? .signature : .text)
        record.finish()
        return label.map { SigningField(label: $0, value: value, kind: kind) }
    }

    // MARK: Drawings

    private func flow(_ record: RecordReader) -> TemplateBlock? {
        if record.record["flow"] == nil { _ = record.required("flow") }
        let caption = caption("flow", record)
        guard let steps = record.required("steps") else { return nil }
        let boxes: FlowSteps? =
            if case .list = steps.value { .written(steps.list().compactMap { $0.wording() }) } else {
                steps.path().map { .listed($0) }
            }
        return boxes.map { .flow(FlowTemplate(caption: caption, steps: $0)) }
    }

    private func chart(_ record: RecordReader) -> ChartTemplate? {
        let caption = caption("chart", record)
        let summary = record.optional("summary")?.wording()
        let list = repetition("over", record)
        let label = record.required("label")?.wording()
        let unit = record.optional("unit")?.wording()
        let series = record.required("series")?.list().compactMap(self.series) ?? []
        guard let list, let label else { return nil }
        // Without any text somebody has left it empty on purpose.
        if label.isPlain, let text = record.record["label"]?.text, !text.isEmpty {
            record.log.add(oneLabel(text, at: label.pointer))
        }
        return ChartTemplate(caption: caption, summary: summary, list: list, label: label, series: series, unit: unit)
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

/// `- findings`, which is a text to YAML.
private func blockWithoutColon(_ kind: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "template/unknown-block",
        message: LocalizedText(
            zh: "内容块\"\(kind)\"后面缺少冒号和内容",
            en: "the block \"\(kind)\" lacks its colon and what it holds"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "写成 \(kind): …", en: "write \(kind): …")
    )
}

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
    let near = keys.compactMap { meantWord($0, among: TemplateReader.kinds) }.first
    return ConfigurationDiagnostic(
        code: "template/unknown-block",
        message: LocalizedText(zh: "未知的内容块\"\(key)\"", en: "unknown block \"\(key)\""),
        pointer: keys.isEmpty ? pointer : pointer / key,
        help: near.map { LocalizedText(zh: "是不是\"\($0)\"？", en: "did you mean \"\($0)\"?") }
            ?? LocalizedText(zh: "可用的有：\(kinds)", en: "known here: \(kinds)")
    )
}

/// What stands beside each bar of a chart is a text, and one without a tag is the same for all.
private func oneLabel(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        severity: .warning,
        code: "template/chart-label",
        message: LocalizedText(
            zh: "图中每一条都会标作\(quoted(text))",
            en: "every bar of the chart would be called \(quoted(text))"
        ),
        pointer: pointer,
        help: LocalizedText(
            zh: "若是列的名称，请写成 \"{{\(text)}}\"",
            en: "if it is the name of a column, write \"{{\(text)}}\""
        )
    )
}

private func pictureWithoutFile(_ path: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "template/picture",
        message: LocalizedText(
            zh: "图片要用 !file 指明文件，\(quoted(path)) 只是一段文字",
            en: "a picture is named by !file; \(quoted(path)) is just text"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "请写 picture: !file \(path)", en: "write picture: !file \(path)")
    )
}

private func badWidth(_ width: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "template/width",
        message: LocalizedText(
            zh: "图片宽度是版心的百分比，应为 1 至 100，实为 \(width)",
            en: "widths of pictures are 1 to 100 percent of the text, found \(width)"
        ),
        pointer: pointer
    )
}

private func badColumns(_ columns: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "template/columns",
        message: LocalizedText(
            zh: "签署栏应为 1 至 4 列，实为 \(columns)",
            en: "signing fields stand in 1 to 4 columns, found \(columns)"
        ),
        pointer: pointer
    )
}

private func outOfRange(_ level: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "template/heading-level",
        message: LocalizedText(zh: "标题级别应为 0 至 4，实为 \(level)", en: "heading levels are 0 to 4, found \(level)"),
        pointer: pointer
    )
}
