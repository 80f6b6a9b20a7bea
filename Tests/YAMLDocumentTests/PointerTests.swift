import Testing
import YAMLDocument

@Suite("Pointers and spelling")
struct PointerTests {
    @Test("a pointer finds the value, its key, or the nearest value above")
    func pointers() throws {
        let input = MarkedInput("1️⃣tables:\n  2️⃣- 3️⃣name: 4️⃣x\n")
        let root = try #require(input.parse().root)
        #expect(root.place(at: "") == input.place("1️⃣"))
        #expect(root.place(at: "/tables/0/name") == input.place("4️⃣"))
        #expect(root.keyPlace(at: "/tables/0/name") == input.place("3️⃣"))
        #expect(root.keyPlace(at: "/tables/0") == nil)
        #expect(root.nearestPlace(at: "/tables/0/name") == input.place("4️⃣"))
        #expect(root.nearestPlace(at: "/tables/7/name") == input.place("2️⃣"))
        #expect(root.nearestPlace(at: "/tables/0/amount") == input.place("3️⃣"))
        #expect(root.keyNode(at: "/tables/0/amount") == nil)
        for wrong in [
            "tables", "/tables/1", "/tables/-", "/tables/00", "/tables/+0", "/table", "/tables/0/name/x", "/~2",
        ] {
            #expect(root.place(at: wrong) == nil, "\(wrong)")
        }
        #expect(root.nearestPlace(at: "tables") == input.place("1️⃣"))
    }

    @Test("near spellings: one change in three letters, swaps count once, case not at all")
    func spelling() {
        #expect(nearestSpelling(of: "ammount", among: ["name", "amount"]) == "amount")
        #expect(nearestSpelling(of: "raod", among: ["read", "road"]) == "road")
        #expect(nearestSpelling(of: "nmae", among: ["name"]) == "name")
        #expect(nearestSpelling(of: "AMOUNT", among: ["amount"]) == "amount")
        #expect(nearestSpelling(of: "金颔", among: ["名称", "金额"]) == "金额")
        #expect(nearestSpelling(of: "x", among: ["y"]) == nil)
        #expect(nearestSpelling(of: "", among: ["y"]) == nil)
        #expect(nearestSpelling(of: "table", among: ["chair"]) == nil)
    }

    @Test("places and diagnostics sort by file, line, column and code")
    func order() {
        func diagnostic(_ file: String, _ line: Int, _ column: Int, _ code: String) -> Diagnostic {
            let place = SourcePlace(file: file, line: line, column: column)
            return Diagnostic(.error, code: code, at: place, .init(zh: "无", en: "none"))
        }
        let sorted = [
            diagnostic("a", 1, 2, "z"), diagnostic("a", 2, 1, "a"), diagnostic("a", 10, 1, "a"),
            diagnostic("a", 10, 1, "b"), diagnostic("b", 1, 1, "a"),
        ]
        #expect(Array(sorted.reversed()).sorted() == sorted)
        #expect(sorted[0].place.description == "a:1:2")
    }
}
