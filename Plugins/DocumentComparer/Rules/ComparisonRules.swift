import OfficeFiles
import ReviewModel

typealias ComparisonRule = RuleCheck<DocumentComparer.Subject>

/// The rules of the comparison, in the order in which they are told.
let comparisonRules = RuleSet<DocumentComparer.Subject>([
    unreadable, anotherDocument, figureChanged, notationChanged, meaningChanged, nameChanged, wordingChanged, filled,
    added, removed, moved, doubled, proposed, hidden, brokenSum, brokenRow, brokenElsewhere,
])

let unreadable = ComparisonRule(
    "compare/unreadable",
    .blocker,
    title: LocalizedText(zh: "文件无法读取", en: "a file that cannot be read"),
    manual: LocalizedText(
        zh: "要比对的文件不是 .docx，或已损坏、加密，没有进行任何比对。",
        en: "The file is no .docx, or it is damaged or encrypted. Nothing was compared."
    ),
    check: { subject, findings in
        for (setting, error) in subject.failures {
            findings.report(
                cannotRead(setting, error),
                subject: setting,
                pointers: [JSONPointer(["config", setting])],
                hint: error.help
            )
        }
    }
)

private func cannotRead(_ setting: String, _ error: OfficeFileError) -> LocalizedText {
    let (zh, en) = setting == "original" ? ("原报告", "the original") : ("改过的报告", "the edited file")
    return LocalizedText(zh: "\(zh)无法读取：\(error.reason.zh)", en: "\(en) cannot be read: \(error.reason.en)")
}

let anotherDocument = ComparisonRule(
    "compare/another-document",
    .blocker,
    title: LocalizedText(zh: "不是同一份报告", en: "not the same report"),
    manual: LocalizedText(
        zh: "被比对的文件与原报告相同的段落和单元格不到三成，应是另一份文件，没有逐条比对。",
        en:
            "Less than three tenths of the original's paragraphs and cells are in the file: it must be another one, and was not compared."
    ),
    check: { subject, findings in
        let pointers = [JSONPointer(["config", "edited"])]
        let hint = LocalizedText(zh: "请确认选对了文件和评审", en: "see whether the file and the review are the right ones")
        if let other = subject.comparison?.otherReview {
            findings.report(writtenFor(other), pointers: pointers, found: other, hint: hint)
        }
        guard subject.comparison?.isAnother == true else { return }
        findings.report(
            LocalizedText(
                zh: "该文件与本次评审的报告几乎没有相同内容，没有比对",
                en: "the file has hardly anything of this review's report, and was not compared"
            ),
            pointers: pointers,
            hint: hint
        )
    }
)

private func writtenFor(_ other: String) -> LocalizedText {
    LocalizedText(
        zh: "该文件是另一次评审\"\(clipped(other, 60))\"的报告",
        en: "the file was written for another review, \"\(clipped(other, 60))\""
    )
}

let figureChanged = ComparisonRule(
    "compare/figure",
    .error,
    title: LocalizedText(zh: "数字被改动", en: "a figure was changed"),
    manual: LocalizedText(
        zh: "报告中的金额、比例、分数、日期等与系统生成的报告不同。数字应在评审数据中修改后重新生成报告，不应直接改报告。",
        en:
            "An amount, rate, score or date is not the one that the program wrote. Figures are changed in the review's data, and the report written anew."
    ),
    check: { subject, findings in findings.add(subject, .figure) }
)

let notationChanged = ComparisonRule(
    "compare/notation",
    .info,
    title: LocalizedText(zh: "数字换了写法", en: "a figure is written another way"),
    manual: LocalizedText(
        zh: "数字的大小与原报告相同，写法不同，如 118,080.00、118080 与 11.808 万元。不是错误，全文写法宜统一。",
        en:
            "A figure says the same as in the original and is written another way, as 118,080.00, 118080 and 11.808 万元 are. It is no fault; a report is easier to read if it keeps to one."
    ),
    check: { subject, findings in findings.add(subject, .notation) }
)

let meaningChanged = ComparisonRule(
    "compare/meaning",
    .error,
    title: LocalizedText(zh: "结论或关键词被改动", en: "a verdict or a word that turns the meaning was changed"),
    manual: LocalizedText(
        zh: "结论、否定、比较方向或单位（如\"不予\"与\"予以\"、\"≥\"与\"≤\"、\"万元\"与\"元\"）被改动。词表在比对步骤的 words.meanings 中。",
        en:
            "A verdict, a negation, a direction or a unit is another one than before. The words stand in `words.meanings` of the step."
    ),
    check: { subject, findings in findings.add(subject, .meaning) }
)

let nameChanged = ComparisonRule(
    "compare/name",
    .warning,
    title: LocalizedText(zh: "名称被改动", en: "a name was changed"),
    manual: LocalizedText(
        zh: "表格、封面中出现的名称（单位、项目、指标等）与原报告不同。",
        en: "A name that stands in the original's tables or on its cover is another one."
    ),
    check: { subject, findings in findings.add(subject, .name) }
)

let wordingChanged = ComparisonRule(
    "compare/wording",
    .warning,
    title: LocalizedText(zh: "文字被改动", en: "wording was changed"),
    manual: LocalizedText(
        zh: "句子的文字与原报告不同。换行、字体、空格、目录页码不算改动。每句合并为一条。",
        en:
            "A sentence reads otherwise. Line breaks, fonts, blanks and page numbers of the contents are no changes. One finding a sentence."
    ),
    check: { subject, findings in findings.add(subject, .wording) }
)

let filled = ComparisonRule(
    "compare/filled",
    .info,
    title: LocalizedText(zh: "填写了留空的一栏", en: "what was left empty was filled in"),
    manual: LocalizedText(
        zh: "原报告在标签（如\"报告文号：\"、\"日期：\"）旁留空的一格填上了内容，多为签发时填写，不算改动。",
        en:
            "A cell that the report leaves empty beside a label (the report's number, a date, a name) was filled in, as is done when it is signed."
    ),
    check: { subject, findings in findings.add(subject, .filled) }
)

let added = ComparisonRule(
    "compare/added",
    .warning,
    title: LocalizedText(zh: "增加了内容", en: "something was added"),
    manual: LocalizedText(
        zh: "原报告中没有的段落、句子、表格行或单元格。其中含数字或结论用语的为错误。",
        en:
            "A paragraph, sentence, row or cell that the original does not have; an error where it has figures or words of meaning."
    ),
    check: { subject, findings in findings.add(subject) { if case .added = $0 { true } else { false } } }
)

let removed = ComparisonRule(
    "compare/removed",
    .warning,
    title: LocalizedText(zh: "删去了内容", en: "something was left out"),
    manual: LocalizedText(
        zh: "原报告中有而现在没有的段落、句子、表格行或单元格。其中含数字或结论用语的为错误。位置为其原来所在之处的前一段。",
        en:
            "A paragraph, sentence, row or cell of the original that is gone; an error where it had figures or words of meaning. The place is what stood before it."
    ),
    check: { subject, findings in findings.add(subject) { if case .removed = $0 { true } else { false } } }
)

let moved = ComparisonRule(
    "compare/moved",
    .info,
    title: LocalizedText(zh: "内容被移动", en: "something was moved"),
    manual: LocalizedText(
        zh: "段落、表格、表格的行或列换了位置，内容未改或另行列出。表格离开了自己的标题、到了别的标题之下，为错误。",
        en:
            "A paragraph, a table, a row or a column stands elsewhere; what else has changed in it is told apart. A table that has left its caption and stands under another one is an error."
    ),
    check: { subject, findings in findings.add(subject) { if case .moved = $0 { true } else { false } } }
)

let doubled = ComparisonRule(
    "compare/doubled",
    .warning,
    title: LocalizedText(zh: "内容重复", en: "something stands there twice"),
    manual: LocalizedText(zh: "段落或表格行被复制了一份。", en: "A paragraph or a row was copied."),
    check: { subject, findings in findings.add(subject) { if case .doubled = $0 { true } else { false } } }
)

let proposed = ComparisonRule(
    "compare/proposed",
    .warning,
    title: LocalizedText(zh: "修订建议尚未接受", en: "a tracked change that is still open"),
    manual: LocalizedText(
        zh: "以修订模式提出、尚未接受或拒绝的改动。正文按未接受修订比对。",
        en: "A change that was proposed with change tracking. The text is compared as it stands without it."
    ),
    check: { subject, findings in findings.add(subject, .proposed) }
)

let hidden = ComparisonRule(
    "compare/hidden",
    .error,
    title: LocalizedText(zh: "隐藏文字", en: "hidden text"),
    manual: LocalizedText(
        zh: "文字被设为隐藏：不显示、不打印，却仍在文件中。比对时按没有这些文字处理。",
        en:
            "Text is set hidden: nobody sees or prints it, and it is still in the file. It is compared as if it were not there."
    ),
    check: { subject, findings in findings.add(subject, .hidden) }
)

extension RuleFindings {
    fileprivate mutating func add(_ subject: DocumentComparer.Subject, _ kind: Change.Kind) {
        add(subject) { $0 == kind }
    }

    fileprivate mutating func add(_ subject: DocumentComparer.Subject, where isWanted: (Change.Kind) -> Bool) {
        for change in subject.comparison?.changes ?? [] where isWanted(change.kind) {
            var finding = rule.finding(
                message: change.message,
                subject: change.fact,
                expected: clipped(change.old),
                found: clipped(change.new),
                difference: change.difference,
                hint: hint(change.kind)
            )
            finding.spots = [.place(change.place)] + (change.original.map { [.place($0)] } ?? [])
            if change.isGrave, change.kind.isGraveWithFigures { finding.severity = .error }
            add(finding)
        }
    }
}

extension Change.Kind {
    /// Whether figures and words of meaning that come or go with it make it an error.
    fileprivate var isGraveWithFigures: Bool {
        switch self {
        case .added, .removed, .doubled, .moved(.table): true
        default: false
        }
    }
}

extension Change {
    /// The new figure less the old one, where both are figures of one kind.
    fileprivate var difference: String {
        guard kind == .figure, let was = PrintedFigure(old), let now = PrintedFigure(new), was.unit == now.unit,
            let difference = try? now.number - was.number
        else { return "" }
        return (difference.isNegative ? "" : "+") + difference.grouped + (old.hasSuffix("%") ? "%" : "")
    }
}

/// A long text, cut.
func clipped(_ text: String, _ limit: Int = 120) -> String {
    text.count <= limit ? text : text.prefix(limit - 1) + "…"
}
