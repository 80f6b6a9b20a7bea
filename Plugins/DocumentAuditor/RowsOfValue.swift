import BudgetLines
import PrintedReports
import ReviewModel

/// Rows that have one value in a column, as a sentence counts and names them: 等次为C的有2个，分别为甲和乙; 拥有3个食堂的学校有2所，分别为甲和乙.
struct RowsOfValue {
    /// A value of a column, and the rows of its table that have it.
    private struct Held {
        var grid: Int
        var column: Int
        var names: Set<String>
    }

    private let grids: [NumberGrid]
    private let words: ReportWords

    init(_ grids: [NumberGrid], _ words: ReportWords) {
        self.words = words
        self.grids = grids.filter { grid in
            let names = grid.rows.filter { !$0.isTotal }.map(\.name)
            return names.count > 2 && Set(names).count == names.count
        }
    }

    func check(_ line: ReportText.Line) -> [Finding] {
        let text = line.folded.withoutThousands
        guard text.hasBytes(of: "的") else { return [] }
        let letters = Array(text)
        var findings: [Finding] = []
        // 为良的有3个 behind 等次为优的有2个 is of the same column.
        var last: (grid: Int, column: Int)?
        for figure in StatedFigure.all(in: text) {
            guard let count = Int(figure.digits), count < 200,
                figure.behind.first.map({
                    words["kind_counters"].contains(String($0)) || words["row_counters"].contains(String($0))
                }) ?? false
            else { continue }
            let clause = String(letters[..<figure.range.lowerBound].split { "，。；：（".contains($0) }.last ?? [])
            guard figure.range.lowerBound > 0, !"，。；：（".contains(letters[figure.range.lowerBound - 1]) else { continue }
            let bare = clause.strippedEnds(["有", "共有", "共", "为"])
            guard let of = bare.lastIndex(of: "的"), bare.distance(from: of, to: bare.endIndex) <= 6 else { continue }
            let left = String(bare[..<of])
            // 上年等次为A的有5个: the table has this year's.
            if words["past_year"].contains(where: left.hasBytes) { continue }
            guard let held = held(left, last) else { continue }
            last = (held.grid, held.column)
            let quote = left + "的" + bare[bare.index(after: of)...] + "…" + figure.digits + figure.behind.prefix(1)
            if held.names.count != count {
                findings.append(otherCount(quote, held.names.count, line, grids[held.grid].head))
            } else if let name = otherName(String(letters[figure.range.upperBound...]), held) {
                findings.append(notOne(quote, name, line, grids[held.grid].head))
            }
        }
        return findings
    }

    private func held(_ left: String, _ last: (grid: Int, column: Int)?) -> Held? {
        var found: [Held] = []
        for (place, grid) in grids.enumerated() {
            for column in grid.heads.indices {
                let head = grid.heads[column].bareHead
                let rows = grid.rows.filter { !$0.isTotal }
                if let figure = StatedFigure.all(in: left).last, figure.range.upperBound < left.count,
                    !figure.behind.hasPrefix("年")
                {
                    // 拥有3个食堂
                    let unit = String(grid.heads[column].drop { $0 != "（" }.dropFirst().prefix { $0 != "）" })
                    guard (1...2).contains(unit.count), figure.behind.hasPrefix(unit), unit != "元" else { continue }
                    let noun = String(Array(left)[(figure.range.upperBound + unit.count)...])
                    guard noun.count > 1, head.hasBytes(of: noun) else { continue }
                    let own = rows.filter { $0.cells[column]?.value == figure.value }.map(\.name.folded.bareName)
                    found.append(Held(grid: place, column: column, names: Set(own)))
                } else if !grid.numeric.contains(column), let by = left.lastIndex(of: "为") {
                    // 等次为C
                    let (before, kind) = (
                        String(left[..<by]), String(left[left.index(after: by)...].filter { !"“”\"".contains($0) })
                    )
                    let own = rows.filter { $0.texts[column].folded == kind }.map(\.name.folded.bareName)
                    let isNamed =
                        head.count > 1 && before.hasSuffix(head.suffix(2))
                        && words["kind_heads"].contains(where: head.hasSuffix)
                    let isSame = before.isEmpty && last.map { $0 == (place, column) } ?? false
                    guard !own.isEmpty, isNamed || isSame else { continue }
                    found.append(Held(grid: place, column: column, names: Set(own)))
                }
            }
        }
        return found.count == 1 ? found[0] : nil
    }

    /// `，分别为甲和乙`: one that is a row of the table and has another value.
    private func otherName(_ rest: String, _ held: Held) -> String? {
        let sentence = rest.dropFirst().prefix { !"。；".contains($0) }
        guard sentence.first == "，", let link = words["list_links"].first(where: sentence.dropFirst().hasPrefix) else {
            return nil
        }
        let list = String(sentence.dropFirst(1 + link.count).prefix { !"，（".contains($0) })
        let all = grids[held.grid].rows.filter { !$0.isTotal }.map(\.name.folded.bareName)
        return all.first { list.listsName($0) && !held.names.contains($0) }
    }
}

// MARK: - Messages

private func otherCount(_ quote: String, _ count: Int, _ line: ReportText.Line, _ head: ReportText.Line) -> Finding {
    rowsCounted.rule.finding(
        message: LocalizedText(
            zh: "\"\(quote)\"：表中为 \(count) 行，请核对",
            en: "\"\(quote)\": the table has \(count) such rows; check the count and the table"
        ),
        subject: quote,
        lines: [line.spot, head.spot],
        expected: "\(count)",
        found: quote
    )
}

private func notOne(_ quote: String, _ name: String, _ line: ReportText.Line, _ head: ReportText.Line) -> Finding {
    rowsCounted.rule.finding(
        message: LocalizedText(
            zh: "\"\(quote)\"所列的\"\(name)\"，表中不是此值，请核对",
            en: "\(name) is listed behind \"\(quote)\"; the table gives it another value; check the list"
        ),
        subject: name + quote,
        lines: [line.spot, head.spot],
        found: name
    )
}
