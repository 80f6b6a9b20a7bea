import ReviewModel
import Testing

@Suite("The Word file of the first town")
struct WordFileTests {
    private let spec = "Specs/hongqiao/party-service-2026.yaml"

    @Test("has the same bytes each time, and says cell by cell what the document says, to programs of others as well")
    func checked() throws {
        let folder = TemporaryFolder()
        let place = folder.path + "/hongqiao-party-service-2026"
        let result = shell("pingshen run \(spec) --format docx,document --out '\(folder.path)'")
        #expect(result.status == 0, "\(result.errors)")
        let first = shell("sha256sum < '\(place)/report.docx'").output
        #expect(shell("pingshen run \(spec) --format docx --out '\(folder.path)/again'").status == 0)
        #expect(shell("sha256sum < '\(folder.path)/again/hongqiao-party-service-2026/report.docx'").output == first)
        let check = shell("Scripts/check-word '\(place)/report.docx' '\(place)/report.document.json'")
        // Where the packages are not installed, it says which, and checks nothing.
        print(check.output)
        #expect(check.status == 0, "\(check.output)")
    }

    @Test(
        "becomes no PDF file in the sandbox, and one sentence says why, at once",
        .enabled(
            if: shell("command -v soffice && bwrap --ro-bind / / --unshare-all true").status == 0,
            "needs LibreOffice and bubblewrap"
        )
    )
    func sandbox() {
        let folder = TemporaryFolder()
        let town = "Specs/example-town/meal-delivery-2026.yaml"
        let result = shell("pingshen run \(town) --sandbox --locale en --format docx,pdf --out '\(folder.path)'")
        #expect(result.status == 3)
        #expect(result.errors.contains("the sandbox does not allow the Unix socket that LibreOffice needs"))
        #expect(shell("ls '\(folder.path)'/*/").output.split(separator: "\n").contains("report.docx"))
    }

    @Test("is refused with its place and the next step when its letterhead is no Word file")
    func letterhead() {
        let folder = TemporaryFolder()
        let town = folder.path + "/Specs/hongqiao"
        #expect(shell("cp -r Specs '\(folder.path)'").status == 0)
        write("Dear Sir", to: town + "/firm.docx")
        write(
            """
            pingshen: 1
            extends: ./party-service-2026.yaml
            pipeline:
              word: {use: word-writer, needs: [report], with: {letterhead: !file ./firm.docx}}
            """,
            to: town + "/firm.yaml"
        )
        let result = shell("pingshen validate '\(town)/firm.yaml' --locale en")
        #expect(result.status == 2)
        #expect(result.errors.contains("/firm.docx: error: "))
        #expect(result.errors.contains("the letterhead cannot be used: it is no Office file"))
        #expect(result.errors.contains("save it as .docx"))
    }
}
