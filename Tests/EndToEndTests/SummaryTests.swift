import Glibc
import PluginWire
import ReviewModel
import Testing

/// Three invented towns with faults planted across them: Specs/three-towns.
@Suite("summarize", .serialized)
struct SummaryTests {
    private static let specs = "Specs/three-towns/*.yaml"

    /// The reviews of the three towns, in a folder.
    private func reviews() throws -> TemporaryFolder {
        let folder = TemporaryFolder()
        let run = shell("pingshen run \(Self.specs) --out '\(folder.path)'")
        try #require(run.status == 0, "\(run.errors)")
        return folder
    }

    private func summarize(_ folder: TemporaryFolder, _ options: String = "--locale zh") -> CommandResult {
        shell("pingshen summarize '\(folder.path)' \(options)")
    }

    private func json(_ path: String) throws -> Value { try JSONReader.read(Array(read(path).utf8)) }

    /// The lines of the truth: `rule reviews… money`.
    private func expectedFindings() -> [String] {
        read(repository + "/Specs/three-towns/truth/across.yaml").split(separator: "\n").filter { $0.hasPrefix("- {") }
            .map { line in
                let words = line.split { "{}[],: ".contains($0) }.map(String.init)
                return words.filter { !["-", "rule", "reviews", "money", "~"].contains($0) }.joined(separator: " ")
            }
    }

    @Test(
        "finds the faults across three towns and nothing else, each with both places, and the sums are those of the reviews"
    )
    func plantedFaults() throws {
        let folder = try reviews()
        let result = summarize(folder)
        try #require(result.status == 0, "\(result.errors)")
        let names = ["index.html", "batch.md", "across.json", "prices.yaml", "batch.xlsx"]
        #expect(result.output == names.map { "\(folder.path)/batch/\($0)\n" }.joined())
        let summary = try json(folder.path + "/batch/across.json")
        let found = (summary["findings"]?.list ?? []).map { finding in
            let sides = (finding["sides"]?.list ?? []).compactMap { $0["review"]?.text }
            return ([finding["rule"]?.text ?? ""] + sides + (finding["weight"]?.text.map { [$0] } ?? []))
                .joined(separator: " ")
        }
        let expected = expectedFindings()
        #expect(expected.count == 9)
        #expect(found == expected)
        // By hand: what the nine reviews ask for, cut and put off.
        #expect(summary["reviews"]?.integer == 9)
        let sums = ["requested", "cut", "deferred", "approved"].map { summary["sums"]?[$0]?.text ?? "" }
        #expect(sums == ["1645500.00", "33400.00", "31800.00", "1580300.00"])
        let page = read(folder.path + "/batch/index.html")
        #expect(page.contains("<a href=\"../yanxi-canteen-2026/report.html\">"))
        #expect(!page.contains("http://") && !page.contains("https://"))
        let before = shell("sha256sum '\(folder.path)'/batch/*").output
        #expect(summarize(folder).status == 0)
        #expect(shell("sha256sum '\(folder.path)'/batch/*").output == before)
    }

    @Test(
        "every formula of the workbook comes to what the summary has",
        .enabled(if: shell("command -v soffice && command -v python3").status == 0, "needs LibreOffice and Python")
    )
    func workbook() throws {
        let folder = try reviews()
        #expect(summarize(folder).status == 0)
        let result = shell("python3 Tests/Fixtures/Workbook/recalculate.py '\(folder.path)/batch/batch.xlsx'")
        let json = try #require(result.json, "\(result.errors)")
        var formulas = 0
        for (sheet, cells) in json["cached"]?.record?.members ?? [] {
            for (address, formula) in cells.record?.members ?? [] {
                formulas += 1
                let (cached, reckoned) = (formula["value"]?.text ?? "", json["reckoned"]?[sheet]?[address]?.text ?? "")
                if let cached = Double(cached), let reckoned = Double(reckoned) {
                    #expect(abs(cached - reckoned) < 1e-9, "\(sheet)!\(address)")
                } else {
                    #expect(cached == reckoned, "\(sheet)!\(address)")
                }
            }
        }
        #expect(formulas > 200)
        let total = json["reckoned"]?["汇总表"]?.record?.members.filter { $0.value.text == "1645500" } ?? []
        #expect(total.count == 1)
        #expect(json["reckoned"]?["按镇（街道）"]?["C4"]?.text == "401200")
    }

    @Test("a review that cannot be read, and one that a batch tells of, stand on top, and the others are summed up")
    func incomplete() throws {
        let folder = try reviews()
        _ = shell("mkdir -p '\(folder.path)/broken' '\(folder.path)/batch'")
        write("{", to: folder.path + "/broken/review.json")
        _ = shell("cp -r '\(folder.path)/yanxi-road-2026' '\(folder.path)/yanxi-road-2026 copy'")
        let entry =
            #"{"id": "gone", "spec": "gone.yaml", "state": "failed", "message": {"zh": "插件没有启动", "en": "no plugin"}}"#
        write(#"{"schema": "pingshen.batch/1", "reviews": [\#(entry)]}"#, to: folder.path + "/batch/batch.json")
        let result = summarize(folder)
        #expect(result.status == 2)
        #expect(result.errors.contains("broken/review.json: "))
        #expect(result.errors.contains("yanxi-road-2026 copy/review.json: "))
        let summary = try json(folder.path + "/batch/across.json")
        #expect(
            (summary["unfinished"]?.list ?? []).map { $0["review"]?.text ?? "" } == [
                "broken", "yanxi-road-2026 copy", "gone",
            ]
        )
        #expect(summary["reviews"]?.integer == 12)
        #expect(summary["sums"]?["requested"]?.text == "1645500.00")
        #expect(read(folder.path + "/batch/index.html").contains("插件没有启动"))
    }

    @Test("a folder without reviews, a wrong record of a batch and a wrong description are refused in words")
    func refused() throws {
        let folder = TemporaryFolder()
        let empty = summarize(folder, "--locale en")
        #expect(empty.status == 64)
        #expect(empty.errors.contains("there is no review in \(folder.path)"))
        _ = shell("mkdir '\(folder.path)/batch'")
        write("{}", to: folder.path + "/batch/batch.json")
        #expect(summarize(folder, "--locale en").errors.contains("is no record of a batch"))
        write("summary: s\ntitle: t\n", to: folder.path + "/own.yaml")
        let own = summarize(folder, "--locale en --summary '\(folder.path)/own.yaml'")
        #expect(own.status == 2)
        #expect(own.errors.contains("own.yaml: "))
        #expect(own.errors.contains("overview"))
    }

    @Test(
        "its files take the place of what has their names, and nothing is written through links, pipes or half-written files"
    )
    func ownPlace() throws {
        let folder = TemporaryFolder()
        try #require(shell("pingshen run Specs/three-towns/yanxi-road-2026.yaml --out '\(folder.path)'").status == 0)
        let batch = folder.path + "/batch"
        let names = ["index.html", "batch.md", "across.json", "batch.xlsx"]
        write("precious", to: folder.path + "/victim")
        _ = shell(
            "mkdir '\(batch)'; cd '\(batch)'; ln -s ../victim index.html; ln -s ../victim index.html.partial; mkfifo batch.md batch.md.partial; mkdir across.json.partial"
        )
        let result = shell("timeout 60 pingshen summarize '\(folder.path)' --locale en")
        #expect(result.status == 0, "\(result.errors)")
        #expect(read(folder.path + "/victim") == "precious")
        #expect(names.allSatisfy { shell("test -f '\(batch)/\($0)' && ! test -L '\(batch)/\($0)'").status == 0 })
        #expect(shell("ls -A '\(batch)' | grep -c partial").output == "3\n")
        #expect(shell("ls -A '\(batch)'").output.split(separator: "\n").count == 8)
    }

    @Test("what it needs meanwhile lies in TMPDIR, not in the working directory, and is gone afterwards")
    func scratch() throws {
        let folder = TemporaryFolder()
        try #require(
            shell("pingshen run Specs/three-towns/yanxi-road-2026.yaml --out '\(folder.path)/out'").status == 0
        )
        _ = shell("mkdir '\(folder.path)/tmp' '\(folder.path)/here'")
        let command = "cd '\(folder.path)/here' && chmod a-w . && pingshen summarize ../out"
        #expect(shell(command, environment: "TMPDIR='\(folder.path)/tmp'").status == 0)
        #expect(shell("find '\(folder.path)/tmp' '\(folder.path)/here' -mindepth 1").output == "")
        // Where TMPDIR is none, it is told, and nothing falls back to the working directory.
        let none = shell(
            "cd '\(folder.path)/here' && pingshen summarize ../out --locale en",
            environment: "TMPDIR=/nowhere/at/all"
        )
        #expect(none.status == 73 && none.errors.contains("TMPDIR"), "\(none.status) \(none.errors)")
    }

    @Test("a folder whose name is no text is told, and the others are summed up")
    func oddName() throws {
        let folder = TemporaryFolder()
        try #require(shell("pingshen run Specs/three-towns/yanxi-road-2026.yaml --out '\(folder.path)'").status == 0)
        _ = shell("cd '\(folder.path)' && cp -r yanxi-road-2026 \"$(printf 'x\\377')\"")
        let result = shell("pingshen summarize '\(folder.path)' --locale en")
        #expect(result.status == 2)
        #expect(result.errors.contains("has a name that is no UTF-8 text; it was not looked into"), "\(result.errors)")
        #expect(try json(folder.path + "/batch/across.json")["reviews"]?.integer == 1)
    }
}
