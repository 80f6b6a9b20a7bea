import BudgetLines
import CostNorms
import ReviewModel

/// A line that is approved with more than its norm allows.
let priceAbove = NormRule(
    "norm/price-above",
    .error,
    title: LocalizedText(zh: "超过支出标准", en: "above its norm"),
    manual: LocalizedText(
        zh: """
            明细的名称表明是标准所限的支出（会议、培训、讲课、专家咨询、差旅、办公设备、设计、监理、质保金等），且单位和数量可知的，按标准重新计算，\
            与核减、核增后的金额相比。"80人×2天×550元"之类的算式按其中的人数和天数计。未写明类别、职称的，按最高一档计，所以超出是确定的。\
            标准凭记忆录入、不直接约束本镇，或税前税后不明的，只作为提示（warning），并写明原因。请按标准核减，或写明批准的依据。
            """,
        en: """
            A line whose name says that it is something a norm limits (meetings, training, lectures, experts, travel, equipment, design, \
            supervision, retention money), and whose unit and quantity are known, is recomputed and held against what is approved \
            after cuts and increases. A product such as 80人×2天×550元 is taken apart. Where no class or grade is named the highest \
            counts, so that the excess is certain. A norm from memory, one that does not bind the town, and one after tax where the \
            line says nothing of tax give a warning that says so. Cut to the norm, or say who approved more.
            """
    ),
    examples: [
        .bad(
            """
            # 80 × 2 × 760.00 = 121,600.00
            fields: {project: {name: 年会, town: 望舒镇, year: 2026}, organisations: {applicant: 望舒镇政府}}
            tables:
              budget_lines:
                - {id: L1, group: 工作会议, detail: 会期2天, quantity: 80, unit: 人, unit_price: 1600.00, amount: ↓128000.00}
            """,
            zh:
                "\"会期2天\"核定 128,000.00 元，按《中央和国家机关会议费管理办法》（财行〔2016〕214号）第十五条最多 121,600.00 元，超出 6,400.00 元（未写明类别，按最高的\"一类会议\"计；中央和国家机关的标准，地方以当地规定为准）",
            en:
                "\"会期2天\" is approved with 128,000.00; 《中央和国家机关会议费管理办法》（财行〔2016〕214号）第十五条 allows 121,600.00, which is 6,400.00 less (no class is named; the highest, first class, was assumed; a norm of central bodies; a town has its own)"
        ),
        .good(
            """
            # 80 × 2 × 760.00 = 121,600.00
            fields: {project: {name: 年会, town: 望舒镇, year: 2026}, organisations: {applicant: 望舒镇政府}}
            tables:
              budget_lines:
                - {id: L1, group: 工作会议, detail: 会期2天, quantity: 80, unit: 人, unit_price: 1520.00, amount: 121600.00}
            """
        ),
        .good(
            """
            # 已核减到标准以内。
            # Cut to the norm already.
            fields: {project: {name: 年会, town: 望舒镇, year: 2026}, organisations: {applicant: 望舒镇政府}}
            tables:
              budget_lines:
                - {id: L1, group: 工作会议, detail: 会期2天, quantity: 80, unit: 人, unit_price: 1600.00, amount: 128000.00}
              deductions:
                - {line: L1, kind: cut, amount: 6400.00, reason: 按会议费综合定额核减}
            """
        ),
    ],
    check: check
)

private func check(_ review: NormReview, _ findings: inout RuleFindings) throws {
    for (line, _, outcome) in review.judged {
        guard case .allowed(let allowance) = outcome, allowance.amount > allowance.allowed else { continue }
        findings.add(try above(line, allowance))
    }
}

private func above(_ line: NormLine, _ allowance: Allowance) throws(DecimalOverflow) -> Finding {
    let excess = Money.yuan(try allowance.amount - allowance.allowed)
    let (amount, allowed) = (Money.yuan(allowance.amount), Money.yuan(allowance.allowed))
    var doubts = allowance.norm.doubts
    let isCertain = doubts.isEmpty && !allowance.mayBeBeforeTax
    if allowance.mayBeBeforeTax { doubts.insert(taxUnknown, at: 0) }
    if let note = allowance.note { doubts.insert(note, at: 0) }
    if let grade = allowance.assumed { doubts.insert(assumedClass(grade), at: 0) }
    let behind = bracketed(doubts)
    let source = allowance.norm.source.cited
    var finding = priceAbove.rule.finding(
        message: LocalizedText(
            zh: "\"\(line.line.label)\"核定 \(amount) 元，按\(source)最多 \(allowed) 元，超出 \(excess) 元\(behind.zh)",
            en:
                "\"\(line.line.label)\" is approved with \(amount); \(source) allows \(allowed), which is \(excess) less\(behind.en)"
        ),
        subject: line.line.id,
        pointers: [line.line.pointer / "amount", line.line.pointer / "unit_price"],
        expected: "≤ \(allowed)",
        found: amount,
        difference: excess,
        proof: Proof(
            [
                Proof.Figure(LocalizedText(zh: "核定金额", en: "approved"), amount, at: line.line.pointer / "amount"),
                Proof.Figure(LocalizedText(zh: "标准上限", en: "the most by the norm"), allowed),
            ],
            calculation: allowance.calculation.zh
        ),
        hint: LocalizedText(zh: "请按标准核减 \(excess) 元，或写明批准的依据", en: "cut \(excess), or say who approved more")
    )
    if !isCertain { finding.severity = .warning }
    return finding
}

private let taxUnknown = LocalizedText(
    zh: "标准为税后，明细没有写明税前还是税后",
    en: "the norm is after tax, and the line does not say whether its price is"
)
