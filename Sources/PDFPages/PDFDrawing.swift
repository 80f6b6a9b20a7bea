/// Follows what a page draws: characters, and lines that go across or down.
struct PDFDrawing {
    let file: PDFObjects
    var fonts: FontCache
    private(set) var glyphs: [DrawnGlyph] = []
    private(set) var rules: [DrawnLine] = []
    private(set) var pictureArea = 0.0

    private struct State {
        var matrix: PDFMatrix
        var font: PDFFont?
        var (size, charSpace, wordSpace, stretch, leading, rise, mode) = (0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0)
        var lineWidth = 1.0

        init(matrix: PDFMatrix) { self.matrix = matrix }
    }

    private var state: State
    private var stack: [State] = []
    private var (text, line) = (PDFMatrix(), PDFMatrix())
    private var path = PDFPath()
    /// For each stretch of marked content that is open, whether it belongs to the page and not to the text.
    private var marked: [Bool] = []
    private var artifacts = 0
    private var steps = 0

    /// Operators of one page. A drawing of a map may have a hundred thousand.
    private static let maximumSteps = 3_000_000
    private static let maximumGlyphs = 400_000
    private static let maximumRules = 100_000
    /// A line thicker than this is a bar or a background.
    private static let thickest = 3.5

    init(_ file: PDFObjects, _ fonts: FontCache, _ matrix: PDFMatrix) {
        (self.file, self.fonts, state) = (file, fonts, State(matrix: matrix))
    }

    mutating func run(_ bytes: [UInt8], _ resources: [String: PDFObject], depth: Int) {
        var (lexer, values) = (PDFLexer(bytes), [PDFObject]())
        while steps < Self.maximumSteps, let token = lexer.next(resolvesReferences: false) {
            guard case .word(let word) = token else {
                if values.count < 64 { values.append(token) }
                continue
            }
            steps += 1
            if word == "BI" {
                skipPicture(&lexer)
            } else {
                perform(word, values, resources, depth)
            }
            values.removeAll(keepingCapacity: true)
        }
    }

    /// A picture among the operators: its bytes end with `EI` between blanks.
    private func skipPicture(_ lexer: inout PDFLexer) {
        let bytes = lexer.bytes
        while lexer.position + 2 < bytes.count {
            if bytes[lexer.position] == UInt8(ascii: "E"), bytes[lexer.position + 1] == UInt8(ascii: "I"),
                lexer.position > 0,
                PDFLexer.isSpace(bytes[lexer.position - 1]), PDFLexer.isSpace(bytes[lexer.position + 2])
            {
                lexer.position += 2
                return
            }
            lexer.position += 1
        }
        lexer.position = bytes.count
    }

    private mutating func perform(_ word: String, _ values: [PDFObject], _ resources: [String: PDFObject], _ depth: Int)
    {
        let numbers = values.compactMap(\.number)
        switch word {
        case "q": if stack.count < 500 { stack.append(state) }
        case "Q": if let last = stack.popLast() { state = last }
        case "cm": if let matrix = PDFMatrix(numbers) { state.matrix = matrix.then(state.matrix) }
        case "w": if let width = numbers.first { state.lineWidth = width }
        case "BT": (text, line) = (PDFMatrix(), PDFMatrix())
        case "Do": if let name = values.first?.name { draw(name, resources, depth) }
        case "BMC", "BDC": begin(values)
        case "EMC": if marked.popLast() == true { artifacts -= 1 }
        default:
            if !performText(word, values, numbers, resources) { performPath(word, numbers) }
        }
    }

    private mutating func begin(_ values: [PDFObject]) {
        guard marked.count < 10_000 else { return }
        let isArtifact = values.first?.name == "Artifact"
        marked.append(isArtifact)
        if isArtifact { artifacts += 1 }
    }

    private mutating func draw(_ name: String, _ resources: [String: PDFObject], _ depth: Int) {
        let object = file.resolved(file.resolved(resources["XObject"]).entries?[name])
        guard let entries = object.entries else { return }
        if file.resolved(entries["Subtype"]).name == "Image" {
            let (origin, far) = (state.matrix.of(0, 0), state.matrix.of(1, 1))
            pictureArea += abs((far.x - origin.x) * (far.y - origin.y))
            return
        }
        guard file.resolved(entries["Subtype"]).name == "Form", depth < 12, let bytes = file.data(of: object) else {
            return
        }
        let saved = (state, stack, text, line)
        let numbers = file.resolved(entries["Matrix"]).array?.compactMap { file.resolved($0).number } ?? []
        if let matrix = PDFMatrix(numbers) { state.matrix = matrix.then(state.matrix) }
        stack = []
        run(bytes, file.resolved(entries["Resources"]).entries ?? resources, depth: depth + 1)
        (state, stack, text, line) = saved
    }

    // MARK: Text

    private mutating func performText(
        _ word: String,
        _ values: [PDFObject],
        _ numbers: [Double],
        _ resources: [String: PDFObject]
    ) -> Bool {
        let first = numbers.first ?? 0
        switch word {
        case "Tc": state.charSpace = first
        case "Tw": state.wordSpace = first
        case "Tz": state.stretch = first / 100
        case "TL": state.leading = first
        case "Ts": state.rise = first
        case "Tr": state.mode = Int(max(0, min(first, 7)))
        case "Tf":
            if let name = values.first?.name {
                state.font = fonts.font(file.resolved(resources["Font"]).entries?[name], in: file)
            }
            state.size = first
        case "Td", "TD":
            guard numbers.count >= 2 else { return true }
            if word == "TD" { state.leading = -numbers[1] }
            move(numbers[0], numbers[1])
        case "Tm": if let matrix = PDFMatrix(numbers) { (text, line) = (matrix, matrix) }
        case "T*": move(0, -state.leading)
        case "Tj": if let bytes = values.first?.string { show(bytes) }
        case "'":
            move(0, -state.leading)
            if let bytes = values.first?.string { show(bytes) }
        case "\"":
            if numbers.count >= 2 { (state.wordSpace, state.charSpace) = (numbers[0], numbers[1]) }
            move(0, -state.leading)
            if let bytes = values.last?.string { show(bytes) }
        case "TJ":
            for item in values.first?.array ?? [] {
                if let bytes = item.string {
                    show(bytes)
                } else if let number = item.number {
                    text = PDFMatrix(a: 1, b: 0, c: 0, d: 1, e: -number / 1000 * state.size * state.stretch, f: 0).then(
                        text
                    )
                }
            }
        default: return false
        }
        return true
    }

    private mutating func move(_ x: Double, _ y: Double) {
        line = PDFMatrix(a: 1, b: 0, c: 0, d: 1, e: x, f: y).then(line)
        text = line
    }

    private mutating func show(_ bytes: [UInt8]) {
        guard let font = state.font else { return }
        for code in font.codes(bytes) {
            guard glyphs.count < Self.maximumGlyphs else { return }
            let full = text.then(state.matrix)
            let advance =
                (code.width * state.size + state.charSpace + (code.isSpace ? state.wordSpace : 0)) * state.stretch
            let start = full.of(0, state.rise), end = full.of(code.width * state.size * state.stretch, state.rise)
            let size = abs(state.size) * full.scale
            // Text that runs down or stands on its head is a stamp or a water mark.
            if abs(end.y - start.y) <= max(0.5, abs(end.x - start.x) * 0.2), end.x >= start.x, size > 0.5, size < 400 {
                var glyph = DrawnGlyph(text: code.text, left: start.x, right: end.x, baseline: start.y, size: size)
                glyph.isArtifact = artifacts > 0
                glyph.isInvisible = state.mode == 3
                glyphs.append(glyph)
            }
            text = PDFMatrix(a: 1, b: 0, c: 0, d: 1, e: advance, f: 0).then(text)
        }
    }

    // MARK: Lines

    private mutating func performPath(_ word: String, _ numbers: [Double]) {
        switch word {
        case "m": if numbers.count >= 2 { path.move(state.matrix.of(numbers[0], numbers[1])) }
        case "l": if numbers.count >= 2 { path.line(state.matrix.of(numbers[0], numbers[1])) }
        case "c", "v", "y":
            if numbers.count >= 4 {
                path.curve(state.matrix.of(numbers[numbers.count - 2], numbers[numbers.count - 1]))
            }
        case "re":
            if numbers.count >= 4 {
                let (x, y, width, height) = (numbers[0], numbers[1], numbers[2], numbers[3])
                path.move(state.matrix.of(x, y))
                for point in [(x + width, y), (x + width, y + height), (x, y + height)] {
                    path.line(state.matrix.of(point.0, point.1))
                }
                path.close()
            }
        case "h": path.close()
        case "S": paint(stroke: true, fill: false)
        case "s":
            path.close()
            paint(stroke: true, fill: false)
        case "f", "F", "f*": paint(stroke: false, fill: true)
        case "B", "B*": paint(stroke: true, fill: true)
        case "b", "b*":
            path.close()
            paint(stroke: true, fill: true)
        case "n": path = PDFPath()
        default: break
        }
    }

    private mutating func paint(stroke: Bool, fill: Bool) {
        defer { path = PDFPath() }
        guard rules.count < Self.maximumRules else { return }
        let width = state.lineWidth * state.matrix.scale
        for part in path.parts {
            if stroke, width <= Self.thickest || part.isThin(Self.thickest) {
                for (from, to) in part.segments { add(from, to) }
            } else if fill, part.isThin(Self.thickest) {
                add(thin: part.box)
            }
        }
        if fill, !stroke, path.parts.count == 2, let frame = path.parts[0].frame(around: path.parts[1], Self.thickest) {
            for (from, to) in frame.segments { add(from, to) }
        }
    }

    private mutating func add(_ from: PDFPath.Point, _ to: PDFPath.Point) {
        if abs(from.y - to.y) <= 0.6, abs(from.x - to.x) > 2 {
            rules.append(
                DrawnLine(
                    isHorizontal: true,
                    position: (from.y + to.y) / 2,
                    start: min(from.x, to.x),
                    end: max(from.x, to.x)
                )
            )
        } else if abs(from.x - to.x) <= 0.6, abs(from.y - to.y) > 2 {
            rules.append(
                DrawnLine(
                    isHorizontal: false,
                    position: (from.x + to.x) / 2,
                    start: min(from.y, to.y),
                    end: max(from.y, to.y)
                )
            )
        }
    }

    private mutating func add(thin box: (left: Double, top: Double, right: Double, bottom: Double)) {
        let (x, y) = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
        if box.right - box.left >= box.bottom - box.top {
            add((box.left, y), (box.right, y))
        } else {
            add((x, box.top), (x, box.bottom))
        }
    }
}

/// A path that is being drawn, in points of the page as it is shown.
struct PDFPath {
    typealias Point = (x: Double, y: Double)

    struct Part {
        var points: [Point] = []
        var isClosed = false
        var hasCurves = false

        var box: (left: Double, top: Double, right: Double, bottom: Double) {
            let (x, y) = (points.map(\.x), points.map(\.y))
            return (x.min() ?? 0, y.min() ?? 0, x.max() ?? 0, y.max() ?? 0)
        }

        func isThin(_ limit: Double) -> Bool {
            let box = box
            return !points.isEmpty && min(box.right - box.left, box.bottom - box.top) <= limit
        }

        var segments: [(Point, Point)] {
            if hasCurves { return [] }
            var segments = Array(zip(points, points.dropFirst()))
            if isClosed, let first = points.first, let last = points.last { segments.append((last, first)) }
            return segments
        }

        /// The outer of two rectangles that leave a narrow frame between them.
        func frame(around other: Part, _ limit: Double) -> Part? {
            let (one, two) = (box, other.box)
            let outer = one.right - one.left >= two.right - two.left ? self : other
            let gaps = [one.left - two.left, one.top - two.top, one.right - two.right, one.bottom - two.bottom].map(abs)
            return points.count == 4 && other.points.count == 4 && gaps.allSatisfy { $0 <= limit } ? outer : nil
        }
    }

    private(set) var parts: [Part] = []
    private static let maximumPoints = 20_000
    private var count = 0

    mutating func move(_ point: Point) {
        guard count < Self.maximumPoints else { return }
        count += 1
        parts.append(Part(points: [point]))
    }

    mutating func line(_ point: Point) {
        guard count < Self.maximumPoints, !parts.isEmpty else { return }
        count += 1
        parts[parts.count - 1].points.append(point)
    }

    mutating func curve(_ point: Point) {
        line(point)
        if !parts.isEmpty { parts[parts.count - 1].hasCurves = true }
    }

    mutating func close() { if !parts.isEmpty { parts[parts.count - 1].isClosed = true } }
}
