import Groundwork
import Testing

@Suite("Pointers")
struct JSONPointerTests {
    @Test(
        "a pointer is written as it was read",
        arguments: ["", "/", "/tables/lines/3/amount", "/a~1b/c~0d", "/~01", "//", "/表/0/金额", "/a/\u{301}b"]
    )
    func roundTrip(text: String) {
        #expect(JSONPointer(text)?.description == text)
    }

    @Test("what is no pointer is none", arguments: ["tables", "~0", "/a~", "/a~2", "/~~0", " /a"])
    func malformed(text: String) {
        #expect(JSONPointer(text) == nil)
    }

    @Test("a slash and a tilde in a name stay in the name")
    func escapes() {
        #expect(JSONPointer("/a~1b/~0")?.tokens == ["a/b", "~"])
        #expect(JSONPointer(["a/b", "~1"]).description == "/a~1b/~01")
    }

    @Test("names may be empty, at the end as well")
    func emptyNames() {
        #expect(JSONPointer("")?.tokens == [])
        #expect(JSONPointer("/")?.tokens == [""])
        #expect(JSONPointer("//a/")?.tokens == ["", "a", ""])
    }

    @Test("people read brackets and dots")
    func dotted() {
        #expect(JSONPointer(["tables", "lines", "3", "amount"]).dotted == "tables.lines[3].amount")
    }
}
