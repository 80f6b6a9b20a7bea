internal import BudgetLines

/// A paragraph of a report, joined again where a page break cut it.
public struct ReportParagraph: Sendable {
    /// Where it begins.
    public var line: ReportText.Line
    public var text: String
}

extension ReportText {
    /// The paragraphs that say something: long ones, short sentences with a number, and amounts with their labels.
    public var statements: [ReportParagraph] {
        paragraphs.filter { $0.text.count >= 25 || $0.text.isShortSentence || $0.text.isLabelledAmount }
    }

    /// The paragraphs that a converter has broken into several lines, each as one: what stands across a break is in none of these.
    public var joinedLines: [Line] {
        paragraphs.compactMap { paragraph in
            guard paragraph.text != paragraph.line.text.trimmed else { return nil }
            var line = Line(number: paragraph.line.number, text: paragraph.text)
            line.places = paragraph.line.places
            return line
        }
    }
}

extension [ReportText.Line] {
    /// Everything but tables. A line that ends in the middle of a sentence goes on in the next one that is not empty.
    var paragraphs: [ReportParagraph] {
        let ends: Set<Unicode.Scalar> = ["。", "；", "：", "！", "？", "”", "）"]
        var (all, isOpen) = ([ReportParagraph](), false)
        for line in self where !line.folded.isEmpty {
            if line.isTableRow {
                isOpen = false
                continue
            }
            if isOpen, !all.isEmpty {
                all[all.count - 1].text += line.text.trimmed
            } else {
                all.append(ReportParagraph(line: line, text: line.text.trimmed))
            }
            // Headings end without a mark, but are short, or are labelled and hold no sentence: 建议：加快项目前期工作.
            let text = line.folded.unicodeScalars
            let isLabelled = text.prefix(6).contains("：") && !text.contains("。")
            let isEnded = text.last.map(ends.contains) ?? true
            // Nothing ends behind （大写：.
            let isInBrackets = text.suffix(6).contains("（") && !text.suffix(6).contains("）")
            let isLong = text.count >= 25 && !isEnded
            isOpen = !line.isWhole && !isLabelled && (isLong || isInBrackets && text.count >= 10)
        }
        return all
    }
}

extension String {
    /// Whether it ends as a sentence does, and has a number.
    fileprivate var isShortSentence: Bool {
        (hasSuffix("。") || hasSuffix("；")) && utf8.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// Whether it is an amount or a rate behind its label, as lists have them: 报审投资：11,095,170.00元.
    fileprivate var isLabelledAmount: Bool {
        guard hasSuffix("元") || hasSuffix("%"), let colon = firstIndex(where: { "：:".contains($0) }) else {
            return false
        }
        let (label, figure) = (
            self[..<colon], self[index(after: colon)...].drop { $0.isWhitespace || "人民币¥￥".contains($0) }
        )
        return (2...16).contains(label.count) && figure.first.map { $0.isASCII && $0.isNumber } ?? false
    }
}
