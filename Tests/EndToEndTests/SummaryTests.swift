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

    @Test("a review that a batch has made, and whose folder is gone since, is missed on top, not counted as done")
    func gone() throws {
        let folder = TemporaryFolder()
        let specs = "Specs/three-towns/luting-canteen-2026.yaml Specs/three-towns/luting-river-2026.yaml"
        #expect(shell("pingshen batch \(specs) --format json --out '\(folder.path)'").status == 0)
        #expect(summarize(folder).status == 0)
        #expect(shell("rm -r '\(folder.path)/luting-river-2026'").status == 0)
        let result = summarize(folder)
        #expect(result.status == 2 && result.errors.contains("它的文件夹不在了"), "\(result.errors)")
        let unfinished = try json(folder.path + "/batch/across.json")["unfinished"]?.list ?? []
        #expect(unfinished.map { $0["review"]?.text ?? $0["id"]?.text } == ["luting-river-2026"])
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
        #expect(own.errors.contains("own.yaml:1:1: "))
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

    // MARK: Plugins, in each review, and as a database

    /// The scorer and the steps that Docs/SUMMARY.md shows, in a folder with the kit.
    private func townsCheck(_ change: (String) -> String = { $0 }) -> TemporaryFolder {
        let (folder, manual) = (TemporaryFolder(), read(repository + "/Docs/SUMMARY.md"))
        write(fencedBlocks("python", in: manual).first ?? "", to: folder.path + "/towns_check.py")
        let steps = fencedBlocks("yaml", in: manual).first { $0.contains("towns-check") } ?? ""
        write(change(steps), to: folder.path + "/towns.yaml")
        _ = shell("cp Kits/python/pingshen_plugin.py '\(folder.path)'")
        return folder
    }

    @Test("the scorer of the manual looks at all reviews, and what it finds stands in the summary and in each of them")
    func scorerOfMany() throws {
        let (folder, check) = (try reviews(), townsCheck())
        let result = summarize(folder, "--locale en --pipeline '\(check.path)/towns.yaml'")
        try #require(result.status == 0, "\(result.errors)")
        let found = (try json(folder.path + "/batch/across.json")["findings"]?.list ?? []).filter {
            $0["rule"]?.text == "towns/buy-together"
        }
        #expect(
            found.map { $0["message"]?["en"]?.text } == [
                "保温餐箱 is bought 3 times, 68750.00 in all", "台式计算机 is bought 4 times, 104050.00 in all",
            ]
        )
        for finding in found {
            let sides = finding["sides"]?.list ?? []
            for side in sides {
                let review = try #require(side["review"]?.text)
                let place = try #require(side["place"]?.text)
                #expect(place.hasPrefix("Specs/three-towns/\(review).yaml:"))
                let own = try json("\(folder.path)/\(review)/across.json")
                let told = (own["findings"]?.list ?? []).first { $0["message"] == finding["message"] }
                #expect(told?["places"] == [.text(place)])
                let others = sides.filter { $0 != side }
                let links = told?["others"]?.list ?? []
                #expect(links.map { $0["place"] } == others.map { $0["place"] })
                let page = read("\(folder.path)/\(review)/across.html")
                for link in links { #expect(page.contains(link["page"]?.text ?? "-")) }
            }
        }
    }

    @Test(
        "a step that is no scorer, a plugin that nobody knows and a file without steps are told with their places, and nothing is written",
        arguments: [
            (
                "{use: towns-check,", "{use: findings-writer} #",
                "towns.yaml:5:16: error: the step \"towns\" is no scorer"
            ),
            ("use: towns-check", "use: town-check", "towns.yaml:5:16: error: "),
            ("pipeline:\n", "pipelines:\n", "towns.yaml:4:1: error: "),
        ]
    )
    func wrongSteps(written: String, changed: String, says: String) throws {
        let check = townsCheck { $0.replacing(written, with: changed) }
        let folder = TemporaryFolder()
        try #require(shell("pingshen run Specs/three-towns/yanxi-road-2026.yaml --out '\(folder.path)'").status == 0)
        let result = summarize(folder, "--locale en --pipeline '\(check.path)/towns.yaml'")
        #expect(result.status == 2)
        #expect(result.errors.contains(says), "\(result.errors)")
        #expect(folder.names == ["yanxi-road-2026"])
    }

    @Test("a step that fails is named on top with the exit code 3, and the rest of the summary stands")
    func failingStep() throws {
        let (folder, check) = (try reviews(), townsCheck())
        let program = read(check.path + "/towns_check.py")
        let broken = program.replacing("    items = {}", with: "    raise ValueError('broken')")
        write(broken, to: check.path + "/towns_check.py")
        let result = summarize(folder, "--locale en --pipeline '\(check.path)/towns.yaml'")
        #expect(result.status == 3)
        #expect(result.errors.contains("broken"), "\(result.errors)")
        let summary = try json(folder.path + "/batch/across.json")
        #expect(summary["unchecked"]?.list?.compactMap { $0["rule"]?.text } == ["towns"])
        #expect(summary["findings"]?.list?.count == 9)
        #expect(read(folder.path + "/batch/index.html").contains("the step &quot;towns&quot;"))
    }

    @Test("what is found across reviews stands in each that it is about, and goes; review.json is left alone")
    func inEachReview() throws {
        let folder = try reviews()
        let sums = "cd '\(folder.path)' && sha256sum */review.json */report.html"
        let before = shell(sums).output
        #expect(summarize(folder).status == 0)
        #expect(shell(sums).output == before)
        let summary = try json(folder.path + "/batch/across.json")
        let sides = (summary["findings"]?.list ?? []).flatMap { $0["sides"]?.list ?? [] }
        let touched = Set(sides.compactMap { $0["review"]?.text })
        let files = shell("cd '\(folder.path)' && ls -d */across.json */across.html").output.split(separator: "\n")
        let expected = touched.flatMap { ["\($0)/across.html", "\($0)/across.json"] } + ["batch/across.json"]
        #expect(files.map(String.init).sorted() == expected.sorted())
        // Made anew, the review stands as `run` makes it; the summary sees to the rest.
        #expect(shell("pingshen run Specs/three-towns/songlan-canteen-2026.yaml --out '\(folder.path)'").status == 0)
        #expect(shell("ls '\(folder.path)/songlan-canteen-2026'").output.contains("across") == false)
        // One town alone has no other side.
        _ = shell("cd '\(folder.path)' && rm -r luting-* yanxi-* songlan-elderly* songlan-greening*")
        write("{}", to: folder.path + "/songlan-canteen-2026/across.json")
        #expect(summarize(folder).status == 0)
        let left = try json(folder.path + "/songlan-canteen-2026/across.json")
        #expect(left["findings"]?.list?.compactMap { $0["rule"]?.text } == ["across/band-edge"])
    }

    @Test("the questions of the manual have answers in the database, whose cents are those of the reviews")
    func database() throws {
        let folder = try reviews()
        let result = summarize(folder, "--locale en --sqlite '\(folder.path)/results.sqlite'")
        try #require(result.status == 0, "\(result.errors)")
        #expect(result.output.hasSuffix("\(folder.path)/results.sqlite\n"))
        let questions = fencedBlocks("sql", in: read(repository + "/Docs/SUMMARY.md"))
        #expect(questions.count == 3)
        func answers(_ question: String) -> [String] {
            write(question, to: folder.path + "/question.sql")
            let asking = "sqlite3.connect(sys.argv[1]).execute(open(sys.argv[2]).read())"
            let script = "import sqlite3, sys; [print(*row, sep='|') for row in \(asking)]"
            let told = shell("cd '\(folder.path)' && python3 -c \"\(script)\" results.sqlite question.sql")
            return told.output.split(separator: "\n").map(String.init)
        }
        for question in questions { #expect(!answers(question).isEmpty, "\(question)") }
        #expect(answers(questions[0]).contains("松岚镇|3|401200.0|4.74"))
        let sums = "SELECT sum(requested_cents), sum(cut_cents), sum(deferred_cents), sum(approved_cents) FROM reviews"
        #expect(answers(sums) == ["164550000|3340000|3180000|158030000"])
        #expect(answers("SELECT count(*) FROM across") == ["9"])
        let bytes = shell("sha256sum '\(folder.path)/results.sqlite'").output
        #expect(summarize(folder, "--locale en --sqlite '\(folder.path)/results.sqlite'").status == 0)
        #expect(shell("sha256sum '\(folder.path)/results.sqlite'").output == bytes)
        let none = summarize(folder, "--locale en --sqlite /nowhere/at/all.sqlite")
        #expect(none.status == 73 && none.errors.contains("cannot write the database /nowhere/at/all.sqlite"))
    }

    // MARK: Two batches

    @Test("two batches are compared review by review, also of two years, with what was added and removed, and the sums")
    func twoBatches() throws {
        let (folder, other) = (try reviews(), TemporaryFolder())
        let specs = other.path + "/specs"
        _ = shell("cp -r Specs/forms Specs/rubrics Specs/templates Specs/pipelines '\(other.path)'")
        _ = shell("cp -r Specs/three-towns '\(specs)' && rm '\(specs)/luting-river-2026.yaml'")
        _ = shell("sed -i 's/^id: yanxi-road-2026/id: yanxi-road-2027/' '\(specs)/yanxi-road-2026.yaml'")
        let run = shell("cd '\(other.path)' && pingshen run specs/*.yaml --out out")
        try #require(run.status == 0, "\(run.errors)")
        let same = shell("pingshen diff '\(folder.path)' '\(folder.path)' --locale en")
        #expect(same.status == 0 && same.output.isEmpty)
        #expect(same.errors == "reviews: 0 added, 0 removed, 0 changed, 9 unchanged\n")
        let told = shell("pingshen diff '\(folder.path)' '\(other.path)/out' --locale en")
        #expect(told.status == 0, "\(told.errors)")
        #expect(told.output.contains("removed  luting-river-2026  "), "\(told.output)")
        #expect(told.output.contains("in all requested: 1,645,500.00 → "), "\(told.output)")
        #expect(told.errors == "reviews: 0 added, 1 removed, 0 changed, 8 unchanged\n")
        let json = try #require(shell("pingshen diff '\(other.path)/out' '\(folder.path)' --json").json)
        #expect(json["added"]?.list?.first?["id"]?.text == "luting-river-2026")
        #expect(json["removed"]?.list?.count == 0)
        #expect(json["unchanged"]?.integer == 8)
        #expect(json["sums"]?["requested"]?["after"]?.text == "1645500.00")
    }
}
