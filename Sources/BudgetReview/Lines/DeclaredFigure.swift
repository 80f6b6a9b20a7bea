public import ReviewModel

/// A figure that some document states (table `declared_figures`), by the name of the fact that it should equal.
public struct DeclaredFigure: Sendable {
    /// The fact's id: `amounts.requested`, `history.2023.rate`.
    public var figure: String
    public var value: ExactDecimal
    public var unit: Unit
    public var source: String
    public var pointer: JSONPointer

    public enum Unit: String, Sendable {
        case yuan = "CNY"
        /// 万元; compared within the printed precision.
        case wan
        case percent
        case points
    }

    public static func all(in dossier: Dossier) -> [DeclaredFigure] {
        dossier.rows(of: "declared_figures").compactMap { row in
            guard let value = row.decimal("value"), let unit = Unit(rawValue: row.text("unit")) else { return nil }
            return DeclaredFigure(
                figure: row.text("figure"),
                value: value,
                unit: unit,
                source: row.text("source"),
                pointer: row.pointer("value")
            )
        }
    }

    /// Whether the stated figure is what `computed` prints as.
    public func agrees(with computed: ExactDecimal) throws(DecimalOverflow) -> Bool {
        switch unit {
        case .yuan, .points: value == computed
        case .wan: try PrintedPrecision(of: value).contains(Money.inWan(computed))
        case .percent: try PrintedPrecision(of: value).contains(computed)
        }
    }

    /// The figure as a document would print it.
    public func printed(_ number: ExactDecimal) -> String {
        switch unit {
        case .yuan: Money.yuan(number)
        case .wan: Money.grouped(number) + " 万元"
        case .percent: number.description + "%"
        case .points: Money.points(number)
        }
    }

    /// `computed`, a fact in 元, percent or points, as the document would print it in the figure's own unit.
    public func expected(_ computed: ExactDecimal) -> String {
        switch unit {
        case .wan: Money.wan(computed) + " 万元"
        case .percent: Money.percent(computed)
        default: printed(computed)
        }
    }
}

/// The rules that ``compareDeclaredFigures`` checks, for the catalogues of the plugins that call it.
public let declaredFigureRules: [Rule] = [
    Rule(
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
        )
    ),
    Rule(
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
        )
    ),
]

/// Compares the figures that documents state with the facts that were computed.
///
/// - Parameter prefixes: the first words of the facts that the caller answers for, such as `amounts`. A figure of
///   theirs that no fact bears is reported too: it can be a slip of the name, or something nobody computes.
public func compareDeclaredFigures(
    in dossier: Dossier,
    with facts: [Fact],
    prefixes: [String]
) throws(DecimalOverflow) -> [Finding] {
    var computed: [String: ExactDecimal] = [:]
    for fact in facts { computed[fact.id] = fact.value.decimal }
    let known = facts.map(\.id)
    var findings: [Finding] = []
    for figure in DeclaredFigure.all(in: dossier) {
        let prefix = figure.figure.split(separator: ".").first.map(String.init) ?? ""
        guard prefixes.contains(prefix) else { continue }
        if let number = computed[figure.figure] {
            if try !figure.agrees(with: number) { findings.append(differs(figure, number)) }
        } else {
            findings.append(notComputed(figure, among: known))
        }
    }
    return findings
}

// MARK: - Messages

private func differs(_ figure: DeclaredFigure, _ computed: ExactDecimal) -> Finding {
    let (found, expected) = (figure.printed(figure.value), figure.expected(computed))
    let source = figure.source.isEmpty ? figure.figure : figure.source
    return Finding(
        rule: "declared/differs",
        severity: .error,
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
    Finding(
        rule: "declared/unknown-figure",
        severity: .warning,
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
