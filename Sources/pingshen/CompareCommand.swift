internal import ArgumentParser
internal import CHostFiles
internal import LocalFiles
internal import PluginRuntime
internal import ReviewFile
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: words(
            zh: "把人工改过的 Word 报告与原评审比对（报告修改核对）。",
            en: "Holds a Word report that people have edited against its review."
        ),
        discussion: words(
            zh: """
                EDITED 是改回来的 .docx；REVIEW 是写出该报告的评审的文件夹，或其 review.json，其中的报告须保持原样。\
                列出被改动的每个数字、名称、用词和句子，以及改后不再勾稽的数字：一个问题一行，附 EDITED 中的位置。

                --out 写出一个文件夹的问题清单（review.json、SARIF、工作清单），以及以批注标出问题的副本 EDITED.reviewed.docx。

                  pingshen compare report-returned.docx out/hongqiao-party-service-2026 --out out
                """,
            en: """
                EDITED is the .docx as it came back; REVIEW is the folder of the review that wrote it, or its review.json. The \
                report in that folder must be as it was written. Prints every figure, name, word and sentence that was changed, \
                and which figures no longer go together: a line a finding, with the place in EDITED.

                With --out a folder of findings is written (review.json, SARIF, working list), and a copy of EDITED with the \
                findings as comments: EDITED.reviewed.docx.

                  pingshen compare report-returned.docx out/hongqiao-party-service-2026 --out out
                """
        )
    )

    @Argument(help: ArgumentHelp(zh: "改过的报告（.docx）。", en: "The edited report (.docx)."))
    var edited: String

    @Argument(
        help: ArgumentHelp(
            zh: "写出该报告的评审：其文件夹或 review.json。",
            en: "The review that wrote it: its folder, or its review.json."
        )
    )
    var review: String

    @Option(
        help: ArgumentHelp(
            zh: "评审文件夹中有多份报告时，是哪一份。",
            en: "The report in the review's folder, where it has several.",
            valueName: "file"
        )
    )
    var original: String?

    @Option(
        help: ArgumentHelp(
            zh: "把问题清单和带批注的副本写到这里的一个文件夹。",
            en: "Write the findings and the commented copy into a folder here.",
            valueName: "folder"
        )
    )
    var out: String?

    @Option(
        help: ArgumentHelp(
            zh: "有达到此严重程度的问题时，以 1 退出。",
            en: "Exit with 1 if a finding is at least this severe.",
            valueName: "blocker|error|warning|info"
        )
    )
    var failOn: Severity?

    @Flag(help: ArgumentHelp(zh: "把核对结果输出为一个 JSON 文档。", en: "Print the comparison as one JSON document."))
    var json = false

    @Option(
        help: ArgumentHelp(
            zh: "核对的步骤（YAML），代替自带的 Specs/pipelines/compare.yaml。",
            en: "The steps that compare (YAML), instead of those that pingshen carries, Specs/pipelines/compare.yaml.",
            valueName: "file"
        )
    )
    var pipeline: String?

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let locale = Terminal.locale(shared.locale)
        let reporter = Reporter(locale: locale)
        try requireFile(edited, locale)
        let (recorded, original) = try pristine(locale)
        var options = RunOptions()
        options.formats = out == nil ? ["json"] : nil
        options.locale = shared.locale ?? recorded.review.locale
        options.observer = PluginReporter(isVerbose: shared.verbose)
        var loaded = loadSpec(
            text: pipeline == nil ? CarriedFile.compare.text : nil,
            as: pipeline ?? "compare.yaml",
            id: recorded.review.id + "-compared",
            files: ["edited.docx": edited, "original.docx": original]
        )
        let verdicts = recorded.review.verdictNames
        // The step that compares is the one that is given the original.
        for index in loaded.spec?.steps.indices ?? 0..<0
        where loaded.spec?.steps[index].configuration["original"] != nil {
            loaded.spec?.steps[index].configuration.add(verdicts: verdicts)
        }
        do {
            let outcome = try await interruptible { [loaded, options, out] in
                try await withTemporaryFolder { folder in
                    var options = options
                    options.output = out ?? folder
                    return try await ReviewPipeline.review(loaded, options: options)
                }
            }
            try tell(outcome, reporter)
        } catch let error as RunError {
            throw reporter.report(error)
        }
    }

    private func tell(_ outcome: ReviewOutcome, _ reporter: Reporter) throws {
        let (findings, locale) = (outcome.review.findings, reporter.locale)
        if json {
            Terminal.result(outcome.json)
        } else {
            findings.forEach { Terminal.result(line($0, locale)) }
            if out != nil { outcome.files.forEach { Terminal.result(path: $0) } }
        }
        Terminal.say(counts(findings)(locale))
        reporter.list(outcome.failures)
        reporter.tellIfIncomplete(outcome.review)
        if !outcome.isWhole { throw ExitCode.pluginFailed }
        if let failOn, outcome.review.openFindings.contains(where: { $0.finding.severity >= failOn }) {
            throw ExitCode.findings
        }
    }

    private func line(_ located: LocatedFinding, _ locale: Locale) -> String {
        let finding = located.finding
        // A line is one of the document with the steps: the whole file is meant.
        let location = located.locations.first.flatMap { $0.line == nil ? $0 : nil }
        let place = location.map { ($0.words ?? $0.place.words)(locale) + "  " } ?? ""
        return "\(finding.severity.name(locale)) \(finding.rule)  \(place)\(finding.message(locale))"
    }

    // MARK: The original

    /// The review, and the path of the report that it wrote.
    private func pristine(_ locale: Locale) throws -> (review: RecordedReview, path: String) {
        let recorded: RecordedReview
        do throws(ReviewFileError) { recorded = try readReview(review) } catch {
            Terminal.error("\(error.path): \(error.message(locale))")
            throw ExitCode.invalidSpec
        }
        let folder = FileSystem.isFolder(review) ? review : FilePaths.folder(of: review)
        let reports = recorded.artifacts.filter { $0.path.lowercased().hasSuffix(".docx") }
        let wanted = original ?? "report.docx"
        guard let report = reports.first(where: { $0.path == wanted }) ?? (original == nil ? only(reports) : nil) else {
            Terminal.error(noReport(review, wanted, reports.map(\.path))(locale))
            throw ExitCode.invalidSpec
        }
        let path = folder + "/" + report.path
        let digest: String
        do throws(FileError) { digest = sha256(try FileSystem.read(path, atMost: maximumReportBytes)) } catch {
            Terminal.error("\(path): \(error.reason(locale))")
            throw ExitCode.invalidSpec
        }
        guard digest == report.sha256 else {
            Terminal.error(changed(path)(locale))
            throw ExitCode.invalidSpec
        }
        return (recorded, path)
    }

    private func only(_ reports: [RecordedReview.Artifact]) -> RecordedReview.Artifact? {
        reports.count == 1 ? reports[0] : nil
    }
}

extension Review {
    /// Every verdict that it could have come to, in both languages: a change of one is no matter of wording. A single character
    /// stands in too many other words.
    fileprivate var verdictNames: [String] {
        let all = scores.flatMap { $0.bands + [$0.verdict].compactMap(\.self) } + [verdict].compactMap(\.self)
        let names = Set(all.flatMap { [$0.name.zh, $0.name.en] } + scores.compactMap(\.level))
        return names.filter { $0.count > 1 }.sorted()
    }
}

extension Value {
    /// Adds the words of the review to those on which the meaning of a sentence hangs.
    fileprivate mutating func add(verdicts: [String]) {
        guard !verdicts.isEmpty, case .record(var settings) = self else { return }
        var words = Record()
        if case .record(let known) = settings["words"] { words = known }
        var meanings: [Value] = []
        if case .list(let known) = words["meanings"] { meanings = known }
        words["meanings"] = .list(meanings + [.list(verdicts.map { .text($0) })])
        settings["words"] = .record(words)
        self = .record(settings)
    }
}

/// As large as a Word file may be that is read.
private let maximumReportBytes = 64 << 20

// MARK: - Messages

private func counts(_ findings: [LocatedFinding]) -> LocalizedText {
    let parts = Severity.allCases.reversed().map { severity in
        (severity, findings.count { $0.finding.severity == severity })
    }.filter { $0.1 > 0 }
    if parts.isEmpty { return LocalizedText(zh: "没有改动", en: "nothing was changed") }
    return LocalizedText(
        zh: parts.map { "\($0.0.name.zh) \($0.1)" }.joined(separator: "，"),
        en: parts.map { "\($0.1) \($0.0.name.en)" }.joined(separator: ", ")
    )
}

private func noReport(_ review: String, _ wanted: String, _ reports: [String]) -> LocalizedText {
    if reports.isEmpty {
        return LocalizedText(
            zh: "\(review)：该评审没有写出 Word 报告，无从比对；请先用写 docx 的步骤运行评审",
            en: "\(review): this review wrote no Word report to compare with; run it with a step that writes docx"
        )
    }
    let list = reports.joined(separator: ", ")
    return LocalizedText(
        zh: "\(review)：该评审没有写出\"\(wanted)\"；有：\(list)；请用 --original 指明",
        en: "\(review): this review wrote no \"\(wanted)\"; there are: \(list); name one with --original"
    )
}

private func changed(_ path: String) -> LocalizedText {
    LocalizedText(
        zh: "\(path)：原报告本身已被改动（校验和与 review.json 不符），不能作为比对依据；请重新运行评审",
        en:
            "\(path): the original has itself been changed (its checksum is not that of review.json); run the review again"
    )
}
