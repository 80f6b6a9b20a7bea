import BudgetLines
import PrintedReports
import ReviewModel

/// The bands of scores that a paragraph prints, each with its word: 90分（含）以上为“建议支持”，70分（含）至90分为“调整后支持”，70分以下为“不予支持”.
struct ScoreBands: Sendable {
    struct Band: Sendable {
        var least: ExactDecimal
        var most: ExactDecimal
        var word: String
    }

    let bands: [Band]
    let line: ReportText.Line

    /// The bands of the first line that has two or more; `nil` where another line has others.
    init?(_ report: ReportText) {
        let all = report.lines.lazy.filter { !$0.isTableRow }.compactMap { ScoreBands($0) }
        guard let first = all.first, all.allSatisfy({ $0.line.number == first.line.number || $0.words == first.words })
        else {
            return nil
        }
        self = first
    }

    var words: [String] { bands.map(\.word) }

    /// The band of a score; `nil` where none has it, or where it is the end of two.
    func band(of score: ExactDecimal) -> Band? {
        let inside = bands.filter { $0.least <= score && score < $0.most }
        return inside.count == 1 ? inside[0] : nil
    }

    private init?(_ line: ReportText.Line) {
        guard line.folded.hasBytes(of: "分"), ["以上", "以下", "及", "至", "不足", "低于"].contains(where: line.folded.hasBytes)
        else {
            return nil
        }
        let text = String(line.folded.filter { !"“”\"‘’「」".contains($0) })
        var bands: [Band] = []
        for clause in text.split(whereSeparator: { "，。；：、".contains($0) }) {
            guard let band = Band(clause) else {
                if bands.count > 1 { break }
                bands = []
                continue
            }
            bands.append(band)
        }
        // Ends that two bands share belong to the upper one; the best goes on for ever.
        let sorted = bands.sorted { $0.least > $1.least }
        guard bands.count > 1, Set(bands.map(\.word)).count == bands.count,
            zip(sorted, sorted.dropFirst()).allSatisfy({ upper, lower in
                lower.most <= upper.least || lower.most.isJustAbove(upper.least)
            })
        else { return nil }
        for index in sorted.indices.dropFirst() where sorted[index].most > sorted[index - 1].least {
            guard let place = bands.firstIndex(where: { $0.word == sorted[index].word }) else { continue }
            bands[place].most = sorted[index - 1].least
        }
        (self.bands, self.line) = (bands, line)
    }
}

extension ExactDecimal {
    fileprivate func isJustAbove(_ other: ExactDecimal) -> Bool { (try? self - other).map { $0 <= 1 } ?? false }
}

extension ScoreBands.Band {
    /// `80分（含）至90分为良`, `60分以上85分以下的为部分可行`, `75分至84分为B档`, `不足60分为差`.
    fileprivate init?(_ clause: Substring) {
        var (text, depth) = ("", 0)
        for letter in clause {
            if letter == "（" { depth += 1 }
            if depth == 0 { text.append(letter) }
            if letter == "）" { depth = max(0, depth - 1) }
        }
        let figures = StatedFigure.all(in: text)
        let letters = Array(text)
        guard (1...2).contains(figures.count), let last = figures.last,
            figures.allSatisfy({ $0.behind.hasPrefix("分") }) || figures.count == 2 && last.behind.hasPrefix("分"),
            figures.allSatisfy({ $0.value <= 120 })
        else { return nil }
        let behind = String(letters[last.range.upperBound...])
        var rest = behind.dropFirst()
        let above = ["及以上", "以上", "起"].first(where: rest.hasPrefix)
        let below = ["及以下", "以下", "之间", "以内"].first(where: rest.hasPrefix)
        rest = rest.dropFirst((above ?? below)?.count ?? 0)
        if rest.hasPrefix("的") { rest = rest.dropFirst() }
        guard let link = ["评为", "评定为", "确定为", "属于", "为", "是"].first(where: rest.hasPrefix) else { return nil }
        word = String(rest.dropFirst(link.count).prefix { $0 != "的" })
        guard (1...10).contains(word.count), !word.contains(where: { $0.isASCII && $0.isNumber }) else { return nil }
        let before = String(letters[..<figures[0].range.lowerBound])
        let isUnder = ["不足", "低于", "小于", "不满", "未达"].contains(where: before.hasSuffix)
        if figures.count == 1 {
            if above != nil {
                (least, most) = (figures[0].value, 1000)
            } else if below != nil || isUnder {
                (least, most) = (-1, figures[0].value)
            } else {
                return nil
            }
        } else {
            let between = String(letters[figures[0].range.upperBound..<last.range.lowerBound])
            let joins = ["至", "～", "~", "-", "—", "–", "以上", "不足", "不满", "低于"]
            guard figures[0].value < last.value, joins.contains(where: between.hasBytes) else { return nil }
            // 75分至84分 beside 85分以上: nothing lies between in whole points.
            (least, most) = (figures[0].value, last.value)
            let isClosed = below == nil && !["不足", "不满", "低于"].contains(where: between.hasBytes)
            if isClosed, let next = try? last.value + 1, last.value.places == 0, !clause.contains("不含") { most = next }
        }
    }
}
