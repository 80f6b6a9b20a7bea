import Testing
import YAMLDocument

@Suite("Typed reading gathers every mistake")
struct ReaderTests {
    /// Reads a marked document and compares what the reading reports.
    private func read(
        _ marked: String,
        _ expected: [Expected] = [],
        sourceLocation: SourceLocation = #_sourceLocation,
        _ body: (YAMLReader) throws -> Void
    ) throws {
        let input = MarkedInput(marked)
        let parse = input.parse()
        let log = DiagnosticLog(parse.diagnostics)
        try body(YAMLReader(try #require(parse.root, sourceLocation: sourceLocation), log: log))
        expect(log.diagnostics, in: input, expected, sourceLocation: sourceLocation)
        #expect(log.hasErrors == !expected.isEmpty, sourceLocation: sourceLocation)
    }

    @Test("a document without mistakes is read without remarks")
    func clean() throws {
        try read(
            """
            town: 红桥
            code: 007
            year: 2024
            final: true
            amount: 1,703,200.00
            rate: 95.04%
            kind: road
            lines: [a, b]
            """
        ) { reader in
            let spec = try #require(reader.mapping("spec"))
            #expect(spec.required("town")?.text() == "红桥")
            #expect(spec.required("code")?.text() == "007")
            #expect(spec.required("year")?.integer() == 2024)
            #expect(spec.required("final")?.boolean() == true)
            #expect(spec.required("amount")?.decimalText() == "1703200.00")
            #expect(spec.required("rate")?.percentText() == "95.04")
            #expect(spec.required("kind")?.oneOf(["road", "bridge"]) == "road")
            #expect(spec.required("lines")?.sequence()?.compactMap { $0.text() } == ["a", "b"])
            #expect(spec.optional("note") == nil)
            spec.finish()
        }
    }

    @Test("each wrong value is one error at its place")
    func wrongTypes() throws {
        try read(
            """
            town: 1️⃣[红桥]
            year: 2️⃣two
            final: 3️⃣yes
            amount: 4️⃣1,70,200
            rate: 5️⃣high
            kind: 6️⃣raod
            lines: 7️⃣a
            head: 8️⃣title：x
            note: 9️⃣~
            """,
            [
                .init("1️⃣", "yaml/wrong-type", #""town" must be text, but is a list"#),
                .init("2️⃣", "yaml/wrong-type", #""year" must be a whole number, but is "two""#, length: 3),
                .init(
                    "3️⃣",
                    "yaml/wrong-type",
                    #""final" must be true or false, but is "yes""#,
                    hint: "write true or false without quotes"
                ),
                .init("4️⃣", "yaml/wrong-type", #""amount" must be a number, but is "1,70,200""#, length: 8),
                .init("5️⃣", "yaml/wrong-type", #""rate" must be a percentage, but is "high""#),
                .init("6️⃣", "yaml/unknown-value", #""kind" cannot be "raod""#, hint: #"did you mean "road"?"#),
                .init("7️⃣", "yaml/wrong-type", #""lines" must be a list, but is "a""#),
                .init(
                    "8️⃣",
                    "yaml/wrong-type",
                    #""page head" must be a mapping (key: value), but is "title：x""#,
                    hint: #"write ": " for the full-width colon "：""#
                ),
                .init("9️⃣", "yaml/wrong-type", #""note" must be text, but is empty"#),
            ]
        ) { reader in
            let spec = try #require(reader.mapping())
            #expect(spec.required("town")?.text() == nil)
            #expect(spec.required("year")?.integer() == nil)
            #expect(spec.required("final")?.boolean() == nil)
            #expect(spec.required("amount")?.decimalText() == nil)
            #expect(spec.required("rate")?.percentText() == nil)
            #expect(spec.required("kind")?.oneOf(["road", "bridge"]) == nil)
            #expect(spec.required("lines")?.sequence() == nil)
            #expect(spec.required("head")?.mapping("page head") == nil)
            #expect(spec.required("note")?.text() == nil)
            spec.finish()
        }
    }

    @Test("true and false are not text unless quoted")
    func booleanText() throws {
        try read(
            "[1️⃣true, 'true']",
            [
                .init(
                    "1️⃣",
                    "yaml/wrong-type",
                    #""[0]" must be text, but is "true""#,
                    hint: "put it in quotes to make it text"
                )
            ]
        ) { reader in
            #expect(reader.sequence()?.map { $0.text() } == [nil, "true"])
        }
    }

    @Test("quoted numbers are decimals but not integers")
    func quotedNumbers() throws {
        try read(
            "['5', 1️⃣'5']",
            [.init("1️⃣", "yaml/wrong-type", #""[1]" must be a whole number, but is the text "5""#)]
        ) { reader in
            let elements = try #require(reader.sequence())
            #expect(elements[0].decimalText() == "5")
            #expect(elements[1].integer() == nil)
        }
    }

    @Test("unknown keys are reported with the nearest key, missing keys at the mapping")
    func unknownKeys() throws {
        try read(
            "1️⃣dossier:\n  2️⃣3️⃣ammount: 3\n  name: x\n  4️⃣zzzzz: 1\n",
            [
                .init("2️⃣", "yaml/missing-key", #""dossier" lacks the key "amount""#, hint: #"add "amount: …""#),
                .init("3️⃣", "yaml/unknown-key", #"unknown key "ammount""#, hint: #"did you mean "amount"?"#, length: 7),
                .init(
                    "4️⃣",
                    "yaml/unknown-key",
                    #"unknown key "zzzzz""#,
                    hint: #"known keys: "amount", "name", "note""#
                ),
            ]
        ) { reader in
            let dossier = try #require(reader.mapping()?.required("dossier")?.mapping())
            #expect(dossier.required("amount") == nil)
            #expect(dossier.required("name")?.text() == "x")
            #expect(dossier.optional("note") == nil)
            dossier.finish()
        }
    }

    @Test("an absent root key is missing from the document")
    func missingAtRoot() throws {
        try read("1️⃣a: 1\n", [.init("1️⃣", "yaml/missing-key", #"the document lacks the key "town""#)]) { reader in
            let root = try #require(reader.mapping())
            _ = root.optional("a")
            _ = root.required("town")
            root.finish()
        }
    }

    @Test("an optional key without a value is as if left out")
    func optionalNull() throws {
        try read("a:\nb: ~\nc: ''\n") { reader in
            let root = try #require(reader.mapping())
            #expect(root.optional("a") == nil)
            #expect(root.optional("b") == nil)
            #expect(root.optional("c")?.text() == "")
            #expect(root.contains("a"))
            root.finish()
        }
    }

    @Test("free keys are given in order and none is unknown")
    func freeKeys() throws {
        try read("z: 1\na: 2\nkind: x\n") { reader in
            let all = try #require(reader.mapping())
            #expect(all.entries.map(\.key.text) == ["z", "a", "kind"])
            #expect(all.entries.map(\.value.path.description) == ["z", "a", "kind"])
            all.finish()
            let some = try #require(reader.mapping())
            #expect(some.required("kind")?.text() == "x")
            #expect(some.remainingEntries.map(\.key.text) == ["z", "a"])
            some.finish()
        }
    }

    @Test("a tag of the document's own is read by those who know it")
    func tags() throws {
        try read(
            "a: !include f.yaml\nb: 1️⃣!inclde f.yaml\nc: !!str true\n",
            [.init("1️⃣", "yaml/unknown-tag", #""b" does not take the tag "!inclde""#)]
        ) { reader in
            let root = try #require(reader.mapping())
            #expect(root.required("a")?.tagged("!include")?.text() == "f.yaml")
            #expect(root.required("b")?.tagged("!include") == nil)
            #expect(root.required("b")?.text() == nil)
            #expect(root.required("c")?.text() == "true")
            root.finish()
        }
    }

    @Test(
        "well-formed decimals lose their commas and nothing else",
        arguments: [
            ("0", "0"), ("1,703,200.00", "1703200.00"), ("-12.50", "-12.50"), ("+7", "7"), ("007", "007"),
            ("1,000", "1000"), ("12345678901234567890.123456789", "12345678901234567890.123456789"),
        ]
    )
    func decimals(written: String, read: String) throws {
        let node = try root(of: "'\(written)'")
        let log = DiagnosticLog()
        #expect(YAMLReader(node, log: log).decimalText() == read)
        #expect(YAMLReader(node, log: log).percentText() == read)
        #expect(log.diagnostics == [])
    }

    @Test(
        "what is not a decimal is refused",
        arguments: [
            "", "-", "1.", ".5", "1,70", "1,7000", "1234,567", ",100", "1,,000", "1.000,5", "1e3", "１２", "12元", "5%",
            "1 000", "--1", "0x10", "∞",
        ]
    )
    func notDecimals(written: String) throws {
        let log = DiagnosticLog()
        #expect(YAMLReader(try root(of: "'\(written)'"), log: log).decimalText() == nil)
        #expect(log.diagnostics.map(\.code) == ["yaml/wrong-type"])
    }

    @Test("callers report errors of their own at the node")
    func ownErrors() throws {
        try read("a: 1️⃣红桥\n", [.init("1️⃣", "spec/unknown-town", "unknown town", length: 2)]) { reader in
            reader.mapping()?.required("a")?.error("spec/unknown-town", .init(zh: "未知的镇", en: "unknown town"))
        }
    }

    @Test("a warning is no error")
    func warnings() throws {
        let log = DiagnosticLog()
        YAMLReader(try root(of: "红桥"), log: log).warning("spec/old", .init(zh: "旧写法", en: "an old form"))
        #expect(log.diagnostics.map(\.severity) == [.warning])
        #expect(log.diagnostics.map(\.length) == [2])
        #expect(!log.hasErrors)
    }
}
