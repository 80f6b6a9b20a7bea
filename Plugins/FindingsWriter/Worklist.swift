import ReviewModel

/// A reviewer's working list in Markdown: what to settle, heaviest first, by file, each with a box to tick, its place, what
/// stands there and what should. Waived findings come last, with the decision.
func workingList(_ review: Review) -> String {
    let zh = review.locale == .zh
    let name = review.project["name"]?.scalarText ?? review.id
    var text = zh ? "# 待办清单：\(markdown(name))\n" : "# Working list: \(markdown(name))\n"
    let (open, titles) = (review.openFindings, review.ruleTitles)
    if open.isEmpty { text += zh ? "\n没有待处理的问题。\n" : "\nNothing is left to settle.\n" }
    for severity in Severity.allCases.reversed() {
        let findings = open.filter { $0.finding.severity == severity }
        if findings.isEmpty { continue }
        text += "\n## \(severity.name(review.locale)) (\(findings.count))\n"
        var files: [String] = []
        for located in findings {
            let file = located.locations.first?.file ?? ""
            if !files.contains(file) { files.append(file) }
        }
        for file in files {
            if !file.isEmpty { text += "\n### \(markdown(file))\n" }
            text += "\n"
            for located in findings where (located.locations.first?.file ?? "") == file {
                text += entry(located, titles, review.locale)
            }
        }
    }
    let waived = review.findings.filter { $0.waiver != nil }
    if !waived.isEmpty {
        text += zh ? "\n## 已豁免 (\(waived.count))\n\n" : "\n## Waived (\(waived.count))\n\n"
        for located in waived {
            let (reason, approver) = (located.waiver?.reason ?? "", located.waiver?.approver ?? "")
            text += "- \(markdown(located.finding.message(review.locale)))\n"
            text +=
                zh
                ? "  - 理由：\(markdown(reason))；批准人：\(markdown(approver))\n"
                : "  - reason: \(markdown(reason)); approved by \(markdown(approver))\n"
        }
    }
    return text
}

private func entry(_ located: LocatedFinding, _ titles: [String: LocalizedText], _ locale: Locale) -> String {
    let finding = located.finding
    let zh = locale == .zh
    var text = "- [ ] \(markdown(finding.message(locale)))\n"
    let places = located.locations.map { "\($0.place)" }
    if !places.isEmpty { text += "  - \(zh ? "位置" : "place"): \(markdown(places.joined(separator: ", ")))\n" }
    if !finding.expected.isEmpty || !finding.found.isEmpty {
        let (expected, found) = (markdown(finding.expected), markdown(finding.found))
        text += zh ? "  - 应为：\(expected)；实为：\(found)\n" : "  - expected: \(expected); found: \(found)\n"
    }
    if let sum = finding.proof?.calculation, !sum.isEmpty { text += "  - \(zh ? "计算" : "sum"): \(markdown(sum))\n" }
    if let hint = finding.hint { text += "  - \(zh ? "建议" : "next"): \(markdown(hint(locale)))\n" }
    let title = titles[finding.rule].map { "\(markdown($0(locale))) " } ?? ""
    return text + "  - \(title)\(markdown(finding.rule)) \(located.id)\n"
}

/// Text that means nothing but itself in Markdown, on one line.
func markdown(_ text: String) -> String {
    var escaped = ""
    for scalar in text.withVisibleControls.unicodeScalars {
        switch scalar {
        case "\n", "\r": escaped += " "
        case "<": escaped += "&lt;"
        case ">": escaped += "&gt;"
        case "&": escaped += "&amp;"
        case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "!": escaped += "\\" + String(scalar)
        default: escaped.unicodeScalars.append(scalar)
        }
    }
    return escaped
}
