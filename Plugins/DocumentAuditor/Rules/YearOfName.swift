import BudgetLines
import PrintedReports
import ReviewModel

/// The year in the project's name, `2026年中小学教育装备更新项目`: the same in the title, behind the label of the name and in the first paragraph. Told where the
/// later of two differs; farther down a report may speak of the same project in another year.
func checkNames(_ report: ReportText) -> [Finding] {
    let lines = report.body.filter { !$0.folded.isEmpty }
    let titles = lines.prefix(3).filter { !$0.isTableRow && $0.folded.count <= 60 && !$0.folded.hasBytes(of: "。") }
    let labelled = lines.prefix(40).filter { line in report.words["project_label"].contains(where: line.folded.hasBytes)
    }
    let paragraph = lines.first { !$0.isTableRow && $0.folded.count > 30 && $0.folded.hasBytes(of: "。") }
    var seen: [(name: NamedYear, line: ReportText.Line)] = []
    for line in titles + labelled + [paragraph].compactMap(\.self) {
        for name in NamedYear.all(in: line.folded) {
            guard let other = seen.first(where: { $0.name.words == name.words }) else {
                seen.append((name, line))
                continue
            }
            if other.name.year != name.year { return [otherYear(name, line, other.name, other.line)] }
        }
    }
    return []
}

/// A year with the words right behind it.
private struct NamedYear {
    var year: Int
    /// As many as make a name.
    var words: String

    private static let length = 8

    static func all(in text: String) -> [NamedYear] {
        var found: [NamedYear] = []
        let letters = Array(text)
        for place in letters.indices.dropFirst(4) where letters[place] == "年" {
            let digits = letters[(place - 4)..<place]
            guard digits.allSatisfy(\.isPlainDigit), place < 5 || !letters[place - 5].isPlainDigit,
                let year = Int(String(digits)), (1990...2100).contains(year)
            else { continue }
            let rest = letters[(place + 1)...].drop { $0 == "度" }.prefix(length)
            guard rest.count == length, !rest.contains(where: { $0.isPlainDigit || "，。；：（）《》、".contains($0) }) else {
                continue
            }
            found.append(NamedYear(year: year, words: String(rest)))
        }
        return found
    }
}

private func otherYear(_ name: NamedYear, _ line: ReportText.Line, _ other: NamedYear, _ first: ReportText.Line)
    -> Finding
{
    yearDiffers.rule.finding(
        message: LocalizedText(
            zh: "项目名称此处为 \(name.year) 年（\(name.words)…），\(first.label.zh)为 \(other.year) 年",
            en: "the project is of \(name.year) here (\(name.words)…), of \(other.year) in \(first.label.en)"
        ),
        subject: "name \(name.words)",
        lines: [line.spot, first.spot],
        expected: "\(other.year)",
        found: "\(name.year)"
    )
}
