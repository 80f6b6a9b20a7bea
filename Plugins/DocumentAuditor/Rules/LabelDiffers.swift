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
            主管部门、主管单位对应 department，委托单位对应 client，评价机构、评审机构对应 agency。句中的"主管部门为……"也算；"由某县某中心实施"而项目单位是别县的同名单位的，"受某局委托，某公司（评审组）……"而委托单位是另一家的，也列出。省略了若干字的简称不算不同。\
            只出现一次、与他处的名称只差一字的公司、事务所，由与项目单位不同的局"申报""报审"的，也列出。
            """,
        en: """
            Holds lines such as 主管部门：… and the cells right of such a label against `fields.organisations`: 项目单位, 实施单位 and \
            填报单位 are the applicant, 主管部门 and 主管单位 the department, 委托单位 the client, 评价机构 and 评审机构 the agency. Sentences count, too: 主管部门为……, 由……实施 of the same body of another place, and 受……委托 of whoever reviews, of another client. A short \
            form, which only leaves characters out, is no difference. A firm that stands once under a name that differs in one character from its usual one, and a bureau that asks (申报, 报审) and is not the applicant, are told.
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
    check: { audit, findings in
        findings.add(checkLabels(audit.report, audit.dossier))
        findings.add(FirmNames(audit.report).slips.map { differs($0.label, $0.name, $0.usual, in: $0.line) })
        let told = findings.told
        findings.add(
            FirmTwins(audit.report).slips.filter { !told.contains($0.line.spot) }.map {
                isCalled($0.usual, $0.name, $0.first, in: $0.line)
            }
        )
        let applicant = audit.dossier.field("organisations", "applicant")?.text?.folded
        findings.add(
            OtherApplicants(audit.report, applicant: applicant).all.map {
                isAsker($0.name, applicant ?? "", in: $0.line)
            }
        )
    }
)

private func checkLabels(_ report: ReportText, _ dossier: Dossier) -> [Finding] {
    guard let organisations = dossier.field("organisations")?.record else { return [] }
    let labels = report.words.labels
    let known = labels.keys.sorted()
    let undertaken = checkUndertaken(report, organisations) + checkCommission(report, organisations)
    return undertaken
        + report.lines.filter { line in known.contains(where: line.folded.hasBytes) }.flatMap { line in
            (labelled(line, labels) + stated(line, known)).compactMap { label, value in
                guard let key = labels[label], !report.words["addressed"].contains(where: value.hasPrefix),
                    let name = organisations[key]?.text?.folded.withoutCode, !name.isEmpty,
                    !value.withoutCode.isShortForm(of: name), !value.withoutCode.isSlip(of: name)
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

/// What sentences say of a label: 主管部门为望舒镇人民政府，….
private func stated(_ line: ReportText.Line, _ labels: [String]) -> [(String, String)] {
    guard !line.isTableRow else { return [] }
    return labels.compactMap { label in
        // 原主管部门为… is another one by right.
        guard let place = line.folded.firstBytes(of: label),
            !["原", "曾", "前", "各", "其他"].contains(where: line.folded[..<place.lowerBound].hasSuffix)
        else { return nil }
        let rest = line.folded[place.upperBound...]
        guard let link = ["均为", "为", "是", "系"].first(where: rest.hasPrefix) else { return nil }
        let name = rest.dropFirst(link.count).prefix { !"，。；、：（）”“".contains($0) }
        return name.count >= 4 && !name.contains("、") && name.isOrganisation ? (label, String(name)) : nil
    }
}

/// 受青屏县民政局委托，明衡会计师事务所…, where the client is another body.
private func checkCommission(_ report: ReportText, _ organisations: Record) -> [Finding] {
    guard let client = organisations["client"]?.text?.folded, client.isOrganisation else { return [] }
    let agency = organisations["agency"]?.text?.folded
    return report.body.filter { !$0.isTableRow && $0.folded.hasBytes(of: "委托") }.flatMap { line -> [Finding] in
        line.folded.split { "。；".contains($0) }.compactMap { sentence -> Finding? in
            let clauses = sentence.split(separator: "，")
            guard let index = clauses.firstIndex(where: { $0.hasSuffix("委托") }),
                let place = clauses[index].firstBytes(of: "受")
            else { return nil }
            let name = String(clauses[index][place.upperBound...].dropLast(2))
            // Who else commissions has a study made: the firm that reviews does what follows, or 我公司 does.
            let doer = String(clauses[index][..<place.lowerBound])
            let next = index + 1 < clauses.count ? String(clauses[index + 1]) : ""
            let isReview = [doer, next].contains { text in
                agency.map(text.hasPrefix) ?? false || ["我", "本", "评审组", "评估组", "评价组"].contains(where: text.hasPrefix)
            }
            // 受贵局委托: the report is addressed to it.
            guard isReview, name.isOrganisation, !report.words["addressed"].contains(where: name.hasPrefix),
                !name.isShortForm(of: client), !client.isShortForm(of: name),
                !name.isSlip(of: client) || report.words["bodies"].contains(where: name.hasSuffix)
            else { return nil }
            return differs("委托单位", name, client, in: line)
        }
    }
}

/// 由青石县公路养护中心实施, where the applicant is 松岭县公路养护中心: the same body of another place.
private func checkUndertaken(_ report: ReportText, _ organisations: Record) -> [Finding] {
    guard let applicant = organisations["applicant"]?.text?.folded, let place = applicant.placeEnd else { return [] }
    let body = String(applicant[place...])
    guard body.count >= 4 else { return [] }
    return report.body.filter { !$0.isTableRow && $0.folded.hasBytes(of: body) }.compactMap { line in
        for verb in report.words["undertakes"] {
            guard let found = line.folded.firstBytes(of: body + verb) else { continue }
            let before = line.folded[..<found.lowerBound]
            let clause = before.split(omittingEmptySubsequences: false) { "，。；、：".contains($0) }.last ?? before
            guard let start = clause.lastIndex(of: "由") else { continue }
            let own = String(clause[clause.index(after: start)...])
            // The whole of it is the name of a place, and not of the applicant's.
            guard own.placeEnd == own.endIndex, !applicant.hasPrefix(own), !applicant[..<place].hasSuffix(own) else {
                continue
            }
            return differs("项目单位", own + body, applicant, in: line)
        }
        return nil
    }
}

extension String {
    /// Where the name of a county, a town or a street ends that the text begins with.
    fileprivate var placeEnd: Index? {
        let marks: Set<Character> = ["省", "市", "县", "区", "镇", "乡"]
        let found = indices.dropFirst(1).prefix(8).last { marks.contains(self[$0]) }
        let street = firstBytes(of: "街道").map { index(before: $0.upperBound) }
        return [found, street].compactMap(\.self).max().map { index(after: $0) }
    }
}

extension String {
    /// The name of a body behind the code that a system prints before it: 906017-柳泉市城市管理局.
    fileprivate var withoutCode: String {
        let code = prefix { $0.isASCII && $0.isNumber }
        guard code.count > 1, let dash = dropFirst(code.count).first, "-—_".contains(dash) else { return self }
        return String(dropFirst(code.count + 1))
    }
}

extension StringProtocol {
    /// Whether a name ends as those of bodies do.
    fileprivate var isOrganisation: Bool {
        ["局", "厅", "部", "委", "委员会", "办", "办公室", "政府", "中心", "所", "站", "处", "院", "校", "公司", "队", "会", "学", "街道", "社"]
            .contains(where: hasSuffix)
    }
}

extension String {
    /// Whether one character differs, which is a finding of ``unknownName`` already.
    fileprivate func isSlip(of name: String) -> Bool {
        count == name.count && count >= 6 && first == name.first && last == name.last
            && zip(self, name).count { $0 != $1 } == 1
    }
}

private func isCalled(
    _ usual: String,
    _ name: String,
    _ first: ReportText.Line,
    in line: ReportText.Line
) -> Finding {
    labelDiffers.rule.finding(
        message: LocalizedText(
            zh: "此处为\"\(name)\"，\(first.label.zh)为\"\(usual)\"，只差一字，请核对",
            en: "\"\(name)\" here and \"\(usual)\" in \(first.label.en) differ in one character; check which is right"
        ),
        subject: name,
        lines: [line.spot, first.spot],
        expected: usual,
        found: name
    )
}

private func isAsker(_ name: String, _ applicant: String, in line: ReportText.Line) -> Finding {
    labelDiffers.rule.finding(
        message: LocalizedText(
            zh: "此处由\"\(name)\"申报，而项目单位是\"\(applicant)\"，请核对",
            en: "\"\(name)\" asks here; the applicant is \"\(applicant)\"; check which is right"
        ),
        subject: name,
        lines: [line.spot],
        expected: applicant,
        found: name
    )
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
        hint: LocalizedText(
            zh: "请核对哪一处正确，并统一（有 spec 的，单位以 spec 为准）",
            en: "find out which is right, and use one (with a spec, the one in it)"
        )
    )
}
