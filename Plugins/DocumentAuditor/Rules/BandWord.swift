import BudgetLines
import PrintedReports
import ReviewModel

/// A word in a row of a table that is not the one that the bands in a sentence give to the row's rate.
let bandWord = DocumentRule(
    "document/band-word",
    .error,
    title: LocalizedText(zh: "表中等次与所述分档不符", en: "a grade of a row that is not that of its band"),
    manual: LocalizedText(
        zh: """
            正文写明分档（"执行率高于 60%（含）为绿灯，50%（含）至 60% 为黄灯，50% 以下为红灯"）的，表中用这些词的一栏逐行与百分数一栏对照：其余各行都相符、只有一行不符的列出。恰为未写明归属的端点的不判断。
            """,
        en: """
            Where a sentence gives bands, 高于 60%（含）为绿灯，50%（含）至 60% 为黄灯，50% 以下为红灯, the column of a table that has these words is held against a column of rates: a single row that does not go with its band where all others do is told. The end of a band that no words give to it is left alone.
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
                    项目\t预算\t执行率\t监控结果
                    扩容工程\t1,860.00\t69.05%\t绿灯
                    食堂改造\t420.00\t54.00%\t黄灯
                    ↓智慧校园\t356.50\t27.00%\t黄灯

                    执行率高于60%（含）为绿灯，50%（含）至60%为黄灯，50%以下为红灯。
            """,
            zh: "\"智慧校园\"的执行率为 27.00%，按分档应为\"红灯\"，表中为\"黄灯\"",
            en: "\"智慧校园\" has 27.00% (执行率), which is \"红灯\" by the bands; the table has \"黄灯\""
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    项目\t预算\t执行率\t监控结果
                    扩容工程\t1,860.00\t69.05%\t绿灯
                    食堂改造\t420.00\t54.00%\t黄灯
                    智慧校园\t356.50\t27.00%\t红灯

                    执行率高于60%（含）为绿灯，50%（含）至60%为黄灯，50%以下为红灯。
            """
        ),
    ],
    check: { audit, findings in
        let sentences = audit.report.paragraphs.flatMap { paragraph in
            paragraph.text.folded.split { "。；".contains($0) }.filter { $0.contains("%") || $0.contains("％") }
        }
        if sentences.isEmpty { return }
        for grid in audit.grids {
            for column in grid.heads.indices where !grid.numeric.contains(column) {
                let words = Set(grid.rows.map { $0.texts[column].folded }).filter { (1...6).contains($0.count) }
                guard (2...6).contains(words.count) else { continue }
                for sentence in sentences {
                    let bands = Band.all(in: String(sentence), words)
                    guard bands.count > 1 else { continue }
                    if let found = check(grid, column, bands) { findings.add([found]) }
                }
            }
        }
    }
)

/// A band of rates with its word.
private struct Band {
    var word: String
    var low: (value: ExactDecimal, isIn: Bool?)?
    var high: (value: ExactDecimal, isIn: Bool?)?

    /// Whether a rate is in it; `nil` where nothing says.
    func holds(_ rate: ExactDecimal) -> Bool? {
        if let low {
            if rate < low.value { return false }
            if rate == low.value { return low.isIn }
        }
        if let high {
            if rate > high.value { return false }
            if rate == high.value { return high.isIn }
        }
        return true
    }

    /// The bands of a sentence, a clause each, that name a word of the table; words that the table does not have may be bands, too.
    static func all(in sentence: String, _ words: Set<String>) -> [Band] {
        let clauses = sentence.split { "，、".contains($0) }.map(String.init)
        let bands = clauses.compactMap { clause -> Band? in
            guard let link = ["为", "属于"].lazy.compactMap({ clause.range(of: $0, last: true) }).first
            else { return nil }
            let word = clause[link.upperBound...].filter { !"“”\"（）".contains($0) }
            guard (1...6).contains(word.count) else { return nil }
            return Band(String(word), clause[..<link.lowerBound])
        }
        return bands.contains { words.contains($0.word) } ? bands : []
    }

    private init?(_ word: String, _ text: Substring) {
        self.word = word
        var numbers: [(value: ExactDecimal, before: Substring, after: Substring)] = []
        var rest = text
        while let start = rest.firstIndex(where: { $0.isASCII && $0.isNumber }) {
            let digits = rest[start...].prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            guard let value = ExactDecimal(utf8: digits.utf8) else { return nil }
            numbers.append((value, rest[..<start], rest[digits.endIndex...]))
            rest = rest[digits.endIndex...]
        }
        let isIn = { (text: Substring) -> Bool? in
            let near = text.prefix(6)
            if near.contains("不含") { return false }
            return near.contains("含") ? true : nil
        }
        switch numbers.count {
        case 1:
            let (value, before, after) = numbers[0]
            let said = isIn(after)
            if ["不低于", "不少于", "不小于", "≥"].contains(where: before.hasSuffix) {
                low = (value, true)
            } else if ["高于", "大于", "超过", "＞", ">"].contains(where: before.hasSuffix) {
                low = (value, said ?? false)
            } else if ["不高于", "不超过", "不大于", "≤"].contains(where: before.hasSuffix) {
                high = (value, true)
            } else if ["低于", "小于", "不足", "不到", "＜", "<"].contains(where: before.hasSuffix) {
                high = (value, said ?? false)
            } else if after.contains("以上") {
                low = (value, said ?? true)
            } else if after.contains("以下") {
                high = (value, said)
            } else {
                return nil
            }
        case 2:
            let between = numbers[1].before
            guard ["至", "~", "～", "-", "—", "–", "到"].contains(where: between.contains) else { return nil }
            low = (numbers[0].value, isIn(between))
            high = (numbers[1].value, isIn(numbers[1].after))
        default: return nil
        }
    }
}

/// The row whose word is not that of its band, where by one column of rates all others are.
private func check(_ grid: NumberGrid, _ column: Int, _ bands: [Band]) -> Finding? {
    let rates = grid.numeric.filter { place in grid.rows.contains { $0.cells[place]?.isPercent ?? false } }
    for rate in rates {
        var (agreeing, wrong) = (0, [(row: Int, band: Band)]())
        for (index, row) in grid.rows.enumerated() {
            let word = row.texts[column].folded
            guard let cell = row.cells[rate], cell.isPercent, !word.isEmpty else { continue }
            guard let own = bands.first(where: { $0.word == word }), let holds = own.holds(cell.value) else { continue }
            if holds {
                agreeing += 1
            } else if let band = bands.first(where: { $0.holds(cell.value) == true }) {
                wrong.append((index, band))
            }
        }
        guard wrong.count == 1, agreeing > 1 else { continue }
        return differs(grid, wrong[0].row, column, rate, wrong[0].band)
    }
    return nil
}

extension String {
    /// The last place of a word.
    fileprivate func range(of word: String, last: Bool) -> Range<Index>? {
        var (found, start) = (Range<Index>?.none, startIndex)
        while let next = self[start...].firstBytes(of: word) {
            found = next
            if !last { break }
            start = next.upperBound
        }
        return found
    }
}

private func differs(_ grid: NumberGrid, _ index: Int, _ column: Int, _ rate: Int, _ band: Band) -> Finding {
    let row = grid.rows[index]
    let (printed, value) = (row.texts[column].trimmed, row.cells[rate]?.printed ?? "")
    return bandWord.rule.finding(
        message: LocalizedText(
            zh: "\"\(row.name)\"的\(grid.heads[rate])为 \(value)，按分档应为\"\(band.word)\"，表中为\"\(printed)\"",
            en:
                "\"\(row.name)\" has \(value) (\(grid.heads[rate])), which is \"\(band.word)\" by the bands; the table has \"\(printed)\""
        ),
        subject: "\(row.name) \(grid.heads[column])",
        lines: [row.line.spot],
        expected: band.word,
        found: printed
    )
}
