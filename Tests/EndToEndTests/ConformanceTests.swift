import Testing

@Suite("pingshen plugins test")
struct ConformanceTests {
    @Test(
        "the built-in plugins and the examples conform",
        arguments: [
            "--spec Specs/hongqiao/party-service-2026.yaml rubric-scorer",
            "--spec Specs/hongqiao/party-service-2026.yaml deduction-auditor",
            "--spec Specs/hongqiao/party-service-2026.yaml target-checker",
            "--spec Specs/prices/worked/wangshu-hall-2026.yaml norm-checker",
            "--spec Specs/hongqiao/party-service-2026.yaml report-writer", "deduction-auditor", "findings-writer",
            "--spec Specs/hongqiao/party-service-2026.yaml prose-reconciler", "rule-checker",
            "--spec Specs/hongqiao/party-service-2026.yaml document-auditor", "word-writer",
            "--spec Specs/hongqiao/party-service-2026.yaml workbook-writer",
            "-- python3 Specs/example-town/plugins/round_number_check.py", "-- Kits/shell/missing_unit.sh",
            "--spec Specs/example-town/meal-delivery-2026.yaml round-number-check",
        ]
    )
    func builtIn(arguments: String) {
        let result = shell("pingshen plugins test \(arguments)")
        #expect(result.status == 0, "\(result.output)")
        #expect(result.errors == "conforms to protocol 1\n")
    }

    @Test(
        "what the rules of the built-in plugins bring as examples comes out as they say, by the form of a spec",
        arguments: [
            "deduction-auditor", "document-auditor", "norm-checker", "prose-reconciler", "rubric-scorer",
            "rule-checker",
            "target-checker",
        ]
    )
    func examples(plugin: String) {
        let result = shell(
            "pingshen plugins test \(plugin) --only examples --spec Specs/hongqiao/party-service-2026.yaml"
        )
        #expect(result.output.hasPrefix("ok       examples:"), "\(result.output)")
        #expect(result.errors == "all in order\n")
    }

    @Test(
        "a plugin that needs settings asks for them in one line, and is checked as far as that goes",
        arguments: ["report-reader", "sheet-reader", "rubric-scorer", "norm-checker"]
    )
    func wanting(plugin: String) {
        let result = shell("pingshen plugins test \(plugin)")
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.split(separator: "\n").count { $0.hasPrefix("wanting  ") } == 1)
        #expect(result.output.contains("name a spec with a step that uses it: --spec SPEC"))
        #expect(result.errors == "in order as far as it could be checked; see what is wanting\n")
    }

    @Test("what `plugins new` writes conforms", arguments: ["python", "node"])
    func scaffold(language: String) {
        let folder = TemporaryFolder()
        let command = language == "python" ? "python3 mine.py" : "node mine.mjs"
        let result = shell(
            "pingshen plugins new mine --language \(language) --folder '\(folder.path)' && cd '\(folder.path)/mine' && pingshen plugins test -- \(command)"
        )
        #expect(result.status == 0, "\(result.output)")
    }

    @Test("the plugins that Docs show whole conform", arguments: ["DOCUMENT", "SOURCES"])
    func documented(page: String) throws {
        let folder = TemporaryFolder()
        let source = try #require(
            fencedBlocks("python", in: read("\(repository)/Docs/\(page).md")).first { $0.contains("plugin.run()") }
        )
        write(source, to: folder.path + "/shown.py")
        write(
            """
            pingshen: 1
            id: shown
            form: {form: f, fields: {}, tables: {history: {columns: {name: {type: text}, executed: {type: decimal}}}}}
            plugins: {ledger: {command: [python3, ./shown.py]}}
            pipeline: {ledger: {use: ledger, with: {database: "\(folder.path)/ledger.db", year: 2025}}}
            """,
            to: folder.path + "/spec.yaml"
        )
        let result = shell(
            """
            cp Kits/python/pingshen_plugin.py '\(folder.path)' && cd '\(folder.path)'
            python3 -c 'import sqlite3; d = sqlite3.connect("ledger.db"); d.execute("CREATE TABLE ledger (item, spent, year)")
            d.execute("INSERT INTO ledger VALUES (?, ?, ?)", ["餐费", "12.50", 2025]); d.commit()'
            pingshen plugins test \(page == "SOURCES" ? "--spec spec.yaml" : "") -- python3 shown.py
            """
        )
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.contains("ok       \(page == "SOURCES" ? "open" : "handshake")"))
    }

    /// A plugin in a few lines that conforms, in which each test then breaks one thing.
    private static let plugin = """
        import json, sys
        ROLE = {"kind": "scorer", "name": "p", "reads": []}
        ABOUT = {"plugin": {"name": "p", "version": "1"}, "roles": [ROLE]}
        if "--plugin-manifest" in sys.argv:
            print(json.dumps({"protocolVersions": [1], **ABOUT})); sys.exit(0)
        ready, calls = False, 0
        for line in sys.stdin:
            if not line.strip(): continue
            m = json.loads(line); method = m["method"]; reply = None
            if "id" not in m: continue
            error = lambda code: {"error": {"code": code, "message": "no"}}
            if method == "initialize":
                ready = 1 in m["params"]["protocolVersions"]
                reply = {"result": {"protocolVersion": 1, **ABOUT}} if ready else error(-32002)
            elif not ready: reply = error(-32001)
            elif method == "config/validate": reply = {"result": {"diagnostics": []}}
            elif method == "scorer/score":
                calls += 1
                known = isinstance(m["params"].get("dossier"), dict)
                reply = {"result": {"findings": []}} if known else error(-32602)
            elif method == "shutdown": reply = {"result": {}}
            else: reply = error(-32601)
            print(json.dumps({"jsonrpc": "2.0", "id": m["id"], **reply}), flush=True)
        """

    private func check(_ change: (String, String)?, only checks: [String] = []) -> CommandResult {
        let folder = TemporaryFolder()
        let source = change.map { Self.plugin.replacing($0.0, with: $0.1) } ?? Self.plugin
        let only = checks.map { "--only \($0) " }.joined()
        return shell(
            "cat > '\(folder.path)/p.py' <<'END'\n\(source)\nEND\n"
                + "pingshen plugins test \(only)-- python3 '\(folder.path)/p.py'"
        )
    }

    @Test("a plugin that asks about the dossier is answered in every check, and not for a call that is over")
    func askingPlugin() {
        let ask = """
            calls += 1
                    for (method, more, wanted) in [
                        ("dossier/tables", {}, "result"), ("dossier/query", {"sql": "SELECT COUNT(*) AS n FROM lines"}, "result"),
                        ("dossier/read", {"table": "lines"}, "result"), ("dossier/read", {"parent": 77, "table": "lines"}, "error"),
                    ]:
                        print(json.dumps({"jsonrpc": "2.0", "id": "q", "method": method, "params": {"parent": m["id"], **more}}), flush=True)
                        answer = json.loads(sys.stdin.readline())
                        while answer.get("id") != "q": answer = json.loads(sys.stdin.readline())
                        assert wanted in answer, answer
            """
        let folder = TemporaryFolder()
        let source = Self.plugin.replacing("calls += 1", with: ask).replacing(
            "\"reads\": []",
            with: "\"reads\": [\"lines\"]"
        )
        let result = shell(
            "cat > '\(folder.path)/p.py' <<'END'\n\(source)\nEND\n"
                + "pingshen plugins test --only cancel --only score -- python3 '\(folder.path)/p.py'"
        )
        #expect(result.status == 0, "\(result.output)")
        #expect(
            result.output.contains("ok       cancel") && result.output.contains("ok       score"),
            "\(result.output)"
        )
    }

    @Test("a plugin of twenty lines can conform")
    func small() {
        let result = check(nil)
        #expect(result.status == 0, "\(result.output)")
    }

    @Test(
        "each broken rule fails its own check, and shows what came",
        arguments: [
            (("error(-32002)", "error(-1)"), ["no-common-version"]), (("error(-32001)", "error(-1)"), ["too-early"]),
            (("error(-32601)", "error(-1)"), ["unknown-method"]),
            (
                ("if \"id\" not in m: continue", "if \"id\" not in m: m[\"id\"] = None"),
                ["unknown-notification", "cancel"]
            ),
            (("{\"findings\": []}", "{\"findings\": calls}"), ["score", "same-again"]),
            (
                ("{\"findings\": []}", "{\"findings\": [], \"facts\": [{\"id\": \"n\", \"value\": calls}]}"),
                ["same-again"]
            ),
            (("{\"diagnostics\": []}", "{\"diagnostics\": 7}"), ["settings"]),
            (("calls += 1", "calls += 1; print('loading', flush=True)"), ["score", "same-again", "cancel"]),
        ]
    )
    func broken(change: (String, String), checks: [String]) {
        let result = check(change, only: checks)
        #expect(result.status == 3)
        for check in checks { #expect(result.output.contains("FAILED   \(check):"), "\(result.output)") }
        #expect(result.output.contains("← ") || result.output.contains("→ "))
    }
}
