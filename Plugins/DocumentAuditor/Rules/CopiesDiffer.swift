import BudgetLines
import PrintedReports
import ReviewModel

/// Two copies of a paragraph, in the body and in an annex, that do not say the same.
let copiesDiffer = DocumentRule(
    "document/copies-differ",
    .warning,
    title: LocalizedText(zh: "同一段文字前后两处不同", en: "two copies of a paragraph that differ"),
    manual: LocalizedText(
        zh: """
            报告常在正文和附件中各印一遍同一段文字，spec 的 texts 和审核说明也应与报告相同。两段对齐后，相同的部分（连续 4 字以上）达到较短一段的 percent 而全文不同的列出，每处不同各为一条；有几处不同的，相同部分须达到较长一段的 85%；只有一处不同而开头 12 字也不同的，不同之处不超过 12 字才算同一段。一处只是少了一部分的为提示。\
            不同之处是数字，或是改变意思的字词（不、未、已、≥、万元等，见 report-words.yaml 的 meanings）的，为错误。空格、标点全半角和重复的标点不计；因换页断开的段落先接上。少于 25 字的段落不比较。
            """,
        en: """
            Reports print some paragraphs twice, in the body and in an annex, and the texts and opinions of the spec should stand in them as they are. Two are \
            aligned; where what is equal, in stretches of 4 characters at least, makes `percent` of the shorter one, each place that differs is a finding. Where several places differ, 85 % of the \
            longer one must be equal; where one differs and they do not begin alike for 12 characters, it must be no longer than 12. Where one only lacks a part it is info; a figure, or a word on which the meaning hangs (`meanings` of report-words.yaml: 不, 未, ≥, 万元), is an error. Blanks, the width of punctuation and \
            doubled marks do not count; paragraphs that a page break cuts are joined first. Below 25 characters nothing is compared.
            """
    ),
    parameters: [
        Rule.Parameter(
            "percent",
            LocalizedText(zh: "相同部分的比例", en: "share that is equal"),
            standard: 60,
            unit: "percent"
        )
    ],
    examples: [
        .bad(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    一、概况
                    本项目围绕养老服务站的日常运行开展，由镇级财政资金全额保障，按季度拨付，共设八个站点。
                    二、情况
                    ↓本项目围绕养老服务站的日常运行开展，由镇级财政资金全额保障，按季度拨付，共设九个站点。
            """,
            zh: "\"本项目围绕养老服务站的日常运行开…\"一段，第 2 行为\"八\"，第 4 行为\"九\"",
            en: "\"本项目围绕养老服务站的日常运行开…\": line 2 has \"八\", line 4 has \"九\""
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    一、概况
                    本项目围绕养老服务站的日常运行开展，由镇级财政资金全额保障，按季度拨付，共设八个站点。
                    二、情况
                    本项目围绕养老服务站的日常运行开展，由镇级财政资金全额保障，按季度拨付，共设八个站点。
            """
        ),
    ],
    check: { audit, findings in
        findings.add(checkCopies(audit.report, audit.dossier, percent: findings.integer("percent") ?? 60))
    }
)

private func checkCopies(_ report: ReportText, _ dossier: Dossier, percent share: Int) -> [Finding] {
    var all: [Paragraph] = []
    var seen: Set<[Unicode.Scalar]> = []
    let head = report.runningHead
    for paragraph in report.paragraphs.map(Paragraph.init) + texts(of: dossier) where paragraph.scalars.count >= 25 {
        // A hole, 〔?texts.policy〕, is no text yet.
        if paragraph.scalars.contains(run: hole) { continue }
        // What stands at the top of a page begins with its running head, and goes on in the middle of a sentence.
        if let head, paragraph.scalars.starts(with: head) { continue }
        if seen.insert(paragraph.scalars).inserted { all.append(paragraph) }
    }
    return pairs(all).flatMap { first, second -> [Finding] in
        let shorter = min(first.scalars.count, second.scalars.count)
        let likeness = Likeness(first.scalars, second.scalars, least: shorter * share / 100)
        guard !likeness.differences.isEmpty, likeness.equal * 100 >= shorter * share else { return [] }
        // A paragraph may print several texts of the spec one behind the other.
        if first.isOfSpec != second.isOfSpec, likeness.differences.count < 3,
            let text = [first, second].first(where: \.isOfSpec),
            let printed = [first, second].first(where: { !$0.isOfSpec }),
            text.scalars.count < printed.scalars.count, printed.scalars.contains(run: text.scalars)
        {
            return []
        }
        if likeness.differences.count > 1 {
            // Two texts of one form differ in many places; two copies hardly at all.
            let longer = max(first.scalars.count, second.scalars.count)
            guard likeness.equal * 100 >= longer * leastOfSeveral else { return [] }
        } else if first.scalars.prefix(12) != second.scalars.prefix(12) {
            // What only ends alike is a copy when little differs; a label or a sentence more before it makes another text.
            let difference = likeness.differences[0]
            guard (1...12).contains(difference.first.count), (1...12).contains(difference.second.count) else {
                return []
            }
        }
        // Sentences of the same figures are no copies: what is equal are words, too.
        let (words, unequal) = (
            min(first.scalars.words, second.scalars.words),
            first.scalars.words <= second.scalars.words
                ? likeness.differences.reduce(0) { $0 + Array($1.first.unicodeScalars).words }
                : likeness.differences.reduce(0) { $0 + Array($1.second.unicodeScalars).words }
        )
        guard (words - unequal) * 100 >= words * share else { return [] }
        let isCopy = likeness.differences.count <= 3
        return likeness.differences.prefix(mostDifferences).map { difference in
            var finding = differ(first, second, difference)
            if isCopy, difference.changesMeaning(report.words["meanings"]) { finding.severity = .error }
            return finding
        }
    }
}

extension ReportText {
    /// The line that stands behind the number of a page, `- 2 -`, more than once.
    fileprivate var runningHead: [Unicode.Scalar]? {
        let filled = body.filter { !$0.folded.isEmpty && !$0.isTableRow }
        var counts: [String: Int] = [:]
        for (number, line) in zip(filled, filled.dropFirst()) {
            let digits = number.folded.filter { !"-—–第页".contains($0) }
            guard !digits.isEmpty, digits.count < number.folded.count, digits.allSatisfy({ $0.isASCII && $0.isNumber })
            else { continue }
            counts[line.folded, default: 0] += 1
        }
        guard let most = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), most.value > 1 else { return nil }
        return Array(most.key.unicodeScalars)
    }
}

private let hole = Array("〔?".unicodeScalars)

/// The share of the longer of two paragraphs, in percent, that must be equal where they differ in several places.
private let leastOfSeveral = 85

/// Of two paragraphs that differ in more places than these only the first are said.
private let mostDifferences = 6

/// The paragraphs that may be copies of each other, each pair once, in their order: they begin or end alike for 12 characters, or
/// share many stretches of 8.
private func pairs(_ paragraphs: [Paragraph]) -> [(Paragraph, Paragraph)] {
    var alike: [[Unicode.Scalar]: [Int]] = [:]
    for (index, paragraph) in paragraphs.enumerated() {
        alike[["^"] + paragraph.scalars.prefix(12), default: []].append(index)
        alike[["$"] + paragraph.scalars.suffix(12), default: []].append(index)
    }
    var found: Set<[Int]> = []
    for group in alike.values {
        for (position, first) in group.enumerated() {
            for second in group.dropFirst(position + 1) { found.insert([first, second]) }
        }
    }
    found.formUnion(SharedStretches.pairs(paragraphs.map(\.scalars)))
    return found.sorted { $0.lexicographicallyPrecedes($1) }.map { (paragraphs[$0[0]], paragraphs[$0[1]]) }
}

extension Likeness.Difference {
    /// Whether both are figures, or a word on which the meaning hangs is on one side only.
    fileprivate func changesMeaning(_ meanings: [String]) -> Bool {
        let isFigure = { (text: String) in
            !text.isEmpty && text.unicodeScalars.allSatisfy { $0.isDigit || ".,，%％".unicodeScalars.contains($0) }
        }
        if isFigure(first), isFigure(second) { return true }
        // A clause more or less says something else, and contradicts nothing.
        guard first.count <= 6, second.count <= 6 else { return false }
        return meanings.contains { first == $0 || second == $0 }
    }
}

private func differ(_ a: Paragraph, _ b: Paragraph, _ difference: Likeness.Difference) -> Finding {
    func shown(_ text: String) -> LocalizedText {
        if text.isEmpty { return LocalizedText(zh: "没有这一部分", en: "nothing") }
        let quote = text.count > 60 ? "\"\(text.prefix(57))…\"" : "\"\(text)\""
        return LocalizedText(quote)
    }
    let (one, other) = (shown(difference.first), shown(difference.second))
    var finding = copiesDiffer.rule.finding(
        message: LocalizedText(
            zh: "\"\(a.scalars.prefix(16).string)…\"一段，\(a.place.zh)为\(one.zh)，\(b.place.zh)为\(other.zh)",
            en:
                "\"\(a.scalars.prefix(16).string)…\": \(a.place.en) has \(one.en), \(b.place.en) has \(other.en)"
        ),
        subject: a.scalars.prefix(16).string,
        lines: [b.spot, a.spot],
        expected: one.zh,
        found: other.zh,
        hint: LocalizedText(zh: "请统一两处文字，或说明不同的原因", en: "make them the same, or say why they differ")
    )
    // What only one copy has contradicts nothing.
    if difference.first.isEmpty || difference.second.isEmpty { finding.severity = .info }
    return finding
}

/// The texts of the spec that print no figure of their own, which the report must have as they are.
private func texts(of dossier: Dossier) -> [Paragraph] {
    var texts = (dossier.field("texts")?.record?.members ?? []).map {
        ($0.value, JSONPointer(["fields", "texts", $0.key]))
    }
    texts += dossier.rows(of: "deductions").map { ($0["opinion"], $0.pointer("opinion")) }
    return texts.flatMap { value, pointer in
        (value.text ?? "").split(separator: "\n").filter { !$0.contains("{{") }.map {
            Paragraph(String($0), at: pointer)
        }
    }
}

/// A paragraph without blanks and doubled marks, and where it stands.
private struct Paragraph {
    var spot: Spot
    var place: LocalizedText
    var scalars: [Unicode.Scalar] = []
    var isOfSpec = false

    init(_ paragraph: ReportParagraph) {
        spot = paragraph.line.spot
        place = paragraph.line.label
        read(paragraph.text)
    }

    /// A text of the spec.
    init(_ text: String, at pointer: JSONPointer) {
        spot = .value(pointer)
        isOfSpec = true
        place = LocalizedText(zh: "spec 的 \(pointer.dotted) ", en: "\(pointer.dotted) of the spec")
        read(text)
    }

    private mutating func read(_ text: String) {
        scalars.reserveCapacity(text.utf8.count / 3)
        for scalar in text.folded.unicodeScalars {
            if scalar == scalars.last, scalar.isMark { continue }
            scalars.append(scalar)
        }
    }
}

extension [Unicode.Scalar] {
    /// How many of them are neither digits nor marks.
    fileprivate var words: Int {
        count { !$0.isDigit && !$0.isMark && !".,%％（）()元".unicodeScalars.contains($0) }
    }

    /// Whether all of another text stands in it as it is; the last mark may be another one.
    fileprivate func contains(run text: [Unicode.Scalar]) -> Bool {
        let text = text.last?.isMark == true ? text.dropLast() : text[...]
        guard let first = text.first, text.count <= count else { return false }
        return (0...count - text.count).contains { self[$0] == first && self[$0...].starts(with: text) }
    }
}

extension Unicode.Scalar {
    fileprivate var isMark: Bool { self == "。" || self == "，" || self == "；" || self == "：" || self == "、" }
}
