internal import ArgumentParser
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: words(
            zh: "找出 spec 的全部错误并指明位置；不作评审。",
            en: "Finds every mistake in a spec, each with its place; judges nothing."
        ),
        discussion: words(zh: "启动插件只为让它们检查自己的设置。", en: "Starts the plugins only to let them check their own settings.")
    )

    @Argument(
        help: ArgumentHelp(
            zh: "要检查的 spec；或有 spec.yaml 的文件夹，或其中的工作簿。",
            en: "Specs to check; or folders with a spec.yaml, or the workbooks in them."
        )
    )
    var specs: [String]

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        if specs.isEmpty { throw ValidationError(zh: "请至少写一个 spec。", en: "Name at least one spec.") }
    }

    func run() async throws {
        let checker = SpecChecker(shared)
        for argument in specs {
            try await checker.check(loadArgument(argument, Terminal.locale(shared.locale)), named: argument)
        }
        try checker.finish()
    }
}
