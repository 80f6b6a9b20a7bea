import Testing

/// What the command line says by itself, for people who read Chinese.
@Suite("The command line in Chinese")
struct ChineseHelpTests {
    private static let commands = [
        "", "init", "run", "batch", "worker", "summarize", "preview", "validate", "plugins", "plugins list",
        "plugins inspect",
        "plugins new", "plugins test", "plugins call", "plugins replay", "plugins lock", "plugins add",
        "plugins remove",
        "rubric", "rubric lint", "sensitivity", "audit", "compare", "diff", "explain", "rules", "rules list",
        "rules explain", "schema",
    ]

    /// Four words of English one after another, which no option, path or example has.
    private func english(in text: String) -> [String] {
        text.split(separator: "\n").filter { line in
            var row = 0
            for word in line.split(separator: " ") {
                row = word.allSatisfy { $0.isASCII && $0.isLetter } ? row + 1 : 0
                if row == 4 { return true }
            }
            return false
        }.map(String.init)
    }

    @Test("the help of a command is Chinese throughout, and no line is wider than the terminal", arguments: commands)
    func help(command: String) {
        let result = shell("pingshen \(command) --help --locale zh", environment: "LANG=C.UTF-8 COLUMNS=90")
        #expect(result.status == 0 && english(in: result.output).isEmpty, "\(english(in: result.output))")
        for word in ["OVERVIEW", "USAGE", "OPTIONS", "ARGUMENTS", "SUBCOMMANDS", "Show ", "default:", "values:"] {
            #expect(!result.output.contains(word))
        }
        for line in result.output.split(separator: "\n") where line.contains(" ") && !line.hasPrefix("  pingshen") {
            let columns = line.unicodeScalars.reduce(0) { $0 + ($1.value < 0x2E80 ? 1 : 2) }
            // A name that is longer than the line is not parted.
            #expect(columns <= 90 || line.split(separator: " ").contains { $0.count > 40 }, "\(line)")
        }
    }

    @Test("every command is looked at")
    func all() {
        let dumped = shell("pingshen --experimental-dump-help").output
        let names = dumped.components(separatedBy: "\"commandName\" : \"").dropFirst().map {
            String($0.prefix { $0 != "\"" })
        }
        for name in Set(names) where name != "help" && name != "pingshen" {
            #expect(Self.commands.contains { $0.split(separator: " ").last ?? "" == name }, "\(name)")
        }
    }

    @Test("help is asked for as a command, too, in either language")
    func helpCommand() {
        #expect(shell("pingshen help run --locale zh").output.contains("用法：pingshen run"))
        #expect(shell("pingshen --locale zh help").output.contains("命令："))
        #expect(shell("pingshen help run", environment: "LANG=zh_CN.UTF-8").output.contains("选项："))
        #expect(shell("pingshen help run", environment: "LANG=zh_CN.UTF-8").output.contains("（默认：out）"))
        #expect(shell("pingshen help run --locale en", environment: "LANG=zh_CN.UTF-8").output.contains("OPTIONS:"))
    }

    @Test(
        "what is wrong with what was typed",
        arguments: [
            ("validat", "没有命令\"validat\"。是不是 pingshen validate？"),
            ("run x.yaml --formt md", "错误：没有选项 --formt，是不是 --format？"),
            ("run x.yaml --frobnicate", "错误：没有选项 --frobnicate\n"),
            ("run x.yaml --out", "错误：选项后面缺少值：--out <folder>"),
            ("run x.yaml --fail-on eror", "错误：--fail-on <blocker|error|warning|info> 不能是 eror"),
            ("run x.yaml --json=yes", "错误：选项 --json 不带值，不能写 yes"),
            ("sensitivity", "错误：缺少 <review>"), ("sensitivity a b", "错误：多余的内容：b"),
            ("sensitivity a b c", "错误：多余的内容：b、c"), ("validate", "错误：缺少 <specs>"),
            ("batch x.yaml --jobs 0", "错误：--jobs 应为 1 至 256 的数。"),
            ("run x.yaml —out y", "选项用半角连字符：--out"), ("run x.yaml －－json", "选项用半角连字符：--json"),
        ]
    )
    func mistyped(line: String, says: String) {
        let result = shell("pingshen \(line) --locale zh")
        #expect(result.status == 64 && result.errors.contains(says), "\(result.errors)")
        #expect(english(in: result.errors).isEmpty && !result.errors.contains("Error"))
    }

    @Test("a dash of texts is told in English, too")
    func dash() {
        let errors = shell("pingshen run x.yaml —out y").errors
        #expect(errors.contains("\"—out\" begins with a dash of texts; options begin with hyphens: --out"))
    }
}

extension String {
    fileprivate func components(separatedBy text: String) -> [Substring] {
        var (parts, rest) = ([Substring](), self[...])
        while let found = rest.firstRange(of: text) {
            parts.append(rest[..<found.lowerBound])
            rest = rest[found.upperBound...]
        }
        return parts + [rest]
    }
}
