package import ReviewModel
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

extension RuleTitles {
    /// The ids of all, in order.
    fileprivate var ids: [String] { titles.keys.sorted() }
}

/// What findings of sources, renderers and the host are called, by the ids of their rules: no scorer lists these.
package func unlistedRules() -> [(id: String, title: LocalizedText)] {
    let carried = RuleTitles.carried
    return carried.ids.compactMap { id in carried[id].map { (id, $0) } }
}
