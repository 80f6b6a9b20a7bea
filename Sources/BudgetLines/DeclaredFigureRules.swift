public import ReviewModel

/// What a scorer computed, to be held against the figures that documents state.
public struct ComputedFigures: Sendable {
    let figures: [DeclaredFigure]
    let facts: [Fact]

    /// - Parameter prefixes: the first words of the facts that the scorer answers for, such as `amounts`. A figure of theirs that
    ///   no fact bears is found fault with, too: it can be a slip of the name, or something nobody computes.
    public init(_ dossier: Dossier, _ facts: [Fact], prefixes: [String]) {
        figures = DeclaredFigure.all(in: dossier).filter { figure in
            prefixes.contains { figure.figure == $0 || figure.figure.hasPrefix($0 + ".") }
        }
        self.facts = facts
    }

    /// The computed number of each name; of two facts of one name the last.
    fileprivate var numbers: [String: ExactDecimal] {
        Dictionary(facts.map { ($0.id, $0.ones) }) { $1 }.compactMapValues { $0 }
    }
}

/// The rules about figures that documents state, for every scorer that computes some.
///
/// - Parameters:
///   - differs: examples of `declared/differs` with figures that this scorer computes; those of another it would pass over.
///   - unknown: the same of `declared/unknown-figure`.
public func declaredFigureRules(
    differs: [Rule.Example],
    unknown: [Rule.Example]
) -> [RuleCheck<ComputedFigures>] {
    var (first, second) = (declaredDiffers, declaredUnknown)
    (first.rule.examples, second.rule.examples) = (differs, unknown)
    return [first, second]
}

private let declaredDiffers = RuleCheck<ComputedFigures>(
    "declared/differs",
    .error,
    title: LocalizedText(zh: "文中数字与计算不符", en: "a stated figure differs from what was computed"),
    manual: LocalizedText(
        zh: """
            declared_figures 的每一行与同名的计算结果相比：元和分数须完全相等，万元和百分数在所印精度之内相\
            等。请更正原文件或数据。
            """,
        en: """
            Holds each row of `declared_figures` against the computed figure of that name: 元 and points \
            exactly, 万元 and percent within the printed precision. Correct the document or the data.
            """
    ),
    check: checkValues
)

private let declaredUnknown = RuleCheck<ComputedFigures>(
    "declared/unknown-figure",
    .warning,
    title: LocalizedText(zh: "声明的数字没有对应", en: "a stated figure that nothing computes"),
    manual: LocalizedText(
        zh: """
            declared_figures 的 figure 不是任何计算结果的名称。请核对写法，`pingshen explain` 可列出全部名称\
            。
            """,
        en: """
            The `figure` of a row is the name of nothing that was computed. Check the spelling; `pingshen \
            explain REVIEW` lists all names.
            """
    ),
    check: checkNames
)

private func checkValues(_ computed: ComputedFigures, _ findings: inout RuleFindings) throws {
    if computed.figures.isEmpty { return }
    let numbers = computed.numbers
    for figure in computed.figures {
        guard let number = numbers[figure.figure], try !figure.agrees(with: number) else { continue }
        findings.add(differs(figure, number))
    }
}

private func checkNames(_ computed: ComputedFigures, _ findings: inout RuleFindings) {
    if computed.figures.isEmpty { return }
    let (numbers, known) = (computed.numbers, computed.facts.map(\.id))
    for figure in computed.figures where numbers[figure.figure] == nil {
        findings.add(notComputed(figure, among: known))
    }
}

// MARK: - Messages

private func differs(_ figure: DeclaredFigure, _ computed: ExactDecimal) -> Finding {
    let (found, expected) = (figure.printed(figure.value), figure.expected(computed))
    let source = figure.source.isEmpty ? figure.figure : figure.source
    return declaredDiffers.rule.finding(
        message: LocalizedText(
            zh: "\(source)所列 \(found) 与计算结果 \(expected) 不一致",
            en: "\(source) states \(found), computed is \(expected)"
        ),
        subject: figure.figure,
        pointers: [figure.pointer],
        expected: expected,
        found: found,
        hint: LocalizedText(zh: "请核对明细后更正", en: "check the details and correct one of them")
    )
}

private func notComputed(_ figure: DeclaredFigure, among known: [String]) -> Finding {
    declaredUnknown.rule.finding(
        message: LocalizedText(
            zh: "没有可与\"\(figure.figure)\"比较的计算结果",
            en: "nothing computed bears the name \"\(figure.figure)\""
        ),
        subject: figure.figure,
        pointers: [figure.pointer],
        found: figure.printed(figure.value),
        hint: suggestion(for: figure.figure, among: known)
    )
}

extension Fact {
    /// The number; money of a multiple of its currency, such as 万元, in ones of it, as figures are stated in.
    fileprivate var ones: ExactDecimal? {
        guard case .money(_, let tens)? = FigureUnit(rawValue: unit), tens != 0 else { return value.decimal }
        return value.decimal?.multipliedByTen(times: tens)
    }
}
