import ReviewModel

/// A punctuation mark, or the word for a level of government, that stands twice.
let doubledPunctuation = Rule(
    "document/doubled",
    .warning,
    title: LocalizedText(zh: "标点或字重复", en: "a doubled mark or character"),
    manual: LocalizedText(
        zh: "。。、，，、；；、：：和、、等连续两个相同的标点X",
        en: "Two equal punctuation marks in a row, and doubled characters such as 市市."
    )
)

/// A blank inside a number.
let splitNumber = Rule(
    "document/split-number",
    .info,
    title: LocalizedText(zh: "数字中有空格", en: "a blank inside a number"),
    manual: LocalizedText(
        zh: "小数点或千分位之后、数字之前有空格（如 800. 23）：多为转换所致，但复制到表格时会变成两个数。",
        en:
            "A blank between a decimal point or a separator and the next digit (800. 23): mostly from a conversion, but two numbers for whoever copies it."
    )
)

func checkPunctuation(_ report: ReportText) -> [Finding] {
    report.lines.flatMap { line in
        line.text.matches(of: /([。，；：、？！市区镇的了])\1(?!级)/).map { match in
            doubledPunctuation.finding(
                message: LocalizedText(
                    zh: "\"\(match.output.0)\"重复：…\(line.text.around(match.range))…",
                    en: "\"\(match.output.0)\" stands twice: …\(line.text.around(match.range))…"
                ),
                subject: String(match.output.0),
                pointers: [line.pointer],
                expected: String(match.output.1),
                found: String(match.output.0)
            )
        }
    }
}

func checkSplitNumbers(_ report: ReportText) -> [Finding] {
    report.lines.compactMap { line in
        let printed = line.text.matches(of: /[0-9]+(?:,[0-9]{3})*(?:\. [0-9]+|, [0-9]{3}(?![0-9]))/)
            // `1. 2026 年` begins a heading.
            .filter { $0.range.lowerBound > line.text.startIndex }.map { String($0.output) }
        if printed.isEmpty { return nil }
        let list = printed.joined(separator: " / ")
        return splitNumber.finding(
            message: LocalizedText(zh: "数字 \(list) 中有空格", en: "there is a blank inside \(list)"),
            subject: list,
            pointers: [line.pointer],
            expected: printed.map { $0.filter { $0 != " " } }.joined(separator: " / "),
            found: list
        )
    }
}

extension String {
    /// Some characters on both sides of a place.
    fileprivate func around(_ range: Range<String.Index>) -> String {
        let start = index(range.lowerBound, offsetBy: -8, limitedBy: startIndex) ?? startIndex
        let end = index(range.upperBound, offsetBy: 8, limitedBy: endIndex) ?? endIndex
        return String(self[start..<end])
    }
}
