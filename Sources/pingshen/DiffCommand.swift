internal import ArgumentParser
internal import ReviewFile
internal import ReviewModel
internal import ReviewPipeline

struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: words(
            zh: "两次评审或两个批次有何不同：金额、得分，新增、已解决和未变的问题。",
            en:
                "What is different between two reviews, or two batches: amounts, scores, findings new, fixed and unchanged."
        ),
        discussion: words(
            zh: """
                A 和 B 是 review.json、其所在文件夹，或两个批次所写的文件夹。两个批次的评审按 id 对应，其次按除年份外相同的 id 或项目对应，\
                因此可以比较同一个镇的两个年度。无论有何不同都以 0 退出。
                """,
            en: """
                A and B are review.json files, the folders of them, or the folders that two batches have written to. Reviews of two batches \
                belong together by their ids, and else by ids or projects that are the same but for the years in them, so that two years of a \
                town can be compared. Exits with 0, whatever differs.
                """
        )
    )

    @Argument(help: ArgumentHelp(zh: "较早的评审或批次。", en: "The earlier review or batch."))
    var a: String

    @Argument(help: ArgumentHelp(zh: "较晚的评审或批次。", en: "The later review or batch."))
    var b: String

    @Flag(help: ArgumentHelp(zh: "输出一个 JSON 文档。", en: "Print one JSON document."))
    var json = false

    @OptionGroup var shared: SharedOptions

    func run() throws {
        let locale = Terminal.locale(shared.locale)
        if BatchDiff.isBatch(a), BatchDiff.isBatch(b) { return try compareBatches(locale) }
        let (before, after) = (try readReviewOrExit(a, locale), try readReviewOrExit(b, locale))
        let comparison: ReviewComparison
        do throws(DecimalOverflow) {
            comparison = try ReviewComparison(before, after, naming: ReviewWords.carried.sum)
        } catch {
            Terminal.error(tooLarge(a, b)(locale))
            throw ExitCode.invalidSpec
        }
        if json { return Terminal.result(bytes: comparisonDocument(comparison)) }
        for change in comparison.changes {
            let (before, after) = (change.before ?? "—", change.after ?? "—")
            Terminal.result("\(change.subject)  \(change.label(locale).prefix(40)): \(before) → \(after)")
        }
        show(LocalizedText(zh: "新增", en: "new"), comparison.new, locale)
        show(LocalizedText(zh: "已解决", en: "fixed"), comparison.fixed, locale)
        Terminal.say(counts(comparison)(locale))
    }

    private func compareBatches(_ locale: Locale) throws {
        do {
            let difference = try BatchDiff(a, b, locale)
            if json { return Terminal.result(bytes: try difference.document()) }
            try difference.tell()
        } catch let error as ReviewFileError {
            Terminal.error("\(error.path): \(error.message(locale))")
            throw ExitCode.invalidSpec
        } catch is DecimalOverflow {
            Terminal.error(tooLarge(a, b)(locale))
            throw ExitCode.invalidSpec
        }
    }

    private func show(_ heading: LocalizedText, _ findings: [LocatedFinding], _ locale: Locale) {
        for located in findings {
            let finding = located.finding
            let place = located.locations.first.map { "\($0.place): " } ?? ""
            let mark = "\(heading(locale)) \(finding.severity.name(locale)) \(finding.rule)"
            Terminal.result("\(mark)  \(place)\(finding.message(locale))")
        }
    }
}

// MARK: - Messages

private func tooLarge(_ a: String, _ b: String) -> LocalizedText {
    LocalizedText(
        zh: "\(a) 或 \(b) 的金额位数过多，无法精确计算；请核对评审结果是否被改动",
        en:
            "the amounts of \(a) or \(b) have too many digits to be added exactly; see whether somebody has changed the reviews"
    )
}

private func counts(_ comparison: ReviewComparison) -> LocalizedText {
    if comparison.isEmpty { return LocalizedText(zh: "两次评审相同", en: "the reviews say the same") }
    let (new, fixed, same) = (comparison.new.count, comparison.fixed.count, comparison.unchanged.count)
    return LocalizedText(
        zh: "数值变化 \(comparison.changes.count) 处；发现：新增 \(new)，已解决 \(fixed)，未变 \(same)",
        en: "\(comparison.changes.count) value(s) changed; findings: \(new) new, \(fixed) fixed, \(same) unchanged"
    )
}
