import OfficeFiles

/// What stands in a worksheet behind its rows: where its drawings are named. The rows themselves, which may be many, are not read.
struct SheetTail {
    private let bytes: [UInt8]
    private let prefix: String
    /// The relationship of the drawing with the boxes of notes; `nil` where there is none.
    let drawing: String?
    /// Where the name of one belongs.
    private let place: Int

    /// What the schema has behind it.
    private static let later: Set<String> = [
        "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
        "AlternateContent",
    ]

    init(_ name: String, _ bytes: [UInt8]) throws(OfficeFileError) {
        var head = try XMLScanner(bytes)
        var first = try head.next()
        // Most programs begin a line behind the declaration.
        while first?.kind == .text { first = try head.next() }
        guard let root = first, root.kind == .start, EditedPart.local(root.name) == "worksheet" else {
            throw .damagedPart(name)
        }
        self.bytes = bytes
        prefix = EditedPart.prefix(of: root.name)
        guard let start = Self.endOfRows(bytes, prefix) else { throw .damagedPart(name) }
        // The root's tag and what is behind the rows are a part of their own.
        let tag = Array(bytes[root.range])
        var scanner = try XMLScanner(tag + bytes[start...])
        var (depth, drawing, place) = (0, nil as String?, nil as Int?)
        while let token = try scanner.next() {
            let local = EditedPart.local(token.name)
            let position = start + token.range.lowerBound - tag.count
            if token.kind == .end { depth -= 1 }
            if depth == 1, token.kind == .start || token.kind == .empty {
                if local == "legacyDrawing" {
                    drawing = token.attributes.first { EditedPart.local($0.name) == "id" }?.value
                } else if Self.later.contains(local) {
                    place = place ?? position
                }
            }
            if depth == 0, token.kind == .end { place = place ?? position }
            if token.kind == .start { depth += 1 }
        }
        guard let place else { throw .damagedPart(name) }
        (self.drawing, self.place) = (drawing, place)
    }

    /// Behind `</sheetData>`, the last that there is.
    private static func endOfRows(_ bytes: [UInt8], _ prefix: String) -> Int? {
        let end = Array("</\(prefix)sheetData".utf8)
        let empty = Array("<\(prefix)sheetData/".utf8)
        for word in [end, empty] {
            var position = bytes.count - word.count
            while position >= 0 {
                if bytes[position] == UInt8(ascii: "<"), bytes[position..<position + word.count].elementsEqual(word) {
                    return bytes[position...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 }
                }
                position -= 1
            }
        }
        return nil
    }

    /// The sheet with the name of a drawing.
    func with(drawing id: String) -> [UInt8] {
        let element = "<\(prefix)legacyDrawing xmlns:r=\"\(WorkbookParts.relationship)\" r:id=\"\(id)\"/>"
        return bytes[..<place] + Array(element.utf8) + bytes[place...]
    }
}
