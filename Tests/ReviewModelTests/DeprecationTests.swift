import ReviewModel
import Testing

@Suite("What goes")
struct DeprecationTests {
    private let going = Deprecation(from: "1.2", until: "2.0", instead: LocalizedText("ceiling"))

    @Test(
        "it is announced, discouraged and gone by the plugin's own versions",
        arguments: [
            ("1.1.9", Deprecation.Stage.announced), ("1.2", .discouraged), ("1.2.0", .discouraged),
            ("1.10.3", .discouraged),
            ("2.0.0-rc.1", .discouraged), ("2", .gone), ("2.0.0", .gone), ("10.0", .gone), ("unknown", .discouraged),
        ]
    )
    func stage(version: String, stage: Deprecation.Stage) {
        #expect(going.stage(at: version) == stage)
        #expect(Deprecation(from: "1.2").stage(at: version) == (stage == .gone ? .discouraged : stage))
    }

    @Test("it is a warning and then an error, with what to write instead")
    func told() throws {
        let owner = LocalizedText(zh: "设置", en: "the setting")
        func diagnostic(_ version: String) -> ConfigurationDiagnostic? {
            going.diagnostic(of: owner, plugin: "p", version: version, at: JSONPointer(["limit"]))
        }
        #expect(diagnostic("1.0") == nil)
        let warning = try #require(diagnostic("1.5"))
        #expect(
            warning.severity == .warning && warning.code == "plugin/deprecated" && warning.help?.zh == "请改用 ceiling"
        )
        #expect(
            warning.message.en == "the setting is deprecated since version 1.2 of the plugin \"p\" and goes with 2.0"
        )
        let error = try #require(diagnostic("2.1"))
        #expect(error.severity == .error && error.code == "plugin/gone" && error.help?.en == "use ceiling")
        #expect(error.message.zh == "设置自插件\"p\"的 2.0 版起已取消，现为 2.1 版")
    }

    @Test("what cannot be meant is told to the author")
    func mistakes() {
        #expect(going.whatIsWrong == nil && Deprecation(from: "").whatIsWrong == nil)
        #expect(Deprecation(from: "soon").whatIsWrong?.contains("is no version") == true)
        #expect(Deprecation(from: "1.2", until: "never").whatIsWrong?.contains("is no version") == true)
        #expect(Deprecation(from: "2.0", until: "2").whatIsWrong == "it ends with 2, which is not behind 2.0")
    }

    @Test("it travels as [from, until] and instead, and JSON Schema's own true is understood")
    func form() {
        var record = Record()
        going.add(to: &record)
        #expect(record == ["deprecated": ["1.2", "2.0"], "instead": "ceiling"])
        #expect(Deprecation(ofSetting: record) == going)
        #expect(Deprecation(ofSetting: ["deprecated": true]) == Deprecation(from: ""))
        #expect(Deprecation(ofSetting: ["type": "number"]) == nil)
        var words = Record()
        Deprecation(from: "1", instead: LocalizedText(zh: "无", en: "none")).add(to: &words)
        #expect(words == ["deprecated": ["1"], "instead": ["zh": "无", "en": "none"]])
        #expect(Deprecation(ofSetting: words)?.instead == LocalizedText(zh: "无", en: "none"))
    }

    @Test("findings have the ids that they had under former names of their rules, alike ones in order")
    func formerIDs() {
        func findings(_ rule: String) -> [LocatedFinding] {
            [1, 2].map { row in
                let pointer = JSONPointer(["tables", "lines", String(row), "amount"])
                let finding = Finding(
                    rule: rule,
                    severity: .info,
                    message: LocalizedText(""),
                    subject: "L",
                    pointers: [pointer]
                )
                return LocatedFinding(finding: finding, step: "s", locations: [])
            }.identified()
        }
        let (before, now) = (findings("a/old"), findings("a/new"))
        #expect(now.formerIDs(["a/new": ["a/old"]]) == [0: [before[0].id], 1: [before[1].id]])
        #expect(before[0].id != now[0].id && before[1].id.hasSuffix("-2") && now.formerIDs([:]) == [:])
    }
}
