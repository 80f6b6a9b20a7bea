import ReviewModel
import Testing

@testable import SpecLoading

@Suite("plugin.yaml")
struct PluginLabelTests {
    private static let good = """
        pingshen: 1
        name: unit-check
        version: 1.2.0
        licence: MIT
        homepage: https://example.org/unit-check
        summary: {zh: 检查, en: checks}
        protocol: 1
        command: [python3, ./check.py]
        files: [check.py, parts]
        needs: [python3 >= 3.9, jq]

        """

    /// What is wrong with a text, `line:column words`, in a folder with `check.py` and the folder `parts`.
    private func mistakes(_ text: String) -> [String] {
        let (label, loaded) = PluginLabel.read(Array(text.utf8), as: "plugin.yaml") { name in
            ["check.py": .file, "parts": .folder, "plugin.yaml": .file, ".": .folder][name]
        }
        #expect((label == nil) == loaded.hasErrors)
        return loaded.diagnostics.map { "\($0.place.line ?? 0):\($0.place.column ?? 0) \($0.message.en)" }
    }

    @Test("says what the plugin is, what belongs to it and what it needs")
    func read() throws {
        let (read, loaded) = PluginLabel.read(Array(Self.good.utf8), as: "plugin.yaml") {
            $0 == "parts" ? .folder : .file
        }
        let label = try #require(read)
        #expect(loaded.diagnostics.isEmpty)
        #expect(label.name == "unit-check" && label.version == PluginVersion("1.2") && label.licence == "MIT")
        #expect(label.summary == LocalizedText(zh: "检查", en: "checks") && label.protocolVersion == 1)
        #expect(label.command == ["python3", "./check.py"] && label.files == ["check.py", "parts"])
        #expect(label.needs.map(\.program) == ["python3", "jq"])
        #expect(label.needs.map { $0.requirement?.description } == [">= 3.9", nil])
    }

    @Test(
        "has mistakes told at their places",
        arguments: [
            ("name: unit-check", "name: Unit_Check", "2:7 \"Unit_Check\" is no name for a plugin"),
            ("version: 1.2.0", "version: 1.10", "3:10 1.10 is a number to YAML"),
            ("version: 1.2.0", "version: v1", "3:10 \"v1\" is no version"),
            ("licence: MIT", "license: MIT", "4:1 unknown key \"license\""),
            (
                "homepage: https://example.org/unit-check", "homepage: javascript:1",
                "5:11 \"javascript:1\" is no address"
            ),
            ("protocol: 1", "protocol: 2", "7:11 this program does not speak version 2"),
            ("[python3, ./check.py]", "[python3, ./chek.py]", "8:20 there is no \"./chek.py\" in the plugin's folder"),
            ("[python3, ./check.py]", "[python3, ../check.py]", "8:20 \"../check.py\" leads out"),
            ("[python3, ./check.py]", "[/usr/bin/python3, ./check.py]", "8:11 \"/usr/bin/python3\" leads out"),
            ("[python3, ./check.py]", "[python3, check.py]", "8:20 \"check.py\" is a file of the plugin's folder"),
            ("[python3, ./check.py]", "[bin/check]", "8:11 \"bin/check\" is neither"),
            ("[python3, ./check.py]", "[]", "8:10 the command is empty"),
            ("[check.py, parts]", "[check.py, /etc]", "9:19 \"/etc\" leads out"),
            ("[check.py, parts]", "[check.py, ./parts/../../x]", "9:19 \"./parts/../../x\" leads out"),
            ("python3 >= 3.9", "python3 3.9", "10:9 \"python3 3.9\" does not say what is needed"),
            ("python3 >= 3.9", "../evil", "10:9 \"../evil\" does not say what is needed"),
            ("summary: {zh: 检查, en: checks}", "summary: !include /etc/passwd", "6:10 plugin.yaml has no !include"),
            ("licence: MIT", "licence: !secret HOME", "4:10 plugin.yaml has no !secret"),
            ("pingshen: 1\n", "pingshen: 2\n", "1:11 unknown format version 2"),
            ("needs:", "extends: x.yaml\nneeds:", "10:1 unknown key \"extends\""),
        ]
    )
    func mistake(old: String, new: String, told: String) {
        let found = mistakes(Self.good.replacing(old, with: new))
        #expect(found.count == 1 && found.first?.hasPrefix(told) == true, "\(found)")
    }

    @Test("lacks what it must have in one sentence each")
    func lacking() {
        #expect(mistakes("pingshen: 1\n").map { $0.suffix(14) }.count == 6)
    }

    @Test("has the keys that its schema has")
    func schema() {
        for key in PluginLabel.keys where key.name != "homepage" {
            let other = mistakes(Self.good.replacing("\n\(key.name):", with: "\n\(key.name)x:"))
            let isFirst = key.name == "pingshen"
            #expect(isFirst || other.contains { $0.contains("unknown key \"\(key.name)x\"") }, "\(key.name)")
        }
        let known = PluginLabel.schema["properties"]?.record?.keys ?? []
        let written = Self.good.split(separator: "\n").compactMap { $0.split(separator: ":").first.map(String.init) }
        #expect(known.sorted() == written.sorted())
    }
}

@Suite("What a spec asks of a plugin's version")
struct RequiredVersionTests {
    @Test(
        "is told at its place where nobody knows what is meant",
        arguments: ["1.2", "\"1.2\"", "newest", "\">= 1.2 || 2\"", "[1]"]
    )
    func unknown(text: String) {
        let loaded = loadSpec(
            text: "pingshen: 1\nid: t\nform: {form: t, fields: {}}\npipeline: {}\nplugins:\n  a: {version: \(text)}\n",
            as: "spec.yaml"
        )
        let found = loaded.diagnostics.filter { $0.place.line == 6 }
        #expect(found.count == 1 && found[0].place.column == 16, "\(loaded.diagnostics)")
    }

    @Test("stands beside a command or alone")
    func known() throws {
        let loaded = loadSpec(
            text: """
                pingshen: 1
                id: t
                form: {form: t, fields: {}}
                pipeline: {}
                plugins:
                  a: {version: ">=1.2, <2"}
                  b: {command: [sh, ./b.sh], version: ~>1}
                """,
            as: "spec.yaml"
        )
        #expect(!loaded.hasErrors, "\(loaded.diagnostics)")
        #expect(try #require(loaded.spec).plugins.map { $0.version?.description } == [">=1.2, <2", "~>1"])
    }
}
