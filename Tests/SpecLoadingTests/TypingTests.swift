import ReviewModel
import SpecLoading
import TemporarySpec
import Testing

@Suite("Specs as people type them in Chinese")
struct TypingTests {
    private let head = "pingshen: 1\nid: t\n" + TemporarySpec.form + "\n"

    private func told(_ text: String, files: [String: String] = [:]) -> [String] {
        let spec = TemporarySpec(text, files: files)
        return loadSpec(spec.path).diagnostics.map { "\($0.code): \($0.hint?.en ?? "")" }
    }

    private func told(row: String) -> [String] {
        told(head + "tables: {lines: {columns: [id, amount, share], rows: [[\(row)]]}}\npipeline: []\n")
    }

    @Test("too few and too many cells are told apart, once, with what is probably meant")
    func widths() {
        #expect(told(row: "L1, 5.00") == ["form/row-width: write ~ for an empty cell"])
        #expect(
            told(row: "L1， 5.00, 3") == [
                #"form/row-width: it has the full-width comma "，" in it; cells are parted by a plain comma and a space ", ""#
            ]
        )
        #expect(told(row: "L1, 1,703.00, 3") == [#"form/row-width: quote a number with commas: "1,703.00""#])
        #expect(
            told(row: "L1, 5.00, 3, 甲") == [
                #"form/row-width: quote texts and numbers with commas, such as "1,703,200.00""#
            ]
        )
        #expect(
            told(row: "“甲, 乙”, 5.00, 3") == [
                #"form/row-width: it has the curly quote "“" in it; a text with commas needs the straight " around it"#
            ]
        )
        #expect(
            told(row: "L1; 5.00; 3") == [
                #"form/row-width: it has a semicolon in it; cells are parted by a plain comma and a space ", ""#
            ]
        )
    }

    @Test("a column that stands twice, a parted number and a forgotten !include are told with what to do")
    func halfMeant() {
        #expect(
            told(head + "tables: {lines: {columns: [id, amount, amount], rows: [[L1, 5.00, 3]]}}\npipeline: []\n") == [
                "form/column-twice: write the name of the other column"
            ]
        )
        let parted = told(head + "tables: {lines: [{id: L1, amount: 60,000.5}]}\npipeline: []\n")
        #expect(parted == ["value/parted: write 60000.5"])
        let comma = told(head + "tables: {lines: [{id: L1, amount: '310,5'}]}\npipeline: []\n")
        #expect(comma == ["value/wrong-type: write 310.5"])
        let currency = told(head + "tables: {lines: [{id: L1, amount: CHF 310.5}]}\npipeline: []\n")
        #expect(currency == ["value/wrong-type: write 310.5"])
        let included = told("pingshen: 1\nid: t\nform: form.yaml\npipeline: []\n")
        #expect(included.contains("value/wrong-type: for what is in a file write !include form.yaml"), "\(included)")
    }

    @Test("what commas have parted is told once, with the whole of it")
    func partedValues() {
        func one(_ cells: String) -> [String] {
            told(head + "tables: {lines: [{id: L1, \(cells)}]}\npipeline: []\n")
        }
        #expect(one("amount: 1.234.567,50") == ["value/parted: write 1234567.50"])
        #expect(one("amount: 1 234 567,50") == ["value/parted: write 1234567.50"])
        #expect(one("amount: 1, share: 75,5%") == ["value/parted: write 75.5%"])
        #expect(one("amount: 1,250,000.00") == ["value/parted: write 1250000.00"])
        let form =
            "pingshen: 1\nid: t\nform: {form: t, tables: {f: {columns: {reply: {type: text}, line: {type: text}}}}}\n"
        #expect(
            told(form + "tables: {f: [{line: L1, reply: 部分采纳：按1,100.00元核定}]}\npipeline: []\n") == [
                "value/parted: put a text with commas in quotes: \"部分采纳：按1,100.00元核定\""
            ]
        )
        let values =
            "pingshen: 1\nid: t\nform: {form: t, fields: {a: {type: text, values: RCT, observational}}}\npipeline: []\n"
        #expect(told(values) == ["value/parted: write a list: [RCT, observational]"])
        #expect(
            told(row: "L1, 1,250,000.00, 3") == [#"form/row-width: quote a number with commas: "1,250,000.00""#]
        )
    }

    @Test("a key that is not known in the place of one that is missing is one mistake")
    func replacedKeys() {
        let form =
            "pingshen: 1\nid: t\nform: {form: t, tables: {f: {columns: {id: {type: text, required: true}, sum: {type: decimal}}}}}\n"
        #expect(
            told(form + "tables: {f: [{ref: L1, sum: 3}]}\npipeline: []\n") == [
                "value/unknown-key: id is wanted here; known here: id, sum"
            ]
        )
        #expect(
            told(form + "tables: {f: [{summ: 3}]}\npipeline: []\n") == [
                "value/missing-key: add id: …", "value/unknown-key: did you mean \"sum\"?",
            ]
        )
    }

    @Test("rows that are all wider than the names above them are told once, by the column that may be missing")
    func missingColumnName() {
        func rows(_ columns: String, _ rows: String) -> [String] {
            told(head + "tables: {lines: {columns: [\(columns)], rows: [\(rows)]}}\npipeline: []\n")
        }
        #expect(
            rows("id, amount", "[L1, 5.00, 3], [L2, 6.00, 4]") == [
                "form/row-width: is the name of a column missing? the form has share, on, tags, too; texts and numbers with commas are quoted"
            ]
        )
        #expect(
            rows("id, amount, share", "[L1, 5.00], [L2, 6.00]") == [
                "form/row-width: remove the name of the column that is none, or add its cells, ~ for empty ones"
            ]
        )
        // Thousands are what is wrong with each of these, and one row of two is wrong by itself.
        #expect(
            rows("id, amount", "[L1, 1,500.00], [L2, 2,500.00]") == [
                "form/row-width: quote a number with commas: \"1,500.00\"",
                "form/row-width: quote a number with commas: \"2,500.00\"",
            ]
        )
        #expect(rows("id, amount", "[L1, 5.00, 3], [L2, 6.00]").count == 1)
    }

    @Test("who names a row that could not be read has made no mistake")
    func unreadRow() {
        let form =
            "form: {form: t, tables: {a: {key: id, columns: {id: {type: text, required: true}, n: {type: decimal}}}, "
            + "b: {columns: {of: {type: text, references: a}}}}}\n"
        let tables =
            "tables: {a: {columns: [id, n], rows: [[A1, 1,500], [A2, 2]]}, b: [{of: A1}, {of: A2}, {of: A3}]}\n"
        #expect(
            told("pingshen: 1\nid: t\n" + form + tables + "pipeline: []\n") == [
                "form/row-width: quote a number with commas: \"1,500\"",
                "form/unknown-reference: did you mean \"A2\"?",
            ]
        )
    }

    @Test("a number with blanks and its currency behind it is told as a number")
    func blanksAndCurrency() {
        for text in ["1 200 000 €", "1'200'000 EUR"] {
            #expect(
                told(head + "tables: {lines: [{id: L1, amount: \"\(text)\"}]}\npipeline: []\n") == [
                    "value/wrong-type: write 1200000"
                ]
            )
        }
    }

    @Test("a multiple of a currency that is nearly one is told")
    func nearlyMultiple() {
        let form =
            "pingshen: 1\nid: t\nform: {form: t, fields: {a: {type: decimal, unit: USD-thousands}}}\npipeline: []\n"
        #expect(told(form).first?.hasPrefix("form/unknown-unit: did you mean \"USD-thousand\"?") == true)
    }

    @Test(
        "currencies by another name than their code are told with the code",
        arguments: [
            ("RMB", "write CNY"), ("万RMB", "write CNY-wan"),
            ("￥", "\"￥\" is the sign of several currencies: write CNY / JPY"),
            ("kCHF", "write CHF-thousand"), ("€", "write EUR"), ("USD-mio", "write USD-million"),
        ]
    )
    func currencies(word: String, help: String) {
        let form = "pingshen: 1\nid: t\nform: {form: t, fields: {a: {type: decimal, unit: \(word)}}}\npipeline: []\n"
        #expect(told(form) == ["form/unknown-unit: \(help)"])
    }

    @Test("人民币 is the currency that it names")
    func renminbi() {
        #expect(
            told("pingshen: 1\nid: t\nform: {form: t, fields: {a: {type: decimal, unit: 人民币}}}\npipeline: []\n").isEmpty
        )
    }

    @Test(
        "shares with a blank, a comma or words, and lists that are none, are told as they are to be written",
        arguments: [
            ("share", "75 %", "write 75%"), ("share", "'75,5%'", "write 75.5%"), ("share", "小于70%", "write 70%"),
            ("amount", "30%", "there is no percent sign here: write 30, or 0.3 where 1 is the whole"),
        ]
    )
    func shares(column: String, value: String, help: String) {
        #expect(
            told(
                head
                    + "tables: {lines: [{id: L1, amount: 1, \(column): \(value)}]}\npipeline: []\n".replacing(
                        "amount: 1, amount",
                        with: "amount"
                    )
            )
                == ["value/wrong-type: \(help)"]
        )
    }

    @Test("a table without anything and a text for a list are told with the brackets")
    func lists() {
        #expect(told(head + "tables: {lines: }\npipeline: []\n") == ["value/wrong-type: write [] for none"])
        let needs = "pipeline: [{step: a, use: x}, {step: b, use: x, needs: a}]\n"
        #expect(told(head + needs).contains("value/wrong-type: write a list: [a]"))
    }

    @Test("more decimals than an amount has, or than the form says, are told at the cell, and nothing else is")
    func decimals() {
        func told(_ column: String, _ value: String) -> [String] {
            let form = """
                form:
                  form: t
                  tables:
                    lines: {columns: {price: {\(column), title: {zh: 单价, en: price}}}}

                """
            let text = "pingshen: 1\nid: t\n" + form + "tables: {lines: [{price: \(value)}]}\npipeline: []\n"
            let spec = TemporarySpec(text)
            // Its folder goes with it.
            return withExtendedLifetime(spec) {
                loadSpec(spec.path).diagnostics.map { "\($0.severity) \($0.code): \($0.message.en)" }
            }
        }
        let third = "warning value/too-many-places: 3,450.005 has a third decimal; \"price\" has 2"
        #expect(told("type: decimal, unit: CNY", "3450.005") == [third])
        #expect(told("type: decimal, unit: CNY", "3450.500").isEmpty)
        #expect(told("type: decimal, unit: CNY, places: 3", "3450.005").isEmpty)
        #expect(told("type: decimal, unit: CNY-wan", "1.23456").isEmpty && told("type: decimal", "1.23456").isEmpty)
        #expect(
            told("type: decimal, unit: JPY", "10.5") == [
                "warning value/too-many-places: 10.5 has a first decimal; \"price\" has none"
            ]
        )
        #expect(told("type: text, places: 2", "x").first?.hasPrefix("error form/places-of-no-number") == true)
        #expect(
            told("type: decimal, places: 19", "1").first?.hasPrefix("error form/places: decimal places are 0 to 18")
                == true
        )
    }

    @Test("names of columns with the commas of a Chinese keyboard between them are one mistake")
    func joinedNames() {
        let rows = "tables: {lines: {columns: [id、amount、share], rows: [[L1, 5.00, 3], [L2, 6.00, 4]]}}\npipeline: []\n"
        #expect(
            told(head + rows) == [
                #"value/not-allowed: it has the Chinese enumeration comma "、" in it; items are parted by a plain comma and a space ", ""#
            ]
        )
    }

    @Test(
        "a figure with a character that only looks right",
        arguments: [
            ("１０.00", #"it has the full-width digit "１" in it; write "10.00""#), ("-", "write ~ for an empty cell"),
            ("无", "write ~ for an empty cell"), ("5.00元", "write the number alone: 5.00"),
            ("$120.5k", "write the number alone: 120500, or 120.5 where the column counts in k"),
            ("£120.5m", "write the number alone: 120500000, or 120.5 where the column counts in m"),
            ("EUR 2.9 million", "write the number alone: 2900000, or 2.9 where the column counts in million"),
            ("120.5 m", "write the number alone: 120.5"), ("三", "write 3"), ("二十五", "write 25"), ("十两", "write 12"),
            ("95％", "there is no percent sign here: write 95, or 0.95 where 1 is the whole"),
        ]
    )
    func figures(cell: String, hint: String) {
        #expect(told(row: "L1, \(cell), 3") == ["value/wrong-type: \(hint)"])
    }

    @Test("a misspelt key is not also missing, and nothing is missing while a part could not be read")
    func consequences() {
        let row = "tables: {lines: [{编码: L1, amount: 5.00}]}\npipeline: []\n"
        #expect(told(head + row).map { String($0.prefix(17)) } == ["value/unknown-key"])
        #expect(
            told(head + "tables: {lines: [{idd: L1}]}\npipeline: []\n").map { String($0.prefix(17)) } == [
                "value/unknown-key"
            ]
        )
        let colon = "tables: {lines: [{id: L1, amount：5.00}]}\npipelin: []\n"
        #expect(told(head + colon).map { String($0.prefix(11)) }.sorted() == ["value/unkno", "yaml/syntax"])
        let columns = "tables: {lines: {columns: [iid, amount], rows: []}}\npipeline: []\n"
        #expect(told(head + columns) == [#"value/not-allowed: did you mean "id"?"#])
    }

    @Test("a row whose cells a Chinese keyboard has joined is one mistake: who names it has made none")
    func joinedRow() {
        let form =
            "form: {form: f, tables: {a: {key: id, columns: {id: {}, n: {}}}, b: {columns: {a: {references: a}}}}}\n"
        let rows = "tables: {a: {columns: [id, n], rows: [[S01、五], [S02, 六]]}, b: [{a: S01}, {a: S02}]}\npipeline: []\n"
        #expect(told("pingshen: 1\nid: t\n" + form + rows).map { String($0.prefix(14)) } == ["form/row-width"])
    }

    @Test("texts that are allowed are those of a text, which is told once, at the form")
    func valuesOfNoText() {
        let form = "form: {form: f, tables: {a: {columns: {n: {type: integer, values: [大, 小]}}}}}\n"
        let rows = "tables: {a: [{n: 大}, {n: 小}]}\npipeline: []\n"
        #expect(
            told("pingshen: 1\nid: t\n" + form + rows) == [
                "form/values-of-no-text: write type: text, or remove values"
            ]
        )
    }

    @Test("a key that is written as a list is no missing one")
    func listedKey() {
        let form = "form: {form: f, tables: {a: {key: [id], columns: {id: {}}}, b: {columns: {a: {references: a}}}}}\n"
        let found = told("pingshen: 1\nid: t\n" + form + "tables: {a: [{id: A}]}\npipeline: []\n")
        #expect(found.map { String($0.prefix(16)) } == ["value/wrong-type"])
    }

    @Test("who plays a part is one of the raters, where the form names them")
    func roles() {
        func form(_ review: String, _ key: String) -> String {
            "pingshen: 1\nid: t\nform: {form: f, roles: {review: \(review)}, tables: {scores: {columns: {rater: "
                + "{\(key): {panel: 专家组, e1: 甲}}}}}}\ntables: {scores: []}\npipeline: []\n"
        }
        for key in ["values", "names"] {
            #expect(told(form("pannel", key)) == ["form/unknown-rater: did you mean \"panel\"?"])
            #expect(told(form("panel", key)) == [])
        }
    }

    @Test(
        "a day whose month is a word is told as it is to be written",
        arguments: ["15 December 2026", "Dec 15, 2026", "15-Dec-2026", "December 15th 2026"]
    )
    func writtenMonth(day: String) {
        let form = "form: {form: f, fields: {due: {type: date}}}\n"
        let text = "pingshen: 1\nid: t\n" + form + "fields: {due: \"\(day)\"}\npipeline: []\n"
        #expect(told(text) == ["value/wrong-type: write 2026-12-15"])
    }

    @Test("a path as Windows writes it")
    func backslash() {
        #expect(
            told("pingshen: 1\nid: t\nform: !include forms\\town.yaml\npipeline: []\n").map {
                String($0.prefix(56))
            } == ["spec/unreadable: folders are parted by \"/\": \"/tmp/pingsh"]
        )
    }

    @Test(
        "what is given in place of a spec is recognised",
        arguments: [
            ("form: f\ntables: {a: {columns: {b: {}}}}\n", "a form"), ("id: r\nitems: [{code: A}]\n", "a rubric"),
            ("rubric: {id: r}\n", "a rubric"), ("id: t\nblocks: []\n", "a report template"),
            ("pingshen: 1\npipeline: {a: {use: b}}\n", "a pipeline"),
        ]
    )
    func parts(text: String, name: String) {
        let spec = TemporarySpec(text)
        #expect(loadSpec(spec.path).diagnostics.map(\.message.en) == ["this is \(name), not a spec"])
    }

    @Test("so are a folder, a workbook and a report")
    func files() {
        let spec = TemporarySpec(
            "",
            files: ["a.xlsx": "PK\u{3}\u{4}x", "b.docx": "PK\u{3}\u{4}x", "c.txt": "一、概况\n", "d.json": "{}"]
        )
        func kind(_ path: String) -> [String] { loadSpec(path).diagnostics.map(\.message.en) }
        #expect(kind(spec.folder) == ["\"\(spec.folder)\" is a folder, not a spec"])
        #expect(kind(spec.folder + "/a.xlsx") == ["this is a workbook, not a spec"])
        #expect(kind(spec.folder + "/b.docx") == ["this is a report, not a spec"])
        #expect(kind(spec.folder + "/c.txt") == ["this is a report, not a spec"])
    }
}
