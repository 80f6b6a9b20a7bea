internal import Groundwork
public import JSONDocument
internal import ReportDocument

extension TemplateOutline {
    /// Reads a template, reporting every mistake in it; `nil` when it is no template at all.
    ///
    /// A template that `extends` another takes everything from it that it does not say itself; its `changes` name the blocks
    /// of the other by their ids.
    public init?(_ reader: ValueReader) {
        self.init(reader, depth: 0)
        var ids = BlockIds(log: reader.log, pointer: reader.pointer)
        ids.check(blocks)
    }

    /// How many templates may extend each other.
    private static let maximumDepth = 8

    private init?(_ reader: ValueReader, depth: Int) {
        guard let record = reader.record() else { return nil }
        if depth > Self.maximumDepth {
            reader.log.add(tooManyExtensions(at: reader.pointer))
            return nil
        }
        if let other = Self.otherKind(record.record) {
            reader.log.add(noTemplate(other, at: reader.pointer))
            return nil
        }
        let base = record.optional("extends").flatMap { TemplateOutline($0, depth: depth + 1) }
        let isExtension = record.record["extends"] != nil
        let id = record.required("id")?.text()
        let title = (isExtension ? record.optional("title") : record.required("title"))?.wording() ?? base?.title
        _ = record.optional("version")?.text()
        let blocks: [TemplateBlock]?
        if isExtension {
            blocks = record.optional("changes").map { TemplateChange.apply($0, to: base?.blocks ?? []) } ?? base?.blocks
        } else {
            blocks = record.required("blocks").map { TemplateReader().blocks($0) }
            if let changes = record.optional("changes") { reader.log.add(changesOfNothing(at: changes.pointer)) }
        }
        guard let id, let title, let blocks else {
            record.finish()
            return nil
        }
        self = base ?? TemplateOutline(id: id, title: title, blocks: blocks)
        (self.id, self.title, self.blocks) = (id, title, blocks)
        read(record)
        record.finish()
    }

    /// What another kind of file in place of the template has instead of blocks, so that every key would be unknown.
    private static func otherKind(_ record: Record) -> String? {
        guard record["blocks"] == nil, record["extends"] == nil, record["changes"] == nil else { return nil }
        return ["form", "tables", "items", "pipeline"].first { record[$0] != nil }
    }

    private init(id: String, title: Wording, blocks: [TemplateBlock]) {
        self.init(
            id: id,
            title: title,
            language: "zh-CN",
            words: nil,
            properties: TemplateProperties(),
            unit: nil,
            terms: [],
            areas: [:],
            needs: [],
            blocks: blocks
        )
    }

    /// What stands beside the blocks, each key above what a base has said.
    private mutating func read(_ record: RecordReader) {
        if let language = record.optional("language")?.text() { self.language = language }
        if let reader = record.optional("words") {
            var words = self.words ?? DocumentWords(tag: language)
            words.read(reader)
            self.words = words
        }
        if let reader = record.optional("language"), words == nil, !TemplateLanguage.hasWords(language) {
            reader.log.add(wordless(language, at: reader.pointer))
        }
        if let unit = record.optional("unit").flatMap({ MoneyUnit($0) }) { self.unit = unit }
        if let properties = record.optional("properties")?.record() { self.properties.read(properties) }
        for term in record.optional("terms")?.record()?.all() ?? [] {
            guard let wording = term.value.wording() else { continue }
            terms.removeAll { $0.name == term.key }
            terms.append((name: term.key, wording: wording))
        }
        for area in record.optional("areas")?.record()?.all() ?? [] {
            if let name = area.value.localizedText() { areas[area.key] = name }
        }
        if let needs = record.optional("needs")?.record() { readNeeds(needs) }
    }
}

extension TemplateLanguage {
    /// Whether the program itself knows what a report of that language, a BCP 47 tag, says of itself.
    fileprivate static func hasWords(_ tag: String) -> Bool {
        ["zh", "en"].contains(tag.lowercased().prefix { $0 != "-" && $0 != "_" })
    }
}

extension TemplateProperties {
    mutating func read(_ record: RecordReader) {
        for name in Self.names {
            if let wording = record.optional(name)?.wording() { texts[name] = wording }
        }
        if let keywords = record.optional("keywords") { self.keywords = keywords.list().compactMap { $0.wording() } }
        if let numbers = record.optional("pageNumbers")?.oneOf(PageNumbers.self) { pageNumbers = numbers }
        record.finish()
    }
}

// MARK: - Needs

extension TemplateOutline {
    /// `fields: {texts.necessity: 附件2-2（三）}`; a mapping has `for`, `optional: true` for what a report may do without,
    /// `instead`, what it then says, and `with`, the table that the need belongs to.
    private mutating func readNeeds(_ record: RecordReader) {
        for (key, kind) in [("fields", TemplateNeed.Kind.field), ("tables", .table)] {
            for need in record.optional(key)?.record()?.all() ?? [] {
                guard let need = Self.need(kind, need.key, need.value) else { continue }
                needs.removeAll { $0.kind == need.kind && $0.name == need.name }
                needs.append(need)
            }
        }
        record.finish()
    }

    private static func need(_ kind: TemplateNeed.Kind, _ name: String, _ reader: ValueReader) -> TemplateNeed? {
        var (purpose, isRequired, table) = (LocalizedText?.none, true, String?.none)
        var instead: LocalizedText?
        if case .record(let value) = reader.value, value["for"] != nil, let record = reader.record() {
            purpose = record.required("for")?.localizedText()
            instead = record.optional("instead")?.localizedText()
            isRequired = instead == nil && !(record.optional("optional")?.boolean() ?? false)
            table = record.optional("with")?.text()
            record.finish()
        } else {
            purpose = reader.localizedText()
        }
        return purpose.map {
            TemplateNeed(
                kind: kind,
                name: name,
                purpose: $0,
                isRequired: isRequired,
                instead: instead,
                table: table,
                pointer: reader.pointer
            )
        }
    }
}

/// Holds the ids of blocks against each other: each names one block.
private struct BlockIds {
    let log: DiagnosticLog
    let pointer: JSONPointer
    private var met = Set<String>()

    init(log: DiagnosticLog, pointer: JSONPointer) { (self.log, self.pointer) = (log, pointer) }

    mutating func check(_ blocks: [TemplateBlock]) {
        for block in blocks {
            switch block {
            case .named(let id, let block):
                if !met.insert(id).inserted { log.add(idTwice(id, at: pointer)) }
                check([block])
            case .each(_, let blocks): check(blocks)
            case .when(_, let blocks, let otherwise): check(blocks + otherwise)
            default: break
            }
        }
    }
}

// MARK: - Messages

private func tooManyExtensions(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "template/extends",
        message: LocalizedText(zh: "模板套用层数过多", en: "too many templates extend each other"),
        pointer: pointer
    )
}

private func changesOfNothing(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "template/changes",
        message: LocalizedText(
            zh: "changes 要写在套用别的模板的模板里",
            en: "changes belong into a template that extends another one"
        ),
        pointer: pointer,
        help: LocalizedText(
            zh: "套用模板要写 extends: !include 路径；只写路径是把两份文件的键合并",
            en: "write extends: !include PATH; a path alone lays one file's keys over the other's"
        )
    )
}

private func idTwice(_ id: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "template/id-twice",
        message: LocalizedText(zh: "两块内容的 id 都是\"\(id)\"", en: "two blocks have the id \"\(id)\""),
        pointer: pointer
    )
}

private func wordless(_ language: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    let meant = meantWord(language, among: ["en", "zh"])
    return ConfigurationDiagnostic(
        severity: .warning,
        code: "template/no-words",
        message: LocalizedText(
            zh: "程序没有语言\(quoted(language))的日期、数字和表头用语，这些会印成英文",
            en: "the program has no words of the language \(quoted(language)): days, numbers and heads print in English"
        ),
        pointer: pointer,
        help: meant.map { LocalizedText(zh: "请写 \($0)", en: "write \($0)") }
            ?? LocalizedText(
                zh: "请用 words: !include … 给出，如 Specs/languages/fr.yaml",
                en: "give them with words: !include …, as Specs/languages/fr.yaml does"
            )
    )
}

private func noTemplate(_ key: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "template/other-kind",
        message: LocalizedText(
            zh: "此处应为报告模板，实为另一种文件：有 \(key)，没有 blocks",
            en: "expected a report template, found another kind of file: it has \(key) and no blocks"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "请核对 !include 后的文件名", en: "see whether the file behind !include is the right one")
    )
}
