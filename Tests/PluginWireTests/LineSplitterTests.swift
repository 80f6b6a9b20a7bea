import PluginWire
import Testing

@Suite("Lines")
struct LineSplitterTests {
    private func split(_ chunks: [String], limit: Int = 100) -> [LineSplitter.Element] {
        var splitter = LineSplitter(limit: limit)
        var elements: [LineSplitter.Element] = []
        for chunk in chunks { Array(chunk.utf8).withUnsafeBytes { elements += splitter.push($0) } }
        return elements + splitter.finish()
    }

    @Test("lines are the same however the stream is cut")
    func everySplitPoint() {
        let text = "{\"a\":1}\r\n\n{\"中\":2}\nlast"
        let whole = split([text])
        #expect(whole.count == 4)
        let utf8 = Array(text.utf8)
        for cut in 0...utf8.count {
            var splitter = LineSplitter(limit: 100)
            var elements: [LineSplitter.Element] = []
            utf8[..<cut].withUnsafeBytes { elements += splitter.push($0) }
            utf8[cut...].withUnsafeBytes { elements += splitter.push($0) }
            #expect(elements + splitter.finish() == whole)
        }
    }

    @Test("a line at the limit passes, one byte more is reported once and the next line is whole")
    func limit() {
        let fits = String(repeating: "x", count: 10)
        #expect(split([fits + "\n"], limit: 10) == [.line(Array(fits.utf8))])
        #expect(
            split(["xxxxxx", "xxxxx", "xxxxx\nok\n"], limit: 10)
                == [.oversize(start: Array("xxxxxxxxxxx".utf8)), .line(Array("ok".utf8))]
        )
    }
}
