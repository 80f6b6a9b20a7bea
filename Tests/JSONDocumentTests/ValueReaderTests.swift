import ExactNumbers
import Groundwork
import JSONDocument
import Testing

@Suite("Reading settings")
struct ValueReaderTests {
    @Test("every mistake is gathered with its pointer and a hint")
    func gathers() {
        let log = DiagnosticLog()
        let settings: Value = ["scale": "many", "colour": "blau", "levls": [], "note": ["a": 1]]
        let record = ValueReader(settings, log: log).record()
        #expect(record?.required("scale")?.decimal() == nil)
        #expect(record?.optional("colour")?.oneOf(["blue", "red"]) == nil)
        #expect(record?.required("name")?.text() == nil)
        #expect(record?.optional("note")?.text() == nil)
        _ = record?.optional("levels")
        record?.finish()
        #expect(
            log.diagnostics.map { "\($0.pointer) \($0.message.en)" } == [
                "/scale expected a decimal number such as 1703200.00, found \"many\"",
                "/colour \"blau\" is not one of: blue, red", " missing key \"name\"",
                "/note expected text, found a mapping", "/levls unknown key \"levls\"",
            ]
        )
        #expect(log.diagnostics[4].help?.en == "did you mean \"levels\"?")
    }

    @Test("a percentage reads with and without its sign")
    func percent() {
        let log = DiagnosticLog()
        for value: Value in ["95.04%", "95.04", .decimal(ExactDecimal("95.04") ?? 0)] {
            #expect(ValueReader(value, log: log).percent() == ExactDecimal("95.04"))
        }
        #expect(log.diagnostics.isEmpty)
    }

    @Test("pointers escape and read back")
    func pointers() {
        let pointer = JSONPointer(["a/b", "m~n", "0"])
        #expect(pointer.description == "/a~1b/m~0n/0")
        #expect(JSONPointer(pointer.description) == pointer)
        #expect(JSONPointer("no slash") == nil)
        #expect(pointer.dotted == "a/b.m~n[0]")
    }

    @Test("a near miss is suggested, a wild guess is not")
    func spelling() {
        #expect(nearest(to: "tabels", among: ["tables", "fields"]) == "tables")
        #expect(nearest(to: "xyz", among: ["tables", "fields"]) == nil)
    }
}
