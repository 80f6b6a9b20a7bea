import ReviewModel
import Testing

@Suite("What a source says of what it could not read", .serialized)
struct SourceFindingTests {
    private func run(at pointer: String) -> CommandResult {
        let folder = TemporaryFolder()
        write(
            """
            from pingshen_plugin import Plugin, warning
            plugin = Plugin("ledger")
            @plugin.source(writes=["lines"])
            def read(settings):
                rows = [{"id": "a", "amount": "1.10"}, {"id": "b", "amount": None}]
                return {"lines": rows}, [warning("ledger/no-amount", zh="金额读不出来", en="no amount", at="\(pointer)")]
            plugin.run()
            """,
            to: folder.path + "/ledger.py"
        )
        write(
            """
            pingshen: 1
            id: said
            form: {form: f, tables: {lines: {columns: {id: {type: text}, amount: {type: decimal}}}}}
            plugins: {ledger: {command: [python3, ./ledger.py]}}
            pipeline: {ledger: {use: ledger}, findings: {use: findings-writer}}
            """,
            to: folder.path + "/spec.yaml"
        )
        return shell(
            "cp Kits/python/pingshen_plugin.py '\(folder.path)'; cd '\(folder.path)'; pingshen run spec.yaml --json"
        )
    }

    @Test("is a finding of the review, at the row that it is about")
    func told() throws {
        let result = run(at: "/tables/lines/1/amount")
        #expect(result.status == 0, "\(result.errors)")
        let finding = try #require(result.json?["findings"]?.list?.first)
        #expect(finding["rule"]?.text == "ledger/no-amount")
        #expect(finding["step"]?.text == "ledger")
        #expect(finding["locations"]?.list?.first?["words"]?["zh"]?.text == "lines 第 2 行 amount")
    }

    @Test("is the plugin's mistake where it is about a row that it did not return")
    func stray() {
        let result = run(at: "/tables/lines/7/amount")
        #expect(result.status == 3)
        #expect(result.errors.contains("there is no row /tables/lines/7/amount"))
    }
}
