import BudgetLines
import PrintedReports
import ReviewModel

/// A form or the cover names another organisation than the spec has for the same part.
let labelDiffers = DocumentRule(
    "document/label-differs",
    .error,
    title: LocalizedText(zh: "主管部门、项目单位等前后不一", en: "another organisation for the same part"),
    manual: LocalizedText(
        zh: """
            把报告中"主管部门：…"这样的行和表格中标签右边的单元格，与 fields.organisations 中的单位相比：项目单位、实施单位、填报单位对应 applicant，\
            主管部门、主管单位对应 department，委托单位对应 client，评价机构、评审机构对应 agency。省略了若干字的简称不算不同。
            """,
        en: """
            Holds lines such as 主管部门：… and the cells right of such a label against `fields.organisations`: 项目单位, 实施单位 and \
            填报单位 are the applicant, 主管部门 and 主管单位 the department, 委托单位 the client, 评价机构 and 评审机构 the agency. A short \
            form, which only leaves characters out, is no difference.
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
                    ↓主管部门：望舒镇财政所
            fields:
              organisations: {applicant: 望舒镇社区养老服务中心, department: 望舒镇人民政府}
            """,
            zh: "此处主管部门为\"望舒镇财政所\"，而项目的主管部门是\"望舒镇人民政府\"",
            en: "主管部门 is \"望舒镇财政所\" here; that of the project is \"望舒镇人民政府\""
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    主管部门：镇人民政府
            fields:
              organisations: {applicant: 望舒镇社区养老服务中心, department: 望舒镇人民政府}
            """
        ),
    ],
    check: { audit, findings in findings.add(checkLabels(audit.report, audit.dossier)) }
)

private func checkLabels(_ report: ReportText, _ dossier: Dossier) -> [Finding] {
    guard let organisations = dossier.field("organisations")?.record else { return [] }
    let labels = report.words.labels
    let known = labels.keys.sorted()
    return report.lines.filter { line in known.contains(where: line.folded.hasBytes) }.flatMap { line in
        labelled(line, labels).compactMap { label, value in
            guard let key = labels[label], let name = organisations[key]?.text, !name.isEmpty,
                !value.isShortForm(of: name.folded), !value.isSlip(of: name.folded)
            else { return nil }
            return differs(label, value, name, in: line)
        }
    }
}

/// The labels of a line with what stands beside each.
private func labelled(_ line: ReportText.Line, _ labels: [String: String]) -> [(String, String)] {
    if line.isTableRow {
        let cells = line.filledCells.map(\.folded)
        return zip(cells, cells.dropFirst()).filter { labels[$0.0] != nil && labels[$0.1] == nil }
    }
    let parts = line.folded.split(separator: "：", maxSplits: 1).map(String.init)
    return parts.count == 2 ? [(parts[0], parts[1])] : []
}

extension String {
    /// Whether one character differs, which is a finding of ``unknownName`` already.
    fileprivate func isSlip(of name: String) -> Bool {
        count == name.count && count >= 6 && zip(self, name).count { $0 != $1 } == 1
    }
}

private func differs(_ label: String, _ found: String, _ expected: String, in line: ReportText.Line) -> Finding {
    labelDiffers.rule.finding(
        message: LocalizedText(
            zh: "此处\(label)为\"\(found)\"，而项目的\(label)是\"\(expected)\"",
            en: "\(label) is \"\(found)\" here; that of the project is \"\(expected)\""
        ),
        subject: label,
        lines: [line.spot],
        expected: expected,
        found: found,
        hint: LocalizedText(zh: "请更正表格，或核对 spec 中的单位", en: "correct the form, or check the organisation in the spec")
    )
}
