import ExactNumbers
import Groundwork
import JSONDocument
import ReportDocument
import Testing

@testable import ReportTemplate

/// Fills texts in over names given by hand.
func fill(
    _ text: String,
    _ names: NamedValues = [:],
    _ language: TemplateLanguage = .chinese
) -> (runs: [Run], holes: [String], mistakes: [ConfigurationDiagnostic]) {
    let log = DiagnosticLog()
    let expander = Expander(names, language: language)
    let runs = expander.runs(Wording(text, at: JSONPointer(["t"]), log: log), in: expander.root)
    let holes = expander.holes.map { "\($0.name) \($0.place.line):\($0.place.column)" }
    return (runs, holes, log.diagnostics)
}

@Suite("What is kept of the Mustache specification")
struct SpecificationTests {
    private func check(_ example: MustacheSpecification.Case) {
        let filled = fill(example.template, example.names())
        #expect(filled.runs.plainText == example.printed)
        #expect(filled.mistakes.isEmpty && filled.holes.isEmpty)
    }

    @Test("names", arguments: MustacheSpecification.interpolation)
    func interpolation(example: MustacheSpecification.Case) { check(example) }

    @Test("sections", arguments: MustacheSpecification.sections)
    func sections(example: MustacheSpecification.Case) { check(example) }

    @Test("inverted sections", arguments: MustacheSpecification.inverted)
    func inverted(example: MustacheSpecification.Case) { check(example) }

    @Test("comments", arguments: MustacheSpecification.comments)
    func comments(example: MustacheSpecification.Case) { check(example) }
}

@Suite("Mistakes in tags")
struct WordingMistakeTests {
    @Test(
        "signs that a Chinese keyboard gives are named, with what to write",
        arguments: [
            ("a\n甲｛｛name｝｝", "2:2", "{{…}}")
        ]
    )
    func wide(_ text: String, _ place: String, _ help: String) throws {
        let mistake = try #require(fill(text).mistakes.first)
        #expect(mistake.place.map { "\($0.line):\($0.column)" } == place)
        #expect(mistake.help?.en.contains(help) == true, "\(mistake.help?.en ?? "none")")
    }

    @Test(
        "each is found with line and column",
        arguments: [
            ("a\n{{#lines}}", "2:1"), ("{{/lines}}", "1:1"), ("x {{name", "1:3"), ("{{a b}}", "1:1"),
            ("{{wann(a)}}", "1:1"), ("{{> other}}", "1:1"), ("{{=<% %>=}}", "1:1"), ("{{#a}}{{/b}}", "1:7"),
            ("{{a..b}}", "1:1"), ("{{}}", "1:1"), ("{{()}}", "1:1"), ("{{wan(a}}", "1:1"), ("{{wan()}}", "1:1"),
            ("{{%P}}", "1:1"), ("{{<p}}", "1:1"), ("{{$p}}", "1:1"), ("{{*p}}", "1:1"), ("预算 {{ }}", "1:4"),
            ("{{#a}}{{b}}", "1:1"), ("{{{a}}", "1:1"), ("{{a.}}", "1:1"), ("{{#a}}x{{/a}}{{/a}}", "1:14"),
        ]
    )
    func places(text: String, place: String) {
        var parser = WordingParser(text)
        _ = parser.parse()
        #expect(parser.mistakes.map { "\($0.place.line):\($0.place.column)" } == [place])
    }

    @Test("all of one text are found, in both languages, with a suggestion")
    func all() {
        let mistakes = fill("{{wann(a)}}\n{{#b}}{{>p}}").mistakes
        #expect(
            mistakes.map(\.placedMessage.en) == [
                "unknown form \"wann\" (line 1, column 1 of the text)",
                "section \"{{#b}}\" is never closed (line 2, column 1 of the text)",
                "templates do not support the tag \"{{>p}}\" (line 2, column 7 of the text)",
            ]
        )
        #expect(mistakes[0].placedMessage.zh == "未知的格式\"wann\"（文字的第 1 行第 1 列）")
        #expect(mistakes[0].help?.en == "did you mean \"wan\"?")
    }

    @Test("sections nest only so deep")
    func depth() {
        func nested(_ depth: Int) -> String {
            String(repeating: "{{#a}}", count: depth) + "x" + String(repeating: "{{/a}}", count: depth)
        }
        let names: NamedValues = ["a": .flag(true)]
        #expect(fill(nested(WordingParser.maximumDepth), names).runs == [.text("x")])
        #expect(fill(nested(WordingParser.maximumDepth + 1), names).mistakes.count == 1)
        #expect(fill(nested(20_000), names).mistakes.isEmpty == false)
    }

    @Test("no bytes break the parser")
    func robust() {
        var random = SystemRandomNumberGenerator.Fixed(state: 7)
        let pieces = [
            "{", "}", "{{", "}}", "{{{", "#", "/", "^", "!", "&", "a", ".", "(", ")", "wan", " ", "\n", "\r", "预", "é",
        ]
        for _ in 0..<3000 {
            let text = (0..<Int.random(in: 0..<12, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }
            _ = fill(text.joined(), ["a": .list([.text("x")])])
        }
    }
}

@Suite("Names must be there")
struct StrictnessTests {
    private let names: NamedValues = [
        "a": .record(NamedValues(["b": .text("x"), "none": .nothing])), "text": .text("t"),
        "list": .list([.record(NamedValues(["b": .text("1")])), .record(NamedValues(["b": .text("2")]))]),
    ]

    @Test(
        "one that is not prints a mark and is noted once, with its place",
        arguments: [
            ("{{c}} {{c}}", "c 1:1,c 1:7"), ("{{a.c}}", "a.c 1:1"), ("\n{{wan(a.c)}}", "a.c 2:1"),
            ("{{a.b.c}}", "a.b.c 1:1"),
            ("{{text.c}}", "text.c 1:1"), ("{{list.c}}", "list.c 1:1"), ("{{#list}}{{c}}{{/list}}", "c 1:10"),
            ("{{#list}}{{.c}}{{/list}}", ".c 1:10"), ("{{a}}", "a 1:1"), ("{{list}}", "list 1:1"),
            ("{{wan(list)}}", "list 1:1"),
            ("{{last()}}", "last() 1:1"),
        ]
    )
    func marked(text: String, holes: String) {
        let filled = fill(text, names)
        #expect(filled.holes.joined(separator: ",") == holes)
        #expect(filled.runs.contains { if case .missing = $0 { true } else { false } })
    }

    @Test("a section asks for the last part of a longer name, and for no other")
    func questions() {
        #expect(fill("{{#a.c}}x{{/a.c}}{{^a.c}}y{{/a.c}}", names).runs == [.text("y")])
        #expect(fill("{{#a.c}}x{{/a.c}}", names).holes == [])
        #expect(fill("{{#c}}x{{/c}}{{^d.e}}y{{/d.e}}", names).holes == ["c 1:1", "d.e 1:14"])
        #expect(fill("{{#list}}{{#.c}}x{{/.c}}{{/list}}", names).holes == [".c 1:10"])
    }

    @Test("what belongs to nothing is nothing")
    func nothing() {
        let filled = fill("({{a.none.x}}{{#a.none.x}}y{{/a.none.x}}{{wan(a.none)}}{{count(a.none)}})", names)
        #expect(filled.runs.plainText == "(0)" && filled.holes.isEmpty)
    }

    @Test("`.name` is the element's own, names of outer scopes do not count")
    func own() {
        #expect(fill("{{#list}}{{.b}}{{/list}}", names).runs == [.text("12")])
        #expect(fill("{{#list}}{{.text}}{{/list}}", names).holes == [".text 1:10"])
    }
}

@Suite("Values and their forms")
struct ValueFormTests {
    private let names: NamedValues = [
        "amount": .figure(Figure(14_017_700, .money, fact: "f")), "zero": .figure(Figure(0, .money)),
        "day": CalendarDate("2025-10-31").map { .day($0) } ?? .nothing, "yes": .flag(true),
        "written": .text("1401.77"), "share": .text("95.04%"), "date": .text("2026/1/1"), "other": .text("2025年11月18日"),
        "word": .text("长期"), "name": .text("助餐"), "whole": .text("霞浦街道助餐项目（二期）"), "town": .text("霞浦街道"),
        "none": .nothing, "issued": .text("2026-3"), "issuedIn": .text("2026年03月"), "issuedOn": .text("2026.3.8"),
        "sometime": .text("2026 年春"),
        "project": .text("School Meals Project"), "list": .list([.text("a"), .text("b"), .text("c")]),
        "index": .integer(12), "cut": .text("建议压减"), "stopped": .text("已核对。"), "called": .text("请补齐！"),
        "quoted": .text("他说“不列。”"), "word2": .text("Mobile library"), "town2": .text("Greenfield"),
    ]

    @Test(
        "each form",
        arguments: [
            ("{{amount}}", "14,017,700.00"), ("{{wan(amount)}}", "1,401.77"), ("{{plain(amount)}}", "14017700"),
            ("{{dash(wan(zero))}}{{dash(amount)}}", "-14,017,700.00"), ("{{hanzi(index)}}", "十二"),
            ("{{money(written)}}", "1,401.77"), ("{{percent(share)}}", "95.04%"), ("{{money(word)}}", "长期"),
            ("{{day}}", "2025 年 10 月 31 日"), ("{{plain(day)}} {{year(day)}}", "2025-10-31 2025"),
            ("{{date(day)}}", "2025 年 10 月 31 日"), ("{{slashdate(date)}}", "2026/1/1"),
            ("{{compactdate(other)}}", "2025年11月18日"),
            ("{{month(issued)}}，{{month(issuedIn)}}，{{month(issuedOn)}}", "2026 年 3 月，2026 年 3 月，2026 年 3 月"),
            ("{{month(sometime)}} {{year(issued)}} {{date(issued)}}", "2026 年春 2026 2026-3"),
            ("{{yes}}", "是"), ("{{list}}", "a、b、c"), ("{{count(list)}}", "3"), ("{{last(list)}}", "c"),
            ("{{#reversed(list)}}{{.}}{{/reversed(list)}}", "cba"), ("{{#empty(list)}}x{{/empty(list)}}", ""),
            ("{{#list}}{{.}}{{^last()}}-{{/last()}}{{/list}}", "a-b-c"),
            ("{{#list}}{{index()}}{{#even()}}e{{/even()}}{{/list}}", "12e3"),
            ("{{ending(name, '项目')}} {{ending(whole, '项目')}}", "助餐项目 霞浦街道助餐项目（二期）"),
            ("{{beginning(ending(name, “项目”), town)}}", "霞浦街道助餐项目"), ("{{beginning(whole,town)}}", "霞浦街道助餐项目（二期）"),
            ("{{ending(project, ' project')}}", "School Meals Project"), ("{{ending(word, \"(a, b)\")}}", "长期(a, b)"),
            ("{{ending(none, '项目')}}{{beginning(name, none)}}", "助餐"),
            // A mark at the end of what is added is not asked for, and a sentence that has ended gets no further stop.
            ("{{beginning(cut, '建议：')}} {{beginning(name, '建议：')}}", "建议压减 建议：助餐"),
            ("{{ending(stopped, '。')}}{{ending(called, '。')}}{{ending(name, '。')}}", "已核对。请补齐！助餐。"),
            ("{{ending(quoted, '。')}}", "他说“不列。”"), ("{{beginning(word2, town2)}}", "Greenfield Mobile library"),
        ]
    )
    func forms(text: String, printed: String) {
        let filled = fill(text, names)
        #expect(filled.runs.plainText == printed)
        #expect(filled.holes.isEmpty && filled.mistakes.isEmpty)
    }

    @Test(
        "what a form adds to a text is told where it is wrong",
        arguments: [
            ("{{ending(name)}}", "ending lacks the second thing in its brackets: the text to add"),
            ("{{wan(amount, 2)}}", "wan takes one thing in its brackets"),
            ("{{ending(name，'项目')}}", "ending lacks the second thing in its brackets: the text to add"),
            ("{{ending(name, '项目)}}", "\"ending(name, '项目)\" is not a name"),
            ("{{ending(name, '')}}", "\"ending(name, '')\" is not a name"),
        ]
    )
    func joinings(text: String, mistake: String) {
        #expect(fill(text, names).mistakes.contains { $0.message.en.contains(mistake) })
    }

    @Test(
        "what stands twice beside a tag is told and printed as it is written",
        arguments: [
            ("{{whole}}{{word}}", []), ("{{town}}街道办事处", ["街道"]), ("{{town}}{{full}}", ["霞浦街道"]),
            ("{{full}}项目申报", ["项目"]),
            ("{{full}} 项目{{name}}餐", []), ("{{ending(full, '项目')}}申报", []), ("{{town}}的{{full}}", []),
            ("{{town}}道路", []),
            ("{{#full}}{{.}}项目{{/full}}", ["项目"]),
        ]
    )
    func doublings(text: String, words: [String]) {
        var names = names
        names.members["full"] = .text("霞浦街道助餐项目")
        let log = DiagnosticLog()
        let expander = Expander(names, language: .chinese)
        let runs = expander.runs(Wording(text, at: JSONPointer(["t"]), log: log), in: expander.root)
        #expect(expander.doublings.map(\.words) == words)
        for word in words { #expect(runs.plainText.contains(word + word)) }
    }

    @Test("a name that a form adds and that is not there is a hole")
    func addedHole() {
        let filled = fill("{{beginning(name, nobody)}}", names)
        #expect(filled.runs == [.missing("nobody"), .text("助餐")])
        #expect(filled.holes == ["nobody 1:1"])
    }

    @Test("days, truth and lists follow the language")
    func language() {
        #expect(fill("{{day}}, {{yes}}, {{list}}", names, .english).runs.plainText == "31 October 2025, yes, a, b, c")
    }

    @Test("a figure stays a figure, with its fact, through forms, sections and texts")
    func figures() {
        let figure = Figure(14_017_700, .wan, fact: "f")
        #expect(fill("{{#amount}}{{wan(.)}}{{/amount}} 万元", names).runs == [.figure(figure), .text(" 万元")])
        var more = names
        let log = DiagnosticLog()
        more.members["slots"] = .slots(SlottedText(Wording("{{amount}}", at: JSONPointer(["s"]), log: log)))
        #expect(
            fill("{{wan(slots)}}{{slots}}", more).runs == [
                .figure(figure), .figure(Figure(14_017_700, .money, fact: "f")),
            ]
        )
    }

    @Test("an element knows its place, and its own names win")
    func places() {
        let list = TemplateValue.list([
            .record(NamedValues(["x": .nothing])), .record(NamedValues(["index": .text("own")])),
        ])
        let text = "{{#list}}{{index}}{{#first}}f{{/first}}{{#last}}l{{/last}} {{/list}}"
        #expect(fill(text, ["list": list]).runs.plainText == "1f ownl ")
        #expect(fill("{{#reversed(list)}}{{index}} {{/reversed(list)}}", ["list": list]).runs.plainText == "own 1 ")
        #expect(fill("{{#first(list)}}{{index}}{{/first(list)}}", ["list": list]).runs.plainText == "1")
    }
}

@Suite("Texts that hold tags")
struct SlottedTextTests {
    private func slots(_ text: String, _ name: String, in record: (any TemplateRecord)? = nil) -> TemplateValue {
        .slots(SlottedText(Wording(text, at: JSONPointer([name]), log: DiagnosticLog()), in: record))
    }

    @Test("one sees its record and the whole report, not the place where it is printed")
    func scopes() {
        let row: NamedValues = ["own": .text("o")]
        let names: NamedValues = [
            "all": .text("w"), "text": slots("{{own}}{{all}}{{near}}", "text", in: row),
            "list": .list([.record(NamedValues(["near": .text("n")]))]),
        ]
        let filled = fill("{{#list}}{{text}}{{/list}}", names)
        #expect(filled.runs == [.text("ow"), .missing("near")])
        #expect(filled.holes == ["near 1:15"])
    }

    @Test("one that prints itself ends with a mark")
    func circle() {
        let names: NamedValues = ["a": slots("a{{b}}", "a"), "b": slots("b{{a}}", "b")]
        #expect(fill("{{a}}", names).runs == [.text("ab"), .missing("a ↺")])
    }

    @Test("texts that print each other twice do not grow without end")
    func growth() throws {
        var names: NamedValues = ["t0": .text(String(repeating: "x", count: 1000))]
        for depth in 1...11 {
            names.members["t\(depth)"] = slots(String(repeating: "{{t\(depth - 1)}}", count: 100), "t\(depth)")
        }
        let expander = Expander(names, language: .chinese, limit: 1 << 20)
        let runs = expander.runs(Wording("{{t11}}", at: JSONPointer([]), log: DiagnosticLog()), in: expander.root)
        #expect(expander.isOverLimit)
        #expect(runs.plainText.utf8.count <= 1 << 20)
    }
}

extension SystemRandomNumberGenerator {
    /// The same numbers every time.
    struct Fixed: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }
}
