internal import ArgumentParser
internal import PluginRuntime
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

struct RulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Lists and explains the checks that a review makes.",
        subcommands: [List.self, Explain.self]
    )

    /// The rules of a spec's pipeline, or of every plugin beside the host and on PATH.
    static func rules(_ spec: String?, _ locale: Locale) async throws -> [Rule] {
        do {
            if let spec { return try await rules(of: loadSpec(spec), options: RunOptions()) }
            return try await rules(of: PluginCatalog().all())
        } catch let error as RunError {
            throw Reporter(locale: locale).report(error)
        }
    }

    private static func rules(of loaded: LoadedSpec, options: RunOptions) async throws -> [Rule] {
        try await ReviewPipeline.rules(of: loaded, options: options)
    }

    private static func rules(of programs: [PluginProgram]) async throws -> [Rule] {
        try await ReviewPipeline.rules(of: programs)
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Every rule with its severity: those of a spec's pipeline, or of all plugins that are found."
        )

        @Argument(help: "A spec; its own rules in YAML are listed too.")
        var spec: String?

        @OptionGroup var shared: SharedOptions

        func run() async throws {
            let locale = Terminal.locale(shared.locale)
            let rules = try await RulesCommand.rules(spec, locale).sorted { $0.id < $1.id }
            let width = rules.map(\.id.count).max() ?? 0
            for rule in rules {
                let id = rule.id + String(repeating: " ", count: width - rule.id.count)
                Terminal.result("\(id)  \(rule.severity.rawValue)  \(rule.title(locale))")
            }
        }
    }

    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The manual of one rule: what it compares, its parameters, and how to change it in a spec."
        )

        @Argument(help: "A rule's id, such as arithmetic/line-product.")
        var id: String

        @Argument(help: "A spec in whose pipeline to look.")
        var spec: String?

        @OptionGroup var shared: SharedOptions

        func run() async throws {
            let locale = Terminal.locale(shared.locale)
            let rules = try await RulesCommand.rules(spec, locale)
            guard let rule = rules.first(where: { $0.id == id }) else {
                let help = suggestion(for: id, among: rules.map(\.id))
                Terminal.error(unknownRule(id)(locale) + (help.map { " " + $0(locale) } ?? ""))
                throw ExitCode.usage
            }
            Terminal.result("\(rule.id)  \(rule.severity.name(locale))  \(rule.title(locale))")
            if !rule.manual(locale).isEmpty { Terminal.result("\n" + rule.manual(locale)) }
            for parameter in rule.parameters {
                let unit = parameter.unit.isEmpty ? "" : " \(parameter.unit)"
                let standard = parameter.standard.scalarText ?? ""
                Terminal.result("\n  \(parameter.name): \(standard)\(unit)  # \(parameter.title(locale))")
            }
            Terminal.result("\nrules:\n  \(rule.id): \(setting(rule))")
        }

        /// How a spec would change the rule, ready to paste.
        private func setting(_ rule: Rule) -> String {
            let values = rule.parameters.compactMap { parameter in
                parameter.standard.scalarText.map { "\(parameter.name): \($0)" }
            }
            return "{" + (["severity: \(rule.severity.rawValue)"] + values).joined(separator: ", ") + "}"
        }
    }
}

// MARK: - Messages

private func unknownRule(_ id: String) -> LocalizedText {
    LocalizedText(zh: "没有规则\"\(id)\"。", en: "there is no rule \"\(id)\".")
}
