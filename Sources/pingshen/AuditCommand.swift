internal import ArgumentParser
internal import LocalFiles
internal import PluginRuntime
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Holds the text of an existing report against a spec, and against itself.",
        discussion: """
            REPORT is the report as people have it: Word (.docx), PDF, HTML, Markdown, or plain text with tables parted by tabs. \
            What it is, its content says, not its name. Prints what the report says otherwise, a line a finding: the place in \
            the file, severity, rule and message. With --json the whole review, the \
            findings about the spec included. No report is written.

            A spec that audits a report already does so with REPORT instead, and with its own settings; where a step of it \
            reads tables out of the report, what is found in them is printed, too.
            """
    )

    @Argument(help: "The report: Word, PDF, HTML, Markdown or text.")
    var report: String

    @Option(help: "The spec of the project that it is about.")
    var spec: String

    @Option(
        help: ArgumentHelp("Exit with 1 if a finding is at least this severe.", valueName: "blocker|error|warning|info")
    )
    var failOn: Severity?

    @Flag(help: "Print the review as one JSON document.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "The step that audits (YAML), instead of the one that pingshen carries, Specs/pipelines/audit.yaml.",
            valueName: "file"
        )
    )
    var step: String?

    @Flag(help: "In the copy of a Word report, propose what is certain as tracked changes, too.")
    var suggest = false

    @Option(help: ArgumentHelp("Write the copy into this folder, instead of beside the report.", valueName: "folder"))
    var out: String?

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let locale = Terminal.locale(shared.locale)
        let reporter = Reporter(locale: locale)
        var options = RunOptions()
        options.formats = ["json"]
        options.locale = shared.locale
        options.observer = PluginReporter(isVerbose: shared.verbose)
        let auditor = try auditingStep(reporter)
        var (loaded, auditing) = loadSpec(spec, with: auditor, reading: report)
        let copy = ReviewedCopy(report: report, suggests: suggest, folder: out)
        let kind = copy.kind
        if suggest, kind != .word {
            Terminal.error(noSuggestions(report)(locale))
            throw ExitCode.usage
        }
        if kind != nil {
            loaded = copy.adding(to: loaded)
            options.formats = ["json"] + copy.formats
        }
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
            if !json { findings.forEach { Terminal.result(line($0, locale)) } }
            if !json { files.forEach { Terminal.result($0) } }
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

    private func delivered(_ copy: ReviewedCopy, _ outcome: ReviewOutcome) throws -> [String] {
        do throws(FileError) { return try copy.take(from: outcome) } catch { throw RunError.output(error.sentence) }
    }

    private func auditingStep(_ reporter: Reporter) throws -> FileStep {
        guard let step else { return try carried(PackageResources.audit_yaml, as: "audit.yaml", reporter) }
        return try described(FileStep.load(step), reporter)
    }

    private func line(_ located: LocatedFinding, _ locale: Locale) -> String {
        let finding = located.finding
        let place = located.locations.first.map { "\($0.place): " } ?? ""
        return "\(place)\(finding.severity.name(locale)) \(finding.rule): \(finding.message(locale))"
    }
}

// MARK: - Messages

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
