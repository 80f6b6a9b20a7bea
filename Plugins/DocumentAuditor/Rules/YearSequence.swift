import BudgetLines
import PrintedReports
import ReviewModel

/// A table that has a row for each year, and one of them twice or out of turn.
let yearSequence = DocumentRule(
    "document/year-sequence",
    .error,
    title: LocalizedText(zh: "表中年份不连续", en: "a year of a table out of turn"),
    manual: LocalizedText(
        zh: "表中每行一个年份，除一行外依次相差一年，而这一行与前后不接的，列出（三行以上的表）。表题所写起止年份（2021—2024年）与各行的年份有一端不同的，一行的年份与同行“截至……”的年份不同的，也列出。",
        en:
            "Where each row of a table of three or more has a year and all but one follow each other, the one that does not is told. So is a caption whose years, 2021—2024年, differ at one end from those of the rows, and a row whose year is not that of the day up to which it counts, 截至2025年9月30日."
    ),
    examples: [
        .bad(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    届次\t年份\t参展企业
                    第一届\t2022\t126
                    ↓第二届\t2024\t158
                    第三届\t2024\t182
                    第四届\t2025\t210
            """,
            zh: "此行为 2024 年，前后各行依次为 2022、2023、2024、2025 年",
            en: "this row is of 2024; the rows around it are of 2022, 2023, 2024, 2025"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    届次\t年份\t参展企业
                    第一届\t2019\t126
                    第二届\t2021\t158
                    第三届\t2023\t182
            """
        ),
    ],
    check: { audit, findings in
        let told = Set(
            findings.all.filter { $0.rule == "document/year-differs" && $0.severity == .error }.flatMap(\.spots)
        )
        for grid in audit.grids {
            if let finding = check(grid), told.isDisjoint(with: finding.spots) { findings.add([finding]) }
            if let finding = checkCaption(grid) { findings.add([finding]) }
            findings.add(checkCutOffs(grid).filter { told.isDisjoint(with: $0.spots) })
        }
    }
)

private func check(_ grid: NumberGrid) -> Finding? {
    let rows = grid.rows.filter { !$0.isTotal }
    guard (3...12).contains(rows.count) else { return nil }
    for column in 0..<min(2, grid.heads.count) {
        let years = rows.compactMap { $0.texts[column].folded.leadingYear }
        // Years may be left out by right; they neither stand twice nor go back.
        let isInOrder = zip(years, years.dropFirst()).allSatisfy(<) || zip(years, years.dropFirst()).allSatisfy(>)
        guard years.count == rows.count, !isInOrder else { continue }
        for step in [1, -1] {
            // Which of them all others follow: the first, or the second where the first is wrong.
            for start in [years[0], years[1] - step] {
                let meant = rows.indices.map { start + $0 * step }
                let off = rows.indices.filter { years[$0] != meant[$0] }
                guard off.count == 1 else { continue }
                return outOfTurn(years[off[0]], meant, rows[off[0]].line)
            }
        }
    }
    return nil
}

/// The years of a caption, `2021—2024年活动开展情况`, beside those of the rows, each of which has one and follows the one before it.
private func checkCaption(_ grid: NumberGrid) -> Finding? {
    guard let stated = grid.name.zh.folded.yearSpan else { return nil }
    let rows = grid.rows.filter { row in
        !row.isTotal && !row.texts.contains { grid.words["cumulative"].contains($0.folded) }
    }
    for column in 0..<min(2, grid.heads.count) {
        let years = rows.compactMap { $0.texts[column].folded.leadingYear }.sorted()
        guard years.count == rows.count, years.count > 1, let first = years.first, let last = years.last,
            last - first == years.count - 1, Set(years).count == years.count
        else { continue }
        let isOff = (stated.lowerBound == first) != (stated.upperBound == last)
        return isOff ? otherSpan(stated, first...last, grid) : nil
    }
    return nil
}

/// A row of a year that counts up to a day of another one: `2025	846万元	截至2024年9月30日`.
private func checkCutOffs(_ grid: NumberGrid) -> [Finding] {
    grid.rows.compactMap { row -> Finding? in
        guard !row.isTotal, let year = row.texts.prefix(2).lazy.compactMap({ $0.folded.leadingYear }).first else {
            return nil
        }
        for text in row.texts.map(\.folded) {
            guard let word = grid.words["cut_off"].first(where: text.hasBytes), let place = text.firstBytes(of: word),
                let date = PrintedDate(Array(text[place.upperBound...].unicodeScalars), at: 0), date.month != nil,
                date.year != year
            else { continue }
            return otherCutOff(year, date, row.line)
        }
        return nil
    }
}

extension String {
    /// The two years of 2021—2024年, 2021年至2024年; `nil` for none, and for several.
    fileprivate var yearSpan: ClosedRange<Int>? {
        var spans: [ClosedRange<Int>] = []
        let letters = Array(self)
        for place in letters.indices where "—-–~～至".contains(letters[place]) {
            let before = String(
                letters[..<place].reversed().drop { $0 == "年" || "—-–".contains($0) }.prefix(4).reversed()
            )
            let behind = String(letters[(place + 1)...].prefix(4))
            let end = place + 5
            guard before.allSatisfy(\.isPlainDigit), behind.allSatisfy(\.isPlainDigit), let first = Int(before),
                let last = Int(behind), 1990 <= first, first < last, last <= 2100, end < letters.count,
                letters[end] == "年"
            else { continue }
            spans.append(first...last)
        }
        return spans.count == 1 ? spans[0] : nil
    }

    /// The year that a cell begins with: 2025（1—9月）, 2025年.
    fileprivate var leadingYear: Int? {
        let digits = prefix { $0.isPlainDigit }
        guard digits.count == 4, let year = Int(digits), (1990...2100).contains(year) else { return nil }
        let rest = dropFirst(4)
        return rest.isEmpty || rest.first == "年" || rest.first == "（" ? year : nil
    }
}

private func otherCutOff(_ year: Int, _ date: PrintedDate, _ line: ReportText.Line) -> Finding {
    yearSequence.rule.finding(
        message: LocalizedText(
            zh: "此行为 \(year) 年，所写截止日期为\(date.text)",
            en: "this row is of \(year), and counts up to \(date.text)"
        ),
        subject: "cut-off \(year)",
        lines: [line.spot],
        expected: "\(year)年",
        found: date.text
    )
}

private func otherSpan(_ stated: ClosedRange<Int>, _ made: ClosedRange<Int>, _ grid: NumberGrid) -> Finding {
    yearSequence.rule.finding(
        message: LocalizedText(
            zh: "表题为 \(stated.lowerBound)—\(stated.upperBound) 年，表中各行为 \(made.lowerBound)—\(made.upperBound) 年",
            en:
                "the caption says \(stated.lowerBound) to \(stated.upperBound), the rows are of \(made.lowerBound) to \(made.upperBound)"
        ),
        subject: "caption",
        lines: [grid.head.spot],
        expected: "\(made.lowerBound)—\(made.upperBound)",
        found: "\(stated.lowerBound)—\(stated.upperBound)"
    )
}

private func outOfTurn(_ year: Int, _ meant: [Int], _ line: ReportText.Line) -> Finding {
    yearSequence.rule.finding(
        message: LocalizedText(
            zh: "此行为 \(year) 年，前后各行依次为 \(meant.map(String.init).joined(separator: "、")) 年",
            en: "this row is of \(year); the rows around it are of \(meant.map(String.init).joined(separator: ", "))"
        ),
        subject: "\(year)",
        lines: [line.spot],
        found: "\(year)"
    )
}
