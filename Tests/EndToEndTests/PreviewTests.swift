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
            mv meal-delivery-2026.yaml spec.yaml && python3 '\(repository)/Tests/Fixtures/Preview/look.py' . \(signal)
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
