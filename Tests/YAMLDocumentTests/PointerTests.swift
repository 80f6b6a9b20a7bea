import Groundwork
import Testing
import YAMLDocument

@Suite("Pointers and spelling")
struct PointerTests {
    @Test("a pointer finds the value, its key, or the nearest value above")
    func pointers() throws {
        let input = MarkedInput("1️⃣tables:\n  2️⃣- 3️⃣name: 4️⃣x\n")
        let root = try #require(input.parse().root)
        #expect(root.place(at: pointer("")) == input.place("1️⃣"))
        #expect(root.place(at: pointer("/tables/0/name")) == input.place("4️⃣"))
        #expect(root.keyPlace(at: pointer("/tables/0/name")) == input.place("3️⃣"))
        #expect(root.keyPlace(at: pointer("/tables/0")) == nil)
        #expect(root.nearestPlace(at: pointer("/tables/0/name")) == input.place("4️⃣"))
        #expect(root.nearestPlace(at: pointer("/tables/7/name")) == input.place("2️⃣"))
        #expect(root.nearestPlace(at: pointer("/tables/0/amount")) == input.place("3️⃣"))
        #expect(root.keyNode(at: pointer("/tables/0/amount")) == nil)
        for wrong in [
            "/tables/1", "/tables/-", "/tables/00", "/tables/+0", "/table", "/tables/0/name/x",
        ] {
            #expect(root.place(at: pointer(wrong)) == nil, "\(wrong)")
        }
    }

    @Test("near spellings: one change in three letters, swaps count once, case not at all")
    func spelling() {
        #expect(nearest(to: "ammount", among: ["name", "amount"]) == "amount")
        #expect(nearest(to: "raod", among: ["read", "road"]) == "road")
        #expect(nearest(to: "nmae", among: ["name"]) == "name")
        #expect(nearest(to: "AMOUNT", among: ["amount"]) == "amount")
        #expect(nearest(to: "金颔", among: ["名称", "金额"]) == "金额")
        #expect(nearest(to: "x", among: ["y"]) == nil)
        #expect(nearest(to: "", among: ["y"]) == nil)
        #expect(nearest(to: "table", among: ["chair"]) == nil)
    }

    @Test("places and diagnostics sort by file, line, column and code")
    func order() {
        func diagnostic(_ file: String, _ line: Int, _ column: Int, _ code: String) -> Diagnostic {
            let place = Place.text(file: file, line: line, column: column)
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

/// A pointer as written.
func pointer(_ text: String) -> JSONPointer { JSONPointer(text) ?? JSONPointer(["no pointer: " + text]) }
