import Glibc
import PluginTesting
import PluginWire
import ReviewModel
import Testing

/// Docs/Schemas, held against the code by a validator that is not ours.
@Suite("The JSON Schemas", .serialized)
struct SchemaTests {
    private static let protocolFile = repository + "/Docs/Schemas/protocol-1.schema.json"
    private static let reviewFile = repository + "/Docs/Schemas/review-1.schema.json"

    private static let documentFile = repository + "/Docs/Schemas/document-1.schema.json"

    private struct Case {
        var file: String
        var definition: String?
        /// As JSON text: read and written once more, a number might become text.
        var json: String
        /// For the message of a failed test.
        var name: String

        init(file: String = SchemaTests.protocolFile, definition: String?, instance: Value, name: String) {
            let json = String(decoding: JSONWriter.line(instance), as: UTF8.self)
            self.init(file: file, definition: definition, json: json, name: name)
        }

        init(file: String = SchemaTests.protocolFile, definition: String?, json: String, name: String) {
            (self.file, self.definition, self.json, self.name) = (file, definition, json, name)
        }
    }

    /// The errors of each case, all validated by one process.
    private func validate(_ cases: [Case]) throws -> [[(pointer: String, message: String)]] {
        let folder = TemporaryFolder()
        let file = fopen(folder.path + "/cases", "w")
        for (index, item) in cases.enumerated() {
            let head: Value = ["id": .integer(index), "schema": .text(item.file), "definition": Value(item.definition)]
            let line = String(decoding: JSONWriter.line(head), as: UTF8.self)
            fputs(line.dropLast() + ",\"instance\":\(item.json)}\n", file)
        }
        fclose(file)
        let result = shell("python3 Tests/Fixtures/validate-json.py < '\(folder.path)/cases'")
        try #require(result.status == 0, "\(result.errors)")
        let answers = try result.output.split(separator: "\n").map { try JSONReader.read(Array($0.utf8)) }
        try #require(answers.count == cases.count)
        return answers.map { answer in
            (answer["errors"]?.list ?? []).map { ($0["pointer"]?.text ?? "", $0["message"]?.text ?? "") }
        }
    }

    private func expectValid(_ cases: [Case]) throws {
        for (item, errors) in zip(cases, try validate(cases)) {
            #expect(errors.isEmpty, "\(item.name): \(errors.first.map { "\($0.pointer) \($0.message)" } ?? "")")
        }
    }

    /// The messages of the recorded conversations, and the parts of every call.
    private func recorded() throws -> [Case] {
        var cases: [Case] = []
        for name in ["tour", "settings", "cancelled"] {
            var methods: [String: String] = [:]
            let file = repository + "/Tests/Fixtures/Transcripts/\(name).trace"
            for entry in try Transcript.read(file: file).entries {
                let message = try JSONReader.read(Array(entry.line.utf8))
                let place = "\(name).trace:\(entry.number)"
                let side = entry.isToPlugin ? "hostMessage" : "pluginMessage"
                cases.append(Case(definition: side, instance: message, name: place))
                let asker = message["method"] == nil ? !entry.isToPlugin : entry.isToPlugin
                let key = "\(asker) \(message["id"]?.scalarText ?? "")"
                if let method = message["method"]?.text {
                    methods[key] = method
                    cases.append(
                        Case(definition: method + ".params", instance: message["params"] ?? [:], name: place)
                    )
                } else if let result = message["result"], let method = methods[key] {
                    cases.append(Case(definition: method + ".result", instance: result, name: place))
                } else if let error = message["error"] {
                    cases.append(Case(definition: "error", instance: error, name: place))
                }
            }
        }
        return cases
    }

    @Test("every recorded message is valid, and so is what each call was made of")
    func messages() throws {
        let cases = try recorded()
        #expect(cases.count > 120)
        try expectValid(cases)
    }

    @Test("the manifests of all built-in plugins, of the kits and of the fixtures are valid")
    func manifests() throws {
        let folder = TemporaryFolder()
        for language in ["python", "node"] {
            _ = shell("pingshen plugins new made-\(language) --language \(language) --folder '\(folder.path)'")
        }
        let commands = [
            "python3 '\(folder.path)/made-python/made_python.py'", "node '\(folder.path)/made-node/made_node.mjs'",
            "pingshen-rubric-scorer", "pingshen-deduction-auditor", "pingshen-target-checker", "pingshen-report-writer",
            "pingshen-findings-writer", "pingshen-prose-reconciler", "pingshen-rule-checker",
            "pingshen-document-auditor", "pingshen-report-reader", "pingshen-document-comparer",
            "pingshen-document-commenter", "pingshen-word-writer", "pingshen-sheet-reader", "tour-plugin",
            "Kits/shell/missing_unit.sh",
            "python3 Specs/example-town/plugins/round_number_check.py",
            "pingshen-workbook-writer", "pingshen-workbook-commenter", "pingshen-norm-checker",
        ]
        try expectValid(
            commands.map { command in
                let manifest = shell("\(command) --plugin-manifest").json
                return Case(definition: "manifest", instance: manifest ?? .null, name: command)
            }
        )
    }

    @Test("review.json is valid: whole reviews, and one that failed in part")
    func reviews() throws {
        let folder = TemporaryFolder()
        let specs = ["Specs/hongqiao/party-service-2026.yaml", "Specs/example-town/meal-delivery-2026.yaml"]
        var cases = specs.map { spec in
            let review = shell("pingshen run '\(spec)' --json --out '\(folder.path)'").json
            return Case(file: Self.reviewFile, definition: nil, instance: review ?? .null, name: spec)
        }
        let failed = shell(
            """
            cd Tests/Fixtures/Transcripts && pingshen run cancelled.yaml --json --out '\(folder.path)'
            """
        )
        cases.append(Case(file: Self.reviewFile, definition: nil, instance: failed.json ?? .null, name: "cancelled"))
        try expectValid(cases)
    }

    @Test("a composed document is valid, for either town")
    func documents() throws {
        let folder = TemporaryFolder()
        let specs = ["Specs/hongqiao/party-service-2026.yaml", "Specs/example-town/meal-delivery-2026.yaml"]
        try expectValid(
            specs.map { spec in
                _ = shell(
                    "rm -rf '\(folder.path)/out'; pingshen run '\(spec)' --format document --out '\(folder.path)/out'"
                )
                let document = shell("cat '\(folder.path)'/out/*/report.document.json").json
                return Case(file: Self.documentFile, definition: nil, instance: document ?? .null, name: spec)
            }
        )
    }

    @Test(
        "no method, error, severity or type of the code is missing from the schema, and none is there that the code lacks"
    )
    func complete() throws {
        let schema = try JSONReader.read(Array(read(Self.protocolFile).utf8))
        let definitions = try #require(schema["$defs"]?.record)
        let methods = Set(definitions.keys.filter { $0.hasSuffix(".params") }.map { String($0.dropLast(7)) })
        #expect(methods == Set(protocolMethods.map { $0.method } + protocolNotifications.map { $0.method }))
        func words(_ name: String, _ member: String) -> Set<String> {
            let property = definitions[name]?["properties"]?[member]
            let list = property?["enum"] ?? property?["anyOf"]?.list?.first?["enum"]
            return Set((list?.list ?? []).compactMap(\.text))
        }
        #expect(words("column", "type") == Set(ColumnType.allCases.map(\.rawValue)))
        #expect(words("role", "kind") == Set(RoleKind.allCases.map(\.rawValue)))
        #expect(words("$/log.params", "level") == Set(LogLevel.allCases.map(\.rawValue)))
        #expect(
            Set(definitions["severity"]?["enum"]?.list?.compactMap(\.text) ?? [])
                == Set(Severity.allCases.map(\.rawValue))
        )
    }

    @Test("what the code writes with everything present, and with nothing that may be left out, is valid")
    func written() throws {
        let sheet = ScoreSheet(
            rater: "review",
            total: 88,
            max: 100,
            items: [
                ScoreItem(
                    code: "A1",
                    name: "甲",
                    parent: "A",
                    max: 5,
                    points: 4,
                    status: .given,
                    reason: "缺一项",
                    evidence: ["附件一"],
                    pointer: JSONPointer(["tables", "scores", "0"])
                )
            ],
            verdict: Verdict(code: "good", name: LocalizedText(zh: "良", en: "good"), band: "[80, 90)")
        )
        let full = Assessment(
            scores: [sheet],
            adjustments: [
                Adjustment(
                    subject: "L1",
                    label: "租金",
                    requested: 100,
                    parts: [.init(kind: .cut, amount: 5, reason: "重复"), .init(kind: .deferral, amount: 1, reason: "")],
                    pointer: JSONPointer(["tables", "lines", "0"])
                )
            ],
            findings: [
                Finding(
                    rule: "a/b",
                    severity: .blocker,
                    message: LocalizedText(zh: "错", en: "wrong"),
                    subject: "L1",
                    pointers: [JSONPointer(["tables", "li/nes", "0"])],
                    expected: "1.00",
                    found: "2.00",
                    hint: LocalizedText(zh: "改", en: "mend")
                )
            ],
            facts: [
                Fact(id: "x", label: LocalizedText("x"), value: ["y": [1, nil]], unit: "CNY", sources: [JSONPointer()])
            ]
        )
        let error = RPCError(.invalidParams, "no", kind: .user, pointer: JSONPointer(["a"]), help: "h", detail: "d")
        try expectValid([
            Case(definition: "assessment", instance: full.wire, name: "full"),
            Case(definition: "assessment", instance: Assessment().wire, name: "empty"),
            Case(definition: "error", instance: error.wire, name: "error"),
            Case(
                definition: "hostMessage",
                instance: try JSONReader.read(Message.failure(id: nil, error: error).line),
                name: "failure without id"
            ),
            Case(
                definition: "dossier/query.params",
                instance: DossierQuestion(parent: 1, sql: "", parameters: ["a": .decimal(1), "b": nil]).wire,
                name: "query"
            ),
            Case(
                definition: "$/progress.params",
                instance: Progress(parent: nil, done: 0, total: nil, message: "").wire,
                name: "progress"
            ),
        ])
    }

    /// One mistake each: a definition, an instance, and where it is wrong.
    private static let mistakes: [(definition: String, instance: String, pointer: String)] = [
        ("hostMessage", #"{"id":1,"method":"shutdown"}"#, ""),
        ("hostMessage", #"{"jsonrpc":"1.0","id":1,"method":"shutdown"}"#, "/jsonrpc"),
        ("hostMessage", #"{"jsonrpc":"2.0","id":1.5,"method":"shutdown"}"#, "/id"),
        ("hostMessage", #"{"jsonrpc":"2.0","id":null,"method":"shutdown"}"#, "/id"),
        ("hostMessage", #"{"jsonrpc":"2.0","method":"shutdown"}"#, ""),
        ("hostMessage", #"{"jsonrpc":"2.0","id":1,"method":7}"#, "/method"),
        ("hostMessage", #"{"jsonrpc":"2.0","id":1,"method":"shutdown","params":[]}"#, "/params"),
        ("hostMessage", #"{"jsonrpc":"2.0","id":1,"result":{},"error":{"code":1,"message":""}}"#, ""),
        ("hostMessage", #"{"jsonrpc":"2.0","id":1,"method":"config/validate","params":{"config":{}}}"#, "/params"),
        ("pluginMessage", #"{"jsonrpc":"2.0","id":1,"error":{"code":"x","message":""}}"#, "/error/code"),
        ("pluginMessage", #"{"jsonrpc":"2.0","id":1,"error":{"message":""}}"#, "/error"),
        ("pluginMessage", #"{"jsonrpc":"2.0","id":1}"#, ""),
        ("pluginMessage", #"{"jsonrpc":"2.0","method":"$/progress","params":{"done":-1}}"#, "/params/done"),
        (
            "pluginMessage", #"{"jsonrpc":"2.0","method":"$/log","params":{"message":"x","level":"loud"}}"#,
            "/params/level"
        ),
        ("pluginMessage", #"{"jsonrpc":"2.0","method":"$/cancel","params":{}}"#, "/params"),
        (
            "initialize.params", #"{"protocolVersions":["1"],"host":{"name":"a","version":"b"},"locale":"zh"}"#,
            "/protocolVersions/0"
        ),
        ("initialize.params", #"{"protocolVersions":[1],"host":{"name":"a","version":"b"},"locale":"fr"}"#, "/locale"),
        ("initialize.params", #"{"protocolVersions":[1],"host":{"name":"a"},"locale":"zh"}"#, "/host"),
        ("initialize.result", #"{"protocolVersion":"1","plugin":{"name":"x"},"roles":[]}"#, "/protocolVersion"),
        ("initialize.result", #"{"protocolVersion":1,"plugin":{},"roles":[]}"#, "/plugin"),
        (
            "initialize.result", #"{"protocolVersion":1,"plugin":{"name":"x"},"roles":[{"kind":"judge","name":"x"}]}"#,
            "/roles/0/kind"
        ),
        ("initialize.result", #"{"protocolVersion":1,"plugin":{"name":"x"},"roles":[{"kind":"scorer"}]}"#, "/roles/0"),
        ("manifest", #"{"plugin":{"name":"x"},"roles":[]}"#, ""),
        (
            "manifest",
            #"{"protocolVersions":[1],"plugin":{"name":"x"},"roles":[{"kind":"scorer","name":"x","reads":"lines"}]}"#,
            "/roles/0/reads"
        ),
        ("config/validate.result", #"{"diagnostics":[{"pointer":"/a"}]}"#, "/diagnostics/0"),
        ("config/validate.result", #"{"diagnostics":[{"message":"x","pointer":"a"}]}"#, "/diagnostics/0/pointer"),
        ("config/validate.result", #"{"diagnostics":[{"message":"x","severity":"fatal"}]}"#, "/diagnostics/0/severity"),
        ("source/open.result", #"{"tables":[{"page":{"seq":0,"rows":0,"columns":[],"done":true}}]}"#, "/tables/0"),
        (
            "source/open.result", #"{"tables":[{"schema":{"name":"t","columns":[{"name":"c","type":"money"}]}}]}"#,
            "/tables/0/schema/columns/0/type"
        ),
        ("stream/next.result", #"{"seq":-1,"rows":0,"columns":[],"done":true}"#, "/seq"),
        ("stream/next.result", #"{"seq":0,"rows":10001,"columns":[],"done":true}"#, "/rows"),
        ("stream/next.result", #"{"seq":0,"rows":1,"columns":["a"],"done":true}"#, "/columns/0"),
        ("stream/next.result", #"{"seq":0,"rows":1,"columns":[[{}]],"done":true}"#, "/columns/0/0"),
        ("stream/next.result", #"{"seq":0,"rows":1,"columns":[["a"]]}"#, ""),
        ("stream/next.params", #"{"stream":"s1","maxRows":0}"#, "/maxRows"),
        ("stream/close.params", #"{}"#, ""),
        ("scorer/score.params", #"{"role":"r","dossier":{"fields":{}}}"#, "/dossier"),
        ("scorer/score.result", #"{"findings":[{"rule":"a","severity":"error"}]}"#, "/findings/0"),
        ("scorer/score.result", #"{"findings":[{"rule":"","severity":"error","message":"m"}]}"#, "/findings/0/rule"),
        ("scorer/score.result", #"{"findings":[{"rule":"a","severity":"error","message":{}}]}"#, "/findings/0/message"),
        (
            "scorer/score.result", #"{"findings":[{"rule":"a","severity":"error","message":{"de":"x"}}]}"#,
            "/findings/0/message"
        ),
        (
            "scorer/score.result", #"{"findings":[{"rule":"a","severity":"error","message":"m","pointers":["/~2"]}]}"#,
            "/findings/0/pointers/0"
        ),
        ("scorer/score.result", #"{"facts":[{"id":"x"}]}"#, "/facts/0"),
        ("scorer/score.result", #"{"scores":[{"rater":"review","total":"88 points","max":100}]}"#, "/scores/0/total"),
        ("scorer/score.result", #"{"scores":[{"rater":"review","total":"1e5","max":100}]}"#, "/scores/0/total"),
        (
            "scorer/score.result",
            #"{"scores":[{"rater":"r","total":1,"max":1,"items":[{"code":"A","max":1,"status":"good"}]}]}"#,
            "/scores/0/items/0/status"
        ),
        (
            "scorer/score.result",
            #"{"adjustments":[{"subject":"L","requested":1,"parts":[{"kind":"loss","amount":1}]}]}"#,
            "/adjustments/0/parts/0/kind"
        ),
        ("scorer/score.result", #"{"adjustments":[{"subject":"L"}]}"#, "/adjustments/0"),
        ("renderer/render.result", #"{"artifacts":[{"path":"a.md"}]}"#, "/artifacts/0"),
        ("renderer/render.result", #"{"artifacts":[{"path":"","mediaType":"x"}]}"#, "/artifacts/0/path"),
        (
            "dossier/tables.result", #"{"tables":[{"schema":{"name":"t","columns":[]},"rowCount":"3"}]}"#,
            "/tables/0/rowCount"
        ),
        ("dossier/read.params", #"{"table":"t"}"#, ""),
        ("dossier/query.params", #"{"parent":1,"sql":7}"#, "/sql"),
        ("dossier/query.params", #"{"parent":1,"sql":"","parameters":{"a":{"money":1}}}"#, "/parameters/a"),
    ]

    @Test("messages with one mistake are refused, and at its place")
    func refused() throws {
        let cases = Self.mistakes.map { Case(definition: $0.definition, json: $0.instance, name: $0.instance) }
        #expect(cases.count >= 50)
        for (mistake, errors) in zip(Self.mistakes, try validate(cases)) {
            #expect(!errors.isEmpty, "accepted: \(mistake.definition) \(mistake.instance)")
            let pointers = errors.map(\.pointer)
            #expect(pointers.contains(mistake.pointer), "\(mistake.instance): \(pointers)")
        }
    }

    @Test("a review with a number for money, without a key or with a wrong checksum is refused")
    func wrongReviews() throws {
        let right = try #require(
            shell(
                "pingshen run Specs/example-town/meal-delivery-2026.yaml --json --out /tmp/pingshen-schema-test; rm -rf /tmp/pingshen-schema-test"
            )
            .json?.record
        )
        var wrong: [(Record, String)] = []
        // A review without figures names no places, and one whose form keeps nothing has no fields and tables.
        for key in right.keys where !["places", "fields", "fieldPlaces", "tables"].contains(key) {
            var record = right
            record[key] = nil
            wrong.append((record, ""))
        }
        var record = right
        record["amounts"] = [
            "requested": 5, "approved": "1.00", "deducted": "1", "increased": "1", "deferred": "1",
            "deductionRate": "1",
        ]
        wrong.append((record, "/amounts/requested"))
        record = right
        record["inputs"] = [["path": "a", "sha256": "abc"]]
        wrong.append((record, "/inputs/0/sha256"))
        let cases = wrong.map { Case(file: Self.reviewFile, definition: nil, instance: .record($0.0), name: $0.1) }
        for (item, errors) in zip(cases, try validate(cases)) {
            #expect(errors.contains { $0.pointer == item.name }, "\(item.name) \(errors)")
        }
    }
}
