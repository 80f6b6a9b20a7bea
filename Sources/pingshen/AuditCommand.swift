internal import ArgumentParser
internal import CHostFiles
internal import LocalFiles
internal import PluginRuntime
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: words(
            zh: "核对一份现成的报告：与自身核对，与 spec 核对。",
            en: "Holds an existing report against itself, and against a spec."
        ),
        discussion: words(
            zh: """
                REPORT 是现成的报告：Word（.docx）、PDF、HTML、Markdown，或以制表符分列的纯文本；按内容识别，不看文件名。\
                逐行列出报告中的出入：文件中的位置、严重程度、规则和说明。--json 输出整个评审结果，包括关于 spec 的问题。不写报告。

                不给 --spec 时只看报告本身：按表头读出其中的表，再核对文字、重复的内容和各表。没有读出的内容也会说明。

                  pingshen audit report.docx
                  pingshen audit report.docx --spec project.yaml

                spec 自己已经核对报告的，改用 REPORT，设置不变；有步骤从报告中读表的，所读内容中的问题也列出。
                """,
            en: """
                REPORT is the report as people have it: Word (.docx), PDF, HTML, Markdown, or plain text with tables parted by tabs. \
                What it is, its content says, not its name. Prints what the report says otherwise, a line a finding: the place in \
                the file, severity, rule and message. With --json the whole review, the \
                findings about the spec included. No report is written.

                Without --spec the report is all there is: what its tables print is read, known by what their heads are called, and \
                its sentences, copies and tables are held against that. What could not be read is said.

                  pingshen audit report.docx
                  pingshen audit report.docx --spec project.yaml

                A spec that audits a report already does so with REPORT instead, and with its own settings; where a step of it \
                reads tables out of the report, what is found in them is printed, too.
                """
        )
    )

    @Argument(
        help: ArgumentHelp(zh: "报告：Word、PDF、HTML、Markdown 或纯文本。", en: "The report: Word, PDF, HTML, Markdown or text.")
    )
    var report: String

    @Option(
        help: ArgumentHelp(
            zh: "报告所评项目的说明文件（spec）；不给则只与报告自身核对。",
            en: "The spec of the project that it is about. Without one, the report is held against itself."
        )
    )
    var spec: String?

    @Option(
        help: ArgumentHelp(
            zh: "有达到此严重程度的问题时，以 1 退出。",
            en: "Exit with 1 if a finding is at least this severe.",
            valueName: "blocker|error|warning|info"
        )
    )
    var failOn: Severity?

    @Flag(help: ArgumentHelp(zh: "把评审结果输出为一个 JSON 文档。", en: "Print the review as one JSON document."))
    var json = false

    @Option(
        help: ArgumentHelp(
            zh: "核对报告的步骤（YAML），代替自带的 Specs/pipelines/audit.yaml。",
            en: "The step that audits (YAML), instead of the one that pingshen carries, Specs/pipelines/audit.yaml.",
            valueName: "file"
        )
    )
    var step: String?

    @Option(
        help: ArgumentHelp(
            zh: "没有 --spec 时核对报告的步骤（YAML），代替自带的 Specs/pipelines/audit-alone.yaml。",
            en:
                "Without --spec: the steps that audit (YAML), instead of those that pingshen carries, Specs/pipelines/audit-alone.yaml.",
            valueName: "file"
        )
    )
    var pipeline: String?

    @Flag(
        help: ArgumentHelp(
            zh: "在 Word 报告的副本中，确定的更正同时写成修订。",
            en: "In the copy of a Word report, propose what is certain as tracked changes, too."
        )
    )
    var suggest = false

    @Flag(
        help: ArgumentHelp(
            zh: "识别扫描的 PDF（OCR，用 tesseract）。每个识别的页都列为问题：其中的数字可能有误。",
            en:
                "Of a scanned PDF, recognise the text (OCR, with tesseract). Every such page is a finding: its figures may be wrong."
        )
    )
    var ocr = false

    @Option(
        help: ArgumentHelp(
            zh: "副本写入此文件夹，而不是报告旁边。",
            en: "Write the copy into this folder, instead of beside the report.",
            valueName: "folder"
        )
    )
    var out: String?

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let locale = Terminal.locale(shared.locale)
        let reporter = Reporter(locale: locale)
        var options = RunOptions()
        options.formats = ["json"]
        options.locale = shared.locale
        options.observer = PluginReporter(isVerbose: shared.verbose)
        let copy = ReviewedCopy(report: report, suggests: suggest, folder: out)
        let kind = copy.kind
        if let slip = slip(kind) {
            Terminal.error(slip(locale))
            throw ExitCode.usage
        }
        try requireFile(report, locale)
        var (loaded, auditing) = try audited(reporter)
        if kind != nil {
            loaded = copy.adding(to: loaded)
            options.formats = ["json"] + copy.formats
        }
        if ocr { loaded.recognise(in: auditing) }
        let text = writtenPath(report)
        do {
            let (outcome, files) = try await interruptible { [options, loaded] in
                try await withTemporaryFolder { folder in
                    var options = options
                    options.output = folder
                    let outcome = try await review(loaded, options: options)
                    return (outcome, try kind.map { _ in try delivered(copy, outcome) } ?? [])
                }
            }
            if json { Terminal.result(outcome.json) }
            let findings = outcome.review.findings.filter { located in
                auditing.contains(located.step) || located.locations.first?.file == text
            }
            if !json { lines(findings, locale).forEach { Terminal.result($0) } }
            if !json { files.forEach { Terminal.result(path: $0) } }
            Terminal.say(counts(findings)(locale))
            reporter.list(outcome.failures)
            reporter.tellIfIncomplete(outcome.review)
            if !outcome.isWhole { throw ExitCode.pluginFailed }
            if let failOn, findings.contains(where: { $0.waiver == nil && $0.finding.severity >= failOn }) {
                throw ExitCode.findings
            }
        } catch let error as RunError {
            throw reporter.report(error)
        }
    }

    private static let carriedName = "audit-alone.yaml"

    /// What cannot be asked for together, seen before anything is read.
    private func slip(_ kind: ReviewedCopy.Kind?) -> LocalizedText? {
        if suggest, kind != .word { return noSuggestions(report) }
        if ocr, kind != .pdf { return noScan(report) }
        if spec != nil, pipeline != nil { return needless("--pipeline", zh: "给出 --spec 时", en: "with --spec") }
        if spec == nil, step != nil { return needless("--step", zh: "没有 --spec 时", en: "without --spec") }
        return nil
    }

    /// The spec with what audits the report, and the steps whose findings are about it.
    private func audited(_ reporter: Reporter) throws -> (LoadedSpec, steps: [String]) {
        if let spec {
            let path = try specPath(spec, reporter.locale)
            let (loaded, steps) = loadSpec(path, with: try auditingStep(reporter), reading: report)
            return (loaded, steps)
        }
        let loaded = loadSpec(
            text: pipeline == nil ? CarriedFile.auditAlone.text : nil,
            as: pipeline ?? Self.carriedName,
            id: "audit",
            files: ["report": report]
        )
        return (loaded, loaded.spec?.steps.map(\.id) ?? [])
    }

    private func delivered(_ copy: ReviewedCopy, _ outcome: ReviewOutcome) throws -> [String] {
        do throws(FileError) { return try copy.take(from: outcome) } catch { throw RunError.output(error.sentence) }
    }

    private func auditingStep(_ reporter: Reporter) throws -> FileStep {
        guard let step else { return try carried(CarriedFile.audit.allBytes, as: "audit.yaml", reporter) }
        return try described(FileStep.load(step), reporter)
    }

    /// A line a finding; what follows from one stands beneath it, indented.
    private func lines(_ findings: [LocatedFinding], _ locale: Locale) -> [String] {
        let ids = Set(findings.map(\.id))
        let followers = Dictionary(grouping: findings.filter { ids.contains($0.cause) }, by: \.cause)
        return findings.filter { !ids.contains($0.cause) }.flatMap { root in
            [line(root, locale)] + (followers[root.id] ?? []).map { "    " + line($0, locale) }
        }
    }

    private func line(_ located: LocatedFinding, _ locale: Locale) -> String {
        let finding = located.finding
        // What is said of the report as a whole stands in the document with the steps, which is nobody's here.
        let isOurs = spec == nil && located.locations.first?.file == Self.carriedName
        let place = isOurs ? "\(report): " : located.locations.first.map { "\($0.place): " } ?? ""
        return "\(place)\(finding.severity.name(locale)) \(finding.rule): \(finding.message(locale))"
    }
}

extension LoadedSpec {
    /// Lets those of the steps that read a document recognise its scanned pages.
    fileprivate mutating func recognise(in steps: [String]) {
        for index in spec?.steps.indices ?? 0..<0 where spec.map({ steps.contains($0.steps[index].id) }) ?? false {
            guard case .record(var settings)? = spec?.steps[index].configuration, settings["document"] != nil else {
                continue
            }
            settings["ocr"] = true
            spec?.steps[index].configuration = .record(settings)
        }
    }
}

// MARK: - Messages

private func noScan(_ report: String) -> LocalizedText {
    LocalizedText(zh: "\(report)：--ocr 只能用于 PDF 文件", en: "\(report): --ocr works for PDF files only")
}

private func needless(_ option: String, zh: String, en: String) -> LocalizedText {
    LocalizedText(zh: "\(zh)不能用 \(option)", en: "\(option) means nothing \(en)")
}

private func noSuggestions(_ report: String) -> LocalizedText {
    LocalizedText(
        zh: "\(report)：--suggest 只能用于 Word 文件（.docx）",
        en: "\(report): --suggest works for Word files (.docx) only"
    )
}

private func counts(_ findings: [LocatedFinding]) -> LocalizedText {
    let parts = Severity.allCases.reversed().map { severity in
        (severity, findings.count { $0.finding.severity == severity })
    }.filter { $0.1 > 0 }
    if parts.isEmpty { return LocalizedText(zh: "没有发现问题", en: "no findings") }
    return LocalizedText(
        zh: parts.map { "\($0.0.name.zh) \($0.1)" }.joined(separator: "，"),
        en: parts.map { "\($0.1) \($0.0.name.en)" }.joined(separator: ", ")
    )
}
