import PluginKit
import ReviewModel

/// A reviewer's working list in Markdown, in the order of the work: first what to ask the applicant, then what the reviewer has written
/// wrong, the heaviest first, each with a box to tick, its place, what stands there and what should. What follows from a finding stands
/// beneath it, and says what is new since the review that this one is compared with. Waived findings come last, with the decision.
struct WorkingList {
    let review: Review
    /// What rules are about whose papers, as settings say it.
    var questions = WorklistSettings()
    /// The ticks and remarks that people have made in the list before this one.
    var earlier = EarlierWorklist()

    private var isChinese: Bool { review.locale == .zh }

    var text: String {
        let name = markdown(review.project["name"]?.scalarText ?? review.id)
        let open = review.openFindings
        var text = isChinese ? "# 待办清单：\(name)\n" : "# Working list: \(name)\n"
        if open.isEmpty {
            text += "\n\(nothingLeft(isChinese))\n"
        } else {
            text += "\n\(explanation(isChinese))\n"
        }
        // What follows from a finding that is waived or gone stands for itself.
        let ids = Set(open.map(\.id))
        let roots = open.filter { !ids.contains($0.cause) || $0.cause.isEmpty }
        let followers = Dictionary(grouping: open.filter { ids.contains($0.cause) }, by: \.cause)
        let (asked, own) = (roots.filter(questions.asksApplicant), roots.filter { !questions.asksApplicant($0) })
        text += part(isChinese ? "请申报单位说明或更正" : "For the applicant to explain or correct", asked, followers)
        text += part(isChinese ? "评审自行更正" : "For the reviewer to correct", own, followers)
        return text + waived + gone + notes
    }

    /// The sentences that a list has outside its entries.
    static func sentences(_ isChinese: Bool) -> Set<String> {
        Set([nothingLeft(isChinese)] + explanation(isChinese).split(separator: "\n").map(String.init))
    }

    /// What somebody has written between the entries.
    private var notes: String {
        if earlier.notes.isEmpty { return "" }
        return (isChinese ? "\n## 其他备注\n\n" : "\n## Other remarks\n\n") + earlier.notes.map { "\($0)\n" }.joined()
    }

    private func part(_ title: String, _ findings: [LocatedFinding], _ followers: [String: [LocatedFinding]]) -> String
    {
        if findings.isEmpty { return "" }
        var text = "\n## \(title) (\(findings.count))\n"
        for severity in Severity.allCases.reversed() {
            let heavy = findings.filter { $0.finding.severity == severity }
            if heavy.isEmpty { continue }
            text += "\n### \(severity.name(review.locale)) (\(heavy.count))\n\n"
            for finding in heavy { text += entry(finding, followers[finding.id] ?? []) }
        }
        return text
    }

    private func entry(_ located: LocatedFinding, _ followers: [LocatedFinding]) -> String {
        let finding = located.finding
        let mark = located.baseline == .new ? (isChinese ? "【新】" : "(new) ") : ""
        let isDone = earlier.ticked.contains(located.id)
        var text = "- [\(isDone ? "x" : " ")] \(mark)\(markdown(finding.message(review.locale)))\n"
        let places = located.locations.map { "\($0.place)" }
        if !places.isEmpty { text += line(.place, markdown(places.joined(separator: ", "))) }
        text += figures(finding)
        if let sum = finding.proof?.calculation, !sum.isEmpty { text += line(.sum, markdown(sum)) }
        if let hint = finding.hint { text += line(.next, markdown(hint(review.locale))) }
        for follower in followers {
            let place = follower.locations.first.map { " (\(markdown("\($0.place)")))" } ?? ""
            text += line(.follows, markdown(follower.finding.message(review.locale)) + place)
        }
        let title = review.ruleTitles[finding.rule].map { "\(markdown($0(review.locale))) " } ?? ""
        text += "  - \(title)\(markdown(finding.rule)) \(located.id)\n"
        return text + remarks(of: located.id)
    }

    /// What should stand there and what does, as far as the finding says so.
    private func figures(_ finding: Finding) -> String {
        let (expected, found) = (markdown(finding.expected), markdown(finding.found))
        return switch (expected.isEmpty, found.isEmpty) {
        case (true, true): ""
        case (false, true): line(.expected, expected)
        case (true, false): line(.found, found)
        case (false, false):
            isChinese ? "  - 应为：\(expected)；实为：\(found)\n" : "  - expected: \(expected); found: \(found)\n"
        }
    }

    private func line(_ label: WorklistLabel, _ text: String) -> String { "  - \(label.name(review.locale))\(text)\n" }

    private func remarks(of id: String) -> String { earlier.remarks[id]?.reduce("") { $0 + "\($1)\n" } ?? "" }

    private var waived: String {
        let findings = review.findings.filter { $0.waiver != nil }
        if findings.isEmpty { return "" }
        var text = isChinese ? "\n## 已豁免 (\(findings.count))\n\n" : "\n## Waived (\(findings.count))\n\n"
        for located in findings {
            let (reason, approver) = (located.waiver?.reason ?? "", located.waiver?.approver ?? "")
            text += "- \(markdown(located.finding.message(review.locale)))\n"
            text +=
                isChinese
                ? "  - 理由：\(markdown(reason))；批准人：\(markdown(approver))\n"
                : "  - reason: \(markdown(reason)); approved by \(markdown(approver))\n"
        }
        return text
    }

    /// What somebody has remarked of a finding that is no more: a remark is not lost because its finding is.
    private var gone: String {
        let ids = Set(review.findings.map(\.id))
        let left = earlier.entries.filter { !ids.contains($0.id) && earlier.remarks[$0.id] != nil }
        if left.isEmpty { return "" }
        var text =
            isChinese ? "\n## 已不再发现，留有备注 (\(left.count))\n\n" : "\n## No longer found, with remarks (\(left.count))\n\n"
        for entry in left { text += "\(entry.message)\n  - \(entry.id)\n\(remarks(of: entry.id))" }
        return text
    }
}

/// What the lines beneath an entry begin with.
enum WorklistLabel: CaseIterable {
    case place, expected, found, sum, next, follows

    func name(_ locale: Locale) -> String {
        let zh = locale == .zh
        return switch self {
        case .place: zh ? "位置: " : "place: "
        case .expected: zh ? "应为：" : "expected: "
        case .found: zh ? "实为：" : "found: "
        case .sum: zh ? "计算: " : "sum: "
        case .next: zh ? "建议: " : "next: "
        case .follows: zh ? "由此还有：" : "and so: "
        }
    }
}

/// Whom a finding is for.
struct WorklistSettings: PluginSettings {
    /// Areas of rules, rules and tables of the dossier that are the applicant's.
    private var applicant: [String] = WorklistSettings.standard

    init() {}

    init(_ settings: SettingsReader) { applicant = settings.texts("applicant", default: Self.standard) }

    /// The arithmetic of a request, its earlier years and its own targets: who has asked must say what is right.
    private static let standard = ["arithmetic", "history", "project", "declared_targets", "report-reader/lump-sum"]

    func asksApplicant(_ located: LocatedFinding) -> Bool {
        let rule = located.finding.rule
        if applicant.contains(rule) || applicant.contains(String(rule.prefix { $0 != "/" })) { return true }
        guard let first = located.finding.spots.first?.pointer?.tokens, first.first == "tables", first.count > 1 else {
            return false
        }
        return applicant.contains(first[1])
    }
}

/// Text that means nothing but itself in Markdown, on one line. Many read the list as plain text, so that a sign that means nothing
/// where it stands is left as it is: `project.kind_name`, `2,239.43 < 3,000.00`.
func markdown(_ text: String) -> String {
    var (escaped, before) = ("", Unicode.Scalar?.none)
    let scalars = Array(text.withVisibleControls.unicodeScalars)
    for (position, scalar) in scalars.enumerated() {
        let after = position + 1 < scalars.count ? scalars[position + 1] : nil
        defer { before = scalar }
        switch scalar {
        case "\n", "\r": escaped += " "
        case "_" where before.isOfWord && after.isOfWord: escaped += "_"
        case "<" where before == " " && after == " ", ">" where before == " " && after == " ":
            escaped.unicodeScalars.append(scalar)
        case "<": escaped += "&lt;"
        case ">": escaped += "&gt;"
        case "&": escaped += "&amp;"
        // An exclamation mark means something before a bracket only, and that is marked itself: 明细!F7 reads as it is.
        case "\\", "`", "*", "_", "[", "]", "|", "~", "#": escaped += "\\" + String(scalar)
        default: escaped.unicodeScalars.append(scalar)
        }
    }
    return escaped
}

extension Unicode.Scalar? {
    /// Between letters and digits an underscore marks nothing.
    fileprivate var isOfWord: Bool {
        map { $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0)) } ?? false
    }
}

// MARK: - Messages

private func nothingLeft(_ isChinese: Bool) -> String { isChinese ? "没有待处理的问题。" : "Nothing is left to settle." }

private func explanation(_ isChinese: Bool) -> String {
    isChinese
        ? "处理完的打勾（[x]）；备注写在条目最后一行（编号）之下，缩进两格。再次评审写入同一文件夹时，勾和备注按编号保留。"
        : "Tick what is done ([x]); write remarks below the last line of an entry, its id, indented by two. Both are kept, by id, when the next review is written into the same folder."
}
