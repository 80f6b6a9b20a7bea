public import ReviewModel

extension NormBook {
    /// Reads a file of prices; reports what is wrong with it.
    public init?(_ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        id = record.required("prices")?.text() ?? ""
        for key in ["version", "title", "note"] { _ = record.optional(key) }
        units = Self.entries(record, "units") { code, reader in
            let unit = reader.record()
            defer { unit?.finish() }
            return MeasureUnit(
                code: code,
                title: unit?.optional("title")?.localizedText() ?? LocalizedText(code),
                words: words(unit, ["words", "also"]),
                repeats: unit?.optional("repeats")?.boolean() ?? false
            )
        }
        items = Self.entries(record, "items", NormItem.init)
        purchases = Self.entries(record, "purchases", NormItem.init)
        methods = Self.entries(record, "methods") { code, reader in
            let method = reader.record()
            defer { method?.finish() }
            return PurchaseMethod(
                code: code,
                title: method?.optional("title")?.localizedText() ?? LocalizedText(code),
                words: words(method, ["words", "also"])
            )
        }
        batchWords = words(record, ["batch_words"])
        partWords = words(record, ["part_words"])
        afterTaxWords = words(record, ["after_tax_words"])
        norms = Self.entries(record, "norms", Norm.init)
        record.finish()
        lint(reader)
    }

    /// The members of a mapping by their codes.
    private static func entries<Entry>(
        _ record: RecordReader,
        _ key: String,
        _ read: (String, ValueReader) -> Entry?
    ) -> [Entry] {
        record.optional(key)?.record()?.all().compactMap { read($0.key, $0.value) } ?? []
    }
}

/// The words under some keys. An empty word would stand in every text.
private func words(_ record: RecordReader?, _ keys: [String]) -> [String] {
    keys.flatMap { key in
        record?.optional(key)?.list().compactMap { item in
            guard let word = item.text() else { return nil }
            if PlainText(word).scalars.isEmpty {
                item.log.add(emptyWord(at: item.pointer))
                return nil
            }
            return word
        } ?? []
    }
}

extension NormItem {
    fileprivate init?(_ code: String, _ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        self.init(
            code: code,
            title: record.optional("title")?.localizedText() ?? LocalizedText(code),
            words: CostNorms.words(record, ["words", "also"]),
            notWords: CostNorms.words(record, ["not"]),
            with: CostNorms.words(record, ["with"]),
            without: CostNorms.words(record, ["without"]),
            baseWords: CostNorms.words(record, ["base_words"]),
            classes: record.optional("classes")?.record()?.all().map { NormClass($0.key, $0.value) } ?? []
        )
        record.finish()
        if words.isEmpty { reader.log.add(noWords(code, at: reader.pointer)) }
    }
}

extension NormItem.NormClass {
    fileprivate init(_ code: String, _ reader: ValueReader) {
        let record = reader.record()
        self.init(
            code: code,
            title: record?.optional("title")?.localizedText() ?? LocalizedText(code),
            words: CostNorms.words(record, ["words", "also"])
        )
        record?.finish()
    }
}

extension NormSource {
    init(_ record: RecordReader?, isSeen: Bool) {
        let cited = ["number", "clause"].map { key in
            let reader = record?.required(key)
            let text = reader?.text()
            if let reader, let text, text.allSatisfy(\.isWhitespace) { reader.log.add(noClause(at: reader.pointer)) }
            return text ?? ""
        }
        self.init(
            number: cited[0],
            title: record?.optional("title")?.text() ?? "",
            clause: cited[1],
            isSeen: isSeen
        )
    }
}

extension Norm {
    fileprivate init?(_ id: String, _ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        let item = record.required("of")?.text()
        let rule = record.required("rule")?.record()
        // Nobody may take a figure from memory for one that was looked up: which it is has to be said.
        let isSeen = record.required("seen")?.boolean() ?? false
        let source = NormSource(rule, isSeen: isSeen)
        rule?.finish()
        let place = record.optional("place")?.text()
        let from = record.required("from").flatMap(Self.date)
        let until = record.optional("until").flatMap(Self.date)
        let reference = record.optional("reference")?.localizedText()
        _ = record.optional("note")
        let scale: ExactDecimal = record.optional("money")?.oneOf(["元", "万元"]) == "万元" ? 10_000 : 1
        let limit = Limit(record, scale)
        record.finish()
        guard let item, let from, let limit else { return nil }
        if let until, until < from { reader.log.add(endsBefore(from, until, at: reader.pointer / "until")) }
        self.init(
            id: id,
            item: item,
            source: source,
            place: place,
            from: from,
            until: until,
            reference: reference,
            limit: limit,
            pointer: reader.pointer
        )
    }

    private static func date(_ reader: ValueReader) -> CalendarDate? {
        guard let text = reader.text() else { return nil }
        if let date = CalendarDate(written: text) { return date }
        reader.log.add(noDate(text, at: reader.pointer))
        return nil
    }
}

// MARK: - Messages

/// A mistake in a file of prices.
func diagnostic(
    _ code: String,
    _ zh: String,
    _ en: String,
    _ pointer: JSONPointer,
    zhHelp: String,
    enHelp: String
)
    -> ConfigurationDiagnostic
{
    ConfigurationDiagnostic(
        code: "prices/" + code,
        message: LocalizedText(zh: zh, en: en),
        pointer: pointer,
        help: LocalizedText(zh: zhHelp, en: enHelp)
    )
}

private func emptyWord(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    diagnostic(
        "empty-word",
        "词语不能为空",
        "a word must not be empty",
        pointer,
        zhHelp: "请删去这一项",
        enHelp: "remove the entry"
    )
}

private func noClause(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    diagnostic(
        "no-clause",
        "标准必须写明文号和条款",
        "a norm has to say its number and clause",
        pointer,
        zhHelp: "写法如 rule: {number: 财行〔2016〕214号, clause: 第十五条}",
        enHelp: "write rule: {number: …, clause: …}"
    )
}

private func noWords(_ code: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    diagnostic(
        "no-words",
        "\"\(code)\"没有词语，任何明细都不会是它",
        "\"\(code)\" has no words, so no line can be one",
        pointer,
        zhHelp: "请补上 words: [会议费, …]",
        enHelp: "add words: […]"
    )
}

private func noDate(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    diagnostic(
        "date",
        "\"\(text)\"不是日期",
        "\"\(text)\" is no date",
        pointer,
        zhHelp: "写法如 2016-07-01",
        enHelp: "write a day such as 2016-07-01"
    )
}

private func endsBefore(_ from: CalendarDate, _ until: CalendarDate, at pointer: JSONPointer) -> ConfigurationDiagnostic
{
    diagnostic(
        "period",
        "失效日 \(until) 早于生效日 \(from)",
        "it ends on \(until), before it begins on \(from)",
        pointer,
        zhHelp: "请核对 from 和 until",
        enHelp: "check from and until"
    )
}
