internal import ArgumentParser
internal import CHostFiles
internal import LocalFiles
internal import Portfolio
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

/// Which summary a command is to make.
struct SummaryOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            zh: "汇总的说明（YAML），代替自带的。",
            en: "Another description of the summary than the one that comes along.",
            valueName: "file"
        )
    )
    var summary: String?

    @Option(
        help: ArgumentHelp(
            zh: "通看全部评审的步骤：写法同 spec 的 plugins 和 pipeline。",
            en: "Scorers that look at all reviews together: plugins and pipeline, as in a spec.",
            valueName: "file"
        )
    )
    var pipeline: String?

    @Option(
        help: ArgumentHelp(
            zh: "同时把结果写成 SQLite 数据库，供自行查询。",
            en: "Also write the results as a SQLite database, for questions of your own.",
            valueName: "file"
        )
    )
    var sqlite: String?

    func description(_ locale: Locale) throws -> SummaryDescription {
        try SummaryDescription(summary, pipeline: pipeline, locale)
    }
}

/// What a summary shows, and the files that say so.
struct SummaryDescription: Sendable {
    var document: PortfolioDocument
    /// The steps that judge its tables.
    var steps: [LooseSteps]
    /// Of the bytes that it was read from.
    var sha256: String
    private var name: String
    private var file: LoadedDocument

    /// The description that the program carries, or the one in a file, with the steps of another file; says what is wrong with them
    /// and throws the exit code.
    init(_ path: String?, pipeline: String?, _ locale: Locale) throws {
        name = path ?? Self.carriedName
        file =
            path.map { LoadedDocument($0) }
            ?? LoadedDocument(text: CarriedFile.summary.text, as: name)
        steps = [file.steps()].compactMap(\.self)
        try Self.check(file.loaded, locale)
        if let pipeline {
            let further = LooseSteps(pipeline)
            try Self.check(further.loaded, locale)
            steps.append(further)
        }
        steps = steps.filter { !$0.isEmpty }
        sha256 = LocalFiles.sha256(Array(file.loaded.inputs.map { "\($0.path) \($0.sha256)\n" }.joined().utf8))
        do throws(UnreadablePortfolio) {
            document = try PortfolioDocument(file.value ?? .null)
        } catch {
            for wrong in error.mistakes { Terminal.error(Self.wording(of: wrong, in: file, name)(locale)) }
            throw ExitCode.invalidSpec
        }
    }

    private static let carriedName = "summary.yaml"

    private static func check(_ loaded: LoadedSpec, _ locale: Locale) throws {
        guard !loaded.diagnostics.isEmpty else { return }
        Reporter(locale: locale).list(CheckedSpec(loaded: loaded))
        if loaded.hasErrors { throw ExitCode.invalidSpec }
    }

    /// A mistake in it, with its place and the key that it is in.
    func wording(of wrong: ConfigurationDiagnostic) -> LocalizedText { Self.wording(of: wrong, in: file, name) }

    private static func wording(
        of wrong: ConfigurationDiagnostic,
        in file: LoadedDocument,
        _ name: String
    ) -> LocalizedText {
        let inText = wrong.place.map { ":\($0.line):\($0.column)" } ?? ""
        let place = file.diagnostic(wrong).map { "\($0.place)" } ?? name
        let at = "\(place): \(wrong.pointer.dotted)\(inText): "
        return LocalizedText(
            zh: at + wrong.message.zh + (wrong.help.map { "；\($0.zh)" } ?? ""),
            en: at + wrong.message.en + (wrong.help.map { "; \($0.en)" } ?? "")
        )
    }
}
