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
        #expect(parted.count == 1 && parted[0].contains("a comma has parted a number"), "\(parted)")
        let comma = told(head + "tables: {lines: [{id: L1, amount: '310,5'}]}\npipeline: []\n")
        #expect(comma == ["value/wrong-type: write 310.5"])
        let currency = told(head + "tables: {lines: [{id: L1, amount: CHF 310.5}]}\npipeline: []\n")
        #expect(currency == ["value/wrong-type: write 310.5"])
        let included = told("pingshen: 1\nid: t\nform: form.yaml\npipeline: []\n")
        #expect(included.contains("value/wrong-type: for what is in a file write !include form.yaml"), "\(included)")
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
            ("95％", #"it has the full-width percent sign "％" in it; write "95%""#),
        ]
    )
    func figures(cell: String, hint: String) {
        #expect(told(row: "L1, \(cell), 3") == ["value/wrong-type: \(hint)"])
    }

    @Test("a misspelt key is not also missing, and nothing is missing while a part could not be read")
    func consequences() {
        let row = "tables: {lines: [{编码: L1, amount: 5.00}]}\npipeline: []\n"
        #expect(told(head + row).map { String($0.prefix(17)) } == ["value/missing-key", "value/unknown-key"])
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
