import Groundwork
import Testing
import YAMLDocument

@Suite("Diagnostics are shown with their line and marks under it")
struct RenderingTests {
    private func diagnostic(
        _ line: Int,
        _ column: Int,
        _ length: Int = 1,
        hint: Bool = true,
        severity: Severity = .error
    ) -> Diagnostic {
        Diagnostic(
            severity,
            code: "yaml/unknown-key",
            at: Place.text(file: "Specs/x.yaml", line: line, column: column),
            length: length,
            .init(
                zh: #"未知的键"ammount""#,
                en: #"unknown key "ammount""#,
                hintZh: hint ? #"是不是"amount"？"# : nil,
                hintEn: hint ? #"did you mean "amount"?"# : nil
            )
        )
    }

    private func render(_ diagnostic: Diagnostic, _ source: String?, _ locale: Locale = .en) -> String {
        DiagnosticRendering(locale: locale).render(diagnostic, source: source.map { Array($0.utf8) })
    }

    @Test("the line is numbered and the place marked")
    func plain() {
        let source = String(repeating: "\n", count: 11) + "    ammount: 3\n"
        #expect(
            render(diagnostic(12, 5, 7), source)
                == """
                Specs/x.yaml:12:5: error: unknown key "ammount"
                   12 |     ammount: 3
                      |     ^~~~~~~ did you mean "amount"?

                """
        )
        #expect(
            render(diagnostic(12, 5, 7), source, .zh)
                == """
                Specs/x.yaml:12:5: 错误：未知的键"ammount"
                   12 |     ammount: 3
                      |     ^~~~~~~ 是不是"amount"？

                """
        )
    }

    @Test("marks line up under Chinese text, which takes two columns")
    func chinese() {
        #expect(
            render(diagnostic(1, 6, 2, hint: false), "名称：“红桥”镇 ammount: 3\r\n")
                == """
                Specs/x.yaml:1:6: error: unknown key "ammount"
                    1 | 名称：“红桥”镇 ammount: 3
                      |          ^~~

                """
        )
    }

    @Test("tabs are shown as spaces up to the next fourth column, and marks fill wide characters")
    func tabs() {
        #expect(
            render(diagnostic(1, 5, 3, hint: false), "a:\t\t红b\t")
                == """
                Specs/x.yaml:1:5: error: unknown key "ammount"
                    1 | a:      红b
                      |         ^~~~

                """
        )
    }

    @Test("full-width, Hangul and emoji are two columns, quotation marks one")
    func wide() {
        #expect(
            render(diagnostic(1, 6, hint: false), "Ａ가🏦“x”")
                == """
                Specs/x.yaml:1:6: error: unknown key "ammount"
                    1 | Ａ가🏦“x”
                      |         ^

                """
        )
    }

    @Test("combining marks take no column")
    func combining() {
        #expect(
            render(diagnostic(1, 7, hint: false), "e\u{301}e\u{301}: x")
                == """
                Specs/x.yaml:1:7: error: unknown key "ammount"
                    1 | e\u{301}e\u{301}: x
                      |     ^

                """
        )
    }

    @Test("long lines are cut to a window around the place")
    func windows() {
        var rendering = DiagnosticRendering(locale: .en)
        rendering.width = 20
        let source = Array("0123456789012345678901234567890123456789X 234567890123456789".utf8)
        #expect(
            rendering.render(diagnostic(1, 41, 30, hint: false), source: source)
                == """
                Specs/x.yaml:1:41: error: unknown key "ammount"
                    1 | …456789X 234567890123…
                      |        ^~~~~~~~~~~~~~

                """
        )
        let chinese = Array((String(repeating: "红", count: 30) + "桥").utf8)
        #expect(
            rendering.render(diagnostic(1, 31, hint: false), source: chinese)
                == """
                Specs/x.yaml:1:31: error: unknown key "ammount"
                    1 | …红红红桥
                      |        ^~

                """
        )
    }

    @Test("the start of a long line is kept when the place is there")
    func windowAtStart() {
        let rendering = DiagnosticRendering(locale: .en, width: 20)
        #expect(
            rendering.render(
                diagnostic(1, 2, 3, hint: false),
                source: Array(String(repeating: "0123456789", count: 9).utf8)
            )
                == """
                Specs/x.yaml:1:2: error: unknown key "ammount"
                    1 | 01234567890123456789…
                      |  ^~~

                """
        )
    }

    @Test("a place beyond the line, the file or without a source is still shown")
    func beyond() {
        #expect(
            render(diagnostic(1, 9, 5), "a: 1")
                == """
                Specs/x.yaml:1:9: error: unknown key "ammount"
                    1 | a: 1
                      |     ^ did you mean "amount"?

                """
        )
        let bare = """
            Specs/x.yaml:7:1: error: unknown key "ammount"
                  | did you mean "amount"?

            """
        #expect(render(diagnostic(7, 1), "a: 1") == bare)
        #expect(render(diagnostic(7, 1), nil) == bare)
    }

    @Test("nothing in a file reaches the terminal as a command")
    func controls() {
        let text = render(diagnostic(1, 1, hint: false), "\u{1B}[2J\u{202E}x")
        #expect(!text.unicodeScalars.contains("\u{1B}"))
        #expect(!text.unicodeScalars.contains("\u{202E}"))
        let message = parseYAML(Array("a: 1\n\"\\e[2J\": 1\n\"\\e[2J\": 1\n".utf8), file: "x").diagnostics.first
        #expect(message?.message.en.unicodeScalars.contains("\u{1B}") == false)
    }

    @Test("colours only when asked for, by severity")
    func colours() {
        let rendering = DiagnosticRendering(locale: .en, isColoured: true)
        #expect(
            rendering.render(diagnostic(1, 1, hint: false, severity: .warning), source: Array("a".utf8))
                == """
                Specs/x.yaml:1:1: \u{1B}[1;33mwarning\u{1B}[0m: unknown key "ammount"
                    1 | a
                      | \u{1B}[33m^\u{1B}[0m

                """
        )
    }

    @Test("many diagnostics are shown in order of place")
    func many() {
        let text = DiagnosticRendering(locale: .en).render(
            [diagnostic(2, 1, hint: false), diagnostic(1, 1, hint: false)],
            sources: ["Specs/x.yaml": Array("a\nb".utf8)]
        )
        #expect(
            text == """
                Specs/x.yaml:1:1: error: unknown key "ammount"
                    1 | a
                      | ^
                Specs/x.yaml:2:1: error: unknown key "ammount"
                    2 | b
                      | ^

                """
        )
    }
}
