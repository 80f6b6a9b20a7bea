import Testing

@Suite("pingshen preview")
struct PreviewTests {
    @Test(
        "shows the review, mistakes above it, and what is mended; is over with Ctrl-C or a kill, and leaves neither a program nor a folder",
        arguments: [("INT", "130"), ("TERM", "130"), ("KILL", "-9")]
    )
    func follows(signal: String, code: String) {
        let folder = TemporaryFolder()
        let result = shell(
            """
            cp -r Specs '\(folder.path)/Specs' && cd '\(folder.path)/Specs/example-town' &&
            mv meal-delivery-2026.yaml spec.yaml && python3 -B '\(repository)/Tests/Fixtures/Preview/look.py' . \(signal)
            """
        )
        #expect(
            result.output == """
                address http://127.0.0.1:PORT/TOKEN/
                frames ('report', 'review/report.html') ('findings', 'review/findings.html')
                report True findings True
                mistake True report True
                mended True True
                rest '' code \(code)
                left [] []
                gone

                """,
            "\(result.errors) \(read(folder.path + "/Specs/example-town/log"))"
        )
    }

    /// Ours where there is one; nothing else needs a browser.
    private static let chromium = ["chromium", "chromium-browser", "google-chrome"].first {
        shell("command -v \($0)").status == 0
    }

    @Test(
        "in a browser, what is saved appears by itself where somebody reads, links lead from page to page, and a phone shows one at a time",
        .enabled(if: chromium != nil, "there is no Chromium")
    )
    func inBrowser() throws {
        let (folder, browser) = (TemporaryFolder(), try #require(Self.chromium))
        let result = shell(
            """
            cp -r Specs '\(folder.path)/Specs' && cd '\(folder.path)/Specs/example-town' &&
            mv meal-delivery-2026.yaml spec.yaml && python3 -B '\(repository)/Tests/Fixtures/Preview/browse.py' \(browser)
            """
        )
        #expect(
            result.output == """
                new True
                same place True
                same tick True
                mistake 三万 report True
                links report.html findings.html
                complaints []
                phone 390 report
                turned to findings
                ended 130

                """,
            "\(result.errors)"
        )
    }

    @Test("a spec that is not there is told, and no page is opened")
    func missing() {
        let result = shell("pingshen preview nothing.yaml --locale zh")
        #expect(result.status == 2 && result.output.isEmpty && result.errors.contains("nothing.yaml"))
        #expect(shell("pingshen preview --port 70000 nothing.yaml").status == 64)
    }

    @Test("its program is no plugin, and says where it belongs when it is started by hand")
    func program() {
        #expect(!shell("pingshen plugins list").output.contains("preview"))
        let result = shell("script -qec pingshen-preview /dev/null || true")
        #expect(result.output.contains("pingshen preview SPEC") || result.errors.contains("script"))
    }
}
