internal import Glibc
public import PDFPages

/// What was recognised on a scanned page.
public struct RecognisedPage: Sendable {
    public var number: Int
    /// As any other page has it: characters and lines, in points.
    public var page: DrawnPage
    /// Words with digits, all of them and those of which tesseract is not sure.
    public var figureCount: Int
    public var doubtful: [DoubtfulFigure]
    /// By how many degrees its picture was turned back before it was read; `nil` for one that lies straight, or nearly so.
    public var tilt: Double?

    public struct DoubtfulFigure: Sendable, Hashable {
        public var text: String
        /// How sure tesseract is, out of 100.
        public var confidence: Int
        public var left: Double
        public var top: Double
        public var right: Double
        public var bottom: Double
    }

    /// Below it, a figure is in doubt.
    static let sure = 85.0

    /// - Parameter slope: how much the picture was turned back.
    init(
        _ page: PageRecognizer.Page,
        _ words: [RecognisedWord],
        _ rules: PictureRules,
        scale: Double,
        turnedBy slope: Double?
    ) {
        (number, tilt) = (page.number, slope.map { atan($0) * 180 / .pi })
        // Places are those of the page as it was scanned.
        let turn = Turn(slope: slope ?? 0, width: page.width, height: page.height)
        let straighten = Straightening(scale: scale, slope: rules.slope)
        var drawn = DrawnPage(width: page.width, height: page.height)
        drawn.rules = rules.lines(straighten)
        for word in words { drawn.glyphs += word.glyphs(straighten) }
        self.page = drawn
        let figures = words.filter { $0.text.contains { ("0"..."9").contains($0) || ("０"..."９").contains($0) } }
        figureCount = figures.count
        doubtful = figures.filter { $0.confidence < Self.sure }.map { word in
            let (start, end) = (straighten(word.left, word.top), straighten(word.right, word.bottom))
            let corners = [turn.source(start.x, start.y), turn.source(end.x, end.y)]
            return DoubtfulFigure(
                text: word.text,
                confidence: Int(max(0, min(word.confidence, 100)).rounded(.down)),
                left: min(corners[0].x, corners[1].x),
                top: min(corners[0].y, corners[1].y),
                right: max(corners[0].x, corners[1].x),
                bottom: max(corners[0].y, corners[1].y)
            )
        }
    }
}

/// A word as tesseract writes it into its table, in dots of the picture.
struct RecognisedWord: Sendable, Hashable {
    var text: String
    var confidence: Double
    var left: Double
    var top: Double
    var right: Double
    var bottom: Double
    /// Of the line that it stands in.
    var lineTop: Double
    var lineBottom: Double

    /// More are no page.
    private static let most = 40_000

    /// The words of a table of tesseract: `level page block paragraph line word left top width height conf text`.
    static func all(in table: String) -> [RecognisedWord] {
        var (words, line) = ([RecognisedWord](), (top: 0.0, bottom: 0.0))
        for row in table.split(whereSeparator: \.isNewline).dropFirst() {
            let cells = row.split(separator: "\t", maxSplits: 11, omittingEmptySubsequences: false)
            guard cells.count >= 11, let level = Int(cells[0]), let left = Double(cells[6]), let top = Double(cells[7]),
                let width = Double(cells[8]), let height = Double(cells[9])
            else { continue }
            if level == 4 { line = (top, top + height) }
            guard level == 5, cells.count == 12, let confidence = Double(cells[10]), width > 0, height > 0 else {
                continue
            }
            let text = String(cells[11]).filter { !$0.isWhitespace }
            // Specks of dust.
            if text.isEmpty || confidence < 0 || words.count >= most { continue }
            words.append(
                RecognisedWord(
                    text: text,
                    confidence: confidence,
                    left: left,
                    top: top,
                    right: left + width,
                    bottom: top + height,
                    lineTop: min(line.top, top),
                    lineBottom: max(line.bottom, top + height)
                )
            )
        }
        return words
    }

    /// Its characters, each with its part of the word's width: a Chinese one has twice that of a digit.
    func glyphs(_ straighten: Straightening) -> [DrawnGlyph] {
        let widths = text.map { character in character.isWide ? 2.0 : 1.0 }
        let unit = (right - left) / max(1, widths.reduce(0, +))
        let size = (lineBottom - lineTop) * straighten.scale / 0.95
        var (glyphs, position) = ([DrawnGlyph](), left)
        for (character, width) in zip(text, widths) {
            let end = position + unit * width
            let (start, stop) = (straighten(position, lineBottom), straighten(end, lineBottom))
            glyphs.append(
                DrawnGlyph(
                    text: String(character),
                    left: start.x,
                    right: stop.x,
                    baseline: start.y - size * 0.1,
                    size: size
                )
            )
            position = end
        }
        return glyphs
    }
}

extension Character {
    /// Whether it takes up a square: Chinese characters and their marks.
    fileprivate var isWide: Bool { unicodeScalars.first.map { $0.value >= 0x2E80 } ?? false }
}
