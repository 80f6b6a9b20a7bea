internal import ArgumentParser
internal import ReviewFile
internal import ReviewModel
internal import ReviewPipeline

struct SensitivityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sensitivity",
        abstract: "How far a verdict is from the others, and which items would change it.",
        discussion: "REVIEW is a review.json, or the folder of one."
    )

    @Argument(help: "The review.")
    var review: String

    @Option(help: ArgumentHelp("Whose scores; the reviewer's, else the first.", valueName: "rater"))
    var rater: String?

    @OptionGroup var shared: SharedOptions

    func run() throws {
        let locale = Terminal.locale(shared.locale)
        let found = try readReviewOrExit(review, locale)
        let wanted = rater ?? ScoreSheet.reviewRater
        guard let sheet = found.scores.first(where: { $0.rater == wanted }) ?? (rater == nil ? found.scores.first : nil)
        else {
            let known = found.scores.map(\.rater).joined(separator: ", ")
            Terminal.error(noSheet(wanted, known)(locale))
            throw ExitCode.usage
        }
        Terminal.result(heading(sheet)(locale))
        do throws(DecimalOverflow) {
            for distance in try Sensitivity(sheet).distances { Terminal.result("  " + sentence(distance)(locale)) }
        } catch {
            Terminal.error("\(review): \(tooLarge(wanted)(locale))")
            throw ExitCode.invalidSpec
        }
    }
}

// MARK: - Messages

private func tooLarge(_ rater: String) -> LocalizedText {
    LocalizedText(
        zh: "评价人\"\(rater)\"的得分位数过多，无法精确计算；请核对这份评审结果是否被改动",
        en:
            "the scores of \"\(rater)\" have too many digits to be added exactly; see whether somebody has changed the review"
    )
}

private func noSheet(_ rater: String, _ known: String) -> LocalizedText {
    LocalizedText(
        zh: "没有评价人\"\(rater)\"的得分（有：\(known)）",
        en: "there are no scores of \"\(rater)\" (there are: \(known))"
    )
}

private func heading(_ sheet: ScoreSheet) -> LocalizedText {
    let figure = sheet.total.flatMap { total in sheet.max.map { "\(total.short) / \($0.short)" } }
    let total = figure ?? sheet.level ?? "—"
    return LocalizedText(
        zh:
            "\(sheet.rater)：\(total)，\(sheet.verdict?.name.zh ?? "无结论") \(sheet.verdict?.band ?? "")",
        en:
            "\(sheet.rater): \(total), \(sheet.verdict?.name.en ?? "no verdict") \(sheet.verdict?.band ?? "")"
    )
}

private func sentence(_ distance: Sensitivity.Distance) -> LocalizedText {
    let (verdict, points) = (distance.verdict, distance.points)
    if points.isNegative {
        let lost = (-points).short
        return LocalizedText(
            zh: "再失\(distance.isBeyond ? "超过" : "") \(lost) 分，降为\"\(verdict.name.zh)\" \(verdict.band)",
            en: "\(distance.isBeyond ? "more than " : "")\(lost) points fewer: \(verdict.name.en) \(verdict.band)"
        )
    }
    let items = distance.items.map { "\($0.code) +\($0.lost.short)" }.joined(separator: ", ")
    return LocalizedText(
        zh: "再得\(distance.isBeyond ? "超过" : "") \(points.short) 分，升为\"\(verdict.name.zh)\" \(verdict.band)"
            + (items.isEmpty ? "：补回全部失分也不够" : "：最少补回 \(items)"),
        en: "\(distance.isBeyond ? "more than " : "")\(points.short) points more: \(verdict.name.en) \(verdict.band)"
            + (items.isEmpty ? "; all lost points together are not enough" : "; the least change: \(items)")
    )
}
