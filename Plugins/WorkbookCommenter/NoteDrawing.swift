import Groundwork
import OfficeFiles

/// The boxes of notes, `xl/drawings/vmlDrawing1.vml`: an old language for drawings that notes have kept.
struct NoteDrawing {
    private(set) var part: EditedPart

    init(_ part: EditedPart) { self.part = part }

    private static let spaces = [
        ("v", "urn:schemas-microsoft-com:vml"), ("o", "urn:schemas-microsoft-com:office:office"),
        ("x", "urn:schemas-microsoft-com:office:excel"),
    ]
    private static let shapeType =
        "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">"
        + "<v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>"

    private static func declarations(_ prefixes: [(String, String)]) -> String {
        prefixes.map { " xmlns:\($0.0)=\"\($0.1)\"" }.joined()
    }

    static func new(_ cells: [CellAddress]) -> [UInt8] {
        let shapes = cells.enumerated().map { shape($0.element, number: 1025 + $0.offset) }.joined()
        return Array(
            ("<xml\(declarations(spaces))><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"1\"/></o:shapelayout>"
                + shapeType + shapes + "</xml>").utf8
        )
    }

    /// Takes out the boxes of notes at these cells.
    mutating func remove(_ cells: [CellAddress]) {
        let wanted = Set(cells)
        for index in part.tokens.indices where EditedPart.local(part.tokens[index].name) == "shape" {
            guard part.tokens[index].kind == .start, let end = part.end(of: index), let range = part.range(of: index),
                let row = number("Row", index..<end), let column = number("Column", index..<end),
                let address = CellAddress(column: column &+ 1, row: row &+ 1), wanted.contains(address)
            else { continue }
            part.remove(range)
        }
    }

    private func number(_ name: String, _ range: Range<Int>) -> Int? {
        for position in range where EditedPart.local(part.tokens[position].name) == name {
            guard part.tokens[position].kind == .start, position + 1 < part.tokens.count else { return nil }
            return Int(part.tokens[position + 1].text.filter { !$0.isWhitespace })
        }
        return nil
    }

    mutating func add(_ cells: [CellAddress]) throws(OfficeFileError) {
        if cells.isEmpty { return }
        guard let root = part.tokens.first(where: { $0.kind != .text }) else { throw .damagedPart(part.name) }
        let missing = Self.spaces.filter { root.attribute("xmlns:\($0.0)") != $0.1 }
        var (next, hasType) = (1025, false)
        for token in part.tokens {
            guard let id = token.attribute("id") else { continue }
            if id == "_x0000_t202" { hasType = true }
            if id.hasPrefix("_x0000_s"), let number = Int(id.dropFirst(8)), number < 1 << 40 {
                next = max(next, number + 1)
            }
        }
        var shapes = hasType ? "" : Self.named(Self.shapeType, missing)
        for cell in cells {
            shapes += Self.named(Self.shape(cell, number: next), missing)
            next += 1
        }
        guard part.append(shapes, to: EditedPart.local(root.name)) else { throw .damagedPart(part.name) }
    }

    /// An element with names for the prefixes that are not known around it.
    private static func named(_ element: String, _ missing: [(String, String)]) -> String {
        guard !missing.isEmpty, let blank = element.firstIndex(of: " ") else { return element }
        return element[..<blank] + declarations(missing) + element[blank...]
    }

    private static func shape(_ cell: CellAddress, number: Int) -> String {
        let (column, row) = (cell.column - 1, cell.row - 1)
        // Beside the cell: columns, rows and pixels of its left, upper, right and lower edge.
        let (left, top) = (min(column + 1, 16_378), max(0, min(row - 1, 1_048_566)))
        return "<v:shape id=\"_x0000_s\(number)\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:59pt;"
            + "margin-top:2pt;width:200pt;height:110pt;z-index:1;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\">"
            + "<v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>"
            + "<v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>"
            + "<x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/>"
            + "<x:Anchor>\(left), 15, \(top), 2, \(left + 4), 15, \(top + 8), 2</x:Anchor><x:AutoFill>False</x:AutoFill>"
            + "<x:Row>\(row)</x:Row><x:Column>\(column)</x:Column></x:ClientData></v:shape>"
    }
}
