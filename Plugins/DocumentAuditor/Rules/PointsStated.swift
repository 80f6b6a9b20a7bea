import BudgetLines
import PrintedReports
import ReviewModel

/// Points that a sentence gives, or takes, otherwise than the list of points.
let pointsStated = DocumentRule(
    "document/points-stated",
    .error,
    title: LocalizedText(zh: "正文所写得分、扣分与评分表不符", en: "points of a sentence that are not those of the list"),
    manual: LocalizedText(
        zh: """
            正文写"某项得 18.5 分""某项扣 8 分""综合得分 83 分""共扣 17 分"的，与评分表（或正文中逐项写明满分和得分的一段）比较；表中一级指标按其各行合计。各项满分合计不是 100 分的列出。\
            没有评分步骤时才核对，其他规则已指出的行不再重复。
            """,
        en: """
            What a sentence gives to a row (得 18.5 分) or takes from it (扣 8 分), and to the whole (综合得分, 共扣), is held against the table of points, or against the paragraph that lists each maximum with its points. First levels are \
            what their rows make. Maxima of such a paragraph that do not make 100 are told. Only where no step scores; lines that another rule has told of are left out.
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
                    评审指标\t分值\t得分
                    预算编制\t60\t50
                    绩效管理\t40\t33
                    ↓预算编制扣8分，主要是重复申报。
            """,
            zh: "\"预算编制扣8分\"：评分表为 10 分",
            en: "\"预算编制扣8分\": the list of points has 10"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    评审指标\t分值\t得分
                    预算编制\t60\t50
                    绩效管理\t40\t33
                    项目得分83分，共扣17分。扣分最多的是预算编制，扣10分。满分60分的预算编制得50分。
            """
        ),
    ],
    check: { audit, findings in
        guard audit.prior.values.allSatisfy({ $0.scores.isEmpty }), let list = PointList(audit.report) else { return }
        let told = findings.told
        let reader = PointSentences(list, audit.report.words)
        for line in audit.report.body
        where !line.isTableRow && !told.contains(line.spot) && line.folded.hasBytes(of: "分") {
            findings.add(reader.check(line))
        }
        if list.most != 100, !list.line.isTableRow, !told.contains(list.line.spot) { findings.add([otherWhole(list)]) }
    }
)

private struct PointSentences {
    let list: PointList
    let words: ReportWords

    init(_ list: PointList, _ words: ReportWords) { (self.list, self.words) = (list, words) }

    func check(_ line: ReportText.Line) -> [Finding] {
        line.folded.split(whereSeparator: { "。；".contains($0) }).flatMap { sentence in
            check(String(sentence), line)
                + [mostLost(String(sentence), line), counted(String(sentence), line)].compactMap(\.self)
                + lists(String(sentence), line)
        }
    }

    /// `扣分最多的是预算编制`: the row that lost most, where another one lost more.
    private func mostLost(_ sentence: String, _ line: ReportText.Line) -> Finding? {
        for lead in words["points_most_lost"] {
            guard let place = sentence.firstBytes(of: lead) else { continue }
            let rest = sentence[place.upperBound...]
            guard let own = list.leaves.first(where: { rest.hasPrefix($0.name) }), let lost = own.lost,
                let other = list.leaves.filter({ $0.lost ?? .zero > lost }).max(by: {
                    $0.lost ?? .zero < $1.lost ?? .zero
                }),
                let more = other.lost
            else { return nil }
            return otherMost(lead + own.name, other.name, more, lost, line)
        }
        return nil
    }

    /// `12项二级指标中，满分3项，扣分9项`: so many rows have all their points, so many have not.
    private func counted(_ sentence: String, _ line: ReportText.Line) -> Finding? {
        let letters = Array(sentence)
        let figures = StatedFigure.all(in: sentence)
        guard figures.contains(where: { $0.digits == "\(list.leaves.count)" }) else { return nil }
        let full = list.leaves.count { $0.score == $0.most }
        for figure in figures where ["项", "个"].contains(where: figure.behind.hasPrefix) {
            let clause = String(letters[..<figure.range.lowerBound].split { "，、：（".contains($0) }.last ?? [])
            let lead = clause.strippedEnds(["的", "有", "共", "为", "指标"])
            let meant: Int
            if words["points_full"].contains(lead) {
                meant = full
            } else if words["points_lost"].contains(lead) {
                meant = list.leaves.count - full
            } else {
                continue
            }
            guard figure.digits != "\(meant)" else { continue }
            return otherCount(lead + figure.digits + String(figure.behind.prefix(1)), meant, list, line)
        }
        return nil
    }

    /// `产出指标50分，得49.3分`: the maximum of a row or a group and its points right behind.
    private func lists(_ sentence: String, _ line: ReportText.Line) -> [Finding] {
        let letters = Array(sentence)
        let figures = StatedFigure.all(in: sentence).filter { !sentence.isCode($0) }
        if let finding = lost(letters, figures, line) ?? named(letters, figures, line) { return [finding] }
        return zip(figures, figures.dropFirst()).compactMap { most, score in
            let between = String(letters[most.range.upperBound..<score.range.lowerBound])
            guard ["分，得", "分，得分", "分，得分为", "分，实得"].contains(between), score.behind.isPoints else { return nil }
            let lead = String(letters[..<most.range.lowerBound].split { "，、：（；".contains($0) }.last ?? [])
            let name = lead.strippedEnds(words["points_most"])
            guard let item = list.items.first(where: { $0.name == name }) else { return nil }
            if most.value != item.most { return differs(lead + most.digits + "分", item.most, list, line) }
            return score.value == item.score ? nil : differs(name + "得" + score.digits + "分", item.score, list, line)
        }
    }

    /// `满分20分，得15.5分，扣4.5分`: what is lost of a maximum.
    private func lost(_ letters: [Character], _ figures: [StatedFigure], _ line: ReportText.Line) -> Finding? {
        for index in figures.indices.dropFirst(2) {
            let (most, score, lost) = (figures[index - 2], figures[index - 1], figures[index])
            let (one, two) = (
                String(letters[most.range.upperBound..<score.range.lowerBound]),
                String(letters[score.range.upperBound..<lost.range.lowerBound])
            )
            guard words["points_most"].contains(where: String(letters[..<most.range.lowerBound]).hasSuffix),
                ["分，得", "分，得分", "分，实得"].contains(one),
                words["points_taken"].contains(where: { two == "分，" + $0 }), lost.behind.isPoints,
                let made = try? most.value - score.value, made != lost.value
            else { continue }
            return differs(two.dropFirst(2) + lost.digits + "分", made, list, line)
        }
        return nil
    }

    /// `立项必要性19分、筹资合规性18分`: names with their points, most of which are those of the list.
    private func named(_ letters: [Character], _ figures: [StatedFigure], _ line: ReportText.Line) -> Finding? {
        let said = figures.compactMap { figure -> (PointList.Item, StatedFigure)? in
            guard figure.behind.isPoints else { return nil }
            let name = String(letters[..<figure.range.lowerBound].split { "，、：（；".contains($0) }.last ?? [])
            return list.items.first { $0.name == name }.map { ($0, figure) }
        }
        let off = said.filter { $0.0.score != $0.1.value }
        guard said.count > 2, off.count == 1, let (item, figure) = off.first,
            !said.contains(where: { $0.0.most == $0.1.value && $0.0.most != $0.0.score })
        else { return nil }
        return differs(item.name + figure.digits + "分", item.score, list, line)
    }

    private func check(_ sentence: String, _ line: ReportText.Line) -> [Finding] {
        let figures = StatedFigure.all(in: sentence).filter { !sentence.isCode($0) }
        guard figures.contains(where: { $0.behind.hasPrefix("分") }) else { return [] }
        let letters = Array(sentence)
        var (findings, last, open) = ([Finding](), 0, nil as PointList.Item?)
        for figure in figures {
            let lead = String(letters[last..<figure.range.lowerBound])
            last = figure.range.upperBound
            let clause = lead.split(whereSeparator: { "，、：（".contains($0) }).last.map(String.init) ?? ""
            // 扣分最多的是预算编制，扣9分: the row of the clause before.
            let item = list.items.filter { lead.hasBytes(of: $0.name) }.max { $0.name.count < $1.name.count }
            open = item ?? (lead.count <= 4 ? open : nil)
            // 2024年立项必要性得26分 is of that year.
            if lead.hasPrefix("年") { continue }
            guard figure.behind.isPoints, let said = Said(clause, words) else { continue }
            if words["points_of_no_row"].contains(where: clause.hasBytes) { continue }
            let own = item.map { clause.hasBytes(of: $0.name) } ?? false
            let meant: ExactDecimal?
            switch said {
            case .given(let rest):
                if let item, own, rest.hasSuffix(item.name) {
                    meant = item.score
                } else {
                    meant = rest.isWhole(words) && item == nil ? list.score : nil
                }
            case .taken(let rest):
                // 成本测算未询价，扣2分 may be one of several reasons.
                let isNear = item == nil || item.map { name in lead.hasSuffix(name.name + "，" + clause) } ?? false
                if let item = open, rest.isEmpty && isNear || own && rest.hasSuffix(item.name) {
                    meant = try? item.most - item.score
                } else if rest.isEmpty || rest == "共" || rest == "合计" || rest == "总" {
                    // What behind a score of the whole is lost.
                    let isBehindWhole = open == nil && (rest != "" || sentence.hasBytes(of: "得分"))
                    meant = isBehindWhole ? try? list.most - list.score : nil
                } else {
                    meant = nil
                }
            }
            guard let meant, meant != figure.value else { continue }
            // The maximum of a row is no score.
            if case .given = said, item?.most == figure.value || figure.value == list.most { continue }
            findings.append(differs(clause + figure.digits + "分", meant, list, line))
        }
        return findings
    }

    /// What the words before a number say that its points are.
    private enum Said {
        case given(String)
        case taken(String)

        init?(_ clause: String, _ words: ReportWords) {
            for end in words["points_taken"] where clause.hasSuffix(end) {
                self = .taken(String(clause.dropLast(end.count)))
                return
            }
            if clause == "评分" || clause == "评分为" {
                self = .given("评审")
                return
            }
            for end in words["points_given"] where clause.hasSuffix(end) {
                let isSum = end.hasPrefix("总") || end.hasPrefix("合")
                self = .given(isSum ? clause : String(clause.dropLast(end.count)))
                return
            }
            return nil
        }
    }
}

extension String {
    /// 分 and no 分钟, 分值 or band: 80分以上.
    fileprivate var isPoints: Bool {
        guard hasPrefix("分") else { return false }
        let rest = dropFirst()
        return !["以上", "以下", "及", "（含", "（不含", "至", "～", "~", "-", "—", "钟", "值", "制", "的项", "之间", "档"].contains(
            where: rest.hasPrefix
        )
    }

    /// Whether words mean the project as a whole: 项目评审, 本项目, 部门整体, 综合, 四项合计.
    fileprivate func isWhole(_ words: ReportWords) -> Bool {
        if words["points_of_whole"].contains(self) { return true }
        return hasSuffix("项合计") && count <= 5
    }
}

extension String {
    /// Whether a number belongs to a code: 11 of A11.
    fileprivate func isCode(_ figure: StatedFigure) -> Bool {
        let before = prefix(figure.range.lowerBound).last
        return before.map { $0.isASCII && $0.isLetter } ?? false
    }
}

extension PointList.Item {
    fileprivate var lost: ExactDecimal? { try? most - score }
}

// MARK: - Messages

private func otherMost(
    _ quote: String,
    _ name: String,
    _ more: ExactDecimal,
    _ lost: ExactDecimal,
    _ line: ReportText.Line
) -> Finding {
    pointsStated.rule.finding(
        message: LocalizedText(
            zh: "\"\(quote)\"：扣 \(Money.points(lost)) 分，\(name)扣 \(Money.points(more)) 分",
            en: "\"\(quote)\" lost \(Money.points(lost)), \(name) lost \(Money.points(more))"
        ),
        subject: quote,
        lines: [line.spot],
        expected: name,
        found: quote
    )
}

private func differs(_ quote: String, _ meant: ExactDecimal, _ list: PointList, _ line: ReportText.Line) -> Finding {
    pointsStated.rule.finding(
        message: LocalizedText(
            zh: "\"\(quote)\"：评分表为 \(Money.points(meant)) 分",
            en: "\"\(quote)\": the list of points has \(Money.points(meant))"
        ),
        subject: quote,
        lines: line.number == list.line.number ? [line.spot] : [line.spot, list.line.spot],
        expected: Money.points(meant),
        found: quote
    )
}

private func otherCount(_ quote: String, _ meant: Int, _ list: PointList, _ line: ReportText.Line) -> Finding {
    pointsStated.rule.finding(
        message: LocalizedText(
            zh: "\"\(quote)\"：评分表为 \(meant) 项",
            en: "\"\(quote)\": the list of points has \(meant)"
        ),
        subject: quote,
        lines: line.number == list.line.number ? [line.spot] : [line.spot, list.line.spot],
        expected: "\(meant)",
        found: quote
    )
}

private func otherWhole(_ list: PointList) -> Finding {
    let most = list.leaves.map { Money.points($0.most) }.joined(separator: "、")
    return pointsStated.rule.finding(
        message: LocalizedText(
            zh: "各项满分 \(most) 合计 \(Money.points(list.most)) 分，不是 100 分",
            en: "the maxima \(most) make \(Money.points(list.most)), not 100"
        ),
        subject: "maxima",
        lines: [list.line.spot],
        expected: "100",
        found: Money.points(list.most)
    )
}
