import FindingAnswers
import Groundwork
import ReviewModel

/// Makes comments of the findings about a document.
struct FindingComments {
    let review: Review
    /// The document's name, without folders.
    let document: String
    /// The rules whose `expected` is certain to be right.
    let certain: Set<String>

    /// More than anybody reads; the last one says how many there are.
    static let most = 2_000
    /// The longest line of a comment, in characters.
    static let longestLine = 800

    /// A comment for each open finding with a place in the document, in the order of the findings.
    func comments() -> [DocumentComment] {
        let titles = review.ruleTitles
        let all = review.openFindings.compactMap { located -> DocumentComment? in
            let here = located.locations.filter { isHere($0.place) }
            guard let first = here.first else { return nil }
            return comment(located, at: first, others: here.dropFirst(), titles)
        }
        guard all.count > Self.most, let place = all.first?.place else { return all }
        let rest = DocumentComment(
            place: place.inFile(document),
            lines: [tooMany(all.count, Self.most)(review.locale)],
            finding: ""
        )
        return all.prefix(Self.most) + [rest]
    }

    /// Whether a place is in the document: by its name, whichever folder it was named with.
    private func isHere(_ place: Place) -> Bool { place.file == document || place.file.hasSuffix("/" + document) }

    private func comment(
        _ located: LocatedFinding,
        at location: Location,
        others: ArraySlice<Location>,
        _ titles: [String: LocalizedText]
    ) -> DocumentComment {
        let (finding, locale) = (located.finding, review.locale)
        let title = (titles[finding.rule] ?? untitled)(locale)
        var lines = ["\(finding.severity.name(locale))｜\(title)", finding.message(locale)]
        func add(_ label: LocalizedText, _ text: String) {
            if !text.isEmpty { lines.append(label(locale) + text) }
        }
        add(expectedLabel, finding.expected)
        add(foundLabel, finding.found)
        add(differenceLabel, finding.difference)
        add(calculationLabel, finding.proof?.calculation ?? "")
        add(
            alsoLabel,
            others.prefix(10).map { ($0.words ?? $0.place.words)(locale) }.joined(separator: alsoParts(locale))
        )
        add(hintLabel, finding.hint?(locale) ?? "")
        add(ruleLabel, finding.rule)
        if !located.id.isEmpty { lines.append(FindingNumber.line(located.id)(locale)) }
        var comment = DocumentComment(place: location.place, lines: lines.map(Self.shortened))
        comment.passage = finding.found
        comment.elsewhere = elsewhere(locale)
        comment.finding = located.id
        // What follows from another finding is not what is wrong.
        if certain.contains(finding.rule), located.cause.isEmpty { comment.correction = Correction(finding) }
        return comment
    }

    private static func shortened(_ line: String) -> String {
        line.count <= longestLine ? line : line.prefix(longestLine - 1) + "…"
    }
}

// MARK: - Messages

/// What readers and writers of files remark has no rule with a title.
private let untitled = LocalizedText(zh: "其他事项", en: "other")
private let expectedLabel = LocalizedText(zh: "应为：", en: "Expected: ")
private let foundLabel = LocalizedText(zh: "现为：", en: "Found: ")
private let differenceLabel = LocalizedText(zh: "相差：", en: "Difference: ")
private let calculationLabel = LocalizedText(zh: "计算：", en: "Calculation: ")
private let alsoLabel = LocalizedText(zh: "另见：", en: "See also: ")
private let alsoParts = LocalizedText(zh: "；", en: "; ")
private let hintLabel = LocalizedText(zh: "建议：", en: "Next step: ")
private let ruleLabel = LocalizedText(zh: "规则：", en: "Rule: ")

private let elsewhere = LocalizedText(
    zh: "此问题针对全文，没有对应的段落。",
    en: "This is about the document as a whole and stands at no paragraph of it."
)

private func tooMany(_ count: Int, _ most: Int) -> LocalizedText {
    LocalizedText(
        zh: "共有 \(count) 个问题，批注中只写出前 \(most) 个，其余见问题清单。",
        en: "There are \(count) findings; the first \(most) stand here as comments, the others in the list of findings."
    )
}
