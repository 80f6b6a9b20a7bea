import PreviewWire
import ReviewModel
import Testing

@testable import Preview
@testable import SpecLoading

@Suite("A preview's page")
struct PageTests {
    private func page(_ problems: [Problem], _ locale: Locale = .en) -> PreviewPage {
        PreviewPage(
            spec: "town/spec.yaml",
            version: 3,
            time: "15:04:05",
            problems: problems,
            review: nil,
            locale: locale
        )
    }

    private func html(_ page: PreviewPage) -> String {
        guard case .text(let text)? = page.all.first(where: { $0.path.isEmpty })?.content else { return "" }
        return text
    }

    @Test("shows each mistake with its place, its line, what is meant in it, and the next step")
    func mistakes() throws {
        let loaded = loadSpec(text: "pingshen: 1\nid: t\nfields: {}\n备注: 1\n", as: "spec.yaml")
        let problems = loaded.problems(.en)
        let first = try #require(problems.first { $0.place.hasPrefix("spec.yaml:4") })
        #expect(first.excerpt?.number == 4 && first.excerpt?.marked == "备注" && first.excerpt?.after == ": 1")
        let text = html(page(problems))
        #expect(text.contains("<code class=\"place\">spec.yaml:4:1</code>"))
        #expect(text.contains("<pre data-line=\"4\"><mark>备注</mark>: 1</pre>"))
        #expect(text.contains("data-version=\"3\"") && text.contains("lang=\"en\"") && text.contains("class=\"none\""))
    }

    @Test("is Chinese where Chinese is asked for, down to the tabs", arguments: [Locale.zh, .en])
    func languages(locale: Locale) {
        let text = html(page([Problem("x")], locale))
        #expect(text.contains(locale == .zh ? "1 处错误" : "1 error(s)"))
        #expect(text.contains(locale == .zh ? "lang=\"zh-CN\"" : "lang=\"en\""))
        #expect(text.contains(locale == .zh ? "预览已结束" : "The preview has ended"))
    }

    @Test("shows what a spec or a plugin says as text, whatever it is")
    func escapes() {
        var problem = Problem("<script>alert(1)</script>\u{202E}")
        problem.place = "<b>"
        problem.lines = ["\u{1B}[31m & <i>"]
        let text = html(page([problem]))
        #expect(text.contains("&lt;script&gt;") && !text.contains("<script>alert"))
        #expect(
            !text.contains("<b>") && !text.contains("<i>") && !text.contains("\u{202E}") && !text.contains("\u{1B}")
        )
        #expect(text.components(of: "<script").count == 2, "its own is the only one")
    }

    @Test("a long line is shown about the place that is meant, and a place beyond the file not at all")
    func excerpts() throws {
        let line = String(repeating: "前", count: 5000) + "错误" + String(repeating: "后", count: 5000)
        let lines = SourceLines(Array(("\u{FEFF}a\r\n" + line + "\rc").utf8))
        let there = Diagnostic(
            .error,
            code: "x",
            at: .text(file: "f", line: 2, column: 5001),
            length: 2,
            .init(zh: "", en: "")
        )
        let excerpt = try #require(Excerpt(there, in: lines))
        #expect(excerpt.marked == "错误" && excerpt.before.count < 200 && excerpt.after.count < 300)
        #expect(excerpt.before.hasPrefix("…") && excerpt.after.hasSuffix("…"))
        for (line, text) in [(1, "a"), (3, "c")] {
            let place = Diagnostic(
                .error,
                code: "x",
                at: .text(file: "f", line: line, column: 1),
                .init(zh: "", en: "")
            )
            #expect(Excerpt(place, in: lines)?.marked == text)
        }
        let beyond = Diagnostic(.error, code: "x", at: .text(file: "f", line: 9, column: 1), .init(zh: "", en: ""))
        #expect(Excerpt(beyond, in: lines) == nil)
    }

    @Test("of very many mistakes fifty are shown, errors first, and the rest is counted")
    func many() {
        var loaded = loadSpec(text: "pingshen: 1\n", as: "spec.yaml")
        let place = Place.text(file: "spec.yaml", line: 1, column: 1)
        loaded.diagnostics = (0..<60).map { Diagnostic(.warning, code: "w\($0)", at: place, .init(zh: "", en: "w")) }
        loaded.diagnostics.append(Diagnostic(.error, code: "e", at: place, .init(zh: "", en: "e")))
        let problems = loaded.problems(.en)
        #expect(problems.count == 51 && problems[0].message == "e" && problems[50].message.contains("11 more"))
        #expect(!problems[50].isError)
    }

    @Test("a report has the page of its findings beside it, by its name; what has no other stands alone")
    func spreads() {
        func spreads(_ names: String...) -> [[String?]] {
            ShownReview(files: names.map { .init(path: $0, mediaType: "text/html; charset=utf-8") }).spreads
                .map { [$0.report, $0.findings] }
        }
        #expect(spreads("findings.html", "report.html") == [["report.html", "findings.html"]])
        #expect(
            spreads("findings.html", "letter-findings.html", "letter.html", "report.html")
                == [["letter.html", "letter-findings.html"], ["report.html", "findings.html"]]
        )
        #expect(spreads("review.html") == [["review.html", nil]])
        #expect(spreads("review.html", "findings.html") == [["review.html", "findings.html"]])
        #expect(spreads("findings.html") == [["findings.html", nil]])
        #expect(
            spreads("a.html", "b.html", "findings.html") == [
                ["a.html", nil], ["b.html", nil], ["findings.html", nil],
            ]
        )
        #expect(spreads().isEmpty)
    }

    @Test("names of files become addresses that lead to them, and nothing but the review's files is served")
    func addresses() {
        var shown = ShownReview(files: [
            .init(path: "报告 \"1\" 100%?.html", mediaType: "text/html"),
            .init(path: "list.md", mediaType: "text/markdown; charset=utf-8"),
        ])
        shown.folder = "/tmp/r"
        var page = page([])
        page.review = shown
        let text = html(page)
        #expect(text.contains("src=\"review/%E6%8A%A5%E5%91%8A%20%221%22%20100%25%3F.html?0\""))
        #expect(text.contains("href=\"review/list.md\""))
        let served = page.all.filter { $0.trust == .shown }
        #expect(served.map(\.path) == ["review/报告 \"1\" 100%?.html", "review/list.md"])
        #expect(served[1].mediaType == "text/plain; charset=utf-8", "a browser shows it")
        #expect(served[0].content == .file("/tmp/r/报告 \"1\" 100%?.html"))
    }
}

extension ShownReview {
    fileprivate init(files: [File]) {
        self.init(review: Review(id: "t"), isWhole: true, folder: "", files: files, version: 0, time: "")
    }
}

extension String {
    fileprivate func components(of separator: String) -> [Substring] {
        split(separator: separator, omittingEmptySubsequences: false)
    }
}
