import ExactNumbers
import ReportDocument
import ReportTemplate
import Testing

/// The cases of the public Mustache specification (github.com/mustache/spec, version 1.4, MIT licence, © its authors) for what
/// this engine keeps: names, sections, inverted sections, comments, and what becomes of the white space around them. Written
/// anew with values of our own types.
///
/// Not kept: escaping for HTML (a document's back ends escape), delimiters, partials, inheritance, lambdas; and a name that is
/// not there prints a mark where Mustache prints nothing (see `StrictnessTests`).
enum MustacheSpecification {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var template: String
        var names: @Sendable () -> NamedValues
        var printed: String

        init(
            _ name: String,
            _ template: String,
            _ printed: String,
            _ names: @autoclosure @escaping @Sendable () -> NamedValues
        ) {
            (self.name, self.template, self.printed, self.names) = (name, template, printed, names)
        }

        var testDescription: String { name }
    }

    private static func number(_ text: String) -> TemplateValue {
        .figure(ExactDecimal(text), .plain)
    }

    private static func texts(_ texts: String...) -> TemplateValue { .list(texts.map { .text($0) }) }

    private static func record(_ members: [String: TemplateValue]) -> TemplateValue { .record(NamedValues(members)) }

    static let interpolation: [Case] = [
        Case("a text without tags prints itself", "Hello from {Mustache}!\n", "Hello from {Mustache}!\n", [:]),
        Case("a name prints its value", "Hello, {{subject}}!\n", "Hello, world!\n", ["subject": .text("world")]),
        Case("what was printed is not read again", "{{a}}{{b}}", "{{c}}x", ["a": .text("{{c}}"), "b": .text("x")]),
        Case("three braces print the same", "{{{a}}} and {{&a}}", "& \" < > and & \" < >", ["a": .text("& \" < >")]),
        Case("whole numbers", "\"{{mph}} miles an hour!\"", "\"85 miles an hour!\"", ["mph": number("85")]),
        Case("decimals", "{{power}}|{{{power}}}|{{&power}}", "1.21|1.21|1.21", ["power": number("1.21")]),
        Case("nothing prints nothing", "I ({{cannot}}) be seen!", "I () be seen!", ["cannot": .nothing]),
        Case(
            "dotted names go into records",
            "{{person.name}} == {{#person}}{{name}}{{/person}}",
            "Joe == Joe",
            ["person": record(["name": .text("Joe")])]
        ),
        Case(
            "dotted names of any depth",
            "{{a.b.c.d.e.name}}",
            "Phil",
            ["a": record(["b": record(["c": record(["d": record(["e": record(["name": .text("Phil")])])])])])]
        ),
        Case(
            "the first part decides in which scope a dotted name is looked up",
            "{{#a}}{{b.c.name}}{{/a}}",
            "Phil",
            [
                "a": record(["x": .nothing, "b": record(["c": record(["name": .text("Phil")])])]),
                "b": record(["c": record(["name": .text("Wrong")])]),
            ]
        ),
        Case(
            "a dotted name in a section is looked up outside, too",
            "{{#section}}{{b.c}}{{/section}}",
            "here",
            ["section": record(["x": .nothing]), "b": record(["c": .text("here")])]
        ),
        Case("the element itself", "{{#list}}({{.}}){{/list}}", "(a)(b)", ["list": texts("a", "b")]),
        Case("white space around a name stays", "| {{string}} |", "| --- |", ["string": .text("---")]),
        Case("a name alone on its line keeps the line", "  {{string}}\n", "  ---\n", ["string": .text("---")]),
        Case(
            "blanks inside a tag are nothing",
            "|{{ string }}|{{{ string }}}|{{& string }}|",
            "|-|-|-|",
            ["string": .text("-")]
        ),
    ]

    static let sections: [Case] = [
        Case("true", "\"{{#boolean}}This.{{/boolean}}\"", "\"This.\"", ["boolean": .flag(true)]),
        Case("false", "\"{{#boolean}}This.{{/boolean}}\"", "\"\"", ["boolean": .flag(false)]),
        Case("nothing", "\"{{#null}}This.{{/null}}\"", "\"\"", ["null": .nothing]),
        Case(
            "a record brings its names",
            "\"{{#context}}Hi {{name}}.{{/context}}\"",
            "\"Hi Joe.\"",
            ["context": record(["name": .text("Joe")])]
        ),
        Case(
            "names of outer scopes are seen",
            "{{#sec}}{{a}}, {{b}}, {{c.d}}{{/sec}}",
            "foo, bar, baz",
            [
                "a": .text("foo"), "b": .text("wrong"), "sec": record(["b": .text("bar")]),
                "c": record(["d": .text("baz")]),
            ]
        ),
        Case("a text that is there", "{{#foo}}{{.}} is {{foo}}{{/foo}}", "bar is bar", ["foo": .text("bar")]),
        Case(
            "names of elements, of the list's scope and of the scope around it",
            "{{#tops}}{{#middles}}{{tname.lower}}{{mname}}.{{#bottoms}}{{tname.upper}}{{mname}}{{bname}}.{{/bottoms}}{{/middles}}{{/tops}}",
            "a1.A1x.A1y.",
            [
                "tops": .list([
                    record([
                        "tname": record(["upper": .text("A"), "lower": .text("a")]),
                        "middles": .list([
                            record([
                                "mname": .text("1"),
                                "bottoms": .list([record(["bname": .text("x")]), record(["bname": .text("y")])]),
                            ])
                        ]),
                    ])
                ])
            ]
        ),
        Case(
            "every scope on the way is seen",
            "{{#a}}{{one}}{{#b}}{{one}}{{two}}{{one}}{{#c}}{{one}}{{two}}{{three}}{{two}}{{one}}{{/c}}{{one}}{{two}}{{one}}{{/b}}{{one}}{{/a}}",
            "1121123211211",
            [
                "a": record(["one": number("1")]), "b": record(["two": number("2")]),
                "c": record(["three": number("3")]),
            ]
        ),
        Case(
            "once for each element",
            "\"{{#list}}{{item}}{{/list}}\"",
            "\"123\"",
            ["list": .list(["1", "2", "3"].map { record(["item": number($0)]) })]
        ),
        Case("an empty list", "\"{{#list}}Yay lists!{{/list}}\"", "\"\"", ["list": .list([])]),
        Case(
            "the same section twice",
            "{{#bool}}\n* first\n{{/bool}}\n* {{two}}\n{{#bool}}\n* third\n{{/bool}}\n",
            "* first\n* second\n* third\n",
            ["bool": .flag(true), "two": .text("second")]
        ),
        Case(
            "true inside true",
            "| A {{#bool}}B {{#bool}}C{{/bool}} D{{/bool}} E |",
            "| A B C D E |",
            ["bool": .flag(true)]
        ),
        Case("inside false", "| A {{#bool}}B {{#bool}}C{{/bool}} D{{/bool}} E |", "| A  E |", ["bool": .flag(false)]),
        Case(
            "numbers in a list",
            "{{#list}}({{.}}){{/list}}",
            "(1)(2.10)",
            ["list": .list([number("1"), number("2.10")])]
        ),
        Case(
            "lists in a list",
            "{{#list}}({{#.}}{{.}}{{/.}}){{/list}}",
            "(ab)(c)",
            ["list": .list([texts("a", "b"), texts("c")])]
        ),
        Case(
            "dotted names, true",
            "\"{{#a.b.c}}Here{{/a.b.c}}\"",
            "\"Here\"",
            ["a": record(["b": record(["c": .flag(true)])])]
        ),
        Case(
            "dotted names, false",
            "\"{{#a.b.c}}Here{{/a.b.c}}\"",
            "\"\"",
            ["a": record(["b": record(["c": .flag(false)])])]
        ),
        Case(
            "dotted names, absent at the end",
            "\"{{#a.b.c}}Here{{/a.b.c}}\"",
            "\"\"",
            ["a": record(["b": record(["x": .nothing])])]
        ),
        Case("white space around a section stays", " | {{#b}}\t|\t{{/b}} | \n", " | \t|\t | \n", ["b": .flag(true)]),
        Case("and inside it", " | {{#b}} {{! note }}\n {{/b}} | \n", " |  \n  | \n", ["b": .flag(true)]),
        Case(
            "indented sections in one line",
            " {{#b}}YES{{/b}}\n {{#b}}GOOD{{/b}}\n",
            " YES\n GOOD\n",
            ["b": .flag(true)]
        ),
        Case(
            "a tag alone on its line takes it along",
            "| This Is\n{{#b}}\n|\n{{/b}}\n| A Line\n",
            "| This Is\n|\n| A Line\n",
            ["b": .flag(true)]
        ),
        Case(
            "and its indent",
            "| This Is\n  {{#b}}\n|\n  {{/b}}\n| A Line\n",
            "| This Is\n|\n| A Line\n",
            ["b": .flag(true)]
        ),
        Case("whatever ends the line", "|\r\n{{#b}}\r\n{{/b}}\r\n|", "|\r\n|", ["b": .flag(true)]),
        Case("in the first line", "  {{#b}}\n#{{/b}}\n/", "#\n/", ["b": .flag(true)]),
        Case("in the last line", "#{{#b}}\n/\n  {{/b}}", "#\n/\n", ["b": .flag(true)]),
        Case("blanks inside the tags", "|{{# b }}={{/ b }}|", "|=|", ["b": .flag(true)]),
    ]

    static let inverted: [Case] = [
        Case("false", "\"{{^boolean}}This.{{/boolean}}\"", "\"This.\"", ["boolean": .flag(false)]),
        Case("true", "\"{{^boolean}}This.{{/boolean}}\"", "\"\"", ["boolean": .flag(true)]),
        Case("nothing", "\"{{^null}}This.{{/null}}\"", "\"This.\"", ["null": .nothing]),
        Case(
            "a record",
            "\"{{^context}}Hi {{name}}.{{/context}}\"",
            "\"\"",
            ["context": record(["name": .text("Joe")])]
        ),
        Case("a list", "\"{{^list}}{{n}}{{/list}}\"", "\"\"", ["list": .list([record(["n": number("1")])])]),
        Case("an empty list", "\"{{^list}}Yay lists!{{/list}}\"", "\"Yay lists!\"", ["list": .list([])]),
        Case("an empty text", "{{^text}}none{{/text}}", "none", ["text": .text("")]),
        Case(
            "twice",
            "{{^bool}}\n* first\n{{/bool}}\n* {{two}}\n{{^bool}}\n* third\n{{/bool}}\n",
            "* first\n* second\n* third\n",
            ["bool": .flag(false), "two": .text("second")]
        ),
        Case(
            "inside each other",
            "| A {{^bool}}B {{^bool}}C{{/bool}} D{{/bool}} E |",
            "| A B C D E |",
            ["bool": .flag(false)]
        ),
        Case(
            "dotted names",
            "\"{{^a.b.c}}Not Here{{/a.b.c}}\"",
            "\"\"",
            ["a": record(["b": record(["c": .flag(true)])])]
        ),
        Case(
            "dotted names, absent at the end",
            "\"{{^a.b}}Not Here{{/a.b}}\"",
            "\"Not Here\"",
            ["a": record(["x": .nothing])]
        ),
        Case("white space around it stays", " | {{^b}}\t|\t{{/b}} | \n", " | \t|\t | \n", ["b": .flag(false)]),
        Case(
            "alone on its line",
            "| This Is\n{{^b}}\n|\n{{/b}}\n| A Line\n",
            "| This Is\n|\n| A Line\n",
            ["b": .flag(false)]
        ),
        Case(
            "alone and indented",
            "| This Is\n  {{^b}}\n|\n  {{/b}}\n| A Line\n",
            "| This Is\n|\n| A Line\n",
            ["b": .flag(false)]
        ),
        Case("whatever ends the line", "|\r\n{{^b}}\r\n{{/b}}\r\n|", "|\r\n|", ["b": .flag(false)]),
        Case("in the first line", "  {{^b}}\n^{{/b}}\n/", "^\n/", ["b": .flag(false)]),
        Case("in the last line", "^{{^b}}\n/\n  {{/b}}", "^\n/\n", ["b": .flag(false)]),
        Case("blanks inside the tags", "|{{^ b }}={{/ b }}|", "|=|", ["b": .flag(false)]),
    ]

    static let comments: [Case] = [
        Case("a comment prints nothing", "12345{{! Comment Block! }}67890", "1234567890", [:]),
        Case("on several lines", "12345{{!\n  This is a\n  multi-line comment...\n}}67890\n", "1234567890\n", [:]),
        Case("alone on its line", "Begin.\n{{! Comment Block! }}\nEnd.\n", "Begin.\nEnd.\n", [:]),
        Case("alone and indented", "Begin.\n  {{! Indented! }}\nEnd.\n", "Begin.\nEnd.\n", [:]),
        Case("whatever ends the line", "|\r\n{{! Standalone }}\r\n|", "|\r\n|", [:]),
        Case("in the first line", "  {{! I'm Still Standalone }}\n!", "!", [:]),
        Case("in the last line", "!\n  {{! I'm Still Standalone }}", "!\n", [:]),
        Case("alone on several lines", "Begin.\n{{!\nSomething's going on here...\n}}\nEnd.\n", "Begin.\nEnd.\n", [:]),
        Case(
            "several lines, indented",
            "Begin.\n  {{!\n    Something's going on here...\n  }}\nEnd.\n",
            "Begin.\nEnd.\n",
            [:]
        ),
        Case("behind a text", "  12 {{! 34 }}\n", "  12 \n", [:]),
        Case("white space around it stays", "12345 {{! Comment Block! }} 67890", "12345  67890", [:]),
        Case(
            "it is no name",
            "comments never show: >{{! comment }}<",
            "comments never show: ><",
            ["! comment": .text("1")]
        ),
    ]
}
