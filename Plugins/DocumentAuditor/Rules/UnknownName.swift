import BudgetLines
import PrintedReports
import ReviewModel

/// A name that is one or two characters off that of an organisation.
let unknownName = DocumentRule(
    "document/unknown-name",
    .error,
    title: LocalizedText(zh: "单位名称前后不一致", en: "an organisation's name that is written differently"),
    manual: LocalizedText(
        zh: """
            在报告全文中查找与 fields.organisations 中六个字以上的单位名称等长、只差一个字的写法（如"养护服务中心"与"养老服务中心"）。\
            另一个常见部门（"县民政局"与"县财政局"，见 report-words.yaml 的 bodies）、只差序数或方位的（第一中学、第二中学）不算。\
            有意的不同名称须在 spec 中列为另一个单位。
            """,
        en: """
            Looks through the report for spellings as long as the name of an organisation (`fields.organisations`, six characters \
            or more) that differ from it in one character. Another body that places commonly have (县民政局 beside 县财政局, `bodies` of report-words.yaml) is \
            none, nor what differs in a number or a direction (第一中学, 第二中学). A name that is meant belongs into the spec as one more organisation.
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
                    ↓项目由望舒镇社区养护服务中心实施。
            fields:
              organisations: {applicant: 望舒镇社区养老服务中心, department: 望舒镇人民政府}
            """,
            zh: "单位名称\"望舒镇社区养护服务中心\"，他处为\"望舒镇社区养老服务中心\"",
            en: "\"望舒镇社区养护服务中心\" is \"望舒镇社区养老服务中心\" elsewhere"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    项目由望舒镇社区养老服务中心实施，望舒镇民政所核对了名单，望舒镇财政所拨付资金。
            fields:
              organisations: {applicant: 望舒镇社区养老服务中心, department: 望舒镇人民政府, client: 望舒镇财政所}
            """
        ),
    ],
    check: { audit, findings in findings.add(checkNames(audit.report, audit.dossier)) }
)

private func checkNames(_ report: ReportText, _ dossier: Dossier) -> [Finding] {
    let members = dossier.field("organisations")?.record?.members ?? []
    let names = Set(members.compactMap { $0.value.text }.filter { $0.count >= 6 }).sorted()
        .map { (text: $0, scalars: Array($0.unicodeScalars)) }
    var findings: [Finding] = []
    for line in report.lines {
        var spellings: [String: String] = [:]
        for name in names {
            for start in line.scalars.starts(of: name.scalars) {
                spellings[line.scalars[start..<start + name.scalars.count].string] = name.text
            }
        }
        for (spelling, name) in spellings.sorted(by: { $0.key < $1.key })
        where !names.contains(where: { $0.text == spelling }) && !spelling.isAnother(than: name, report.words["bodies"])
        {
            findings.append(misspelt(spelling, name, in: line))
        }
    }
    return findings
}

extension String {
    /// Whether a spelling is no slip but the name of another body: 青屏县民政局 beside 青屏县财政局, 第二中学 beside 第一中学.
    fileprivate func isAnother(than name: String, _ bodies: [String]) -> Bool {
        let counted = "一二三四五六七八九十东西南北中0123456789"
        let differing = zip(self, name).filter { $0 != $1 }
        if differing.allSatisfy({ counted.contains($0.0) && counted.contains($0.1) }) { return true }
        // 县财政局 of a county and of another one: the body is the same, the place is not.
        guard let body = bodies.filter(hasSuffix).max(by: { $0.count < $1.count }) else { return false }
        return !name.hasSuffix(body)
    }
}

private func misspelt(_ spelling: String, _ name: String, in line: ReportText.Line) -> Finding {
    unknownName.rule.finding(
        message: LocalizedText(
            zh: "单位名称\"\(spelling)\"，他处为\"\(name)\"",
            en: "\"\(spelling)\" is \"\(name)\" elsewhere"
        ),
        subject: spelling,
        lines: [line.spot],
        expected: name,
        found: spelling,
        hint: LocalizedText(zh: "请统一为全称", en: "use one name throughout")
    )
}

extension [Unicode.Scalar] {
    /// Where something stands that is `name` but for one character. The first and the last hold it to the name.
    fileprivate func starts(of name: [Unicode.Scalar]) -> [Int] {
        guard count >= name.count, let first = name.first, let last = name.last else { return [] }
        return withUnsafeBufferPointer { text in
            (0...text.count - name.count).filter { start in
                text[start] == first && text[start + name.count - 1] == last && text.differsInOne(from: name, at: start)
            }
        }
    }
}

extension UnsafeBufferPointer<Unicode.Scalar> {
    fileprivate func differsInOne(from name: [Unicode.Scalar], at start: Int) -> Bool {
        var count = 0
        for offset in name.indices where self[start + offset] != name[offset] {
            count += 1
            if count > 1 { return false }
        }
        return count == 1
    }
}
