internal import ReviewModel
internal import SpecLoading

/// What findings are called that no scorer tells of, by the ids of their rules.
struct RuleTitles {
    private let titles: [String: LocalizedText]

    /// Those of `rule-titles.yaml`.
    static let carried: RuleTitles = {
        let text = String(decoding: PackageResources.rule_titles_yaml, as: UTF8.self)
        let document = documentValue(text, as: "rule-titles.yaml") ?? .null
        return RuleTitles(ValueReader(document, log: DiagnosticLog()))
    }()

    init(_ reader: ValueReader) {
        let titles = (reader.record()?.all() ?? []).compactMap { id, title in
            title.localizedText().map { (id, $0) }
        }
        self.titles = Dictionary(titles) { first, _ in first }
    }

    subscript(rule: String) -> LocalizedText? { titles[rule] }
}
