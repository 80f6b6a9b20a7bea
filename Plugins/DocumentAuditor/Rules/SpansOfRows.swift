import BudgetLines
import PrintedReports
import ReviewModel

/// Rows with a beginning and an end, days or stakes along a road or river, whose length or order is not that of the others.
let spansOfRows = DocumentRule(
    "document/spans-of-rows",
    .error,
    title: LocalizedText(
        zh: "表中起止与长度不符，或各段前后不接",
        en: "spans in a table that are not as long as it says, or do not follow"
    ),
    manual: LocalizedText(
        zh: """
            有起止两栏（或一栏起止）的表：进度表的开始、结束与天数，桩号 K0+000～K2+400 与长度。其他行都相符（天数按含首尾或不含首尾，以其他行为准）而一行不符的列出；结束早于开始的列出；\
            按阶段先后排列的，只有一处早于上一阶段结束的列出；桩号不首尾相接的（前后都相接，或合计行为全长），列出。
            """,
        en: """
            Tables whose rows have a beginning and an end: days of phases with how many they are, stakes K0+000～K2+400 with their length. A row that is not as long as it says, where all others are (counted with both ends or with one, as the others do), \
            an end before its beginning, one phase that begins before the one above has ended, and stakes that do not go on where the others do, or the total has the whole, are told.
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
                    阶段\t开始\t结束\t天数
                    招标\t2026年3月10日\t2026年4月15日\t36
                    施工\t2026年4月20日\t2026年9月20日\t153
                    ↓验收\t2026年9月25日\t2026年10月15日\t30
            """,
            zh: "\"验收\"：2026年9月25日至2026年10月15日按其他行的算法为 20 天，写为 30 天",
            en: "\"验收\": 2026年9月25日 to 2026年10月15日 are 20 days as the other rows count, 30 are stated"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    阶段\t开始\t结束\t天数
                    招标\t2026年3月10日\t2026年4月15日\t36
                    施工\t2026年4月20日\t2026年9月20日\t153
                    验收\t2026年9月25日\t2026年10月15日\t20
            """
        ),
    ],
    check: { audit, findings in
        for grid in audit.allGrids {
            if let spans = SpanTable(daysOf: grid) { findings.add(spans.findings()) }
            if let spans = SpanTable(stakesOf: grid) { findings.add(spans.findings()) }
        }
    }
)

/// The rows of a table that have a beginning and an end.
private struct SpanTable {
    struct Row {
        var row: Int
        var start: Int
        var end: Int
        var startText: String
        var endText: String
        /// As long as it says.
        var stated: Int?
    }

    let grid: NumberGrid
    let rows: [Row]
    let areDays: Bool
    /// Whether one follows the other.
    let follow: Bool
    /// The length of the whole, where a row of totals has it.
    var whole: (row: Int, length: Int)?

    init?(daysOf grid: NumberGrid) {
        let words = grid.words
        func column(_ key: String) -> Int? {
            let all = grid.heads.indices.filter { column in
                words[key].contains(where: grid.heads[column].hasBytes)
                    && grid.rows.contains { $0.texts[column].day != nil }
            }
            return all.count == 1 ? all[0] : nil
        }
        let starts = column("span_starts"), ends = column("span_ends")
        let joint = grid.heads.indices.first { column in grid.rows.count { $0.texts[column].days != nil } > 1 }
        let lengths = grid.heads.indices.filter { column in
            let head = grid.heads[column]
            return head.bareHead == "天数" || head.hasSuffix("（天）") || head.hasSuffix("天数") || head.bareHead == "日历天"
        }
        rows = grid.rows.indices.compactMap { index -> Row? in
            let texts = grid.rows[index].texts
            let span: (PrintedDate, PrintedDate)?
            if let starts, let ends, starts != ends, let one = texts[starts].day, let two = texts[ends].day {
                span = (one, two)
            } else {
                span = joint.flatMap { texts[$0].days }
            }
            guard let (one, two) = span, let start = one.daysPassed, let end = two.daysPassed else { return nil }
            let stated = lengths.count == 1 ? texts[lengths[0]].wholeNumber : nil
            return Row(row: index, start: start, end: end, startText: one.text, endText: two.text, stated: stated)
        }
        guard rows.count > 1 else { return nil }
        (self.grid, areDays) = (grid, true)
        follow = grid.heads.contains { head in words["phase_heads"].contains(where: head.hasBytes) }
    }

    init?(stakesOf grid: NumberGrid) {
        guard
            let place = grid.heads.indices.first(where: { column in
                grid.rows.count { $0.texts[column].stakes != nil } > 1
            })
        else { return nil }
        let lengths = grid.heads.indices.filter { column in
            ["长度（m）", "长度（米）", "长度（公里）", "长度（km）", "里程（公里）", "里程（km）"].contains(where: grid.heads[column].hasSuffix)
        }
        func length(_ row: Int) -> Int? {
            guard lengths.count == 1, let cell = grid.rows[row].cells[lengths[0]], !cell.isDash else { return nil }
            let isKilometres = ["公里", "km"].contains(where: grid.heads[lengths[0]].hasBytes)
            guard let metres = isKilometres ? try? cell.value * 1_000 : cell.value, metres == metres.rounded(to: 0)
            else {
                return nil
            }
            return Int(metres.rounded(to: 0).description)
        }
        rows = grid.rows.indices.compactMap { row in
            guard let stakes = grid.rows[row].texts[place].stakes else { return nil }
            return Row(
                row: row,
                start: stakes.start,
                end: stakes.end,
                startText: stakes.text.0,
                endText: stakes.text.1,
                stated: length(row)
            )
        }
        guard rows.count > 1 else { return nil }
        (self.grid, areDays, follow) = (grid, false, true)
        let last = grid.rows.count - 1
        if rows.last?.row == last - 1, let length = length(last) { whole = (last, length) }
    }

    func findings() -> [Finding] {
        if let back = rows.first(where: { $0.end < $0.start }) { return [reversed(back)] }
        let long = lengths()
        return long.isEmpty ? order() : long
    }

    /// One row that is not as long as it says; days may be counted with both ends or with one.
    private func lengths() -> [Finding] {
        let said = rows.filter { $0.stated != nil }
        guard said.count > 1 else { return [] }
        let off = said.map { ($0.stated ?? 0) - ($0.end - $0.start) }
        for step in areDays ? [0, 1] : [0] {
            let right = off.count { $0 == step }
            guard right == said.count - 1,
                right > 1 || !areDays || ![0, 1].contains(where: { off.count($0) == said.count }),
                let index = off.firstIndex(where: { $0 != step })
            else { continue }
            // Of two rows both of which may be counted in their own way nothing is wrong.
            if right < 2, [0, 1].contains(off[index]) { return [] }
            return [otherLength(said[index], said[index].end - said[index].start + step)]
        }
        return []
    }

    /// One row that does not follow the one above it, where all others do.
    private func order() -> [Finding] {
        let joints = zip(rows, rows.dropFirst()).filter { $0.row + 1 == $1.row }
        guard follow, joints.count == rows.count - 1 else { return [] }
        let broken = joints.filter { areDays ? $1.start < $0.end : $1.start != $0.end }
        guard broken.count == 1, let (one, next) = broken.first else { return [] }
        if areDays { return joints.count > 3 ? [notBehind(one, next)] : [] }
        let isWhole = whole.map { $0.length == (rows.last?.end ?? 0) - (rows.first?.start ?? 0) } ?? false
        return joints.count > 1 || isWhole ? [notBehind(one, next)] : []
    }
}

extension [Int] {
    fileprivate func count(_ value: Int) -> Int { count { $0 == value } }
}

extension String {
    /// A cell that is a day and nothing else.
    fileprivate var day: PrintedDate? {
        let text = Array(folded.unicodeScalars)
        guard let date = PrintedDate(text, at: 0), date.day != nil, date.range.upperBound == text.count else {
            return nil
        }
        return date
    }

    /// A cell that is a span of days: 2026年3月10日至4月15日.
    fileprivate var days: (PrintedDate, PrintedDate)? {
        guard count > 8 else { return nil }
        let text = SentenceDates(folded)
        guard text.dates.count == 2, text.words(behind: 0).isJoin, text.dates.allSatisfy({ $0.day != nil }),
            text.dates[0].range.lowerBound == 0, text.dates[1].range.upperBound == text.scalars.count
        else { return nil }
        return (text.dates[0], text.dates[1])
    }

    /// 36, 36天.
    fileprivate var wholeNumber: Int? {
        let digits = prefix { $0.isPlainDigit }
        return ["", "天", "日", "日历天"].contains(String(dropFirst(digits.count))) ? Int(digits) : nil
    }

    /// `K0+000～K2+400`, in metres.
    fileprivate var stakes: (start: Int, end: Int, text: (String, String))? {
        let parts = folded.split { "～~—–至".contains($0) }.map(String.init)
        let ends = parts.count == 2 ? parts : folded.split(separator: "-").map(String.init)
        guard ends.count == 2, let one = ends[0].stake, let two = ends[1].stake else { return nil }
        return (one, two, (ends[0], ends[1]))
    }

    private var stake: Int? {
        guard let mark = firstIndex(where: { "Kk".contains($0) }), distance(from: startIndex, to: mark) < 3,
            let plus = firstIndex(of: "+"), let kilometres = Int(self[index(after: mark)..<plus]),
            self[index(after: plus)...].count == 3, let metres = Int(self[index(after: plus)...])
        else { return nil }
        return kilometres * 1_000 + metres
    }
}

// MARK: - Messages

extension SpanTable {
    private func name(_ row: Row) -> String { grid.rows[row.row].name }

    private func otherLength(_ row: Row, _ made: Int) -> Finding {
        let (stated, span) = (row.stated ?? 0, "\(row.startText)至\(row.endText)")
        return spansOfRows.rule.finding(
            message: areDays
                ? LocalizedText(
                    zh: "\"\(name(row))\"：\(span)按其他行的算法为 \(made) 天，写为 \(stated) 天",
                    en:
                        "\"\(name(row))\": \(row.startText) to \(row.endText) are \(made) days as the other rows count, \(stated) are stated"
                )
                : LocalizedText(
                    zh: "\"\(name(row))\"：桩号\(span)长 \(made) 米，写为 \(stated) 米",
                    en: "\"\(name(row))\": \(row.startText) to \(row.endText) are \(made) m, \(stated) are stated"
                ),
            subject: "\(name(row)) length",
            lines: [grid.rows[row.row].line.spot],
            expected: "\(made)",
            found: "\(stated)",
            hint: LocalizedText(zh: "请核对该行的起止和长度", en: "check the ends and the length of the row")
        )
    }

    private func reversed(_ row: Row) -> Finding {
        spansOfRows.rule.finding(
            message: LocalizedText(
                zh: "\"\(name(row))\"的止（\(row.endText)）在起（\(row.startText)）之前",
                en: "\"\(name(row))\" ends (\(row.endText)) before it begins (\(row.startText))"
            ),
            subject: "\(name(row)) reversed",
            lines: [grid.rows[row.row].line.spot],
            expected: "≥ \(row.startText)",
            found: row.endText,
            hint: LocalizedText(zh: "请核对该行的起止", en: "check the ends of the row")
        )
    }

    private func notBehind(_ one: Row, _ next: Row) -> Finding {
        let isDouble = !areDays && one.start == next.start && one.end == next.end
        return spansOfRows.rule.finding(
            message: isDouble
                ? LocalizedText(
                    zh: "\"\(name(next))\"与上一行的起止完全相同，重复列出",
                    en: "\"\(name(next))\" has the span of the row above it: it stands twice"
                )
                : LocalizedText(
                    zh: "\"\(name(next))\"起于 \(next.startText)，上一行\"\(name(one))\"止于 \(one.endText)，其余各行前后相接",
                    en:
                        "\"\(name(next))\" begins at \(next.startText), \"\(name(one))\" above it ends at \(one.endText); all others follow"
                ),
            subject: "\(name(one)) \(name(next))",
            lines: [grid.rows[next.row].line.spot, grid.rows[one.row].line.spot],
            expected: one.endText,
            found: next.startText,
            hint: LocalizedText(
                zh: "请核对两行的起止，有无缺漏、重复的行",
                en: "check both rows, and whether one is missing or twice there"
            )
        )
    }
}
