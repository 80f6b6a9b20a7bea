public import ArgumentParser
public import ReviewModel

/// What every command understands.
struct SharedOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Language of messages and of the review.", valueName: "zh|en"))
    var locale: Locale?

    @Flag(name: .shortAndLong, help: "Also print what plugins log.")
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
