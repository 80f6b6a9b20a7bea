internal import ArgumentParser
internal import Dispatch
internal import Glibc
internal import LocalFiles
internal import PluginRuntime
internal import ReviewModel
internal import ReviewPipeline

@main
enum Program {
    /// Looks whether the program may have the memory and the files that it needs before anything is started that takes them by itself:
    /// with four files the library that runs tasks would end the program without a word.
    static func main() {
        Terminal.open()
        do throws(FileError) {
            try StartLimits.require()
            try Descriptors.require(Pingshen.descriptors)
        } catch {
            Terminal.error(error.sentence(Terminal.locale(nil)))
            Glibc.exit(ExitCode.cannotWrite.rawValue)
        }
        Task { await Pingshen.run() }
        dispatchMain()
    }
}

struct Pingshen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pingshen",
        abstract: words(
            zh: "预算、项目和申请在决定之前的评审（预算评审、绩效评价）。",
            en: "Reviews budget requests, programmes and applications before they are decided on."
        ),
        discussion: words(
            zh: """
                一份 spec（YAML）写明评审什么：表单和各表、按哪份评分标准、用哪些插件。评审结果写到以它命名的文件夹：\
                review.json、report.md、report.html。

                  pingshen init town --from applicant.xlsx
                  pingshen run Specs/hongqiao/party-service-2026.yaml
                  pingshen validate Specs/*/*.yaml
                  pingshen plugins list

                退出码：0 评审完毕 · 1 有达到 --fail-on 的问题 · 2 spec 写错 · 3 插件失败 · 64 用法有误 · 73 无法写出 · 130 中断。
                """,
            en: """
                A spec (YAML) names what is reviewed: its form and tables, the rubric it is judged by and the plugins that \
                judge it. A review is written to a folder named after it: review.json, report.md, report.html.

                  pingshen init town --from applicant.xlsx
                  pingshen run Specs/hongqiao/party-service-2026.yaml
                  pingshen validate Specs/*/*.yaml
                  pingshen plugins list

                Exit codes: 0 the review ran · 1 findings at or above --fail-on · 2 a spec is invalid · 3 a plugin failed \
                · 64 wrong usage · 73 output cannot be written · 130 interrupted.
                """
        ),
        version: hostVersion,
        subcommands: [
            InitCommand.self, RunCommand.self, BatchCommand.self, WorkerCommand.self, SummarizeCommand.self,
            PreviewCommand.self, ValidateCommand.self, PluginsCommand.self, RubricCommand.self, SensitivityCommand.self,
            AuditCommand.self, CompareCommand.self, DiffCommand.self, ExplainCommand.self, RulesCommand.self,
            SchemaCommand.self,
        ]
    )

    /// What watches for signals, and a document that is read with those that it includes.
    fileprivate static let descriptors = 10

    /// Does what the command line says, and ends the program.
    fileprivate static func run() async {
        let code = tellLeftovers(after: await status())
        // Results that nobody got are worse than whatever they say.
        guard code != .interrupted, let loss = Terminal.loss else { Glibc.exit(code.rawValue) }
        Terminal.error(lostResults(FileError("stdout", errno: loss))(Terminal.locale(nil)))
        Glibc.exit(ExitCode.cannotWrite.rawValue)
    }

    /// Says what could not be tidied away; returns the exit code, for which whatever is worse counts.
    private static func tellLeftovers(after code: ExitCode) -> ExitCode {
        let left = Leftovers.take()
        for error in left { Terminal.error(cannotTidy(error)(Terminal.locale(nil))) }
        return !left.isEmpty && (code == .success || code == .findings) ? .cannotWrite : code
    }

    /// Runs the command and says what is wrong; returns the exit code.
    private static func status() async -> ExitCode {
        let arguments = asked
        if let mistyped = MistypedCommand(arguments, of: Self.self) {
            Terminal.error(mistyped.message(Terminal.locale(nil)))
            return .usage
        }
        if let dash = MistypedDash(arguments) {
            Terminal.error(dash.message(Terminal.locale(nil)))
            return .usage
        }
        do {
            Interruption.watch()
            var command = try parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return .success
        } catch let code as ExitCode {
            return code
        } catch let error as FileError {
            Terminal.error(cannotWrite(error)(Terminal.locale(nil)))
            return .cannotWrite
        } catch {
            let code = exitCode(for: error)
            let text = message(of: error)
            // What was asked for, the help or the version, is a result.
            if text.isEmpty { return code }
            if code.isSuccess { Terminal.result(bytes: Array((text + "\n").utf8)) } else { Terminal.say(text) }
            return code
        }
    }
}

extension Pingshen {
    /// What was typed. `help` takes the names of commands alone, so that the language of its answer is taken out of them.
    private static var asked: [String] {
        let words = Array(CommandLine.arguments.dropFirst())
        guard words.first(where: { !$0.hasPrefix("-") && Locale(rawValue: $0) == nil }) == "help" else { return words }
        var rest: [String] = []
        for (index, word) in words.enumerated() where !word.hasPrefix("--locale=") && word != "--locale" {
            if index == 0 || words[index - 1] != "--locale" { rest.append(word) }
        }
        return rest
    }

    /// A help, or what is wrong, in the language of the locale.
    private static func message(of error: any Error) -> String {
        guard Terminal.locale(nil) == .zh else { return fullMessage(for: error) }
        let words = ParserWords()
        return words.inChinese(fullMessage(for: error))
    }
}

// MARK: - Messages

private func cannotTidy(_ error: FileError) -> LocalizedText {
    LocalizedText(
        zh: "临时文件未能全部删除，\(error.path)：\(error.reason.zh)。\(error.help?.zh ?? "请手工删除")。",
        en: "not everything temporary could be removed, \(error.path): \(error.reason.en); "
            + (error.help?.en ?? "remove it by hand")
    )
}

private func lostResults(_ error: FileError) -> LocalizedText {
    LocalizedText(
        zh: "结果无法写到标准输出：\(error.reason.zh)。请检查重定向到的文件和剩余空间。",
        en: "the results cannot be written to standard output: \(error.reason.en); "
            + "check the file that it is sent to, and the free space"
    )
}
