/// A page of a PDF file.
public struct PDFPage: Sendable {
    /// What names the page's object.
    public let reference: PDFReference
    public let dictionary: PDFDictionary
    /// The part of the page that is shown: left, bottom, right, top.
    public let box: (left: Double, bottom: Double, right: Double, top: Double)
    /// How far the page is turned clockwise before it is shown: 0, 90, 180 or 270 degrees.
    public let rotation: Int

    /// A stretch of the shown page, measured in points from its upper left corner, in the page's own coordinates: left, bottom,
    /// right, top.
    public func rectangle(
        left: Double,
        top: Double,
        width: Double,
        height: Double
    ) -> (left: Double, bottom: Double, right: Double, top: Double) {
        func point(_ across: Double, _ down: Double) -> (x: Double, y: Double) {
            switch rotation {
            case 90: (box.left + down, box.bottom + across)
            case 180: (box.right - across, box.bottom + down)
            case 270: (box.right - down, box.top - across)
            default: (box.left + across, box.top - down)
            }
        }
        let (a, b) = (point(left, top), point(left + width, top + height))
        return (min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y))
    }
}

extension PDFFile {
    /// Pages that are looked through at most.
    private static let maximumPages = 100_000

    /// The pages, as they are shown.
    ///
    /// - Throws: ``PDFError`` where there is none, or the tree of pages leads back into itself.
    public func pages() throws(PDFError) -> [PDFPage] {
        guard let catalogue = try resolved(trailer["Root"]).dictionary,
            let root = catalogue["Pages"]?.reference
        else { throw .damaged }
        var (pages, seen) = ([PDFPage](), Set<PDFReference>())
        // What is still to be looked at, the next one last, with what it inherits.
        var open = [(root, PDFDictionary())]
        while let (reference, inherited) = open.popLast() {
            guard seen.insert(reference).inserted, seen.count <= Self.maximumPages else { throw .damaged }
            guard let node = try object(reference).dictionary else { continue }
            var known = inherited
            for key in ["MediaBox", "CropBox", "Rotate"] { if let value = node[key] { known[key] = value } }
            if let kids = try resolved(node["Kids"]).array {
                open += kids.reversed().compactMap(\.reference).map { ($0, known) }
            } else {
                pages.append(try page(reference, node, known))
            }
        }
        if pages.isEmpty { throw .noPages }
        return pages
    }

    private func page(_ reference: PDFReference, _ node: PDFDictionary, _ known: PDFDictionary) throws(PDFError)
        -> PDFPage
    {
        let media = try rectangle(known["MediaBox"]) ?? (0, 0, 595, 842)
        var box = media
        if let crop = try rectangle(known["CropBox"]) {
            box = (
                max(media.left, crop.left), max(media.bottom, crop.bottom), min(media.right, crop.right),
                min(media.top, crop.top)
            )
        }
        let turn = try resolved(known["Rotate"]).integer ?? 0
        return PDFPage(reference: reference, dictionary: node, box: box, rotation: ((turn % 360) + 360) % 360)
    }

    private func rectangle(
        _ value: PDFValue?
    ) throws(PDFError) -> (left: Double, bottom: Double, right: Double, top: Double)? {
        guard let values = try resolved(value).array, values.count == 4 else { return nil }
        var sides: [Double] = []
        for value in values {
            guard let side = try resolved(value).number, side.isFinite, abs(side) < 1_000_000 else { return nil }
            sides.append(side)
        }
        return (min(sides[0], sides[2]), min(sides[1], sides[3]), max(sides[0], sides[2]), max(sides[1], sides[3]))
    }
}
