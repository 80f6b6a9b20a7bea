/// A page of a PDF file: what is drawn on it, in points from its upper left corner.
public struct DrawnPage: Sendable {
    public var width: Double
    public var height: Double
    public var glyphs: [DrawnGlyph] = []
    /// Lines that go across or down, as tables have them.
    public var rules: [DrawnLine] = []
    /// The share of the page that pictures cover, up to 1.
    public var pictures = 0.0

    public init(width: Double, height: Double) { (self.width, self.height) = (width, height) }
}

/// A character, or several that one sign stands for, where it is drawn.
public struct DrawnGlyph: Sendable, Hashable {
    /// `U+FFFD` where the file does not say what it means.
    public var text: String
    public var left: Double
    public var right: Double
    /// Of its line.
    public var baseline: Double
    public var size: Double
    /// Whether it belongs to the page and not to the text: numbers of pages, running heads, as far as the file says so.
    public var isArtifact = false
    /// Whether it is not painted: text that a program has recognised in a picture.
    public var isInvisible = false

    public init(text: String, left: Double, right: Double, baseline: Double, size: Double) {
        (self.text, self.left, self.right, self.baseline, self.size) = (text, left, right, baseline, size)
    }

    var top: Double { baseline - size * 0.88 }
    var bottom: Double { baseline + size * 0.12 }
    var middle: Double { (left + right) / 2 }
    var isBlank: Bool { text.allSatisfy(\.isWhitespace) }
}

/// A line across (`isHorizontal`, at y = `position`) or down (at x = `position`).
public struct DrawnLine: Sendable, Hashable {
    public var isHorizontal: Bool
    public var position: Double
    public var start: Double
    public var end: Double

    public init(isHorizontal: Bool, position: Double, start: Double, end: Double) {
        (self.isHorizontal, self.position, self.start, self.end) = (isHorizontal, position, start, end)
    }
}

extension PDFObjects {
    /// Pages of one file.
    private static let maximumPages = 3_000
    /// Characters and lines of one file: a page of small print has 5,000 characters.
    private static let maximumMarks = 6_000_000

    /// The pages in order.
    ///
    /// - Throws: ``PDFReadError`` for more than a document has.
    public func pages() throws(PDFReadError) -> [DrawnPage] {
        var (leaves, seen) = ([[String: PDFObject]](), 0)
        try collect(resolved(resolved(trailer["Root"]).entries?["Pages"]), [:], &leaves, &seen, depth: 0)
        var (pages, marks, fonts) = ([DrawnPage](), 0, FontCache())
        for leaf in leaves {
            let page = read(leaf, &fonts)
            marks += page.glyphs.count + page.rules.count
            if marks > Self.maximumMarks { throw .tooMuch }
            pages.append(page)
        }
        return pages
    }

    private func collect(
        _ node: PDFObject,
        _ inherited: [String: PDFObject],
        _ leaves: inout [[String: PDFObject]],
        _ seen: inout Int,
        depth: Int
    ) throws(PDFReadError) {
        seen += 1
        guard let entries = node.entries, depth < 60, seen < 4 * Self.maximumPages else { return }
        let passedOn = ["Resources", "MediaBox", "CropBox", "Rotate"]
        let own = inherited.merging(entries.filter { passedOn.contains($0.key) }) { _, new in new }
        guard let children = resolved(entries["Kids"]).array else {
            if leaves.count >= Self.maximumPages { throw .tooManyPages(Self.maximumPages) }
            return leaves.append(entries.merging(own) { first, _ in first })
        }
        for child in children { try collect(resolved(child), own, &leaves, &seen, depth: depth + 1) }
    }

    private func read(_ leaf: [String: PDFObject], _ fonts: inout FontCache) -> DrawnPage {
        let box = box(leaf["CropBox"]) ?? box(leaf["MediaBox"]) ?? (0, 0, 595, 842)
        let turn = (((resolved(leaf["Rotate"]).integer ?? 0) % 360) + 360) % 360
        let (width, height) = (box.2 - box.0, box.3 - box.1)
        // From the page's own corner below left to the upper left one, turned as it is shown.
        let toScreen: PDFMatrix =
            switch turn {
            case 90: PDFMatrix(a: 0, b: 1, c: 1, d: 0, e: -box.1, f: -box.0)
            case 180: PDFMatrix(a: -1, b: 0, c: 0, d: 1, e: box.2, f: -box.1)
            case 270: PDFMatrix(a: 0, b: -1, c: -1, d: 0, e: box.3, f: box.2)
            default: PDFMatrix(a: 1, b: 0, c: 0, d: -1, e: -box.0, f: box.3)
            }
        let isTurned = turn == 90 || turn == 270
        var page = DrawnPage(width: isTurned ? height : width, height: isTurned ? width : height)
        var contents = resolved(leaf["Contents"])
        if case .stream = contents { contents = .array([contents]) }
        var bytes: [UInt8] = []
        for part in (contents.array ?? []).prefix(10_000) {
            // A value may not go over the end of a part, but a space must stand between two.
            bytes += (data(of: resolved(part)) ?? []) + [10]
            if bytes.count > PDFFilter.maximumBytes { break }
        }
        var drawing = PDFDrawing(self, fonts, toScreen)
        drawing.run(bytes, resolved(leaf["Resources"]).entries ?? [:], depth: 0)
        (page.glyphs, page.rules, fonts) = (drawing.glyphs, drawing.rules, drawing.fonts)
        page.pictures = min(1, drawing.pictureArea / max(1, page.width * page.height))
        return page
    }

    private func box(_ object: PDFObject?) -> (Double, Double, Double, Double)? {
        guard let sides = resolved(object).array?.compactMap({ resolved($0).number }), sides.count == 4 else {
            return nil
        }
        let box = (min(sides[0], sides[2]), min(sides[1], sides[3]), max(sides[0], sides[2]), max(sides[1], sides[3]))
        return box.2 - box.0 > 1 && box.3 - box.1 > 1 && box.2 - box.0 < 20_000 && box.3 - box.1 < 20_000 ? box : nil
    }
}

/// Turns a point of one system into one of another (ISO 32000-1, 8.3.4).
struct PDFMatrix: Sendable {
    var (a, b, c, d, e, f) = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

    init() {}
    init(a: Double, b: Double, c: Double, d: Double, e: Double, f: Double) {
        (self.a, self.b, self.c, self.d, self.e, self.f) = (a, b, c, d, e, f)
    }
    /// Six numbers.
    init?(_ numbers: [Double]) {
        guard numbers.count >= 6 else { return nil }
        self.init(a: numbers[0], b: numbers[1], c: numbers[2], d: numbers[3], e: numbers[4], f: numbers[5])
    }

    /// First this one, then the other.
    func then(_ other: PDFMatrix) -> PDFMatrix {
        PDFMatrix(
            a: a * other.a + b * other.c,
            b: a * other.b + b * other.d,
            c: c * other.a + d * other.c,
            d: c * other.b + d * other.d,
            e: e * other.a + f * other.c + other.e,
            f: e * other.b + f * other.d + other.f
        )
    }

    func of(_ x: Double, _ y: Double) -> (x: Double, y: Double) { (a * x + c * y + e, b * x + d * y + f) }

    /// By how much it makes lengths larger, downwards.
    var scale: Double { (c * c + d * d).squareRoot() }
}
