internal import ArgumentParser
internal import ReviewHost
internal import ReviewModel

struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Finds every mistake in a spec, each with its place; judges nothing.",
        discussion: "Starts the plugins only to let them check their own settings."
    )

    @Argument(help: "Specs to check.")
    var specs: [String]

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        if specs.isEmpty { throw ValidationError("Name at least one spec.") }
    }

    func run() async throws {
        let reporter = Reporter(locale: Terminal.locale(shared.locale))
        var options = RunOptions()
        options.locale = shared.locale
        options.observer = PluginReporter(isVerbose: shared.verbose)
        var worst: ExitCode?
        for spec in specs {
            let options = options
            do {
                let loaded = try await interruptible {
                    try await ReviewHost.validate(loadSpec(spec), options: options)
                }
                reporter.list(loaded)
                if loaded.hasErrors {
                    worst = worst ?? .invalidSpec
                } else if !loaded.failures.isEmpty {
                    worst = worst ?? .pluginFailed
                } else {
                    Terminal.result("\(spec): ok")
                }
            } catch let error as RunError {
                worst = reporter.report(error)
            }
        }
        if let worst { throw worst }
    }
}
