internal import ExactNumbers
internal import Groundwork
public import JSONDocument

// The kinds of block that have a form of their own: their members, and how they are read. What a kind must have is written also
// where it is empty (a heading without a text, a table without rows); the rest is left out where there is nothing.

extension Contents {
    init?(wire record: RecordReader) {
        self.init(title: record.text("title"), depth: record.optional("depth")?.integer() ?? 2)
    }

    var members: Record {
        var record: Record = [:]
        record.setIfPresent("title", .text(title))
        record["depth"] = .integer(depth)
        return record
    }
}

extension Heading {
    init?(wire record: RecordReader) {
        guard let level = record.required("level")?.integer(), let text = record.required("text")?.runs(),
            let anchor = record.required("anchor")?.text()
        else { return nil }
        self.init(
            level: min(max(level, 0), 4),
            text: text,
            anchor: anchor,
            isListed: record.optional("listed")?.boolean() ?? true,
            look: record.optional("look")?.oneOf(HeadingLook.self) ?? HeadingLook(level: level)
        )
    }

    var members: Record {
        [
            "level": .integer(level), "text": text.wire, "anchor": .text(anchor), "listed": .boolean(isListed),
            "look": .text(look.rawValue),
        ]
    }
}

extension Paragraph: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        self.init(
            style: record.optional("style")?.oneOf(ParagraphStyle.self) ?? .body,
            runs: record.required("runs")?.runs() ?? []
        )
    }

    public var wire: Value { .record(members) }

    var members: Record { ["style": .text(style.rawValue), "runs": runs.wire] }
}

extension FlowDiagram {
    init(wire record: RecordReader) {
        self.init(caption: record.runs("caption"), steps: record.texts("steps"))
    }

    var members: Record {
        var record: Record = [:]
        record.setIfPresent("caption", caption.wire)
        record["steps"] = Value(steps)
        return record
    }
}

extension Letterhead {
    init(wire record: RecordReader) {
        self.init(issuer: record.runs("issuer"), number: record.runs("number"), signer: record.runs("signer"))
    }

    var members: Record {
        var record: Record = [:]
        record.setIfPresent("issuer", issuer.wire)
        record.setIfPresent("number", number.wire)
        record.setIfPresent("signer", signer.wire)
        return record
    }
}

extension Picture {
    init?(wire record: RecordReader) {
        guard let path = record.required("path")?.text() else { return nil }
        self.init(
            path: path,
            alternative: record.text("alternative"),
            caption: record.runs("caption"),
            width: min(max(record.optional("width")?.integer() ?? 100, 1), 100),
            alignment: record.optional("alignment")?.oneOf(CellAlignment.self) ?? .centre
        )
    }

    var members: Record {
        var record: Record = ["path": .text(path)]
        record.setIfPresent("alternative", .text(alternative))
        record.setIfPresent("caption", caption.wire)
        record["width"] = .integer(width)
        record["alignment"] = .text(alignment.rawValue)
        return record
    }
}

extension Signing {
    init(wire record: RecordReader) {
        self.init(
            fields: record.required("fields")?.list(of: Field.self) ?? [],
            columns: min(max(record.optional("columns")?.integer() ?? 1, 1), 4)
        )
    }

    var members: Record { ["fields": Value(wire: fields), "columns": .integer(columns)] }
}

extension Signing.Field: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        self.init(
            label: record.runs("label"),
            value: record.runs("value"),
            kind: record.optional("kind")?.oneOf(Signing.Kind.self) ?? .signature
        )
    }

    public var wire: Value {
        var record: Record = ["label": label.wire, "kind": .text(kind.rawValue)]
        record.setIfPresent("value", value.wire)
        return .record(record)
    }
}

extension Chart {
    init?(wire record: RecordReader) {
        self.init(
            caption: record.runs("caption"),
            summary: record.text("summary"),
            unit: record.text("unit"),
            series: record.texts("series"),
            groups: record.required("groups")?.list(of: Group.self) ?? []
        )
    }

    var members: Record {
        var record: Record = [:]
        record.setIfPresent("caption", caption.wire)
        record.setIfPresent("summary", .text(summary))
        record.setIfPresent("unit", .text(unit))
        record["series"] = Value(series)
        record["groups"] = Value(wire: groups)
        return record
    }
}

extension Chart.Group: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let bars = record.required("bars")?.list() else { return nil }
        self.init(label: record.text("label"), bars: bars.map { $0.isNull ? nil : Chart.Bar(wire: $0) })
    }

    public var wire: Value { ["label": .text(label), "bars": .list(bars.map { $0?.wire ?? .null })] }
}

extension Chart.Bar: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let value = record.required("value")?.decimal() else { return nil }
        self.init(value: value, base: record.optional("base")?.decimal() ?? .zero, text: record.text("text"))
    }

    public var wire: Value {
        var record: Record = ["value": .text(value.description), "text": .text(text)]
        if !base.isZero { record["base"] = .text(base.description) }
        return .record(record)
    }
}
