internal import SpecLoading

/// What every scaffold brings: a README and a spec of its own small form, so that it runs without any town's files.
private func commonFiles(
    _ name: String,
    command: String,
    test: String,
    source: String,
    label: String
) -> [ScaffoldFile] {
    [
        ScaffoldFile(
            path: PluginLabel.fileName,
            text: """
                # What this folder says of itself to those who install it: pingshen plugins add FOLDER
                # Every key is explained in Docs/PLUGINS.md of Pingshen.
                pingshen: 1
                name: \(name)
                # The version that the plugin itself tells.
                version: 0.1.0
                # Yours, as SPDX calls it.
                licence: MIT
                # homepage: https://example.org/\(name)
                summary: {zh: 指出过于整齐的金额, en: points at suspiciously round amounts}
                protocol: 1
                \(label)

                """
        ),
        ScaffoldFile(
            path: "example.yaml",
            text: """
                # A spec small enough to try the plugin with. Every key is explained in Docs/SPEC.md of Pingshen.
                pingshen: 1
                id: \(name)-example

                form:
                  form: example
                  fields: {project: {fields: {name: {type: text}}}}
                  tables:
                    lines:
                      key: id
                      columns:
                        id: {type: text, required: true}
                        amount: {type: decimal, unit: CNY, required: true}

                fields:
                  project: {name: 示例}

                tables:
                  lines:
                    - {id: L1, amount: 12345.67}
                    - {id: L2, amount: 20000.00}

                plugins:
                  \(name): {command: \(command)}

                pipeline:
                  check:
                    use: \(name)
                    with: {step: 10000}

                """
        ),
        ScaffoldFile(
            path: "README.md",
            text: """
                # \(name)

                A plugin for Pingshen. It reads the table `lines` and points at amounts that are multiples of `step`. Change
                that into your own check in `\(source)`.

                ```sh
                pingshen run example.yaml        # one finding, with its place, in out/\(name)-example/review.json
                \(test)
                pingshen plugins inspect -- \(command.filter { !"[],".contains($0) })
                ```

                To use it in a town's spec, name its command under `plugins:` and add a step to the `pipeline`, as
                `example.yaml` does. Or install it, and every spec may say `use: \(name)`:

                ```sh
                pingshen plugins add .
                ```

                To hand it out, pack the folder (`tar czf \(name)-0.1.0.tar.gz \(name)`, from above it); `plugin.yaml` says which
                files belong to it.

                """
        ),
    ]
}

/// A plugin in Python with the kit beside it.
func pythonPlugin(_ name: String) -> [ScaffoldFile] {
    let module = name.replacing("-", with: "_")
    let files = commonFiles(
        name,
        command: "[python3, ./\(module).py]",
        test: "python3 -m unittest",
        source: "\(module).py",
        label: """
            command: [python3, ./\(module).py]
            files: [\(module).py, pingshen_plugin.py, README.md]
            needs: [python3 >= 3.9]
            """
    )
    return [
        ScaffoldFile(
            path: "\(module).py",
            text: """
                from pingshen_plugin import Plugin, remark

                plugin = Plugin("\(name)", version="0.1.0", description="points at suspiciously round amounts")
                plugin.scorer(reads=["lines"], settings={"step": 10000})


                @plugin.rule("\(name)/round", "warning", title={"zh": "整数金额", "en": "a round amount"})
                def round_amount(dossier, settings):
                    for line in dossier.rows("lines"):
                        amount = line.decimal("amount")
                        if amount % settings["step"] == 0:
                            yield remark(zh=f"金额 {amount} 是整数", en=f"{amount} is a round amount",
                                         at=line.at("amount"), subject=line.text("id"), found=amount)


                if __name__ == "__main__":
                    plugin.run()

                """
        ),
        ScaffoldFile(
            path: "test_\(module).py",
            text: """
                import unittest

                from \(module) import plugin


                class RoundAmounts(unittest.TestCase):
                    def test_only_round_amounts_are_found(self):
                        rows = [{"id": "L1", "amount": "12345.67"}, {"id": "L2", "amount": "20000.00"}]
                        assessment = plugin.test({"tables": {"lines": rows}})
                        self.assertEqual([found["subject"] for found in assessment["findings"]], ["L2"])


                if __name__ == "__main__":
                    unittest.main()

                """
        ),
        ScaffoldFile(path: "pingshen_plugin.py", text: pythonKit),
    ] + files
}

/// A plugin in JavaScript with the kit beside it.
func nodePlugin(_ name: String) -> [ScaffoldFile] {
    let module = name.replacing("-", with: "_")
    let files = commonFiles(
        name,
        command: "[node, ./\(module).mjs]",
        test: "node --test",
        source: "\(module).mjs",
        label: """
            command: [node, ./\(module).mjs]
            files: [\(module).mjs, pingshen_plugin.mjs, README.md]
            needs: [node >= 18]
            """
    )
    return [
        ScaffoldFile(
            path: "\(module).mjs",
            text: """
                import { Plugin, decimal, remark } from "./pingshen_plugin.mjs";

                export const plugin = new Plugin("\(name)", { version: "0.1.0", description: "points at suspiciously round amounts" });
                plugin.scorer({ reads: ["lines"], settings: { step: decimal("10000") } });

                plugin.rule("\(name)/round", "warning", { title: { zh: "整数金额", en: "a round amount" } }, function* (dossier, settings) {
                  for (const line of dossier.rows("lines")) {
                    const amount = line.decimal("amount");
                    if (amount.remainder(settings.step).isZero) {
                      yield remark({
                        zh: `金额 ${amount} 是整数`, en: `${amount} is a round amount`,
                        at: line.at("amount"), subject: line.text("id"), found: amount,
                      });
                    }
                  }
                });

                await plugin.run(import.meta.url);

                """
        ),
        ScaffoldFile(
            path: "\(module).test.mjs",
            text: """
                import assert from "node:assert/strict";
                import { test } from "node:test";

                import { plugin } from "./\(module).mjs";

                test("only round amounts are found", async () => {
                  const lines = [{ id: "L1", amount: "12345.67" }, { id: "L2", amount: "20000.00" }];
                  const { findings } = await plugin.test({ tables: { lines } });
                  assert.deepEqual(findings.map((found) => found.subject), ["L2"]);
                });

                """
        ),
        ScaffoldFile(path: "pingshen_plugin.mjs", text: nodeKit),
    ] + files
}

/// A plugin in Swift: a package of its own.
func swiftPlugin(_ name: String, pingshen: String) -> [ScaffoldFile] {
    let type = name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    let files = commonFiles(
        name,
        command: "[./.build/debug/\(name)]",
        test: "swift test",
        source: "Sources/Check/Check.swift",
        // Built once more for those who install it.
        label: """
            # swift build -c release -Xswiftc -static-stdlib
            command: [./.build/release/\(name)]
            files: [.build/release/\(name), README.md]
            """
    )
    return [
        ScaffoldFile(
            path: "Package.swift",
            text: """
                // swift-tools-version: 6.2
                import PackageDescription

                let package = Package(
                    name: "\(name)",
                    // A checkout of Pingshen. Where it is published, name its URL and a version instead.
                    dependencies: [.package(name: "pingshen", path: "\(pingshen)")],
                    targets: [
                        .target(name: "Check", dependencies: [.product(name: "PluginKit", package: "pingshen")]),
                        .executableTarget(
                            name: "\(name)", dependencies: ["Check", .product(name: "PluginKit", package: "pingshen")],
                            path: "Sources/Main"),
                        .testTarget(
                            name: "CheckTests",
                            dependencies: ["Check", .product(name: "PluginTesting", package: "pingshen")]),
                    ]
                )

                """
        ),
        ScaffoldFile(
            path: "Sources/Check/Check.swift",
            text: """
                import PluginKit
                import ReviewModel

                /// Points at amounts that are multiples of the setting `step`.
                public struct \(type): RuleScorer {
                    public struct Settings: PluginSettings {
                        let step: ExactDecimal
                        public init(_ settings: SettingsReader) { step = settings.decimal("step", default: 10_000) }
                    }

                    public let role = RoleDescription.scorer(
                        "\(name)", "points at suspiciously round amounts", reads: ["lines"], settings: Settings.self)

                    public init() {}

                    public func rules(_ settings: Settings) -> RuleSet<Amounts> { RuleSet([roundAmount]) }

                    public func subject(_ request: ScoringRequest, _ settings: Settings) -> Amounts {
                        Amounts(lines: request.dossier.rows(of: "lines"), step: settings.step)
                    }
                }

                /// What the rules look at, made once.
                public struct Amounts: Sendable {
                    let lines: [TableRow]
                    let step: ExactDecimal
                }

                let roundAmount = RuleCheck<Amounts>(
                    "\(name)/round",
                    .warning,
                    title: LocalizedText(zh: "整数金额", en: "a round amount"),
                    manual: LocalizedText(
                        zh: "金额是 step 的整数倍：可能是估算，请核对依据。",
                        en: "The amount is a multiple of `step`: it may be a guess, so ask what it is based on."),
                    examples: [
                        .bad(
                            "tables: {lines: [{id: L2, amount: ↓20000.00}]}",
                            zh: "金额 20000.00 是整数", en: "20000.00 is a round amount"),
                        .good("tables: {lines: [{id: L1, amount: 12345.67}]}"),
                    ],
                    check: check)

                private func check(_ amounts: Amounts, _ findings: inout RuleFindings) throws {
                    for line in amounts.lines {
                        guard let amount = line.decimal("amount"),
                            let steps = try amount.divided(by: amounts.step, places: 0),
                            try steps * amounts.step == amount
                        else { continue }
                        findings.report(
                            LocalizedText(zh: "金额 \\(amount) 是整数", en: "\\(amount) is a round amount"),
                            subject: line.text("id"), pointers: [line.pointer("amount")], found: "\\(amount)")
                    }
                }

                """
        ),
        ScaffoldFile(
            path: "Sources/Main/Main.swift",
            text: """
                import Check
                import PluginKit

                @main
                struct Main {
                    static func main() async {
                        await serve(\(type)(), version: "0.1.0")
                    }
                }

                """
        ),
        ScaffoldFile(
            path: "Tests/CheckTests/CheckTests.swift",
            text: """
                import Check
                import PluginKit
                import PluginTesting
                import ReviewModel
                import Testing

                @Test("only round amounts are found")
                func roundAmounts() async throws {
                    var lines = Table(schema: TableSchema(name: "lines", columns: [Column(name: "id"), Column(name: "amount")]))
                    lines.append(row: ["L1", "12345.67"])
                    lines.append(row: ["L2", "20000.00"])
                    let dossier = Dossier(tables: [lines])
                    let assessment = try await withLoopback(Plugin(\(type)(), version: "0.1.0")) { host in
                        try await host.score("\(name)", dossier: dossier)
                    }
                    #expect(assessment.findings.map(\\.subject) == ["L2"])
                }

                """
        ),
        ScaffoldFile(path: ".gitignore", text: ".build/\nPackage.resolved\n"),
    ] + files
}
