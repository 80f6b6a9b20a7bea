import BudgetLines
import PrintedReports
import ReviewModel

/// A verdict for which two bands of the printed standard hold.
let bandOverlap = DocumentRule(
    "document/band-overlap",
    .warning,
    title: LocalizedText(zh: "评分区间的端点属于两档", en: "a score that two bands share"),
    manual: LocalizedText(
        zh: """
            在含有"N 分以上/以下"和"M~N 分"的文字中，逐一检查端点。"以上、以下"包括本数，"不满、超过"不包括（《民法典》第一千二百五十九条）；\
            "M~N"两端都包括。同一分数落入两档的列出：恰为该分时结论不定。报告所给的得分不在这样的端点上的，只作提示。
            """,
        en: """
            Looks at the ends of bands such as M~N 分, N 分以上 and N 分以下. 以上 and 以下 include the number, 不满 and 超过 do not \
            (Civil Code, article 1259); M~N includes both ends. A score in two bands has no certain verdict. \
            Where no score of the report stands on such an end it is a hint.
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
                    ↓70 分以下暂缓，70~90 分部分可行，90 分以上可行
            """,
            zh: "\"70分以下暂缓，70~90分部分可行，90分以上可行\"：70 分、90 分同时属于两档，恰为该分时结论不定",
            en:
                "\"70分以下暂缓，70~90分部分可行，90分以上可行\": 70 分、90 分 stands in two bands, so that the verdict of exactly that score is open"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    不满 70 分暂缓，70~89 分部分可行，90 分以上可行
            """
        ),
    ],
    check: { audit, findings in findings.add(checkBands(audit)) }
)

private func checkBands(_ audit: DocumentAudit) -> [Finding] {
    let report = audit.report
    var findings: [Finding] = []
    var given: Set<ExactDecimal>?
    for line in report.lines where line.folded.hasBytes(of: "分以") {
        for cell in line.text.split(separator: "\t").map(\.folded) {
            let ends = bandEnds(of: cell)
            let shared = Dictionary(grouping: ends) { $0 }.filter { $0.value.count > 1 }.keys.sorted().filter {
                // 80—89 分, 60—79 分, 60 分以下: bands that go on by one point are whole points, and what is below 60 is not 60.
                !(cell.hasBytes(of: "\($0)分以下") && ends.contains { ends.contains($0 + 1) })
            }
            if shared.isEmpty { continue }
            if given == nil { given = scoresGiven(audit) }
            let isMet = shared.contains { given?.contains(ExactDecimal($0)) ?? false }
            findings.append(overlap(shared, cell, isMet, in: line))
        }
    }
    return findings
}

/// The scores that the report gives: totals of its tables of points, and numbers before 分 that are no ends of bands and no points of a row.
private func scoresGiven(_ audit: DocumentAudit) -> Set<ExactDecimal> {
    let words = audit.report.words
    var given: Set<ExactDecimal> = []
    for grid in audit.allGrids {
        for row in grid.rows where row.isTotal {
            for column in grid.heads.indices where words["scored"].contains(where: grid.heads[column].hasBytes) {
                if let cell = row.cells[column] { given.insert(cell.value.withoutTrailingZeros) }
            }
        }
    }
    for line in audit.report.lines where !line.isTableRow && line.folded.hasBytes(of: "分") {
        let letters = Array(line.folded)
        for figure in StatedFigure.all(in: line.folded) where figure.behind.hasPrefix("分") {
            let rest = figure.behind.dropFirst()
            let before = figure.range.lowerBound > 0 ? letters[figure.range.lowerBound - 1] : "，"
            let isEnd =
                ["以", "及", "（", "至", "～", "~", "-", "—", "–", "之", "的", "为", "是"].contains(where: rest.hasPrefix)
                || "～~-—–至于足满过".contains(before)
            if !isEnd { given.insert(figure.value.withoutTrailingZeros) }
        }
    }
    return given
}

/// The numbers that are included ends of bands, once for each band: 70 and 90 of `70~90 分`, 90 of `90 分以上`.
private func bandEnds(of cell: String) -> [Int] {
    // Where （含） behind a number says which band it belongs to, an end without it belongs to none.
    let saysEnds = cell.contains("含")
    let bands = cell.split { "，；。、".contains($0) }.map { band in
        (band, numbers: band.split { !($0.isNumber && $0.isASCII) }.compactMap { Int($0) })
    }
    let isRange = { (band: Substring) in ["~", "～", "-", "—", "–", "至"].contains(where: band.contains) }
    let starts = Set(bands.filter { $0.numbers.count == 2 && isRange($0.0) }.compactMap(\.numbers.first))
    // 80—89分，60—79分: bands that share no end among them leave none to 60分以下 either.
    let others = bands.filter { !$0.0.contains("分以下") }.flatMap(\.numbers)
    let isParted = Set(others).count == others.count
    return bands.flatMap { band, numbers -> [Int] in
        if saysEnds { return includedEnds(of: band) }
        if numbers.count == 2, isRange(band) { return numbers }
        // 60分以下 beside 60—79分 is what is below it.
        guard numbers.count == 1, !(isParted && band.contains("分以下") && starts.contains(numbers[0])) else {
            return []
        }
        // 75 分及以上、90 分以下 beside 90 分及以上: where one band says that it has its end, the other is below it.
        if band.contains("分以下"), cell.contains("\(numbers[0])分及以上") { return [] }
        return band.contains("分以上") || band.contains("分以下") || band.contains("分及以上") ? numbers : []
    }
}

/// The ends of a band that are said to be included: of 80 分（含）～90 分 the first.
private func includedEnds(of band: Substring) -> [Int] {
    let scalars = Array(band.unicodeScalars)
    var (ends, position) = ([(number: Int, remark: String)](), 0)
    while position < scalars.count {
        let digits = scalars[position...].prefix(while: \.isDigit)
        guard let number = Int(digits.string) else {
            position += 1
            continue
        }
        position = digits.endIndex
        let remark = scalars[position...].prefix { !$0.isDigit }.string
        ends.append((number, remark))
    }
    return ends.indices.compactMap { index in
        let (number, remark) = ends[index]
        // （含80分，不含90分）: the word stands before its number.
        let before = index > 0 ? ends[index - 1].remark : String(band.prefix { !($0.isASCII && $0.isNumber) })
        if before.hasSuffix("含") { return before.hasSuffix("不含") ? nil : number }
        guard let mark = remark.firstBytes(of: "含"), mark.upperBound < remark.endIndex else { return nil }
        return remark[..<mark.lowerBound].hasSuffix("不") ? nil : number
    }
}

private func overlap(_ shared: [Int], _ cell: String, _ isMet: Bool, in line: ReportText.Line) -> Finding {
    let list = shared.map { "\($0) 分" }.joined(separator: "、")
    var finding = bandOverlap.rule.finding(
        message: LocalizedText(
            zh: "\"\(cell)\"：\(list)同时属于两档，恰为该分时结论不定",
            en: "\"\(cell)\": \(list) stands in two bands, so that the verdict of exactly that score is open"
        ),
        subject: cell,
        lines: [line.spot],
        found: list,
        hint: LocalizedText(zh: "请写明端点归入哪一档", en: "say which band the ends belong to")
    )  // Where no score stands on it, nothing is open.
    if !isMet { finding.severity = .info }
    return finding
}
