import Testing
import WorkbookFixture

@testable import OfficeFiles

/// The XML of a sheet with bytes changed, doubled, dropped and swapped, always the same ones.
@Suite("Sheets with damaged XML")
struct MutilatedSheetTests {
    private static let sheet = WorkbookText(
        rows: """
            <row r="1" spans="1:3"><c r="A1" t="s"><v>0</v></c><c r="C1" s="1" t="str"><v>甲&amp;乙_x0041_</v></c></row>
            <row r="3" hidden="1"><c r="A3"><v>1.5</v></c><c r="B3" t="str"><f t="shared" ref="B3:B4" si="0">A1&lt;"x"</f><v>丙</v></c>
            <c r="C3" t="b"><v>1</v></c><c r="D3" t="e"><v>#REF!</v></c><c r="E3" t="inlineStr"><is><r><t>行</t></r><rPh><t>x</t></rPh></is></c>
            <c r="F3" s="2"/></row><!-- 注 --><row r='4'><c><v><![CDATA[7]]></v></c></row>
            """,
        after: "<mergeCells><mergeCell ref=\"A1:B3\"/></mergeCells>"
    ).sheets[0].xml

    /// What is read of the bytes, by the scanner alone or in the plain form; `nil` for what is refused or not understood.
    private func cells(_ bytes: [UInt8], plain: Bool) -> [String]? {
        do {
            let written = plain ? try PlainXML.of(bytes) : bytes
            var (scanner, row, found) = (SheetScanner(ByteFeed(written), isPlain: plain), SheetRow(), [String]())
            while true {
                switch try scanner.next(&row) {
                case .row:
                    found += row.cells.map { cell in
                        let stored = row.withStored(cell) { String(decoding: $0, as: UTF8.self) }
                        return
                            "\(row.number) \(row.isHidden) \(cell.column) \(cell.kind) \(cell.format) \(stored) =\(row.formula(cell))"
                    }
                case .end: return found
                case .unknown: return nil
                }
            }
        } catch { return nil }
    }

    @Test("are refused, or read as a whole reader of XML reads them; never anything else")
    func mutations() {
        var seed: UInt64 = 44
        func random(_ limit: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % limit
        }
        let whole = Array(Self.sheet.utf8)
        // Without what the scanner hands over, so that it has something to read.
        let usual = Array(Self.sheet.replacing("<!-- 注 -->", with: "").replacing("<![CDATA[7]]>", with: "7").utf8)
        var (read, differing) = (0, [String]())
        for round in 0..<6000 {
            var bytes = round % 2 == 0 ? usual : whole
            for _ in 0...random(3) {
                let (place, other) = (random(bytes.count), random(bytes.count))
                switch random(5) {
                case 0: bytes[place] = UInt8(random(256))
                case 1: bytes.remove(at: place)
                case 2: bytes.swapAt(place, other)
                case 3:
                    bytes.insert(
                        contentsOf: Array(bytes[min(place, other)..<min(max(place, other), min(place, other) + 40)]),
                        at: place
                    )
                default: bytes[place] = Array("<>/\"'=& \nrcvt1:".utf8)[random(15)]
                }
            }
            guard let plain = cells(bytes, plain: true), let quick = cells(bytes, plain: false) else { continue }
            read += 1
            if plain != quick { differing.append(String(decoding: bytes, as: UTF8.self) + "\n\(plain)\n\(quick)") }
        }
        #expect(read > 100)
        #expect(differing.first == nil)
    }
}
