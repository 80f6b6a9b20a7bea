internal import Groundwork
public import JSONDocument

/// `pingshen.document/1`: the composed document as JSON, for renderers that write other formats of it. `Docs/DOCUMENT.md`
/// has the keys. What is absent has its usual value: one column, one row, nothing.
extension Document: WireForm {
    public static let schema = "pingshen.document/1"

    /// Reads a document. Blocks of a kind that is not known are mistakes, for a report must not lose a part in silence.
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let schema = record.required("schema") else { return nil }
        guard schema.oneOf([Self.schema]) != nil, let title = record.required("title")?.text(),
            let language = record.required("language")?.text(), let sections = record.required("sections")
        else { return nil }
        self.init(
            title: title,
            language: language,
            properties: record.optional("properties").flatMap(DocumentProperties.init(wire:)) ?? DocumentProperties(),
            sections: sections.list(of: DocumentSection.self)
        )
        if let words = record.optional("words") { self.words.read(words) }
        fillContents()
    }

    public var wire: Value {
        var record: Record = [
            "schema": .text(Self.schema), "title": .text(title), "language": .text(language),
            "properties": properties.wire, "sections": Value(wire: sections),
        ]
        record.setIfPresent("words", .record(words.written(beside: DocumentWords(tag: language))))
        return .record(record)
    }
}

extension DocumentSection: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        self.init(
            orientation: record.optional("orientation")?.oneOf(PageOrientation.self) ?? .portrait,
            blocks: record.required("blocks")?.list(of: DocumentBlock.self) ?? []
        )
    }

    public var wire: Value { ["orientation": .text(orientation.rawValue), "blocks": Value(wire: blocks)] }
}

extension DocumentProperties: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        func text(_ key: String) -> String { record.optional(key)?.text() ?? "" }
        self.init(
            author: text("author"),
            client: text("client"),
            subject: text("subject"),
            keywords: record.optional("keywords")?.texts() ?? [],
            number: text("number"),
            issued: text("issued"),
            review: text("review"),
            runningHead: record.optional("runningHead")?.runs() ?? [],
            pageNumbers: record.optional("pageNumbers")?.oneOf(PageNumbers.self) ?? .ofTotal
        )
    }

    public var wire: Value {
        var record: Record = ["pageNumbers": .text(pageNumbers.rawValue)]
        let texts = [
            ("author", author), ("client", client), ("subject", subject), ("number", number), ("issued", issued),
            ("review", review),
        ]
        for (key, text) in texts { record.setIfPresent(key, .text(text)) }
        record.setIfPresent("keywords", Value(keywords))
        record.setIfPresent("runningHead", runningHead.wire)
        return .record(record)
    }
}

extension DocumentBlock: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let kind = record.required("kind")?.oneOf(Self.kinds) else { return nil }
        let block: Self? =
            switch kind {
            case "cover": .cover(record.paragraphs("lines"))
            case "signature": .signature(record.paragraphs("lines"))
            case "contents": Contents(wire: record).map { .contents($0) }
            case "heading": Heading(wire: record).map { .heading($0) }
            case "paragraph": Paragraph(wire: reader).map { .paragraph($0) }
            case "table": DocumentTable(wire: record).map { .table($0) }
            case "chart": Chart(wire: record).map { .chart($0) }
            case "flow": .flow(FlowDiagram(wire: record))
            case "letterhead": .letterhead(Letterhead(wire: record))
            case "picture": Picture(wire: record).map { .picture($0) }
            default: .signing(Signing(wire: record))
            }
        guard let block else { return nil }
        self = block
    }

    private static let kinds = [
        "cover", "contents", "heading", "paragraph", "table", "chart", "flow", "signature", "letterhead", "picture",
        "signing",
    ]

    public var wire: Value {
        switch self {
        case .cover(let lines): block("cover", ["lines": Value(wire: lines)])
        case .signature(let lines): block("signature", ["lines": Value(wire: lines)])
        case .contents(let contents):
            block("contents", contents.members)
        case .heading(let heading): block("heading", heading.members)
        case .paragraph(let paragraph): block("paragraph", paragraph.members)
        case .table(let table): block("table", table.members)
        case .chart(let chart): block("chart", chart.members)
        case .flow(let flow): block("flow", flow.members)
        case .letterhead(let head): block("letterhead", head.members)
        case .picture(let picture): block("picture", picture.members)
        case .signing(let signing): block("signing", signing.members)
        }
    }

    private func block(_ kind: String, _ members: Record) -> Value {
        var record: Record = ["kind": .text(kind)]
        for (key, value) in members.members { record[key] = value }
        return .record(record)
    }
}
