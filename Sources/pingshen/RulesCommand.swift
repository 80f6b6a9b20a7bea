internal import ArgumentParser
internal import PluginRuntime
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

struct RulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: words(zh: "列出并解释评审所做的各项检查。", en: "Lists and explains the checks that a review makes."),
        subcommands: [List.self, Explain.self]
    )

    /// The rules of a spec's pipeline, or of every plugin beside the host and on PATH; those that fail are named.
    static func rules(_ spec: String?, _ locale: Locale, withExamples: Bool = false) async throws -> [Rule] {
        do {
            return try await interruptible {
                let tell = { (failure: PluginFailure) in Terminal.error(failure.message(locale)) }
                guard let spec else {
                    return try await ReviewPipeline.rules(
                        of: PluginCatalog().all(),
                        withExamples: withExamples,
                        onFailure: tell
                    )
                }
                return try await ReviewPipeline.rules(
                    of: loadSpec(spec),
                    options: RunOptions(),
                    withExamples: withExamples,
                    onFailure: tell
                )
            }
        } catch let error as RunError {
            throw Reporter(locale: locale).report(error, isReview: false)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: words(
                zh: "全部规则及其严重程度：某个 spec 各步骤的，或找到的全部插件的。",
                en: "Every rule with its severity: those of a spec's pipeline, or of all plugins that are found."
            )
        )

        @Argument(
            help: ArgumentHelp(zh: "一个 spec；其中用 YAML 写的规则也列出。", en: "A spec; its own rules in YAML are listed too.")
        )
        var spec: String?

        @OptionGroup var shared: SharedOptions

        func run() async throws {
            let locale = Terminal.locale(shared.locale)
            let rules = try await RulesCommand.rules(spec, locale).sorted { $0.id < $1.id }
            let width = rules.map(\.id.count).max() ?? 0
            for rule in rules {
                let id = rule.id + String(repeating: " ", count: width - rule.id.count)
                let further = [rule.deprecation?.words, rule.formerly].compactMap { $0?(locale) }
                let note = further.isEmpty ? "" : "  (\(further.joined(separator: "; ")))"
                Terminal.result("\(id)  \(rule.severity.rawValue)  \(rule.title(locale))\(note)")
            }
        }
    }

    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: words(
                zh: "一条规则的说明：核对什么、有哪些参数、示例，以及在 spec 中怎样改。",
                en:
                    "The manual of one rule: what it compares, its parameters, examples, and how to change it in a spec."
            )
        )

        @Argument(
            help: ArgumentHelp(
                zh: "规则的编号，如 arithmetic/line-product。",
                en: "A rule's id, such as arithmetic/line-product."
            )
        )
        var id: String

        @Argument(help: ArgumentHelp(zh: "在哪个 spec 的步骤中查找。", en: "A spec in whose pipeline to look."))
        var spec: String?

        @OptionGroup var shared: SharedOptions

        func run() async throws {
            let locale = Terminal.locale(shared.locale)
            let rules = try await RulesCommand.rules(spec, locale, withExamples: true)
            let own = rules.first { $0.id == id }
            guard let rule = own ?? rules.first(where: { $0.aliases.contains(id) }) else {
                let unlisted = unlistedRules()
                if let found = unlisted.first(where: { $0.id == id }) {
                    Terminal.result("\(id)  \(found.title(locale))\n\n\(toldByReading(locale))")
                    return
                }
                let help = suggestion(for: id, among: rules.map(\.id) + unlisted.map(\.id))
                Terminal.error(unknownRule(id)(locale) + (help.map { " " + $0(locale) } ?? ""))
                throw ExitCode.usage
            }
            Terminal.result("\(rule.id)  \(rule.severity.name(locale))  \(rule.title(locale))")
            if let words = rule.deprecation?.words { Terminal.result(words(locale)) }
            if let formerly = rule.formerly { Terminal.result(formerly(locale)) }
            if !rule.manual(locale).isEmpty { Terminal.result("\n" + rule.manual(locale)) }
            for parameter in rule.parameters {
                let unit = parameter.unit.isEmpty ? "" : " \(parameter.unit)"
                let standard = parameter.standard.scalarText ?? ""
                Terminal.result("\n  \(parameter.name): \(standard)\(unit)  # \(parameter.title(locale))")
            }
            for example in rule.examples { Terminal.result("\n" + shown(example, locale)) }
            Terminal.result("\nrules:\n  \(rule.id): \(setting(rule))")
        }

        /// An example as a spec would have it, with what the rule says of it.
        private func shown(_ example: Rule.Example, _ locale: Locale) -> String {
            let lines = example.spec.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }
            let said = example.messages.map { "  → \($0(locale))" }
            return ([(example.messages.isEmpty ? goodExample : badExample)(locale)] + lines + said).joined(
                separator: "\n"
            )
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

extension Rule {
    /// The ids that it had before; `nil` where it had none.
    fileprivate var formerly: LocalizedText? {
        let ids = aliases.joined(separator: ", ")
        return aliases.isEmpty ? nil : LocalizedText(zh: "旧名 \(ids)", en: "formerly \(ids)")
    }
}

// MARK: - Messages

private let badExample = LocalizedText(zh: "  有问题：", en: "  found fault with:")
private let goodExample = LocalizedText(zh: "  没有问题：", en: "  fine:")

private let toldByReading = LocalizedText(
    zh: "由读取文件、写出文件的步骤或程序本身指出，没有可设的参数；发现本身写明位置和缘由。sheet/… 各条见 Docs/SOURCES.md。",
    en:
        "Told by a step that reads or writes files, or by the program itself: it has no parameters. The finding says where and why; Docs/SOURCES.md lists sheet/…."
)

private func unknownRule(_ id: String) -> LocalizedText {
    LocalizedText(zh: "没有规则\"\(id)\"。", en: "there is no rule \"\(id)\".")
}
