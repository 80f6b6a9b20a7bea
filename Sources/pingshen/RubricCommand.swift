internal import ArgumentParser
internal import CHostFiles
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

struct RubricCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rubric",
        abstract: words(zh: "在使用之前检查评分标准。", en: "Checks rubrics before anything is judged by them."),
        subcommands: [Lint.self]
    )

    /// `rubric lint RUBRIC…`
    struct Lint: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: words(zh: "评分标准中的全部矛盾，各有位置。", en: "Every contradiction of a rubric, each with its place."),
            discussion: words(
                zh: """
                    分值对不上、分档重叠或有空档、任何得分都达不到的结论、用了而没有规定的编号和等级、没有条件的择一项……
                    """,
                en: """
                    Points that do not add up, bands that overlap or leave a gap, verdicts that no scores reach, codes and levels \
                    that are used but not defined, alternatives without a condition …
                    """
            )
        )

        @Argument(help: ArgumentHelp(zh: "评分标准（YAML）。", en: "Rubrics (YAML)."))
        var rubrics: [String]

        @Option(
            help: ArgumentHelp(
                zh: "按它打分的插件；默认为自带评审所用的。",
                en: "The plugin that scores by them; else that of the default review.",
                valueName: "plugin"
            )
        )
        var plugin: String?

        @OptionGroup var shared: SharedOptions

        func validate() throws {
            if rubrics.isEmpty { throw ValidationError(zh: "请至少写一份评分标准。", en: "Name at least one rubric.") }
        }

        func run() async throws {
            let checker = SpecChecker(shared)
            let reporter = Reporter(locale: Terminal.locale(shared.locale))
            var step = try carried(CarriedFile.rubricLint.allBytes, as: "rubric-lint.yaml", reporter)
            if let plugin { step.plugin = plugin }
            for rubric in rubrics { try await checker.check(loadSettings(rubric, of: step), named: rubric) }
            try checker.finish()
        }
    }
}
