internal import ArgumentParser
internal import ReviewFile
internal import ReviewModel
internal import ReviewPipeline

struct SensitivityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sensitivity",
        abstract: words(
            zh: "当前结论离其他结论还有多远，哪些得分会改变它。",
            en: "How far a verdict is from the others, and which items would change it."
        ),
        discussion: words(zh: "REVIEW 是 review.json，或其所在文件夹。", en: "REVIEW is a review.json, or the folder of one.")
    )

    @Argument(help: ArgumentHelp(zh: "评审：review.json 或其文件夹。", en: "The review."))
    var review: String

    @Option(
        help: ArgumentHelp(
            zh: "谁的得分；默认评审方的，没有则第一个。",
            en: "Whose scores; the reviewer's, else the first.",
            valueName: "rater"
        )
    )
    var rater: String?

    @OptionGroup var shared: SharedOptions

    func run() throws {
        let locale = Terminal.locale(shared.locale)
        let found = try readReviewOrExit(review, locale)
        let wanted = rater ?? ScoreSheet.reviewRater
        let sheets = found.sheets(of: wanted, orFirst: rater == nil)
        guard !sheets.isEmpty else {
            let known = found.scores.map(\.rater).joined(separator: ", ")
            Terminal.error((found.scores.isEmpty ? noSheets : noSheet(wanted, known))(locale))
            throw ExitCode.usage
        }
        for sheet in sheets {
            Terminal.result(heading(sheet)(locale))
            do throws(DecimalOverflow) {
                let distances = try Sensitivity(sheet).distances
                for distance in distances { Terminal.result("  " + sentence(distance)(locale)) }
                if distances.contains(where: { $0.items.contains(where: \.isComputed) }) {
                    Terminal.result("  " + ofData(locale))
                }
            } catch {
                Terminal.error("\(review): \(tooLarge(wanted)(locale))")
                throw ExitCode.invalidSpec
            }
        }
    }
}

extension Review {
    /// The sheet of a rater, or of who plays that part; of many things that are judged all by that rater, by rank.
    fileprivate func sheets(of rater: String, orFirst: Bool) -> [ScoreSheet] {
        if let sheet = sheet(of: rater) { return [sheet] }
        let many = scores.filter { $0.subject != nil }
        let part = ScoreSheet.Part(rawValue: rater)
        let base = many.first { $0.baseRater == rater || part != nil && $0.part == part }?.baseRater
        guard let base = base ?? (orFirst ? many.first?.baseRater : nil) else {
            return orFirst ? Array(scores.prefix(1)) : []
        }
        return many.filter { $0.baseRater == base }.enumerated().sorted {
            ($0.element.subject?.rank ?? .max, $0.offset) < ($1.element.subject?.rank ?? .max, $1.offset)
        }.map(\.element)
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

private let noSheets = LocalizedText(
    zh: "这份评审结果没有得分：没有打分的步骤，或得分不全、得不出总分（见 review.json 的 findings）",
    en: "the review has no scores: no step has scored, or the scores do not suffice for a total (see its findings)"
)

private func noSheet(_ rater: String, _ known: String) -> LocalizedText {
    LocalizedText(
        zh: "没有评价人\"\(rater)\"的得分（有：\(known)）",
        en: "there are no scores of \"\(rater)\" (there are: \(known))"
    )
}

private let ofData = LocalizedText(
    zh: "带 * 的由数据算出：要改变的是数据；它的查询能得出哪些分值，这里无从得知",
    en:
        "items with * are computed: the data would have to be others, and which points their query can give is not known "
        + "here"
)

private func heading(_ sheet: ScoreSheet) -> LocalizedText {
    let figure = sheet.total.flatMap { total in sheet.max.map { "\(total.short) / \($0.short)" } }
    let total = figure ?? sheet.ratings
    let band = sheet.verdict.flatMap { $0.band.isEmpty ? nil : " " + $0.band } ?? ""
    return LocalizedText(
        zh:
            "\(sheet.rater)：\(total)，\(sheet.verdict?.name.zh ?? "无结论")\(band)",
        en:
            "\(sheet.rater): \(total), \(sheet.verdict?.name.en ?? "no verdict")\(band)"
    )
}

private func sentence(_ distance: Sensitivity.Distance) -> LocalizedText {
    let verdict = distance.verdict
    let band = verdict.band.isEmpty ? "" : " " + verdict.band
    let (zh, en) = ("\"\(verdict.name.zh)\"\(band)", "\(verdict.name.en)\(band)")
    if distance.isOfItems, distance.isOutOfReach {
        return LocalizedText(zh: "各项怎样改善都升不到\(zh)", en: "no better levels lead to \(en)")
    }
    if distance.isOfItems {
        let items = distance.items.map(\.change).joined(separator: ", ")
        return LocalizedText(
            zh: "最少改动 \(items)，\(distance.isBetter ? "升" : "降")为\(zh)",
            en: "the least change: \(items): \(en)"
        )
    }
    guard distance.isBetter else {
        let way = wayDown((-distance.points), isBeyond: distance.isBeyond)
        return LocalizedText(zh: "\(way.zh)，降为\(zh)", en: "\(way.en): \(en)")
    }
    let items = distance.items.map(\.change).joined(separator: ", ")
    let none =
        distance.isPassedBy
        ? LocalizedText(zh: "：任何一项改动都会越过它", en: "; whatever better score reaches it leads further")
        : distance.isOutOfReach
            ? LocalizedText(zh: "：补回全部失分也不够", en: "; all lost points together are not enough") : LocalizedText("")
    if distance.points.isZero, !distance.isBeyond, distance.isOutOfReach, !distance.isPassedBy {
        return LocalizedText(
            zh: "总分已够升为\(zh)，但怎样改分，挡住它的规则都仍成立",
            en: "enough points for \(en), but no better score lifts the rule that stands in the way"
        )
    }
    let way = wayUp(distance.points, isBeyond: distance.isBeyond)
    return LocalizedText(
        zh: "\(way.zh)，升为\(zh)" + (items.isEmpty ? none.zh : "：最少改动 \(items)"),
        en: "\(way.en): \(en)"
            + (items.isEmpty ? none.en : "; the least change: \(items)")
    )
}

private func wayDown(_ points: ExactDecimal, isBeyond: Bool) -> LocalizedText {
    if points.isZero { return LocalizedText(zh: "再失任何一点分", en: "any fewer point") }
    return LocalizedText(
        zh: "再失\(isBeyond ? "超过" : "") \(points.short) 分",
        en: "\(isBeyond ? "more than " : "")\(points.short) \(points == 1 ? "point" : "points") fewer"
    )
}

/// No points at all are needed where only a rule stands in the way.
private func wayUp(_ points: ExactDecimal, isBeyond: Bool) -> LocalizedText {
    if points.isZero {
        return isBeyond
            ? LocalizedText(zh: "再得任何一点分", en: "any point more")
            : LocalizedText(zh: "总分已够，规则不再成立时", en: "enough points, once no rule stands in the way")
    }
    return LocalizedText(
        zh: "再得\(isBeyond ? "超过" : "") \(points.short) 分",
        en: "\(isBeyond ? "more than " : "")\(points.short) \(points == 1 ? "point" : "points") more"
    )
}

extension Sensitivity.Gain {
    /// `C +2`, `4.1 → yes (+4.13)`; with a star what follows from the data.
    fileprivate var change: String { isComputed ? shownChange + " *" : shownChange }

    private var shownChange: String {
        let gain = points.map { $0.isNegative ? "−\($0.magnitude.short)" : "+\($0.short)" }
        if let own = ownPoints {
            return "\(code) \(own.isNegative ? "−" : "+")\(own.magnitude.short)" + (gain.map { " (\($0))" } ?? "")
        }
        guard let level else { return "\(code) \(gain ?? "")" }
        return "\(code) → \(level)" + (gain.map { " (\($0))" } ?? "")
    }
}
