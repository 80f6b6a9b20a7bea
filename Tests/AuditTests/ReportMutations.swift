import PluginTesting
import ReviewModel

/// Changes of the report that are no change of a digit: dates, years, words, units, points, rows.
struct ReportMutations {
    private let lines: [String]
    private(set) var all: [Mutation] = []

    init(of report: String) {
        lines = report.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        changeDates()
        changeWords()
        changeUnits()
        changePoints()
        changeRows()
        leaveRests()
    }

    private mutating func replace(_ kind: String, _ index: Int, _ text: String, _ place: String) {
        var changed = lines
        changed[index] = text
        set(kind, changed, "line \(index + 1): \(place)")
    }

    private mutating func set(_ kind: String, _ changed: [String], _ place: String) {
        guard changed != lines else { return }
        let report = changed.joined(separator: "\n")
        all.append(Mutation(kind: kind, place: place) { $0.report = report })
    }

    /// Changes one of `words` for another, each place by itself.
    private mutating func exchange(
        _ kind: String,
        _ words: [(String, String)],
        where isWanted: (String) -> Bool = { _ in true }
    ) {
        for (index, line) in lines.enumerated() where isWanted(line) {
            for (word, other) in words {
                for range in line.ranges(of: word) {
                    replace(kind, index, line.replacingCharacters(in: range, with: other), "\(word) → \(other)")
                }
            }
        }
    }

    private mutating func changeDates() {
        exchange("a date in the report", [("1 月 15 日", "12 月 15 日"), ("2026 年 1 月 15 日", "2025 年 1 月 15 日")])
        exchange(
            "a date in the report",
            [("2025 年 12 月 31 日", "2026 年 12 月 31 日"), ("2025 年 12 月 31 日", "2025 年 11 月 30 日")]
        )
        exchange("a date in the report", [("至 2026 年 12 月", "至 2025 年 12 月"), ("自 2026 年 1 月", "自 2027 年 1 月")])
        exchange(
            "a year in a title, a caption or a sentence",
            [("2026 年社区", "2025 年社区"), ("2026 年度", "2025 年度"), ("2026 年申请", "2024 年申请")]
        )
        exchange("a year of a table", [("2023\t食堂", "2022\t食堂"), ("2025\t食堂", "2026\t食堂")])
        exchange(
            "a year in a sentence of earlier years",
            [("2023 年度", "2022 年度"), ("2024 年度", "2023 年度"), ("2025 年度预", "2026 年度预")]
        )
    }

    private mutating func changeWords() {
        exchange("the verdict", [("结论为可行", "结论为不可行"), ("结论为可行", "结论为部分可行"), ("结论为可行", "结论为暂缓")])
        exchange("a reason that denies its amount", [("不予核减", "予以核减"), ("按上年单价核定", "不予核减")])
        exchange(
            "a word on which the meaning hangs, in one of two copies",
            [("已通过", "未通过"), ("尚未购置", "已购置"), ("供应及时", "供应不及时"), ("予以保障", "不予保障"), ("不高于", "不低于"), ("不高于", "高于")]
        )
        exchange("a word doubled", [("项目", "项目项目"), ("预算金额", "预算预算金额"), ("万元", "万元万元")]) { !$0.contains("\t") }
        exchange("a digit of an amount in words", [("肆拾壹万", "肆拾贰万"), ("零叁拾陆", "零叁拾玖"), ("贰角", "叁角"), ("贰仟", "伍仟")])
    }

    private mutating func changeUnits() {
        exchange("the unit of an amount in a sentence", [(" 万元", " 元")]) { !$0.contains("\t") }
        exchange("the unit of an amount in a sentence", [(".60 元", ".60 万元"), (".40 元", ".40 万元")]) {
            !$0.contains("\t")
        }
        exchange("the unit of a caption", [("（单位：元）", "（单位：万元）")])
        exchange("a comparator of a target", [("≥", "≤"), ("≤", "≥")])
        exchange("a unit of a target", [("≥95%", "≥95 分"), ("9 元", "9 万元"), ("120 人", "120 户")])
    }

    private mutating func changePoints() {
        exchange(
            "points of a criterion",
            [("\t12 7\t", "\t13 6\t"), ("\t12 7\t", "\t12 8\t"), ("\t12 7\t", "\t2 7\t")]
        )
        exchange(
            "points of a criterion",
            [("\t20 7\t", "\t17 10\t"), ("\t20 7\t", "\t20 9\t"), ("\t20 7\t", "\t21 6\t")]
        )
    }

    /// Exchanges what neighbouring rows of one table hold, and doubles rows.
    private mutating func changeRows() {
        for index in lines.indices.dropLast() {
            let (one, two) = (cells(index), cells(index + 1))
            guard one.count == two.count, one.count > 4, one.contains(where: { $0.contains(".") }),
                two.contains(where: { $0.contains(".") })
            else { continue }
            for column in one.indices
            where column > 0 && one[column] != two[column] && !one[column].isEmpty && !two[column].isEmpty {
                let isName = !one[column].contains { $0.isNumber }
                var changed = lines
                changed[index] = one.replacing(column, with: two[column])
                changed[index + 1] = two.replacing(column, with: one[column])
                set(
                    isName ? "two names of a table exchanged" : "two values of a table exchanged",
                    changed,
                    "line \(index + 1): \(one[column])"
                )
            }
            var doubled = lines
            doubled.insert(lines[index], at: index)
            set("a row of a table, doubled", doubled, "line \(index + 1)")
        }
    }

    private func cells(_ index: Int) -> [String] {
        lines[index].split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }

    private mutating func leaveRests() {
        exchange(
            "a rest of a template",
            [("2026 年度", "20XX 年度"), ("24000 份", "XX 份"), ("望府〔2025〕8 号", "望府〔20XX〕X 号"), ("年供餐份数", "指标1：")]
        )
    }
}

extension [String] {
    fileprivate func replacing(_ column: Int, with text: String) -> String {
        var cells = self
        cells[column] = text
        return cells.joined(separator: "\t")
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
    }
}
