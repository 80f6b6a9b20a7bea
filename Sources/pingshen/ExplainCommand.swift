internal import ArgumentParser
internal import ReviewFile
internal import ReviewModel
internal import ReviewPipeline

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: words(zh: "把评审中的一个数追溯到得出它的各个单元格。", en: "Walks a figure of a review back to the cells that made it."),
        discussion: words(
            zh: """
                REVIEW 是 review.json 或其所在文件夹。FIGURE 是报告所印的数："168,080.00"、"1,401.77 万元"、"61.03%"、"88 分"，\
                或数据的名称，如 amounts.deducted。不写 FIGURE 时列出全部。一行一个数据，由什么算出列在其下，单元格附文件、行和列。提到该数的问题列在最后。
                """,
            en: """
                REVIEW is a review.json file, or the folder of one. FIGURE is a number as the report prints it, "168,080.00", \
                "1,401.77 万元", "61.03%", "88 分", or the id of a figure, amounts.deducted. Without FIGURE it lists all of them. \
                Each line is a figure, what it was computed from stands below it, and a cell has its file, line and column. \
                Findings that speak of the number come last.
                """
        )
    )

    @Argument(help: ArgumentHelp(zh: "评审：review.json 或其文件夹。", en: "The review."))
    var review: String

    @Argument(help: ArgumentHelp(zh: "数据：所印的数，或其名称。", en: "The figure."))
    var figure: String?

    @Flag(help: ArgumentHelp(zh: "输出一个 JSON 文档。", en: "Print one JSON document."))
    var json = false

    @OptionGroup var shared: SharedOptions

    func run() throws {
        let locale = Terminal.locale(shared.locale)
        let read = try readReviewOrExit(review, locale)
        guard let figure else { return list(read.facts, locale) }
        let explanations = read.explanations(of: read.facts(for: figure).map(\.id))
        let findings = read.findings(about: figure)
        if explanations.isEmpty, findings.isEmpty {
            Terminal.error(noSuchFigure(figure, read)(locale))
            throw ExitCode.usage
        }
        if json { return Terminal.result(bytes: explanationDocument(explanations, findings)) }
        for explanation in explanations { show(explanation, "", "", locale) }
        for located in findings {
            let place = located.locations.first.map { "\($0.place): " } ?? ""
            let finding = located.finding
            Terminal.result("\(place)\(finding.severity.name(locale)) \(finding.rule): \(finding.message(locale))")
            if let proof = finding.proof { show(proof, locale) }
        }
    }

    /// A figure, its arithmetic, its cells, and the same of what it was computed from.
    private func show(_ explanation: Explanation, _ first: String, _ rest: String, _ locale: Locale) {
        let fact = explanation.fact
        Terminal.result("\(first)\(fact.label(locale)) \(fact.printed(locale))  \(fact.id)")
        if !fact.calculation.isEmpty { Terminal.result("\(rest)  \(fact.calculation)") }
        for cell in explanation.cells {
            let place = cell.location
            // A year is no amount.
            let isPlain = if case .integer(let number) = cell.value { abs(number) < 10_000 } else { false }
            let value = (isPlain ? nil : cell.value.decimal?.grouped) ?? cell.value.scalarText ?? ""
            Terminal.result("\(rest)  ← \(place.place)  \(value)  \(place.path)")
        }
        for (index, input) in explanation.inputs.enumerated() {
            let isLast = index == explanation.inputs.count - 1
            show(input, rest + (isLast ? "└ " : "├ "), rest + (isLast ? "  " : "│ "), locale)
        }
        if explanation.isCut { Terminal.result("\(rest)  … \(furtherInputs(locale))") }
    }

    /// The figures behind a finding, and how they combine.
    private func show(_ proof: Proof, _ locale: Locale) {
        if !proof.calculation.isEmpty { Terminal.result("  \(proof.calculation)") }
        for figure in proof.figures {
            Terminal.result("  ← \(figure.pointer?.dotted ?? "")  \(figure.value)  \(figure.name(locale))")
        }
    }

    private func list(_ facts: [Fact], _ locale: Locale) {
        for fact in facts where fact.value.decimal != nil {
            Terminal.result("\(fact.id)  \(fact.label(locale)) \(fact.printed(locale))")
        }
    }
}

/// Reads a review, or says why not and exits.
func readReviewOrExit(_ path: String, _ locale: Locale) throws -> Review {
    do throws(ReviewFileError) {
        return try readReview(path).review
    } catch {
        Terminal.error("\(error.path): \(error.message(locale))")
        throw ExitCode.invalidSpec
    }
}

// MARK: - Messages

private let furtherInputs = LocalizedText(
    zh: "来源过多或过深，以下不再展开；请从上一行的数再查",
    en: "there is more behind this, not shown; ask for the figure above by its id"
)

private func noSuchFigure(_ figure: String, _ review: Review) -> LocalizedText {
    let near = suggestion(for: figure, among: review.facts.map(\.id))
    return LocalizedText(
        zh: "评审结果中没有\"\(figure)\"这个数" + (near.map { "；\($0.zh)" } ?? "；不写数字可列出全部"),
        en: "the review has no figure \"\(figure)\"" + (near.map { "; \($0.en)" } ?? "; leave it out to list them all")
    )
}
