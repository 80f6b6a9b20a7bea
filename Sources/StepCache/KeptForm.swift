internal import CLinux
internal import JSONDocument
internal import LocalFiles
internal import PluginWire
package import ReviewModel

/// What a step answers, as it is kept: as it crosses the wire, tables whole.
package protocol KeptForm: Sendable {
    init?(kept: Value)
    var kept: Value { get }
    func isSame(as other: Self) -> Bool
    /// Whether it is short enough to be kept.
    var isShort: Bool { get }
}

extension KeptForm {
    package var isShort: Bool { true }

    /// The form in which it is kept; `nil` where it would not be read back as what it is.
    package var proven: Value? {
        guard isShort else { return .none }
        let kept = kept
        guard let read = try? JSONReader.read(JSONWriter.line(kept)), let again = Self(kept: read),
            again.isSame(as: self)
        else { return .none }
        return kept
    }
}

extension Assessment: KeptForm {
    package init?(kept: Value) {
        guard let read = try? Assessment.read(kept, of: Score.method) else { return nil }
        self = read
    }

    package var kept: Value { wire }
    package func isSame(as other: Assessment) -> Bool { self == other }
}

extension Rendering: KeptForm {
    package init?(kept: Value) {
        guard let read = try? Render.Response.read(kept, of: Render.method) else { return nil }
        self = read.rendering
    }

    package var kept: Value { Render.Response(self).wire }
    package func isSame(as other: Rendering) -> Bool { self == other }
}

extension SourceReading: KeptForm {
    package init?(kept: Value) {
        guard let rest = try? OpenSource.Response.read(kept, of: OpenSource.method) else { return nil }
        self.init([], fields: rest.fields, findings: rest.findings)
        for item in kept["whole"]?.list ?? [] {
            guard let table = Table(kept: item) else { return nil }
            tables.append(table)
        }
    }

    package var kept: Value {
        var record = OpenSource.Response(tables: [], fields: fields, findings: findings).wire.record ?? Record()
        record["whole"] = .list(tables.map(\.kept))
        return .record(record)
    }

    /// Reading it again takes little longer than reading what was kept of it.
    package var isShort: Bool {
        tables.reduce(0) { $0 + $1.rowCount * $1.schema.columns.count } <= 500_000
    }

    package func isSame(as other: SourceReading) -> Bool {
        tables == other.tables && fields == other.fields && findings == other.findings
    }
}

extension Table {
    fileprivate init?(kept value: Value) {
        guard let form = value["schema"], let schema = try? TableSchema.read(form, of: OpenSource.method) else {
            return nil
        }
        self.init(schema: schema)
        for item in value["pages"]?.list ?? [] {
            guard let page = try? TablePage.read(item, of: OpenSource.method), page.append(to: &self) else {
                return nil
            }
        }
    }

    fileprivate var kept: Value {
        var (pager, pages) = (TablePager(self, places: .bySheet), [Value]())
        while !pager.isDone { pages.append(pager.next().wire) }
        return ["schema": schema.wire, "pages": .list(pages)]
    }
}

extension Value {
    /// The value with one text for another wherever it stands in texts.
    package func replacing(_ text: String, by other: String) -> Value {
        switch self {
        case .text(let own): return own.holds(Array(text.utf8)) ? .text(own.replacing(text, with: other)) : self
        case .list(let items): return .list(items.map { $0.replacing(text, by: other) })
        case .record(let record):
            return .record(Record(record.members.map { ($0.key, $0.value.replacing(text, by: other)) }))
        default: return self
        }
    }

    /// Whether a text in it has one of `words` in it.
    package func mentions(_ words: [String]) -> Bool { mentions(words.map { Array($0.utf8) }) }

    private func mentions(_ words: [[UInt8]]) -> Bool {
        switch self {
        case .text(let own): words.contains { own.holds($0) }
        case .list(let items): items.contains { $0.mentions(words) }
        case .record(let record): record.members.contains { $0.value.mentions(words) }
        default: false
        }
    }
}

extension String {
    /// Whether these bytes stand in it.
    fileprivate func holds(_ bytes: [UInt8]) -> Bool {
        if utf8.count < bytes.count { return false }
        var own = self
        return own.withUTF8 { text in
            guard let start = text.baseAddress else { return bytes.isEmpty }
            let found: UnsafeMutableRawPointer? = memmem(start, text.count, bytes, bytes.count)
            return found != nil
        }
    }
}

extension StepPart {
    /// What the dossier may hold.
    package static func form(_ outline: DossierOutline?) -> StepPart {
        StepPart(.form, digest: outline.map { sha256(JSONWriter.line($0.wire)) } ?? "-")
    }

    /// What an earlier step has answered.
    package static func prior(_ step: String, _ assessment: Assessment) -> StepPart {
        StepPart(.prior, step, digest: sha256(JSONWriter.line(assessment.wire)))
    }
}
