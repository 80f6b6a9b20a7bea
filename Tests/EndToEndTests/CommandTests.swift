import PluginWire
import ReviewModel
import Testing

@Suite("The command line")
struct CommandTests {
    private let example = "Specs/example-town/meal-delivery-2026.yaml"

    @Test("a second town with another rubric and a Python plugin is reviewed by the same program")
    func secondTown() throws {
        let folder = TemporaryFolder()
        let result = shell("pingshen run \(example) --out '\(folder.path)' --json")
        #expect(result.status == 0, "\(result.errors)")
        let json = try #require(result.json)
        #expect(json["amounts"]?["increased"]?.text == "3800.00")
        #expect(json["amounts"]?["deductionRate"]?.text == "1.09")
        #expect(json["verdict"]?["name"]?["zh"]?.text == "部分支持")
        let steps = json["findings"]?.list?.compactMap { $0["step"]?.text } ?? []
        #expect(steps.contains("round-numbers"))
        let markdown = read(folder.path + "/example-meal-delivery-2026/report.md")
        #expect(markdown.contains("虚构"))
    }

    @Test("--fail-on turns findings into exit code 1, below it all is well")
    func failOn() {
        let folder = TemporaryFolder()
        #expect(shell("pingshen run \(example) --out '\(folder.path)' --fail-on info").status == 1)
        #expect(shell("pingshen run \(example) --out '\(folder.path)' --fail-on warning").status == 0)
    }

    @Test("--format chooses what is rendered; an unknown one is wrong usage and leaves nothing")
    func formats() {
        let folder = TemporaryFolder()
        #expect(shell("pingshen run \(example) --out '\(folder.path)' --format md").status == 0)
        #expect(shell("ls '\(folder.path)'/*/").output == "report.md\nreview.json\nrun.jsonl\n")
        #expect(shell("pingshen run \(example) --out '\(folder.path)' --format json").status == 0)
        #expect(shell("ls '\(folder.path)'/*/").output == "review.json\nrun.jsonl\n")
        let other = TemporaryFolder()
        let unknown = shell("pingshen run \(example) --out '\(other.path)' --format tex")
        #expect(unknown.status == 64)
        #expect(unknown.errors.contains("no renderer of the spec writes \"tex\""))
        #expect(other.names == [])
    }

    @Test("an invalid spec is exit code 2, a plugin that is not there too, each at its place")
    func invalid() {
        let result = shell("pingshen run Specs/invalid/unknown-plugin.yaml --out /nonexistent/out")
        #expect(result.status == 2)
        #expect(result.errors.contains("unknown-plugin.yaml:6:16: error: no plugin \"deduction-auditer\""))
        #expect(result.errors.contains("did you mean \"deduction-auditor\"?"))
        #expect(result.output == "")
    }

    @Test("messages follow the language of the terminal or --locale")
    func languages() {
        let file = "Specs/invalid/unknown-key.yaml"
        #expect(shell("pingshen validate \(file)", environment: "LANG=zh_CN.UTF-8").errors.contains("未知的键"))
        #expect(shell("pingshen validate \(file) --locale zh").errors.contains("未知的键"))
        #expect(shell("pingshen validate \(file)").errors.contains("unknown key"))
    }

    @Test(
        "wrong usage is exit code 64",
        arguments: ["run", "validate", "runn x", "run --fail-on sometimes x", "plugins inspect"]
    )
    func usage(arguments: String) {
        #expect(shell("pingshen \(arguments)").status == 64)
    }

    @Test("a spec that cannot be read is exit code 2 and says why")
    func missing() {
        let result = shell("pingshen run no/such.yaml")
        #expect(result.status == 2)
        #expect(result.errors.contains("no/such.yaml:1:1: error: cannot read the file"))
    }

    @Test("a folder that cannot be written is one clear error")
    func unwritable() {
        let result = shell("pingshen run \(example) --out /proc/nowhere")
        #expect(result.status == 73)
        #expect(result.errors.contains("error: cannot write /proc/nowhere"))
    }

    @Test("plugins list names the built-in plugins with their roles")
    func list() {
        let result = shell("pingshen plugins list")
        #expect(result.status == 0)
        for name in [
            "deduction-auditor", "findings-writer", "prose-reconciler", "report-writer", "rubric-scorer",
            "target-checker",
        ] {
            #expect(result.output.contains("\(name) "))
        }
        let names = shell("pingshen plugins list --json").json?.list?.compactMap { $0["plugin"]?["name"]?.text }
        #expect(
            names == [
                "deduction-auditor", "document-auditor", "document-commenter", "document-comparer", "findings-writer",
                "norm-checker", "prose-reconciler", "report-reader", "report-writer", "rubric-scorer", "rule-checker",
                "sheet-reader",
                "target-checker",
                "word-writer", "workbook-commenter", "workbook-writer",
            ]
        )
    }

    @Test("a program called pingshen-NAME on PATH is a plugin")
    func onPath() {
        let folder = TemporaryFolder()
        let result = shell(
            "cp Specs/example-town/plugins/round_number_check.py '\(folder.path)/pingshen-round-number-check' && "
                + "chmod +x '\(folder.path)/pingshen-round-number-check' && PATH=$PATH:'\(folder.path)' pingshen plugins list"
        )
        #expect(result.output.contains("round-number-check  "))
        #expect(result.output.contains("  path  scorer: "))
    }

    @Test("plugins inspect shows one plugin, by name or by the command that starts it")
    func inspect() {
        #expect(shell("pingshen plugins inspect rubric-scorer").json?["roles"]?.list?.first?["kind"]?.text == "scorer")
        let script = "Specs/example-town/plugins/round_number_check.py"
        #expect(shell("pingshen plugins inspect -- python3 \(script)").json?["roles"]?.list?.count == 1)
        let unknown = shell("pingshen plugins inspect rubrik-scorer")
        #expect(unknown.status == 3)
        #expect(unknown.errors.contains("did you mean \"rubric-scorer\"?"))
    }

    @Test("a failed step is exit code 3 and told with the plugin's last words; the review is written all the same")
    func failedStep() {
        let folder = TemporaryFolder()
        let spec = """
            cat > '\(folder.path)/half.yaml' <<'END'
            pingshen: 1
            id: half
            form: {form: test, fields: {}, tables: {lines: {columns: {amount: {type: decimal}}}}}
            tables: {lines: [{amount: 1.00}]}
            pipeline: {a: {use: bad}, b: {use: good}, c: {use: good, needs: [a]}}
            plugins:
              bad: {command: ["\(buildFolder)/misbehaving-plugin", stderr-flood]}
              good: {command: ["\(buildFolder)/misbehaving-plugin"]}
            END
            """
        let run = "\npingshen run '\(folder.path)/half.yaml' --out '\(folder.path)/out'"
        let result = shell(spec + run + " --fail-on info")
        #expect(result.status == 3)
        #expect(result.output == "\(folder.path)/out/half/review.json\n")
        #expect(result.errors.contains("error: plugin \"bad\" ended during scorer/score (exit status 9)"))
        #expect(result.errors.contains("    bad> the last words\n"))
        #expect(result.errors.contains("incomplete, not to be signed: failed a; skipped c\n"))
        #expect(
            shell(spec + run + " --json").json?["steps"]?.list?.map { $0["outcome"] } == ["failed", "done", "skipped"]
        )
        #expect(shell(spec + "\npingshen validate '\(folder.path)/half.yaml'").status == 0)
    }

    @Test("what plugins and documents say cannot act on the terminal")
    func terminal() {
        let folder = TemporaryFolder()
        let result = shell(
            """
            cat > '\(folder.path)/escapes.yaml' <<'END'
            pingshen: 1
            id: escapes
            form:
              {form: test, fields: {project: {fields: {name: {type: text}}}}, tables: {lines: {columns: {amount: {type: decimal}}}}}
            tables: {lines: [{amount: 1.00}]}
            fields: {project: {name: "\\e[2J\\u202Ename"}}
            pipeline: {bad: {use: bad}, good: {use: good}}
            plugins:
              bad: {command: ["\(buildFolder)/misbehaving-plugin", says-escapes]}
              good: {command: ["\(buildFolder)/misbehaving-plugin"]}
            END
            pingshen run '\(folder.path)/escapes.yaml' --out '\(folder.path)/out' --verbose
            """
        )
        #expect(result.status == 3)
        for word in [
            "refused \\u{1B}[2J\\u{202E}\\u{9B}31m", "stray \\u{1B}", "log \\u{1B}", "\\u{1B}[2J\\u{202E}name",
        ] {
            #expect(result.errors.contains(word), "\(word): \(result.errors)")
        }
        let acted = (result.errors + result.output).unicodeScalars.filter { [0x1B, 0x9B, 0x202E].contains($0.value) }
        #expect(acted.isEmpty)
    }

    @Test("Ctrl-C ends a run with 130 and leaves nothing behind")
    func interrupted() {
        let folder = TemporaryFolder()
        let spec = """
            cat > '\(folder.path)/slow.yaml' <<'END'
            pingshen: 1
            id: slow
            form: {form: test, fields: {}, tables: {}}
            pipeline: {odd: {use: odd}}
            plugins: {odd: {command: ["\(buildFolder)/misbehaving-plugin", hang]}}
            END
            """
        // The pattern is written so that it does not match the shell that runs it.
        let result = shell(
            spec
                + "\nexport TMPDIR='\(folder.path)'\npingshen run '\(folder.path)/slow.yaml' --out '\(folder.path)/out' &\n"
                + "pid=$!; for i in $(seq 250); do plugin=$(pgrep -P $pid -f 'misbehaving-plugi[n] hang') && break; sleep 0.02; done\n"
                + "sleep 0.1; kill -TERM $pid; wait $pid; echo \"status $?\"; ls -A '\(folder.path)/out' 2>/dev/null\n"
                + "kill -0 $plugin 2>/dev/null && echo alive; ls -d '\(folder.path)'/pingshen-* 2>/dev/null; true"
        )
        #expect(result.output == "status 130\n")
    }

    @Test("a host that is killed takes its plugins with it within three seconds")
    func killed() {
        let folder = TemporaryFolder()
        // The host is held in a pipeline by a step that hangs and that would outlive the end of its input; the scorer
        // beside it is one of ours, and waits. The third child is the one that looks after both.
        let result = shell(
            """
            cat > '\(folder.path)/slow.yaml' <<'END'
            pingshen: 1
            id: slow
            form: {form: test, fields: {}, tables: {}}
            pipeline: {odd: {use: odd}, targets: {use: target-checker}}
            plugins: {odd: {command: ["\(buildFolder)/misbehaving-plugin", ignore-term]}}
            END
            export TMPDIR='\(folder.path)'
            pingshen run '\(folder.path)/slow.yaml' --out '\(folder.path)/out' > /dev/null 2>&1 &
            pid=$!; for i in $(seq 250); do plugins=$(pgrep -P $pid) && [ $(echo "$plugins" | wc -l) = 3 ] && break; sleep 0.02; done
            sleep 0.3
            kill -KILL $pid; wait $pid 2>/dev/null
            for i in $(seq 300); do alive=; for p in $plugins; do kill -0 $p 2>/dev/null && alive=$p; done; [ -z "$alive" ] && break; sleep 0.01; done
            echo "plugins $(echo $plugins | wc -w), alive: $alive"; ls '\(folder.path)/out' 2>/dev/null
            for i in $(seq 300); do ls -d '\(folder.path)'/pingshen-* > /dev/null 2>&1 || break; sleep 0.01; done
            ls -d '\(folder.path)'/pingshen-* 2>/dev/null; true
            """
        )
        #expect(result.output == "plugins 3, alive: \n")
    }

    @Test("a report that lacks a step says so before everything else")
    func incompleteReport() {
        let folder = TemporaryFolder()
        let spec = "pingshen: 1\nextends: meal-delivery-2026.yaml\nplugins: {target-checker: {command: [\"false\"]}}\n"
        let result = shell(
            "cp -r Specs '\(folder.path)' && cd '\(folder.path)/Specs/example-town' && printf '%s' '\(spec)' > broken.yaml && "
                + "pingshen run broken.yaml --out '\(folder.path)/out'"
        )
        #expect(result.status == 3, "\(result.errors)")
        let markdown = read(folder.path + "/out/example-meal-delivery-2026/report.md")
        #expect(markdown.contains("本报告不完整，不得签署：以下步骤没有完成——targets（target-checker）"))
        #expect(read(folder.path + "/out/example-meal-delivery-2026/report.html").contains("本报告不完整，不得签署"))
    }

    @Test("--help names the exit codes and an example of each command")
    func help() {
        let text = shell("pingshen --help").output
        for word in ["pingshen run Specs/hongqiao/party-service-2026.yaml", "validate", "plugins", "130 interrupted"] {
            #expect(text.contains(word))
        }
    }
}
