internal import ArgumentParser
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Finds every mistake in a spec, each with its place; judges nothing.",
        discussion: "Starts the plugins only to let them check their own settings."
    )

    @Argument(help: "Specs to check; or folders with a spec.yaml, or the workbooks in them.")
    var specs: [String]

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        if specs.isEmpty { throw ValidationError("Name at least one spec.") }
    }

    func run() async throws {
        let checker = SpecChecker(shared)
        for argument in specs {
            try await checker.check(loadArgument(argument, Terminal.locale(shared.locale)), named: argument)
        }
        try checker.finish()
    }
}
