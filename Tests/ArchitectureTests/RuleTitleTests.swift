import Testing

/// Rules of sources, renderers and the host are told by no `rules/list`: their titles stand in one file of the host.
@Suite("Titles of rules that no scorer tells of")
struct RuleTitleTests {
    private static let titled = Set(
        read(repository + "/Sources/ReviewPipeline/rule-titles.yaml").split(separator: "\n").compactMap { line in
            line.hasPrefix("#") ? nil : line.firstIndex(of: ":").map { String(line[..<$0]) }
        }
    )

    @Test(
        "every rule that the code of these rooms names has one",
        arguments: [
            "Plugins/SheetReader", "Plugins/ReportReader", "Plugins/ReportWriter", "Sources/ReviewPipeline",
            "Sources/FindingAnswers",
        ]
    )
    func titles(folder: String) {
        let text = swiftFiles(in: repository + "/" + folder).map(read).joined(separator: "\n")
        var rules = Set(text.matches(of: /rule: "([a-z-]+\/[a-z-]+)"/).map { String($0.1) })
        if folder.hasSuffix("SheetReader") {
            rules.formUnion(text.matches(of: /(?:finding|tell)\(\s*"([a-z-]+)"/).map { "sheet/" + $0.1 })
        }
        #expect(rules.count > 2, "\(folder) names no rules any more: look where they went")
        #expect(rules.subtracting(Self.titled).isEmpty, "\(rules.subtracting(Self.titled).sorted())")
    }

    @Test("and every title is of a rule")
    func rules() {
        let code = ["Sources", "Plugins"].flatMap { swiftFiles(in: repository + "/" + $0) }.map(read)
            .joined(separator: "\n")
        for rule in Self.titled {
            let name = rule.split(separator: "/").last.map(String.init) ?? rule
            #expect(code.contains("\"\(rule)\"") || code.contains("\"\(name)\""), "\(rule)")
        }
    }
}
