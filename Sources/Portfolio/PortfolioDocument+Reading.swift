public import ReviewModel

/// What is wrong with the description of a summary.
public struct UnreadablePortfolio: Error, Sendable {
    public var mistakes: [ConfigurationDiagnostic]
}

extension PortfolioDocument {
    /// Reads the value of the YAML document.
    public init(_ value: Value) throws(UnreadablePortfolio) {
        let log = DiagnosticLog()
        guard let read = Self(ValueReader(value, log: log)), !log.hasErrors else {
            throw UnreadablePortfolio(mistakes: log.diagnostics)
        }
        let mistakes = read.mistakes
        if !mistakes.isEmpty { throw UnreadablePortfolio(mistakes: mistakes) }
        self = read
    }

    private init?(_ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        defer { record.finish() }
        _ = record.required("summary")?.text()
        _ = record.optional("version")?.integer()
        // Steps that judge the tables are the host's to read.
        for key in ["plugins", "pipeline"] { _ = record.optional(key) }
        let title = record.required("title")?.localizedText()
        let overview = record.required("overview").flatMap(Overview.init)
        reads = record.optional("reads")?.record()?.all().map(Self.schema) ?? []
        views = (record.optional("tables")?.record()?.all() ?? []).compactMap { name, reader in
            reader.text().map { View(name: name, query: $0, pointer: reader.pointer) }
        }
        rules = record.optional("rules")?.list().compactMap(PortfolioRule.init) ?? []
        groups = record.optional("groups")?.list().compactMap(Group.init) ?? []
        counts = record.optional("counts")?.list().compactMap(Group.init) ?? []
        distribution = record.optional("distribution").flatMap(Distribution.init)
        lists = record.optional("lists")?.list().compactMap(PortfolioList.init) ?? []
        var files: Set<String> = []
        for list in lists {
            guard let file = list.file else { continue }
            // On some disks names of other case or other marks are one name.
            let name = file.lowercased().unicodeScalars.map(String.init).joined()
            if !files.insert(name).inserted { reader.log.add(doubledFile(file, at: list.pointer)) }
        }
        bars = record.optional("bars")?.texts() ?? []
        pages = record.optional("pages")?.texts() ?? []
        stored = (record.optional("database")?.record()?.all() ?? []).map { name, reader in
            Stored(table: name, money: reader.texts(), pointer: reader.pointer)
        }
        guard let title, let overview else { return nil }
        (self.title, self.overview) = (title, overview)
    }

    private static func schema(_ name: String, _ reader: ValueReader) -> TableSchema {
        let columns = (reader.record()?.all() ?? []).map { name, reader in
            let type = reader.oneOf(ColumnType.allCases.map(\.rawValue)).flatMap(ColumnType.init)
            return Column(name: name, type: type ?? .text)
        }
        return TableSchema(name: name, columns: columns)
    }

    /// Names that lead nowhere.
    private var mistakes: [ConfigurationDiagnostic] {
        let known = overview.columns.map(\.name)
        var named = overview.columns.flatMap { column in
            column.terms.map(\.column) + (column.ratio.map { [$0.part, $0.whole] } ?? [])
        }
        named += groups.map(\.column) + counts.map(\.column) + [overview.subtotals] + bars
        named += distribution.map { [$0.column] } ?? []
        let tables = PortfolioBuilder(self).tables.map(\.name) + views.map(\.name)
        let unknown = stored.filter { !tables.contains($0.table) }.map { stored in
            unknownTable(stored.table, tables, at: stored.pointer)
        }
        let nowhere = named.filter { !known.contains($0) }.map { name in
            ConfigurationDiagnostic(
                code: "summary/unknown-column",
                message: LocalizedText(
                    zh: "汇总表没有列\"\(name)\"",
                    en: "the overview has no column \"\(name)\""
                ),
                pointer: overview.pointer,
                help: suggestion(for: name, among: known)
            )
        }
        return unknown + nowhere
    }
}

extension PortfolioDocument.Overview {
    fileprivate init?(_ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        defer { record.finish() }
        let labels = record.required("labels")?.record()
        defer { labels?.finish() }
        let title = record.required("title")?.localizedText()
        let query = record.required("query")?.text()
        let subtotals = record.required("subtotals")?.text()
        let columns = record.required("columns")
        let number = labels?.required("number")?.localizedText()
        let subtotal = labels?.required("subtotal")?.localizedText()
        let total = labels?.required("total")?.localizedText()
        guard let title, let query, let subtotals, let columns, let number, let subtotal, let total else { return nil }
        (self.title, self.query, self.subtotals) = (title, query, subtotals)
        self.columns = columns.list().compactMap(PortfolioColumn.init)
        self.labels = Labels(number: number, subtotal: subtotal, total: total)
        pointer = reader.pointer
    }
}

extension PortfolioDocument.Group {
    fileprivate init?(_ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        defer { record.finish() }
        let column = record.required("column")?.text()
        let title = record.required("title")?.localizedText()
        guard let column, let title else { return nil }
        (self.column, self.title) = (column, title)
    }
}

extension PortfolioDocument.Distribution {
    /// More bars than these nobody tells apart.
    private static let mostBars = 50

    fileprivate init?(_ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        defer { record.finish() }
        let column = record.required("column")?.text()
        let title = record.required("title")?.localizedText()
        let from = record.required("from")?.decimal()
        let step = record.required("step")
        let width = step?.decimal()
        let bars = record.required("bars")
        let count = bars?.integer()
        guard let column, let title, let from, let step, let width, let bars, let count else { return nil }
        if !(width > 0) { step.log.add(outOfRange(at: step.pointer)) }
        if !(1...Self.mostBars).contains(count) { bars.log.add(outOfRange(at: bars.pointer)) }
        (self.column, self.title, self.from, self.step, self.bars) = (column, title, from, width, count)
    }
}

extension PortfolioColumn {
    fileprivate init?(_ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        defer { record.finish() }
        let kind = record.optional("kind")?.oneOf(Kind.allCases.map(\.rawValue)).flatMap(Kind.init) ?? .text
        isTotal = record.optional("total")?.boolean() ?? false
        isOnPage = record.optional("page")?.boolean() ?? true
        terms = record.optional("sum").flatMap(Self.terms) ?? []
        ratio = record.optional("ratio").flatMap(Ratio.init)
        names = Dictionary(
            (record.optional("names")?.record()?.all() ?? []).compactMap { value, reader in
                reader.localizedText().map { (value, $0) }
            }
        ) { first, _ in first }
        let name = record.required("name")?.text()
        let title = record.required("title")?.localizedText()
        guard let name, let title else { return nil }
        (self.name, self.title, self.kind) = (name, title, kind)
    }

    /// `requested - cut + increased`.
    private static func terms(_ reader: ValueReader) -> [Term]? {
        guard let text = reader.text() else { return nil }
        let words = text.split(separator: " ").map(String.init)
        var (terms, isTakenAway, wantsName) = ([Term](), false, true)
        for word in words {
            let isSign = word == "+" || word == "-"
            guard isSign != wantsName else {
                reader.log.add(badSum(text, at: reader.pointer))
                return nil
            }
            if isSign { isTakenAway = word == "-" } else { terms.append(Term(column: word, isTakenAway: isTakenAway)) }
            wantsName = isSign
        }
        if wantsName { reader.log.add(badSum(text, at: reader.pointer)) }
        return terms
    }
}

extension PortfolioColumn.Ratio {
    fileprivate init?(_ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        defer { record.finish() }
        let part = record.required("part")?.text()
        let whole = record.required("whole")?.text()
        guard let part, let whole else { return nil }
        (self.part, self.whole) = (part, whole)
    }
}

extension PortfolioRule {
    fileprivate init?(_ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        defer { record.finish() }
        let severity = record.optional("severity")?.oneOf(Severity.allCases.map(\.rawValue)).flatMap(Severity.init)
        parameters = Dictionary(
            (record.optional("parameters")?.record()?.all() ?? []).map { ($0.key, $0.value.value) }
        ) { first, _ in first }
        weight = record.optional("weight")?.text()
        sides = record.required("sides")?.list().compactMap(Side.init) ?? []
        let id = record.required("id")?.text()
        let title = record.required("title")?.localizedText()
        let manual = record.required("manual")?.localizedText()
        let query = record.required("query")?.text()
        let message = record.required("message")?.localizedText()
        guard let id, let title, let manual, let query, let message else { return nil }
        (self.id, self.severity, self.title, self.manual) = (id, severity ?? .warning, title, manual)
        (self.query, self.message, pointer) = (query, message, reader.pointer)
    }
}

extension PortfolioRule.Side {
    fileprivate init?(_ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        defer { record.finish() }
        place = record.optional("place")?.text()
        guard let review = record.required("review")?.text() else { return nil }
        self.review = review
    }
}

extension PortfolioList {
    /// More rows no page shows.
    private static let mostRows = 100_000

    /// Whether a list may be written under that name: the YAML that it is, so that no file of the summary's own can be meant, and
    /// visible from end to end.
    private static func isName(_ name: String) -> Bool {
        let isYAML = [".yaml", ".yml"].contains {
            name.utf8.count > $0.utf8.count && name.utf8.reversed().starts(with: $0.utf8.reversed())
        }
        return isYAML && name.utf8.count <= 200 && name.utf8.first != UInt8(ascii: ".")
            && !name.utf8.contains { $0 < 0x20 || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
            && !name.unicodeScalars.contains(where: \.isActedOn)
    }

    fileprivate init?(_ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        defer { record.finish() }
        note = record.optional("note")?.localizedText()
        let rows = record.optional("limit")
        limit = rows?.integer() ?? 100
        if let rows, !(0...Self.mostRows).contains(limit) { rows.log.add(badLimit(Self.mostRows, at: rows.pointer)) }
        review = record.optional("review")?.text()
        let file = record.optional("file")
        self.file = file?.text()
        if let file, let name = self.file, !Self.isName(name) { file.log.add(badFileName(name, at: file.pointer)) }
        let name = record.required("name")?.text()
        let title = record.required("title")?.localizedText()
        let query = record.required("query")?.text()
        let columns = record.required("columns")
        guard let name, let title, let query, let columns else { return nil }
        (self.name, self.title, self.query) = (name, title, query)
        (self.columns, pointer) = (columns.list().compactMap(PortfolioColumn.init), reader.pointer)
    }
}

// MARK: - Messages

private func outOfRange(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "value/out-of-range",
        message: LocalizedText(
            zh: "step 应大于 0，bars 应为 1 至 50",
            en: "`step` must be above 0, and `bars` from 1 to 50"
        ),
        pointer: pointer
    )
}

private func badFileName(_ name: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "summary/bad-file-name",
        message: LocalizedText(
            zh: "\(quoted(name))不能作清单的文件名；请写如 prices.yaml 的名称，以 .yaml 结尾，不含文件夹",
            en:
                "\(quoted(name)) is no name for the file of a list; write one such as prices.yaml, with .yaml at its end and without folders"
        ),
        pointer: pointer
    )
}

private func doubledFile(_ name: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "summary/doubled-file",
        message: LocalizedText(
            zh: "另一份清单已写入\(quoted(name))；请另取一个文件名",
            en: "another list is written to \(quoted(name)); give this one another name"
        ),
        pointer: pointer
    )
}

private func badLimit(_ most: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "value/out-of-range",
        message: LocalizedText(
            zh: "limit 是页面最多显示的行数，应为 0 至 \(most)",
            en: "`limit` is how many rows the page shows at most, a number from 0 to \(most)"
        ),
        pointer: pointer
    )
}

private func badSum(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "summary/bad-sum",
        message: LocalizedText(
            zh: "\"\(text)\"应为列名，以 + 或 - 相连，前后各空一格",
            en: "\"\(text)\" should be names of columns with + or - between them, and blanks around"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "例如 a + b - c", en: "a + b - c, for example")
    )
}

private func unknownTable(_ name: String, _ known: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "summary/unknown-table",
        message: LocalizedText(
            zh: "汇总中没有名为\(quoted(name))的表",
            en: "the summary has no table \(quoted(name))"
        ),
        pointer: pointer,
        help: suggestion(for: name, among: known)
    )
}
