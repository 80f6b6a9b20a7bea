import ReviewModel
import Testing

@Suite("What authors of plugins get wrong")
struct AuthorMistakesTests {
    /// One mistake in a plugin that has none.
    struct Mistake: CustomTestStringConvertible, Sendable {
        /// What the author did.
        var words: String
        /// What is replaced in the plugin's source by what.
        var replaced, replacement: String
        /// The check that fails, and a part of what it says.
        var check, says: String

        var testDescription: String { words }
    }

    private static let plugin = "\(repository)/Tests/Fixtures/Mistakes/plugin.py"

    static let mistakes: [Mistake] = {
        let file = read("\(repository)/Tests/Fixtures/Mistakes/mistakes.json")
        return ((try? JSONReader.read(file.utf8))?.list ?? []).map { entry in
            func text(_ key: String) -> String { entry[key]?.text ?? "" }
            return Mistake(
                words: text("mistake"),
                replaced: text("replace"),
                replacement: text("by"),
                check: text("check"),
                says: text("says")
            )
        }
    }()

    @Test("the plugin in which they are made conforms")
    func sound() {
        let result = shell("pingshen plugins test -- python3 '\(Self.plugin)'")
        #expect(result.status == 0, "\(result.output)")
        #expect(Self.mistakes.count > 36)
    }

    @Test("each fails its check, which says what to do", arguments: mistakes)
    func made(mistake: Mistake) {
        let source = read(Self.plugin)
        #expect(source.contains(mistake.replaced))
        let folder = TemporaryFolder()
        write(source.replacing(mistake.replaced, with: mistake.replacement), to: folder.path + "/p.py")
        let result = shell("pingshen plugins test --timeout 5 --only \(mistake.check) -- python3 '\(folder.path)/p.py'")
        #expect(result.status == 3)
        #expect(result.output.contains("FAILED   \(mistake.check):"), "\(result.output)")
        #expect(result.output.contains(mistake.says), "\(result.output)")
    }

    @Test("Docs/PLUGINS.md lists them all with what is said", arguments: mistakes)
    func documented(mistake: Mistake) {
        let docs = read("\(repository)/Docs/PLUGINS.md")
        #expect(docs.contains("| \(mistake.words) | `\(mistake.check)` | \(mistake.says) |"))
    }

    @Test("a plugin that answers nothing is told in half a minute, and why the rest was not tried")
    func silent() {
        let result = shell("pingshen plugins test --timeout 1 -- sh -c 'cat > /dev/null'")
        #expect(result.status == 3)
        #expect(result.output.contains("FAILED   handshake"), "\(result.output)")
        #expect(result.output.contains("skipped  score: it needs what \"handshake\" checks"))
    }

    @Test("a traceback is shown with the check that met it")
    func traceback() {
        let folder = TemporaryFolder()
        let source = read(Self.plugin).replacing("except Exception as error", with: "except KeyboardInterrupt as error")
        write(source, to: folder.path + "/p.py")
        let result = shell("pingshen plugins test --only bad-parameters -- python3 '\(folder.path)/p.py'")
        #expect(result.output.contains("found: it has ended (exit status 1) without a reply"))
        #expect(result.output.contains("stderr: Traceback (most recent call last):"))
    }

    @Test("`plugins call` prints one answer, and what the plugin said on standard error")
    func call() throws {
        let folder = TemporaryFolder()
        write(
            read(Self.plugin).replacing(
                "    calls += 1\n",
                with: "    calls += 1\n    print('asked', file=sys.stderr)\n"
            ),
            to: folder.path + "/p.py"
        )
        let result = shell("pingshen plugins call --role check -- python3 '\(folder.path)/p.py'")
        #expect(result.status == 0)
        #expect(result.json?["facts"]?.list?.first?["id"]?.text == "p.share")
        #expect(result.errors.contains("stderr: asked"))
        let which = shell("pingshen plugins call -- python3 '\(Self.plugin)'")
        #expect(which.status == 3)
        #expect(which.errors.contains("name one of its roles: ledger, check, digest"))
    }

    @Test(
        "examples of a kit's rule are run by the form of a spec, and one that is not true fails",
        arguments: [
            ("↓20000", "20000 is a round amount", ["ok       examples:"]),
            ("↓20000", "金额 20000 是整数", ["ok       examples:"]),
            ("20000", "20000 is a round amount", ["FAILED   examples:", "amount: ↓20000}"]),
            ("↓20001", "20000 is a round amount", ["FAILED   examples:", "(no finding)"]),
            ("↓20000", "20,000 is a round amount", ["FAILED   examples:", "20000 is a round amount"]),
            (
                "↓20000, amout: 1", "20000 is a round amount",
                [
                    "skipped  examples: 1 of 2 examples do not fit the form of this spec",
                    "example 1 of \"unit-check/round\", line 1: unknown key \"amout\"",
                ]
            ),
        ]
    )
    func ruleExamples(amount: String, message: String, says: [String]) {
        let folder = TemporaryFolder()
        #expect(shell("cd '\(folder.path)' && pingshen plugins new unit-check").status == 0)
        let file = folder.path + "/unit-check/unit_check.py"
        let examples = """
            , examples=[bad("tables: {lines: [{id: A, amount: \(amount)}]}", "\(message)"), \
            good("tables: {lines: [{id: A, amount: 20001}]}")])
            """
        let source = read(file).replacing("import Plugin,", with: "import Plugin, bad, good,")
            .replacing("\"en\": \"a round amount\"})", with: "\"en\": \"a round amount\"}\(examples)")
        #expect(source.contains("examples="))
        write(source, to: file)
        let test = "cd '\(folder.path)/unit-check' && pingshen plugins test --only examples"
        let result = shell("\(test) --spec example.yaml -- python3 unit_check.py")
        for words in says { #expect(result.output.contains(words), "\(result.output)") }
        #expect(shell("\(test) -- python3 unit_check.py").output.contains("name a spec that has it: --spec SPEC"))
    }

    @Test("what keeps a plugin from saying what it is, is shown")
    func brokenStart() {
        let folder = TemporaryFolder()
        func told(_ source: String, _ command: String) -> String {
            write(source, to: folder.path + "/p.py")
            return shell("pingshen plugins \(command) -- python3 '\(folder.path)/p.py'").errors
        }
        let missing = told("import no_such_module\n", "inspect")
        #expect(missing.contains("ended during --plugin-manifest (exit status 1)"), "\(missing)")
        #expect(missing.contains("ModuleNotFoundError: No module named 'no_such_module'"), "\(missing)")
        let silent = told("x = 1\n", "inspect")
        #expect(silent.contains("it printed nothing and ended; does its file run the plugin at its end?"), "\(silent)")
        #expect(shell("pingshen plugins inspect --help").status == 0)
        let noRole = #"print('{"protocolVersions":[1],"plugin":{"name":"p","version":"1.0.0"},"roles":[]}')"#
        write(noRole, to: folder.path + "/p.py")
        #expect(
            shell("pingshen plugins test --only manifest -- python3 '\(folder.path)/p.py'").output
                .contains("found: no role; among \"roles\" a manifest names a source, a scorer or a renderer")
        )
    }
}
