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
