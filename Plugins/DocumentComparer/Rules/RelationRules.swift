import ReviewModel

let brokenSum = ComparisonRule(
    "compare/sum",
    .error,
    title: LocalizedText(zh: "合计对不上", en: "a total that no longer adds up"),
    manual: LocalizedText(
        zh: "原报告中合计（小计）等于各行之和，改动后不再相等。",
        en: "In the original the total was the sum of its rows; after the changes it is not."
    ),
    check: { subject, findings in findings.add(subject, [.columnSum]) }
)

let brokenRow = ComparisonRule(
    "compare/calculation",
    .error,
    title: LocalizedText(zh: "数字之间的关系对不上", en: "figures that no longer go together"),
    manual: LocalizedText(
        zh: "原报告同一行或同一段的数字之间成立的关系（和差、乘积、比例）在改动后不再成立。",
        en:
            "Figures of one row or paragraph of which one followed from two others (sums, products, rates) no longer do."
    ),
    check: { subject, findings in findings.add(subject, [.sum, .product, .rate]) }
)

let brokenElsewhere = ComparisonRule(
    "compare/elsewhere",
    .error,
    title: LocalizedText(zh: "同一数字各处不一致", en: "one figure with several values"),
    manual: LocalizedText(
        zh: "原报告多处相同的数字，改动后不再相同；以万元等单位表示的数字与以元表示的不再对应。",
        en:
            "A figure that stood in several places was not changed in all of them; or its rounded form in a larger unit no longer fits."
    ),
    check: { subject, findings in findings.add(subject, [.elsewhere, .rounded]) }
)

extension RuleFindings {
    fileprivate mutating func add(_ subject: DocumentComparer.Subject, _ kinds: [BrokenRelation.Kind]) {
        for relation in subject.broken where kinds.contains(relation.kind) {
            var finding = rule.finding(message: relation.message, expected: relation.expected, found: relation.found)
            finding.spots = [.place(relation.place)] + (relation.other.map { [.place($0)] } ?? [])
            add(finding)
        }
    }
}

// MARK: - Messages

extension BrokenRelation {
    fileprivate var message: LocalizedText {
        let (zh, en) = context.words
        let list = (zh: others.joined(separator: "、"), en: others.joined(separator: " and "))
        switch kind {
        case .columnSum:
            return LocalizedText(
                zh: "\(zh)合计为 \(found)，各行之和为 \(expected)",
                en: "\(en)the total says \(found), its rows come to \(expected)"
            )
        case .sum, .product, .rate:
            return LocalizedText(
                zh: "\(zh)按 \(list.zh) 计算应为 \(expected)，现为 \(found)",
                en: "\(en)by \(list.en) it should be \(expected), and is \(found)"
            )
        case .elsewhere:
            let place = other?.words
            return LocalizedText(
                zh: "\(zh)此处为 \(found)，原来与之相同的另外 \(count) 处为 \(expected)" + (place.map { "（如\($0.zh)）" } ?? ""),
                en: "\(en)it is \(found) here and \(expected) in \(count) other place(s) that used to say the same"
                    + (place.map { " (such as \($0.en))" } ?? "")
            )
        case .rounded:
            return LocalizedText(
                zh: "\(zh)此处为 \(found)，与 \(list.zh) 不符，应为 \(expected)",
                en: "\(en)it is \(found) here, which is not \(list.en): that is \(expected)"
            )
        }
    }
}
