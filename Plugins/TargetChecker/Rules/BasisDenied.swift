import BudgetLines
import ReviewModel
import Targets

/// Targets based on a document that the review itself says is not there.
let basisDenied = TargetRule(
    "target/basis-denied",
    .warning,
    title: LocalizedText(zh: "目标值的依据与存在问题矛盾", en: "a basis that the problems say is missing"),
    manual: LocalizedText(
        zh: """
            目标值依据"根据…"之后的名称（如"工作计划"，去掉年份），如在存在问题的某一句中跟在"未制定、未编制、没有、缺少"之后出现，则该依据与问题矛盾：\
            或问题写得过重，或目标值没有依据。同一依据只列一次。
            """,
        en: """
            What a basis names behind 根据 (工作计划, say, without its year) must not stand behind 未制定, 未编制, 没有 or 缺少 in a sentence of \
            the problems: either the problem is overstated or the values have no basis. A basis is listed once.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 课程开展数, value: 200 节, basis: 根据 2026 年工作计划，按月开展}
              problems:
                - {problem: ↓项目管理不够规范，未制定年度工作计划}
            """,
            zh: "1 个目标值以\"工作计划\"为依据，而存在问题中写\"未制定年度工作计划\"",
            en: "1 target values are based on \"工作计划\", but the problems say \"未制定年度工作计划\""
        ),
        .good(
            """
            tables:
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 课程开展数, value: 200 节, basis: 根据 2026 年工作计划，按月开展}
              problems:
                - {problem: 未制定课程评价办法，工作计划已备案}
            """
        ),
    ],
    check: check
)

private func check(_ review: TargetReview, _ findings: inout RuleFindings) {
    var (order, targets) = ([String](), [String: [Target]]())
    for target in review.judged.items.map(\.target) {
        guard let name = named(in: target.basis) else { continue }
        if targets[name] == nil { order.append(name) }
        targets[name, default: []].append(target)
    }
    for name in order {
        guard let (row, column, sentence) = denial(of: name, in: review.problems) else { continue }
        findings.add(denied(name, targets[name] ?? [], sentence, at: row.pointer(column)))
    }
}

/// What a basis names: `工作计划` of `根据 2026 年工作计划, 及时完成…`.
private func named(in basis: String) -> String? {
    guard let found = basis.folded.firstRange(of: "根据") else { return nil }
    let name = basis.folded[found.upperBound...].prefix { !"，。；、".contains($0) }.drop {
        $0.isNumber || $0 == "年" || $0 == "度"
    }
    return name.count >= 3 ? String(name) : nil
}

private func denial(of name: String, in problems: [TableRow]) -> (TableRow, String, String)? {
    for row in problems {
        for column in ["problem", "finding"] {
            for sentence in row.text(column).folded.split(whereSeparator: { "，。；".contains($0) }) {
                guard let place = sentence.firstRange(of: name),
                    ["未制定", "未编制", "没有", "缺少"].contains(where: { sentence[..<place.lowerBound].contains($0) })
                else { continue }
                return (row, column, String(sentence))
            }
        }
    }
    return nil
}

private func denied(_ name: String, _ targets: [Target], _ sentence: String, at problem: JSONPointer) -> Finding {
    basisDenied.rule.finding(
        message: LocalizedText(
            zh: "\(targets.count) 个目标值以\"\(name)\"为依据，而存在问题中写\"\(sentence)\"",
            en: "\(targets.count) target values are based on \"\(name)\", but the problems say \"\(sentence)\""
        ),
        subject: name,
        pointers: [problem] + targets.map { $0.pointer / "basis" },
        found: name,
        hint: LocalizedText(zh: "请核对工作计划是否存在，统一两处说法", en: "find out whether it exists, and say the same in both places")
    )
}
