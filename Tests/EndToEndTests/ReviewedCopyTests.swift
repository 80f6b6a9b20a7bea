import ReviewModel
import Testing

@Suite("pingshen audit of a Word report")
struct ReviewedCopyTests {
    private static let spec = "Specs/hongqiao/party-service-2026.yaml"

    @Test("writes a copy with its findings as comments; a second audit of the copy finds the same and changes nothing")
    func again() {
        let folder = TemporaryFolder()
        let audit = "pingshen audit --spec \(Self.spec) --locale zh"
        let made = shell(
            "pingshen run \(Self.spec) --format docx --out '\(folder.path)/out' && "
                + "mv '\(folder.path)'/out/*/report.docx '\(folder.path)/r.docx'"
        )
        #expect(made.status == 0, "\(made.errors)")
        let first = shell("\(audit) '\(folder.path)/r.docx'")
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.output.hasSuffix("/r.reviewed.docx\n"))
        let second = shell("\(audit) '\(folder.path)/r.reviewed.docx' --out '\(folder.path)/again'")
        #expect(second.errors == first.errors, "as many findings of each kind")
        #expect(shell("cmp '\(folder.path)/r.reviewed.docx' '\(folder.path)/again/r.reviewed.docx'").status == 0)
    }

    @Test("proposes what is certain as tracked changes, which a second audit reads as if they were not there")
    func suggestions() {
        let folder = TemporaryFolder()
        let audit = "pingshen audit --spec \(Self.spec) --locale zh --json"
        _ = shell(
            "pingshen run \(Self.spec) --format docx --out '\(folder.path)/out' && "
                + "mv '\(folder.path)'/out/*/report.docx '\(folder.path)/r.docx'"
        )
        let first = shell("\(audit) --suggest '\(folder.path)/r.docx'")
        #expect(first.status == 0, "\(first.errors)")
        let changes = shell("unzip -p '\(folder.path)/r.reviewed.docx' word/document.xml | grep -c '<w:ins '")
        #expect(changes.status == 0)
        let second = shell("\(audit) '\(folder.path)/r.reviewed.docx' --out '\(folder.path)/again'")
        func ids(_ result: CommandResult) -> [String] {
            (result.json?["findings"]?.list ?? []).compactMap { $0["id"]?.text }
        }
        #expect(!ids(first).isEmpty && ids(first) == ids(second))
    }

    @Test("changes can be proposed in Word files only")
    func others() {
        let result = shell("pingshen audit --suggest --spec \(Self.spec) --locale en README.md")
        #expect(result.status == 64)
        #expect(result.errors == "error: README.md: --suggest works for Word files (.docx) only\n")
    }
}
