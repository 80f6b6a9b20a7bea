import BudgetLines
import PrintedReports
import ReviewModel

/// A rest of a template that nobody filled in.
let placeholder = DocumentRule(
    "document/placeholder",
    .error,
    title: LocalizedText(zh: "模板内容没有填写", en: "a rest of the template"),
    manual: LocalizedText(
        zh: """
            报告中留有模板的占位：XX、××、20XX（见 report-words.yaml 的 placeholders），只有"指标1："而没有内容的单元格，或只有省略号的行和单元格。\
            英文单词、型号中的 XX 不算。旁边不是数字和单位的为提醒：也可能是隐去的名称。
            """,
        en: """
            What templates leave to be filled in stands there still: XX, ××, 20XX (`placeholders` of report-words.yaml), a cell that says 指标1： and nothing more, a \
            line or a cell of nothing but an ellipsis. An XX within a Latin word or a model's number is none. Where no figure and no unit stand beside it, it is a warning: a name may be kept back.
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
                    ↓根据 20XX 年度工作计划开展。
            """,
            zh: "模板内容没有填写：20XX",
            en: "left of the template: 20XX"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    购置 XXL 号工作服和 TXX-20 型设备，质量、进度……均有要求。
            """
        ),
    ],
    check: { audit, findings in findings.add(checkPlaceholders(audit.report)) }
)

private func checkPlaceholders(_ report: ReportText) -> [Finding] {
    let marks = report.words["placeholders"].map { Array($0.unicodeScalars) }
    return report.lines.flatMap { line -> [Finding] in
        var (found, isCertain) = ([String](), false)
        let text = line.scalars
        let isMarked = report.words["placeholders"].contains(where: line.text.hasBytes)
        for (position, scalar) in (isMarked ? text : []).enumerated()
        where marks.contains(where: { $0.first == scalar }) {
            guard let mark = marks.filter({ text[position...].starts(with: $0) }).max(by: { $0.count < $1.count })
            else { continue }
            let end = position + mark.count
            let before = position > 0 ? text[position - 1] : " "
            let after = end < text.count ? text[end] : " "
            // What goes on in Latin letters, signs or digits is a word, a size or a model.
            if before.isPartOfWord || after.isPartOfWord || mark.contains(before) || mark.contains(after) { continue }
            found.append(mark.string)
            // Beside a figure or its unit it can be nothing else; before a name it may be one that is kept back.
            isCertain = isCertain || mark.contains(where: \.isDigit) || units.contains(after)
        }
        if line.text.hasBytes(of: "指标") || line.text.hasBytes(of: "…") || line.text.hasBytes(of: "...") {
            found += line.text.cells(keepsEmpty: false).map(\.trimmed).filter(\.isLeftBlank)
        }
        return Set(found).sorted().map { mark in
            var finding = left(mark, line)
            if !isCertain { finding.severity = .warning }
            return finding
        }
    }
}

private let units = Set("年月日号万元份项人次个家户台套%％".unicodeScalars)

extension Unicode.Scalar {
    fileprivate var isPartOfWord: Bool {
        isASCII && (properties.isAlphabetic || isDigit || self == "-" || self == "_" || self == "/")
    }
}

extension String {
    /// `指标1：`, `……`: a label with a number and nothing behind it, or an ellipsis by itself.
    fileprivate var isLeftBlank: Bool {
        let text = folded
        if text.unicodeScalars.allSatisfy({ $0 == "…" || $0 == "." }) {
            return text.unicodeScalars.count > 1 && text.unicodeScalars.count <= 12
        }
        guard text.hasSuffix("："), text.count <= 8 else { return false }
        let label = text.dropLast()
        return label.hasPrefix("指标") && label.dropFirst(2).allSatisfy(\.isNumber) && label.count > 2
    }
}

private func left(_ found: String, _ line: ReportText.Line) -> Finding {
    placeholder.rule.finding(
        message: LocalizedText(zh: "模板内容没有填写：\(found)", en: "left of the template: \(found)"),
        subject: found,
        lines: [line.spot],
        found: found,
        hint: LocalizedText(zh: "请填写，或删去", en: "fill it in, or remove it")
    )
}
