internal import ArgumentParser
internal import PluginRuntime
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

/// Tells people what became of a spec, in their language, on standard error.
struct Reporter {
    let locale: Locale

    /// The mistakes of a spec, each with its line and a caret, and the plugins that could not look for any.
    func list(_ checked: CheckedSpec) {
        defer { list(checked.failures) }
        let loaded = checked.loaded
        guard !loaded.diagnostics.isEmpty else { return }
        Terminal.say(painted: loaded.rendered(locale: locale, isColoured: Terminal.isColoured))
        Terminal.say(counts(loaded))
    }

    /// What goes well today and will not for ever, each with its line and a caret.
    func warn(of notices: LoadedSpec) {
        if notices.diagnostics.isEmpty { return }
        Terminal.say(painted: notices.rendered(locale: locale, isColoured: Terminal.isColoured))
    }

    /// Says where files are that people had changed, and that a new review has replaced.
    func tell(setAside copies: [String]) {
        if !copies.isEmpty { Terminal.say(keptAside(copies)(locale)) }
    }

    /// Says which files are gone that an earlier review had written.
    func tell(removedBy outcome: ReviewOutcome) {
        let names = outcome.removed.map { String($0.dropFirst(outcome.folder.count + 1)) }
        if !names.isEmpty { Terminal.say(noLonger(names, outcome.folder)(locale)) }
    }

    /// Says why there is no review; returns the exit code for it.
    ///
    /// - Parameter isReview: whether a review was wanted.
    func report(_ error: RunError, isReview: Bool = true) -> ExitCode {
        switch error {
        case .invalid(let checked):
            list(checked)
            return .invalidSpec
        case .failed(let failures):
            list(failures)
            if isReview { Terminal.say(nothingJudged(locale)) }
            return failures.allSatisfy(\.failure.isOfMachine) ? .cannotWrite : .pluginFailed
        case .output(let message):
            Terminal.error(message(locale))
            return .cannotWrite
        case .sandbox(let message):
            Terminal.error(message(locale))
            return .pluginFailed
        case .unknownFormat(let format, let known):
            Terminal.error(unknownFormat(format, known)(locale))
            return .usage
        }
    }

    /// Each failure with the plugin's last words.
    func list(_ failures: [StepFailure]) {
        for failure in failures.map(\.failure) {
            Terminal.error(failure.message(locale))
            for line in failure.standardError { Terminal.say("    \(failure.plugin)> \(line)") }
        }
    }

    /// The review in a few lines: scores, verdict, amounts, findings.
    func summarise(_ outcome: ReviewOutcome) {
        let review = outcome.review
        let name = review.project["name"]?.text ?? review.id
        Terminal.say(painted: Terminal.bold(name))
        let sheets = review.scores.ranked
        for sheet in sheets.prefix(Self.maximumSheets) { Terminal.say("  " + scoreLine(sheet)(locale)) }
        if sheets.count > Self.maximumSheets {
            Terminal.say("  " + moreSheets(sheets.count - Self.maximumSheets)(locale))
        }
        if let verdict = review.verdict { Terminal.say("  " + verdictLine(verdict)(locale)) }
        if let amounts = review.amounts { Terminal.say("  " + ReviewWords.carried.summary(of: amounts)(locale)) }
        Terminal.say("  " + findingsLine(review.findings)(locale))
        if review.findings.contains(where: { $0.baseline != nil }) { Terminal.say("  " + sinceLine(review)(locale)) }
        tellIfIncomplete(review)
        list(outcome.failures)
    }

    /// As many as a town ranks in one list; what is beyond them would hide the verdict and the findings.
    private static let maximumSheets = 500

    /// Says which steps were not done, if any.
    func tellIfIncomplete(_ review: Review) {
        let missing = review.steps.filter { $0.outcome != .done }
        if !missing.isEmpty { Terminal.say("  " + missingLine(missing)(locale)) }
    }

    private func counts(_ loaded: LoadedSpec) -> String {
        return LocalizedText(
            zh: "\(loaded.path.inOneLine)：\(loaded.errorCount) 处错误，\(loaded.warningCount) 处提醒",
            en: "\(loaded.path.inOneLine): \(loaded.errorCount) error(s), \(loaded.warningCount) warning(s)"
        )(locale)
    }
}

/// Prints what plugins log: warnings and errors always, the rest when asked for.
struct PluginReporter: PluginObserver {
    let isVerbose: Bool
    /// Says which review it is about, where there are many.
    var beginning = ""

    func log(plugin: String, _ level: LogLevel, _ message: String) {
        guard isVerbose || level == .warning || level == .error else { return }
        Terminal.say("\(beginning)\(plugin)> \(message)")
    }

    func progress(plugin: String, done: Int, total: Int?, _ message: String) {}
}

// MARK: - Messages

private func sinceLine(_ review: Review) -> LocalizedText {
    let new = review.findings.count { $0.baseline == .new }
    return LocalizedText(
        zh: "与上次相比：新增 \(new)，已解决 \(review.fixed.count)",
        en: "since the baseline: \(new) new, \(review.fixed.count) fixed"
    )
}

private func scoreLine(_ sheet: ScoreSheet) -> LocalizedText {
    let rater = ReviewWords.carried.total(of: sheet.rater)
    let figure = sheet.figure ?? sheet.ratings
    if let subject = sheet.subject {
        let (zh, en) = sheet.verdict.map { ("，\($0.name.zh)", ", \($0.name.en)") } ?? ("", "")
        let rank = subject.rank.map { "\($0). " } ?? ""
        let place = "\(rank)\(subject.name) (\(sheet.rater)): \(figure)"
        return LocalizedText(zh: place + zh, en: place + en)
    }
    return LocalizedText(zh: "\(rater.zh)：\(figure)", en: "\(rater.en): \(figure)")
}

extension [ScoreSheet] {
    /// Many things that are judged by their ranks, those of the review before those of its experts, the others before them as they are.
    fileprivate var ranked: [ScoreSheet] {
        let raters = map { sheet in
            sheet.subject == nil ? (0, "") : (sheet.isOfReviewer ? 1 : 2, sheet.baseRater)
        }
        let order = indices.sorted { left, right in
            let ranks = (self[left].place, self[right].place)
            if raters[left] != raters[right] { return raters[left] < raters[right] }
            return (ranks.0, left) < (ranks.1, right)
        }
        return order.map { self[$0] }
    }
}

extension ScoreSheet {
    /// Whether it is what the review says, of one thing or of one among many.
    fileprivate var isOfReviewer: Bool { part == .reviewer || part == nil && baseRater == Self.reviewRater }
    /// Its place in a list by ranks: what has no rank comes after what has one.
    fileprivate var place: Int { subject.map { $0.rank ?? .max } ?? 0 }
    /// The total of what can be had: `88 / 100`, with the top parts where they make it; `nil` where there is none.
    fileprivate var figure: String? {
        guard let total, let max else { return nil }
        let tops = items.filter { $0.parent == nil }
        // The parts of a mean are no summands, even where they happen to add up.
        let isSum =
            (try? ExactDecimal.sum(tops.compactMap(\.points))) == total
            && (try? ExactDecimal.sum(tops.compactMap(\.max))) == max
        // What takes points away is taken away: 26.67 - 2 + 5.
        let parts = tops.map { $0.points?.short ?? "—" }.joined(separator: " + ").replacing("+ -", with: "- ")
        return "\(total.short) / \(max.short)" + (tops.count > 1 && isSum ? " (\(parts))" : "")
    }

    /// The level of the whole, or else those of the top parts by their codes: `PI-1 B+, PI-2 —`.
    var ratings: String {
        if let level { return level }
        return items.filter { $0.parent == nil }.map { item in
            "\(item.code) \(item.level ?? item.points?.short ?? "—")"
        }.joined(separator: ", ")
    }
}

private func moreSheets(_ count: Int) -> LocalizedText {
    LocalizedText(zh: "……另有 \(count) 份得分，见 review.json", en: "… and \(count) more, in review.json")
}

private func verdictLine(_ verdict: Verdict) -> LocalizedText {
    let band = verdict.band.isEmpty ? "" : " " + verdict.band
    return LocalizedText(zh: "评审结论：\(verdict.name.zh)\(band)", en: "verdict: \(verdict.name.en)\(band)")
}

private func findingsLine(_ findings: [LocatedFinding]) -> LocalizedText {
    func count(_ severity: Severity) -> Int {
        findings.count { $0.finding.severity == severity && $0.waiver == nil }
    }
    let parts = Severity.allCases.reversed().map { ($0, count($0)) }.filter { $0.1 > 0 }
    let waived = findings.count { $0.waiver != nil }
    let (waivedZh, waivedEn) = waived > 0 ? ("（另有已豁免 \(waived)）", " (and \(waived) waived)") : ("", "")
    if parts.isEmpty { return LocalizedText(zh: "没有发现问题" + waivedZh, en: "no findings" + waivedEn) }
    return LocalizedText(
        zh: "发现：" + parts.map { "\($0.name.zh) \($1)" }.joined(separator: "，") + waivedZh,
        en: "findings: " + parts.map { "\($1) \($0.name.en)" }.joined(separator: ", ") + waivedEn
    )
}

private func missingLine(_ steps: [Review.Step]) -> LocalizedText {
    func list(_ outcome: Review.Step.Outcome) -> String? {
        let ids = steps.filter { $0.outcome == outcome }.map(\.id)
        return ids.isEmpty ? nil : ids.joined(separator: ", ")
    }
    let (failed, skipped) = (list(.failed), list(.skipped))
    return LocalizedText(
        zh: "评审不完整，不得签发："
            + [failed.map { "失败 \($0)" }, skipped.map { "未执行 \($0)" }].compactMap(\.self).joined(separator: "；"),
        en: "incomplete, not to be signed: "
            + [failed.map { "failed \($0)" }, skipped.map { "skipped \($0)" }].compactMap(\.self).joined(
                separator: "; "
            )
    )
}

func keptAside(_ copies: [String]) -> LocalizedText {
    let files = copies.map(\.inOneLine)
    return LocalizedText(
        zh: "上次写出后有人改过的文件没有丢弃，已另存为：\(files.joined(separator: "、"))。报告改动可用 pingshen compare 核对",
        en: "files that somebody had changed since they were written were kept: \(files.joined(separator: ", ")); "
            + "pingshen compare tells what was changed in a report"
    )
}

private func noLonger(_ files: [String], _ folder: String) -> LocalizedText {
    let (names, place) = (files.map(\.inOneLine), folder.inOneLine)
    return LocalizedText(
        zh: "\(place) 中上次评审写出、本次没有的文件已移除：\(names.joined(separator: "、"))。要保留的，请在 --format 中一并写上其格式，或不写 --format",
        en: "removed from \(place), for this review does not have them: \(names.joined(separator: ", ")); "
            + "name their formats, too, or leave out --format, to have them again"
    )
}

private let nothingJudged = LocalizedText(zh: "没有任何步骤完成，未写出评审。", en: "nothing could be judged; no review was written")

private func unknownFormat(_ format: String, _ known: [String]) -> LocalizedText {
    let list = known.joined(separator: ", ")
    return LocalizedText(
        zh: "没有插件能写格式\"\(format)\"；可用的有：\(list)",
        en: "no renderer of the spec writes \"\(format)\"; there are: \(list)"
    )
}

extension ExactDecimal {
    /// Without trailing zeros: `44`, `0.5`.
    var short: String { withoutTrailingZeros.description }
}
