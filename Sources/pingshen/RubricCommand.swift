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

        @Option(
            help: ArgumentHelp("The plugin that scores by them; else that of the default review.", valueName: "plugin")
        )
        var plugin: String?

        @OptionGroup var shared: SharedOptions

        func validate() throws {
            if rubrics.isEmpty { throw ValidationError("Name at least one rubric.") }
        }

        func run() async throws {
            let checker = SpecChecker(shared)
            let reporter = Reporter(locale: Terminal.locale(shared.locale))
            var step = try carried(PackageResources.rubric_lint_yaml, as: "rubric-lint.yaml", reporter)
            if let plugin { step.plugin = plugin }
            for rubric in rubrics { try await checker.check(loadSettings(rubric, of: step), named: rubric) }
            try checker.finish()
        }
    }
}
