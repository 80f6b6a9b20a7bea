public import ReviewFile
public import ReviewModel

/// Many reviews looked at together: what their summary says. Pure; the same reviews in the same order give the same.
public struct Portfolio: Sendable {
    public let document: PortfolioDocument
    /// Every review, in the order in which it was given.
    public let entries: [Entry]
    /// A row a review, in the order in which people read them.
    public let overview: Table
    /// What the rules have found, heaviest first.
    public let findings: [Found]
    /// The rules that there was too much for and the steps that failed, and why.
    public let unchecked: [Unchecked]
    /// What is told of the rules, those of steps behind the description's own.
    let rules: [Rule]
    let locale: Locale
    /// What the sums count, by its code: `CNY`. Amounts of other units are never added to them.
    let unit: String
    let lists: [(list: PortfolioList, rows: Table)]
    private let positions: [String: Int]

    /// One review, or what was to become one.
    public struct Entry: Sendable, Hashable {
        public var id: String
        /// ``State``, or what whoever ran the reviews calls it.
        public var state: String
        /// Why it is not done.
        public var message: String
        /// What opens it, seen from the summary's files; `nil` where there is nothing to open.
        public var link: String?
        /// What its amounts count; `nil` where it has none.
        public var unit: MoneyUnit?

        public var isDone: Bool { state == State.done.rawValue }
    }

    public enum State: String, Sendable { case done, incomplete, unreadable }

    /// A rule, or a step, that has not looked.
    public struct Unchecked: Sendable, Hashable {
        public var id: String
        public var title: LocalizedText
        public var reason: LocalizedText
    }

    /// A finding over several reviews.
    public struct Found: Sendable, Hashable {
        public var rule: String
        public var severity: Severity
        public var message: LocalizedText
        /// The money that is in question.
        public var weight: ExactDecimal?
        /// The reviews that it is about, each with the place in it.
        public var sides: [Side]

        public struct Side: Sendable, Hashable {
            public var review: String
            public var place: String
        }
    }
}

/// A query of a summary's description that has no answer.
public struct PortfolioError: Error, Sendable {
    public var mistake: ConfigurationDiagnostic

    /// Whether the query is right and there is too much for it.
    var isOfSize: Bool { mistake.code == "query/too-much" }
}

extension PortfolioBuilder {
    /// What the summary says of the reviews so far.
    ///
    /// - Parameter locale: the language of what it says, `:locale` in queries.
    public func portfolio(_ locale: Locale) throws(PortfolioError) -> Portfolio {
        try portfolio(locale, over: try dossier(locale))
    }

    /// - Parameters:
    ///   - dossier: what ``dossier(_:)`` has made of the reviews.
    ///   - said: what steps have said of it.
    public func portfolio(
        _ locale: Locale,
        over dossier: Dossier,
        with said: PortfolioJudgement = PortfolioJudgement()
    ) throws(PortfolioError) -> Portfolio {
        let questions = PortfolioQuestions(document, parameters(locale))
        return try Portfolio(self, locale, questions.answered(over: dossier), said)
    }

    /// The same, with the queries side by side.
    public func portfolio(
        _ locale: Locale,
        over dossier: Dossier,
        with said: PortfolioJudgement
    ) async throws(PortfolioError) -> Portfolio {
        let questions = PortfolioQuestions(document, parameters(locale))
        return try Portfolio(self, locale, await questions.answeredSideBySide(over: dossier), said)
    }

    /// What every query of a description may name.
    private func parameters(_ locale: Locale) -> [String: Value] {
        ["locale": .text(locale.rawValue), "money_unit": .text(unit)]
    }

    /// The reviews so far as tables, with those that the description makes of them.
    public func dossier(_ locale: Locale) throws(PortfolioError) -> Dossier {
        var dossier = Dossier(tables: tables)
        for question in PortfolioQuestions.views(document, parameters(locale)) {
            dossier.set(try question.answer(over: dossier))
        }
        return dossier
    }

    /// The same, with the queries side by side that do not ask for one another's tables.
    public func dossier(_ locale: Locale) async throws(PortfolioError) -> Dossier {
        var asked = Dossier(tables: tables)
        var views: [String: Table] = [:]
        for questions in PortfolioQuestions.views(document, parameters(locale)).inWaves {
            for answer in await questions.sideBySide({ [asked] in $0.result(over: asked) }) {
                let view = try answer.get()
                asked.set(view)
                views[view.name] = view
            }
        }
        // In the order of the description, as if they had been made one after another.
        var dossier = Dossier(tables: tables)
        for view in document.views { if let table = views[view.name] { dossier.set(table) } }
        return dossier
    }
}

extension Portfolio {
    /// The most findings of one rule; beyond, a rule says nothing that anybody reads.
    static let mostFindings = 10_000

    init(
        _ builder: PortfolioBuilder,
        _ locale: Locale,
        _ answers: PortfolioAnswers,
        _ judgement: PortfolioJudgement
    ) throws(PortfolioError) {
        let document = builder.document
        self.document = document
        unit = builder.unit
        self.locale = locale
        entries = builder.entries
        positions = Dictionary(entries.enumerated().map { ($1.id, $0) }) { first, _ in first }
        let overview = document.overview
        self.overview = try answers.overview.get()
        let names = overview.columns.filter { $0.ratio == nil }.map(\.name)
        try Self.check(self.overview, has: ["review"] + names, at: overview.pointer / "query")
        var (findings, unchecked) = ([Found](), [Unchecked]())
        for (rule, asked) in zip(document.rules, answers.rules) {
            let pointer = rule.pointer / "query"
            let answer: Table
            do throws(PortfolioError) { answer = try asked.get() } catch  where error.isOfSize {
                unchecked.append(Unchecked(id: rule.id, title: rule.title, reason: error.mistake.message))
                continue
            }
            let named = rule.sides.flatMap { [$0.review] + ($0.place.map { [$0] } ?? []) }
            try Self.check(answer, has: named + (rule.weight.map { [$0] } ?? []) + rule.placeholders, at: pointer)
            findings += answer.rows.prefix(Self.mostFindings).map { Self.found(rule, $0) }
        }
        findings += judgement.findings.prefix(Self.mostFindings).map { Found($0, in: answers.dossier) }
        unchecked += judgement.missing.map { step, reason in
            Unchecked(id: step, title: PortfolioWords.step(step), reason: reason)
        }
        let own = document.rules.map { Rule($0.id, $0.severity, title: $0.title, manual: $0.manual) }
        let ids = Set(own.map(\.id))
        rules = own + judgement.rules.filter { !ids.contains($0.id) }
        let order = findings.indices.sorted { left, right in
            let (a, b) = (findings[left], findings[right])
            if a.severity != b.severity { return a.severity > b.severity }
            let (weight, other) = (a.weight?.magnitude ?? 0, b.weight?.magnitude ?? 0)
            return weight != other ? weight > other : left < right
        }
        self.findings = order.map { findings[$0] }
        self.unchecked = unchecked
        var lists: [(PortfolioList, Table)] = []
        for (list, asked) in zip(document.lists, answers.lists) {
            let rows = try asked.get()
            try Self.check(
                rows,
                has: list.columns.filter { $0.ratio == nil }.map(\.name) + (list.review.map { [$0] } ?? []),
                at: list.pointer / "query"
            )
            lists.append((list, rows))
        }
        self.lists = lists
    }

    static func check(_ table: Table, has names: [String], at pointer: JSONPointer) throws(PortfolioError) {
        let known = table.schema.columns.map(\.name)
        guard let name = names.first(where: { !known.contains($0) }) else { return }
        throw PortfolioError(
            mistake: ConfigurationDiagnostic(
                code: "summary/not-in-answer",
                message: LocalizedText(
                    zh: "查询的结果没有列\"\(name)\"",
                    en: "the query gives no column \"\(name)\""
                ),
                pointer: pointer,
                help: suggestion(for: name, among: known)
            )
        )
    }

    private static func found(_ rule: PortfolioRule, _ row: TableRow) -> Found {
        func cell(_ name: String) -> String? {
            // People read amounts with separators; a whole number may be a year.
            if case .decimal(let number) = row[name] { return number.grouped }
            return row.text(name)
        }
        return Found(
            rule: rule.id,
            severity: rule.severity,
            message: LocalizedText(zh: filled(rule.message.zh, cell), en: filled(rule.message.en, cell)),
            weight: rule.weight.flatMap(row.decimal),
            sides: rule.sides.map { side in
                Found.Side(review: row.text(side.review), place: side.place.map(row.text) ?? "")
            }
        )
    }

    /// The review of an id.
    func entry(_ id: String) -> Entry? { positions[id].map { entries[$0] } }

    /// The summary as an HTML page of its own.
    public var page: [UInt8] {
        var page = PortfolioPage(self)
        return page.bytes()
    }

    /// The reviews that are not done, in their order.
    public var unfinished: [Entry] { entries.filter { !$0.isDone } }
}

extension PortfolioRule {
    /// The columns that the message names.
    fileprivate var placeholders: [String] {
        var names: [String] = []
        for text in [message.zh, message.en] {
            _ = filled(text) { name in
                names.append(name)
                return ""
            }
        }
        return names
    }
}

/// The text with every `{name}` replaced by what `value` gives.
func filled(_ template: String, _ value: (String) -> String?) -> String {
    // Bytes: both braces are ASCII, and no part of another character is.
    var (text, rest) = ("", template.utf8[...])
    while let open = rest.firstIndex(of: UInt8(ascii: "{")) {
        let after = rest[rest.index(after: open)...]
        guard let close = after.firstIndex(of: UInt8(ascii: "}")), let found = value(String(Substring(after[..<close])))
        else {
            text += Substring(rest[...open])
            rest = after
            continue
        }
        text += Substring(rest[..<open])
        text += found
        rest = after[after.index(after: close)...]
    }
    return text + Substring(rest)
}
