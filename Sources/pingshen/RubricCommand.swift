internal import ArgumentParser
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

struct RubricCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rubric",
        abstract: "Checks rubrics before anything is judged by them.",
        subcommands: [Lint.self]
    )

    /// `rubric lint RUBRIC…`
    struct Lint: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Every contradiction of a rubric, each with its place.",
            discussion: """
                Points that do not add up, bands that overlap or leave a gap, verdicts that no scores reach, codes and levels \
                that are used but not defined, alternatives without a condition …
                """
        )

        @Argument(help: "Rubrics (YAML).")
        var rubrics: [String]

        @Option(help: ArgumentHelp("The plugin that scores by them.", valueName: "plugin"))
        var plugin = "rubric-scorer"

        @OptionGroup var shared: SharedOptions

        func validate() throws {
            if rubrics.isEmpty { throw ValidationError("Name at least one rubric.") }
        }

        func run() async throws {
            let checker = SpecChecker(shared)
            for rubric in rubrics {
                try await checker.check(loadSettings(rubric, named: "rubric", of: plugin), named: rubric)
            }
            try checker.finish()
        }
    }
}

/// Checks one document after the other and remembers the worst that was found.
final class SpecChecker {
    private let reporter: Reporter
    private var options = RunOptions()
    private var worst: ExitCode?

    init(_ shared: SharedOptions) {
        reporter = Reporter(locale: Terminal.locale(shared.locale))
        options.locale = shared.locale
        options.observer = PluginReporter(isVerbose: shared.verbose)
    }

    func check(_ document: LoadedSpec, named name: String) async throws {
        let options = options
        do {
            let checked = try await interruptible { try await ReviewPipeline.validate(document, options: options) }
            reporter.list(checked)
            if checked.loaded.hasErrors {
                worst = worst ?? .invalidSpec
            } else if !checked.failures.isEmpty {
                worst = worst ?? .pluginFailed
            } else {
                Terminal.result("\(name): ok")
            }
        } catch let error as RunError {
            worst = reporter.report(error)
        }
    }

    /// Ends the command with the exit code that the worst document deserves.
    func finish() throws {
        if let worst { throw worst }
    }
}
