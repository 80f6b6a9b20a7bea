public import ArgumentParser
public import ReviewModel

/// What every command understands.
struct SharedOptions: ParsableArguments {
    @Option(help: ArgumentHelp(zh: "提示和评审结果的语言。", en: "Language of messages and of the review.", valueName: "zh|en"))
    var locale: Locale?

    @Flag(name: .shortAndLong, help: ArgumentHelp(zh: "同时显示插件的日志。", en: "Also print what plugins log."))
    var verbose = false
}

extension Locale: ExpressibleByArgument {}
extension Severity: ExpressibleByArgument {}

extension [String] {
    /// The names in it, which stand apart or with commas between them; `nil` where there are none.
    var listed: [String]? {
        isEmpty ? nil : flatMap { $0.split(separator: ",").map { String($0.filter { $0 != " " }) } }
    }
}
