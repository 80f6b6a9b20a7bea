import BudgetReview
import ReviewModel

/// The findings of a review below its report, to be filtered by weight and by area. Only a screen shows them: what is signed
/// is the report.
struct HTMLFindings {
    let review: Review

    func section() -> String {
        if review.findings.isEmpty { return "" }
        let severities = Severity.allCases.reversed().filter { severity in
            review.findings.contains { $0.finding.severity == severity }
        }
        let areas = Set(review.findings.map { area($0.finding.rule) }).sorted()
        return """
            <section class="sheet landscape apparatus" id="findings">
            <style>
            \((severities.map(\.rawValue).map(hiding) + areas.map { hiding("area-" + $0) }).joined(separator: "\n"))
            </style>
            <h2 class="look-part">\(heading(review.locale))（\(review.openFindings.count)）</h2>
            <fieldset><legend>\(bySeverity(review.locale))</legend>\(severities.map(box).joined())</fieldset>
            <fieldset><legend>\(byArea(review.locale))</legend>\(areas.map(box).joined())</fieldset>
            <div class="scroll" role="region" tabindex="0" aria-label="\(heading(review.locale))">
            <table class="wide"><thead><tr>\(columns.map { "<th scope=\"col\">\($0(review.locale))</th>" }.joined())</tr></thead>
            <tbody>
            \(review.findings.map(row).joined(separator: "\n"))
            </tbody></table>
            </div>
            </section>
            """
    }

    private func area(_ rule: String) -> String {
        String(rule.prefix { $0 != "/" }.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
    }

    /// A box that is not ticked hides its rows; no script is needed.
    private func hiding(_ name: String) -> String {
        "#findings:has(#show-\(name):not(:checked)) tr.\(name) { display: none; }"
    }

    private func box(_ severity: Severity) -> String {
        let count = review.findings.count { $0.finding.severity == severity }
        return box(severity.rawValue, "\(severity.name(review.locale)) \(count)")
    }

    private func box(_ area: String) -> String {
        let count = review.findings.count { self.area($0.finding.rule) == area }
        return box("area-" + area, "\(areaNames[area]?(review.locale) ?? area) \(count)")
    }

    private func box(_ name: String, _ label: String) -> String {
        "<label><input type=\"checkbox\" id=\"show-\(name)\" checked> \(HTMLText.escaped(label))</label> "
    }

    private func row(_ located: LocatedFinding) -> String {
        let (finding, locale) = (located.finding, review.locale)
        var message = HTMLText.escaped(finding.message(locale))
        if let hint = finding.hint { message += "<br><small>\(HTMLText.escaped(hint(locale)))</small>" }
        if let proof = finding.proof { message += self.proof(proof) }
        if let waiver = located.waiver { message += "<br><small>\(HTMLText.escaped(waived(waiver)(locale)))</small>" }
        let places = located.locations.prefix(3).map { place in
            let name = place.file.split(separator: "/").last.map(String.init) ?? place.file
            let whole = "\(place.file):\(place.line):\(place.column)"
            return "<code title=\"\(HTMLText.escaped(whole))\">\(HTMLText.escaped("\(name):\(place.line)"))</code>"
        }
        let difference = [finding.expected, finding.found, finding.difference].map(HTMLText.escaped)
        let mark = located.waiver == nil ? "" : " waived"
        return
            "<tr class=\"\(finding.severity.rawValue) area-\(area(finding.rule))\(mark)\" id=\"finding-\(HTMLText.escaped(located.id))\"><td>\(finding.severity.name(locale))</td><td>\(message)<br><code>\(HTMLText.escaped(finding.rule))</code></td>\(difference.map { "<td>\($0)</td>" }.joined())<td>\(places.joined(separator: "<br>"))</td></tr>"
    }

    private func proof(_ proof: Proof) -> String {
        let figures = proof.figures.map { figure in
            "<li>\(HTMLText.escaped(figure.name(review.locale))) \(HTMLText.escaped(figure.value))</li>"
        }
        let list = figures.isEmpty ? "" : "<ul>\(figures.joined())</ul>"
        return
            "<details><summary>\(proofWord(review.locale))</summary>\(HTMLText.escaped(proof.calculation))\(list)</details>"
    }
}

// MARK: - Messages

private let heading = LocalizedText(zh: "审核发现", en: "Findings")
private let bySeverity = LocalizedText(zh: "按程度", en: "By weight")
private let byArea = LocalizedText(zh: "按类别", en: "By area")
private let proofWord = LocalizedText(zh: "依据", en: "proof")

/// What a reader calls the areas of the built-in rules; those of others keep the name in their ids.
private let areaNames = [
    "arithmetic": LocalizedText(zh: "算术", en: "arithmetic"),
    "declared": LocalizedText(zh: "申报数据", en: "declared figures"),
    "deduction": LocalizedText(zh: "核减", en: "deductions"), "document": LocalizedText(zh: "报告文本", en: "report text"),
    "history": LocalizedText(zh: "历年", en: "earlier years"), "host": LocalizedText(zh: "运行", en: "the run itself"),
    "project": LocalizedText(zh: "项目", en: "project"), "prose": LocalizedText(zh: "文字与数据", en: "numbers in texts"),
    "rubric": LocalizedText(zh: "评分", en: "scores"), "target": LocalizedText(zh: "绩效目标", en: "targets"),
    "treatment": LocalizedText(zh: "同类比较", en: "like treatment"), "waiver": LocalizedText(zh: "豁免", en: "waivers"),
]

private let columns = [
    LocalizedText(zh: "程度", en: "Weight"), LocalizedText(zh: "发现", en: "Finding"),
    LocalizedText(zh: "应为", en: "Expected"), LocalizedText(zh: "实为", en: "Found"),
    LocalizedText(zh: "相差", en: "Difference"), LocalizedText(zh: "位置", en: "Place"),
]

private func waived(_ waiver: Waiver) -> LocalizedText {
    LocalizedText(
        zh: "已豁免：\(waiver.reason)（\(waiver.approver)）",
        en: "waived: \(waiver.reason) (\(waiver.approver))"
    )
}
