/// A PDF file of a few pages, drawn by hand: A4, a font of Chinese characters of one em and Latin ones of half of that.
struct PDFFixture {
    var pages: [String] = []
    var trailer = ""
    var hasReferences = true
    /// A4 across is `0 247 842 842`: its upper left corner stays where it was.
    var box = "0 0 595 842"

    /// Text with its baseline so far from the page's upper left corner.
    static func text(_ text: String, _ left: Double, _ top: Double, size: Double = 10) -> String {
        let codes = text.utf16.map { unit in
            let digits = String(unit, radix: 16, uppercase: true)
            return String(repeating: "0", count: 4 - digits.count) + digits
        }
        return "BT /F \(size) Tf 1 0 0 1 \(left) \(842 - top) Tm <\(codes.joined())> Tj ET\n"
    }

    /// A grid with a text in each cell; an empty text that begins with `<` has no line at its left, with `^` none above it.
    static func table(_ rows: [[String]], left: Double, top: Double, width: Double = 100, height: Double = 20) -> String
    {
        var content = ""
        func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) {
            content += "\(x1) \(842 - y1) m \(x2) \(842 - y2) l S\n"
        }
        for (row, cells) in rows.enumerated() {
            for (column, cell) in cells.enumerated() {
                let (x, y) = (left + Double(column) * width, top + Double(row) * height)
                if cell != "<" { line(x, y, x, y + height) }
                if cell != "^" { line(x, y, x + width, y) }
                if cell != "<", cell != "^" { content += text(cell, x + 5, y + 14) }
            }
            let right = left + Double(cells.count) * width
            line(right, top + Double(row) * height, right, top + Double(row + 1) * height)
        }
        let bottom = top + Double(rows.count) * height
        line(left, bottom, left + Double(rows.first?.count ?? 0) * width, bottom)
        return content
    }

    static let picture = "q 595 0 0 842 0 0 cm /I Do Q\n"

    var bytes: [UInt8] {
        var objects = [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/MediaBox[\(box)]/Count \(pages.count)/Kids[\(pages.indices.map { "\(6 + $0 * 2) 0 R" }.joined(separator: " "))]"
                + "/Resources<</Font<</F 3 0 R>>/XObject<</I 5 0 R>>>>>>",
            "<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
            "<</Type/Font/Subtype/CIDFontType0/BaseFont/SimSun/DW 1000>>",
            "<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>\nstream\nx\nendstream",
        ]
        for (index, page) in pages.enumerated() {
            objects.append("<</Type/Page/Parent 2 0 R/Contents \(7 + index * 2) 0 R>>")
            objects.append("<</Length \(page.utf8.count)>>\nstream\n\(page)\nendstream")
        }
        var (bytes, places) = (Array("%PDF-1.7\n".utf8), [Int]())
        for (index, object) in objects.enumerated() {
            places.append(bytes.count)
            bytes += "\(index + 1) 0 obj\n\(object)\nendobj\n".utf8
        }
        guard hasReferences else { return bytes }
        let start = bytes.count
        bytes += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n".utf8
        for place in places {
            let digits = String(place)
            bytes += (String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n").utf8
        }
        bytes += "trailer\n<</Size \(objects.count + 1)/Root 1 0 R\(trailer)>>\nstartxref\n\(start)\n%%EOF\n".utf8
        return bytes
    }
}
