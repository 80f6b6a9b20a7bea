internal import BudgetLines
internal import CReportWords
public import ReviewModel

/// What the tables and texts of converted reports are called: heads, totals, leads. They differ between towns, so they are
/// data: `Specs/forms/report-words.yaml`, which a spec may give in words of its own.
///
/// A word is compared folded; a head ends with its word, for `申报金额（元）` may stand for `金额`.
public struct ReportWords: Sendable {
    /// What the head of each kind of table must name, in the order in which kinds are tried; of the words of one list any
    /// will do.
    var heads: [PrintedTable.Kind: [[String]]] = [:]
    /// The kinds whose heads are a town's own.
    private(set) var ownHeads: Set<PrintedTable.Kind> = []
    /// Every other list of words, by its key in the file.
    private var lists: [String: [String]] = [:]
    /// The words of columns, made ready for heads.
    private(set) var columns = ColumnWords()
    /// What labels of organisations are called, by the key of the organisation in the dossier.
    public private(set) var organisations: [String: [String]] = [:]

    /// The keys of single lists: first those of columns, then those that stand by themselves.
    static let columnKeys = ColumnRole.allCases.map(\.rawValue)
    static let listKeys = [
        "accepted", "added", "addressed", "advice_heads", "all_of_rows", "all_of_whole", "all_reached", "allots",
        "already", "amount_words", "amounts_to", "apart_leads", "asked_heads", "asked_leads", "at_least",
        "at_most", "attached", "base_above", "base_ends", "base_leads", "base_marks", "begins", "better_high",
        "better_low", "bodies", "bounds_of_others", "carried", "change_links", "change_rate", "changed_to",
        "charged_at", "closing_balance", "closing_budget", "commissioned_on", "compared_leads", "comparing",
        "conclusion", "continued", "contract_sums", "count_cut_verbs", "count_topics", "counted_else",
        "counted_heads", "counted_twice", "counters", "counting_ends", "counting_heads", "counts_asked",
        "counts_changed", "counts_granted", "course_steps", "cumulative", "cut_heads", "cut_leads", "cut_links",
        "cut_off", "cut_verbs", "delayed", "demands", "denials", "done", "done_on", "done_rate", "doubled",
        "doubled_goes_on", "early", "elsewhere", "ends_no_name", "ends_of_count", "ends_on", "english_above",
        "english_approved", "english_below", "english_cut", "english_down", "english_fillers", "english_follow",
        "english_parts", "english_requested", "english_up", "excerpt", "expected", "extreme_fillers",
        "extreme_least", "extreme_most", "extreme_parts", "fall_leads", "falls", "filled_on", "finishes",
        "firm_labels", "first_answers", "fund_leads", "funds_level", "funds_total", "gap", "gap_rate", "gap_verbs",
        "given_leads", "grade_0", "grade_60", "grade_80", "grade_90", "grade_label", "graded", "grant_ends",
        "granted_heads", "grants", "happened", "heads_of_length", "heads_of_no_count", "idle", "in_fact",
        "increase_heads", "inflow", "introductions", "issued_on", "kind_counters", "kind_heads", "kind_leads",
        "kind_links", "kind_tails", "last_answers", "last_three", "lasts", "late", "leads_body", "leads_place",
        "leads_work", "least_heads", "left_open", "less_than", "levels_of_state", "lies_in", "list_links",
        "looks_back", "lost", "made_heads", "may_be_others", "mean_heads", "mean_leads", "meanings",
        "measure_words", "money_sources", "more_than", "most_heads", "moved_down", "moved_up", "neither_way",
        "no_listed_part", "no_part", "no_place", "not_added_heads", "not_attached", "not_done", "not_of_cell",
        "not_yet", "of_a_hundred", "of_a_piece", "of_no_row", "of_place", "of_whole_place", "opening_balance",
        "opening_budget", "opinions", "other_places", "outflow", "own_project", "paid_off", "part_counters",
        "parts_of_whole", "past_demands", "past_year", "payable", "per", "per_units", "periods", "phase_heads",
        "placeholders", "planned", "points_full", "points_given", "points_lost", "points_most", "points_most_lost",
        "points_of_no_row", "points_of_whole", "points_taken", "present_year", "prices_of_others", "problem",
        "project_label", "public_bodies", "rate_heads", "reached", "reached_leads", "reckoned_links",
        "reckoned_rates", "refusals", "refuses", "remark", "requests", "rest_kinds", "rest_leads", "retention",
        "review_days", "review_score", "review_team", "reviewed", "reviewed_heads", "revised_to", "rise_leads",
        "rises", "rounding_notes", "row_counters", "row_of_others", "rows_at_most", "rows_changed",
        "rows_unchanged", "runs", "said_changed", "said_of_applicant", "said_of_part", "said_unchanged", "sampled",
        "says_cut", "says_no_cut", "scored", "self_score", "share_tails", "sharing_out", "should_be",
        "some_of_rows", "span_ends", "span_starts", "spent_leads", "stance_against", "stance_for", "starts_on",
        "stated_adverbs", "stated_fillers", "stated_links", "still_to_pay", "suggestion", "sum_leads", "sum_words",
        "table_label", "taken", "terms", "there_already", "time_agreed", "time_taken", "timely", "title_end",
        "total_leads", "totals", "totals_of_all", "trimmed", "turns", "undertakes", "unit_costs", "unit_ends",
        "units_of_report", "unlisted_row", "unpaid", "verdicts", "wan", "weight", "whole_ends", "whole_leads",
        "whole_links", "whole_names", "year_before", "year_label", "year_of_past", "year_of_request",
        "yearly_decline", "yearly_growth", "yuan",
    ]

    /// The key of the organisation that each label stands for.
    public var labels: [String: String] {
        let pairs = organisations.sorted { $0.key < $1.key }.flatMap { key, labels in labels.map { ($0, key) } }
        return Dictionary(pairs) { first, _ in first }
    }

    /// Lines of a report are folded, and so are the words that they are held against.
    public subscript(key: String) -> [String] { lists[key] ?? [] }

    /// Whether a folded text is the label of a sum: 合计.
    ///
    /// What it sums up may stand behind it: 总计（一＋二）, 合计：.
    public func isTotal(_ folded: String) -> Bool {
        let totals = self["totals"]
        if totals.isOne(folded) { return true }
        guard folded.utf8.count <= 60, let last = folded.last, "）：".contains(last),
            let end = folded.firstIndex(where: { "（：".contains($0) })
        else { return false }
        return totals.isOne(String(folded[..<end]))
    }

    /// Whether amounts under a head, folded, are not added: rates, prices, means. A word with = before it is the whole head.
    public func isNotAdded(_ head: String) -> Bool {
        self["not_added_heads"].contains { word in
            word.hasPrefix("=") ? head.isBytes(of: String(word.dropFirst())) : head.hasBytes(of: word)
        }
    }

    /// A folded text with a mark in place of the words for the applicant's own score: 自评价得分 is no 评价得分.
    public func withoutOwnScores(_ folded: String) -> String {
        self["self_score"].reduce(folded) { text, word in
            text.hasBytes(of: word) ? text.replacing(word, with: "〓") : text
        }
    }

    /// The words that the plugins carry; the file is JSON, so that no plugin needs a reader of YAML for it.
    public static let standard: ReportWords = {
        let log = DiagnosticLog()
        let bytes = Array(UnsafeBufferPointer(start: report_words(), count: report_words_count()))
        guard let value = try? JSONReader.read(bytes) else { return ReportWords() }
        return ReportWords(ValueReader(value, log: log), instead: ReportWords())
    }()

    private init() {}

    /// Words as settings give them; what they do not give stays as it is in ``standard``.
    public init(_ reader: ValueReader) { self.init(reader, instead: .standard) }

    private init(_ reader: ValueReader, instead standard: ReportWords) {
        self = standard
        guard let record = reader.record() else { return }
        if let tables = record.optional("tables")?.record() {
            for kind in PrintedTable.Kind.allCases {
                guard let table = tables.optional(kind.rawValue)?.record() else { continue }
                heads[kind] = table.required("heads")?.list().map(Self.words) ?? []
                if !standard.heads.isEmpty { ownHeads.insert(kind) }
                table.finish()
            }
            tables.finish()
        }
        if let columns = record.optional("columns")?.record() {
            for key in Self.columnKeys { if let words = columns.optional(key) { lists[key] = Self.words(words) } }
            columns.finish()
        }
        for key in Self.listKeys { if let words = record.optional(key) { lists[key] = Self.words(words) } }
        for (key, words) in record.optional("organisations")?.record()?.all() ?? [] {
            organisations[key] = Self.words(words)
        }
        record.finish()
        self.columns = ColumnWords(self)
    }

    private static func words(_ reader: ValueReader) -> [String] {
        reader.list().compactMap { word in
            guard let text = word.text()?.folded else { return nil }
            // Every text contains the empty word.
            if text.isEmpty { word.log.add(emptyWord(at: word.pointer)) }
            return text
        }
    }

    /// For the `configSchema` of a plugin that takes words.
    public static let schema: Value = {
        let words: Value = ["type": "array", "items": ["type": "string", "minLength": 1]]
        let table: Value = [
            "type": "object", "required": ["heads"], "additionalProperties": false,
            "properties": ["heads": ["type": "array", "items": words]],
        ]
        func object(_ keys: [String], _ member: Value) -> Value {
            let properties = Record(keys.map { ($0, member) })
            return ["type": "object", "additionalProperties": false, "properties": .record(properties)]
        }
        var properties = Record(listKeys.map { ($0, words) })
        properties["tables"] = object(PrintedTable.Kind.allCases.map(\.rawValue), table)
        properties["columns"] = object(columnKeys, words)
        properties["organisations"] = ["type": "object", "additionalProperties": words]
        return [
            "type": "object", "description": "what tables and texts are called; usually !include report-words.yaml",
            "additionalProperties": false, "properties": .record(properties),
        ]
    }()
}

extension [String] {
    /// Whether a folded text is one of the words.
    func isOne(_ folded: String) -> Bool { contains(where: folded.isBytes) }

    /// Whether a folded text ends with one of the words.
    func end(_ folded: String) -> Bool { contains(where: folded.endsWithBytes) }
}

// MARK: - Messages

private func emptyWord(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "report-words/empty-word",
        message: LocalizedText(zh: "词语不能为空", en: "a word must not be empty"),
        pointer: pointer,
        help: LocalizedText(zh: "请删去这一项", en: "remove the entry")
    )
}
