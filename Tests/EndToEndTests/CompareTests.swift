import PluginWire
import ReviewModel
import Testing

@Suite("pingshen compare")
struct CompareTests {
    private static let reports = "Tests/Fixtures/WordReports"

    /// A review whose folder has the written report as one of its files.
    private func review(in folder: TemporaryFolder) -> String {
        let made = folder.path + "/made"
        _ = shell("pingshen run Specs/example-town/meal-delivery-2026.yaml --format json --out '\(folder.path)/out'")
        _ = shell(
            """
            mv '\(folder.path)/out/'* '\(made)' && cp \(Self.reports)/written.docx '\(made)/report.docx'
            sum=$(sha256sum '\(made)/report.docx' | cut -d' ' -f1)
            jq --arg sum "$sum" '.artifacts += [{path: "report.docx", mediaType: "x", sha256: $sum}]' '\(made)/review.json' \
            > '\(folder.path)/new' && mv '\(folder.path)/new' '\(made)/review.json'
            """
        )
        return made
    }

    @Test("an untouched report has no change; one that was edited in place is no original")
    func untouched() {
        let folder = TemporaryFolder()
        let made = review(in: folder)
        let untouched = "\(Self.reports)/untouched-saved-by-libreoffice.docx"
        let result = shell("pingshen compare \(untouched) '\(made)' --fail-on info --locale en")
        #expect(result.status == 0 && result.output.isEmpty)
        #expect(result.errors.contains("nothing was changed"))
        _ = shell("printf x >> '\(made)/report.docx'")
        let changed = shell("pingshen compare \(untouched) '\(made)' --locale en")
        #expect(changed.status == 2 && changed.errors.contains("the original has itself been changed"))
        let none = shell("pingshen compare \(untouched) '\(made)' --original other.docx --locale en")
        #expect(none.status == 2 && none.errors.contains("wrote no \"other.docx\"; there are: report.docx"))
    }

    @Test("changes are listed, written as findings, and stand as comments in a copy")
    func edited() {
        let folder = TemporaryFolder()
        let made = review(in: folder)
        let edited = "\(Self.reports)/edited-saved-by-libreoffice.docx"
        let result = shell("pingshen compare \(edited) '\(made)/review.json' --fail-on error --locale zh")
        #expect(result.status == 1)
        let lines = result.output.split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("错误 compare/figure  ") } == 10)
        #expect(
            lines.contains("错误 compare/figure  预算审核表（单位：元） 第 2 行第 4 列  \"送餐车辆租赁\"\"申报金额\"：数字由 73,000.00 改为 73,007.10")
        )
        let json = shell("pingshen compare \(edited) '\(made)' --json --out '\(folder.path)/found'").json
        #expect(json?["id"]?.text?.hasSuffix("-compared") == true)
        let files = json?["artifacts"]?.list?.compactMap { $0["path"]?.text } ?? []
        #expect(files.contains("findings.sarif") && files.contains("edited-saved-by-libreoffice.reviewed.docx"))
        let inputs = json?["inputs"]?.list?.compactMap { $0["path"]?.text } ?? []
        #expect(inputs.contains(edited))
        let comments = shell(
            """
            unzip() { python3 -c 'import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]).decode())' "$@"; }
            unzip '\(folder.path)'/found/*/edited-saved-by-libreoffice.reviewed.docx word/comments.xml
            """
        )
        let count = json?["findings"]?.list?.count ?? 0
        #expect(count > 20 && comments.output.split(separator: "<w:comment ").count == count + 1)
    }

    @Test("what is no Word file, and another report, are told as such")
    func strangers() {
        let folder = TemporaryFolder()
        let made = review(in: folder)
        _ = shell("echo no > '\(folder.path)/no.docx'")
        let result = shell("pingshen compare '\(folder.path)/no.docx' '\(made)' --fail-on blocker --locale en")
        #expect(result.status == 1 && result.output.contains("blocker compare/unreadable"))
        #expect(result.output.contains("it is no Office file"))
    }
}
