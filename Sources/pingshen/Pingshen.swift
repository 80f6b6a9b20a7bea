internal import ArgumentParser
internal import Glibc
internal import PluginRuntime
internal import ReviewPipeline

@main
struct Pingshen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pingshen",
        abstract: "Reviews a town's budget request before the money is granted (预算评审).",
        discussion: """
            A spec (YAML) names one project of one town: its tables, the rubric it is judged by and the plugins that \
            judge it. A review is written to a folder named after it: review.json, report.md, report.html.

              pingshen run Specs/hongqiao/party-service-2026.yaml
              pingshen validate Specs/*/*.yaml
              pingshen plugins list

            Exit codes: 0 the review ran · 1 findings at or above --fail-on · 2 a spec is invalid · 3 a plugin failed \
            · 64 wrong usage · 73 output cannot be written · 130 interrupted.
            """,
        version: hostVersion,
        subcommands: [
            RunCommand.self, ValidateCommand.self, PluginsCommand.self, RubricCommand.self, SensitivityCommand.self,
            AuditCommand.self, DiffCommand.self, ExplainCommand.self, RulesCommand.self,
        ]
    )

    static func main() async {
        Interruption.watch()
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let code as ExitCode {
            Glibc.exit(code.rawValue)
        } catch {
            exit(withError: error)
        }
    }
}
