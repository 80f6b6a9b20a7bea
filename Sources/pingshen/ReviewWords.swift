internal import CHostFiles
internal import ReviewFile
internal import ReviewModel
internal import SpecLoading

/// What people call the parts of a review. The words are the field's, and stand in a document that the program carries:
/// `Specs/forms/review-words.yaml`.
struct ReviewWords {
    private var sums: [String: LocalizedText] = [:]
    private var summary: [LocalizedText] = []
    private var raters: [String: LocalizedText] = [:]
    private var rater = LocalizedText("{rater}")

    static let carried: ReviewWords = {
        let text = CarriedFile.reviewWords.text
        return ReviewWords(ValueReader(documentValue(text, as: "review-words.yaml") ?? .null, log: DiagnosticLog()))
    }()

    init(_ reader: ValueReader) {
        guard let record = reader.record() else { return }
        sums = Self.texts(record.required("amounts"))
        summary = record.required("summary")?.list().compactMap { $0.localizedText() } ?? []
        raters = Self.texts(record.required("raters"))
        rater = record.required("rater")?.localizedText() ?? rater
        record.finish()
    }

    private static func texts(_ reader: ValueReader?) -> [String: LocalizedText] {
        let texts = (reader?.record()?.all() ?? []).compactMap { key, text in text.localizedText().map { (key, $0) } }
        return Dictionary(texts) { first, _ in first }
    }

    /// A sum by its name in `review.json`: `approved`.
    func sum(_ name: String) -> LocalizedText { sums[name] ?? LocalizedText(name) }

    /// The total of who scored: `self`, `review`, or anyone's id.
    func total(of rater: String) -> LocalizedText {
        raters[rater] ?? self.rater.filled { _ in rater } ?? LocalizedText(rater)
    }

    /// The sums of a review in one line. A sum of nothing that not every review has is left out.
    func summary(of amounts: Amounts) -> LocalizedText {
        var figures = Dictionary(uniqueKeysWithValues: amounts.sums.map { ($0.name, $0.sum.inCents) })
        if amounts.increased.isZero { figures["increased"] = nil }
        if amounts.deferred.isZero { figures["deferred"] = nil }
        if let rate = try? amounts.deductionRate() { figures["rate"] = rate.description }
        let parts = summary.compactMap { part in part.filled { figures[$0] } }
        // In 元 where nothing is said.
        func unit(_ locale: Locale) -> String {
            amounts.unit == Amounts.standardUnit ? "" : " (\(MoneyUnit.name(amounts.unit, locale)))"
        }
        return LocalizedText(
            zh: parts.map(\.zh).joined(separator: "，") + unit(.zh),
            en: parts.map(\.en).joined(separator: ", ") + unit(.en)
        )
    }
}

extension LocalizedText {
    /// With what each `{name}` stands for; `nil` where one stands for nothing.
    fileprivate func filled(_ value: (String) -> String?) -> LocalizedText? {
        guard let zh = Self.filled(zh, value), let en = Self.filled(en, value) else { return nil }
        return LocalizedText(zh: zh, en: en)
    }

    private static func filled(_ text: String, _ value: (String) -> String?) -> String? {
        let parts = text.split(separator: "{", omittingEmptySubsequences: false)
        var filled = String(parts[0])
        for part in parts.dropFirst() {
            let pieces = part.split(separator: "}", maxSplits: 1, omittingEmptySubsequences: false)
            guard pieces.count == 2, let value = value(String(pieces[0])) else { return nil }
            filled += value + pieces[1]
        }
        return filled
    }
}

extension ExactDecimal {
    /// Two places and thousands separators: `14,017,700.00`.
    fileprivate var inCents: String { rounded(to: 2).grouped }
}
