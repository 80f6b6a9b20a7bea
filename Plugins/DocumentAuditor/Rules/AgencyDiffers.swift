import BudgetLines
import PrintedReports
import ReviewModel

/// The report is signed by another firm than the one that reviewed.
let agencyDiffers = DocumentRule(
    "document/agency-differs",
    .error,
    title: LocalizedText(zh: "评审机构前后不一", en: "the reviewing firm is called differently"),
    manual: LocalizedText(
        zh: """
            承担评审的公司、事务所在封面（评审机构、审核单位等标签）、正文（"受……委托，某公司于……""某公司受……委托"）和落款中应是同一家。只比较这三处；简称可以。落款的公司在别处还出现的（联合评审），不列出。
            """,
        en: """
            The firm that reviews is one on the cover (评审机构, 审核单位), in the text (受…委托，某公司于…, 某公司受…委托) and under the report. Short forms are the same, and a firm that is named elsewhere, too, as one of two that review, is not told.
            """
    ),
    examples: [
        .bad(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    审核单位：鼎诚工程咨询有限公司
                    鼎诚工程咨询有限公司受松岭县财政局委托，对实训设备购置项目预算进行审核。
                    ↓鼎信工程咨询有限公司
                    2026 年 3 月 12 日
            """,
            zh: "此处评审机构为\"鼎信工程咨询有限公司\"，第 1 行为\"鼎诚工程咨询有限公司\"",
            en: "the reviewing firm is \"鼎信工程咨询有限公司\" here and \"鼎诚工程咨询有限公司\" in line 1"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    审核单位：鼎诚工程咨询有限公司
                    受松岭县财政局委托，鼎诚工程咨询有限公司于 3 月 2 日至 3 月 6 日对项目预算进行审核，询价单位有鼎信科技有限公司。
                    鼎诚工程咨询有限公司
                    2026 年 3 月 12 日
            """
        ),
    ],
    check: { audit, findings in findings.add(checkAgencies(audit.report)) }
)

/// A firm in a place where only the one that reviews stands.
private struct NamedAgency {
    var name: String
    var line: ReportText.Line
}

private func checkAgencies(_ report: ReportText) -> [Finding] {
    let all = report.agencies
    guard all.count > 1 else { return [] }
    // The one that is named most often there is meant, of several the first.
    let counts = Dictionary(grouping: all, by: \.name).mapValues(\.count)
    guard let most = counts.values.max(), let usual = all.first(where: { counts[$0.name] == most }) else { return [] }
    return all.compactMap { other in
        guard !other.name.isShort(of: usual.name), !usual.name.isShort(of: other.name),
            // Two firms may review together, and each of them is named more than once.
            report.lines.count(where: { $0.folded.hasBytes(of: other.name) }) == 1
        else { return nil }
        return differs(other, usual)
    }
}

extension ReportText {
    /// The firms of the cover, the sentences about who commissioned whom, and the signature.
    fileprivate var agencies: [NamedAgency] {
        let labels = words.organisations["agency"] ?? []
        var found: [NamedAgency] = []
        let lines = body.filter { !$0.folded.isEmpty }
        for (index, line) in lines.enumerated() {
            let cells =
                line.isTableRow ? line.filledCells.map(\.folded) : line.folded.split(separator: "：").map(String.init)
            for (label, value) in zip(cells, cells.dropFirst()) where labels.contains(label) {
                let name = value.withoutPartners
                if name.isFirm { found.append(NamedAgency(name: name, line: line)) }
            }
            if line.isTableRow { continue }
            // 评审机构　某事务所: a label that nothing but a blank parts from the name.
            if let label = labels.first(where: line.folded.hasPrefix) {
                let name = String(line.folded.dropFirst(label.count).drop { " \u{3000}".contains($0) }).withoutPartners
                if name.isFirm { found.append(NamedAgency(name: name, line: line)) }
            }
            // Under the report: a line of its own in the last third, or among the last three.
            if index * 3 > lines.count * 2 || index + 3 >= lines.count, index > 0, line.folded.withoutPartners.isFirm {
                found.append(NamedAgency(name: line.folded.withoutPartners, line: line))
            }
            var isCommissioned = false
            for clause in line.folded.split(whereSeparator: { "，。；".contains($0) }).map(String.init) {
                if let place = clause.firstBytes(of: "受"), clause[place.upperBound...].contains("委托") {
                    let name = String(clause[..<place.lowerBound]).withoutLink
                    if name.isFirm { found.append(NamedAgency(name: name, line: line)) }
                    isCommissioned = place.lowerBound == clause.startIndex
                    continue
                }
                // 受…委托，某公司于…
                if isCommissioned, let end = clause.firmEnd {
                    let name = String(clause[..<end])
                    if name.isFirm,
                        clause[end...].isEmpty
                            || ["于", "对", "组", "成", "开", "自", "在"].contains(where: clause[end...].hasPrefix)
                    {
                        found.append(NamedAgency(name: name, line: line))
                    }
                }
                isCommissioned = false
            }
        }
        return found
    }
}

private let firmEnds = ["公司", "事务所", "LLP", "Ltd", "Ltd."]

extension String {
    fileprivate var isFirm: Bool {
        (5...40).contains(count) && firmEnds.contains(where: hasSuffix) && !contains("、") && !contains("（")
            && !["我", "贵", "该", "本", "各"].contains(where: hasPrefix)
    }

    /// 某会计师事务所 of 某会计师事务所（普通合伙）.
    fileprivate var withoutPartners: String {
        ["（普通合伙）", "（特殊普通合伙）", "（有限合伙）", "（盖章）", "（公章）"].first(where: hasSuffix).map { String(dropLast($0.count)) }
            ?? self
    }

    /// Where the name of a firm ends that the text begins with.
    fileprivate var firmEnd: Index? { firmEnds.compactMap { firstBytes(of: $0)?.upperBound }.min() }

    /// 北京某公司接受: the verb may have two characters.
    fileprivate var withoutLink: String { hasSuffix("接") ? String(dropLast()) : self }

    /// Whether it is what others call in full: 鼎诚公司 of 鼎诚工程咨询有限公司.
    fileprivate func isShort(of name: String) -> Bool {
        if self == name || name.hasSuffix(self) || name.hasPrefix(self) { return true }
        guard let end = firmEnds.first(where: hasSuffix) else { return false }
        let core = dropLast(end.count)
        return core.count >= 2 && name.hasBytes(of: String(core))
    }
}

private func differs(_ other: NamedAgency, _ usual: NamedAgency) -> Finding {
    agencyDiffers.rule.finding(
        message: LocalizedText(
            zh: "此处评审机构为\"\(other.name)\"，\(usual.line.label.zh)为\"\(usual.name)\"",
            en: "the reviewing firm is \"\(other.name)\" here and \"\(usual.name)\" in \(usual.line.label.en)"
        ),
        subject: "agency",
        lines: [other.line.spot, usual.line.spot],
        expected: usual.name,
        found: other.name
    )
}
