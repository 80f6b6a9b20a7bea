internal import Groundwork
internal import LocalFiles
internal import PDFPages
internal import PageRecognition

extension GivenDocument {
    static func pdf(
        _ path: String,
        _ name: String,
        _ recognition: TextRecognition?
    ) throws(UnreadableDocument) -> GivenDocument {
        let bytes: [UInt8]
        do throws(FileError) { bytes = try FileSystem.read(path, atMost: maximumBytes) } catch {
            throw UnreadableDocument(error)
        }
        return try pdf(bytes, named: name) { (pages) throws(UnreadableDocument) in
            try recognition?.read(pages, of: path) ?? []
        }
    }

    /// Whether a PDF file can be opened at all.
    static func checkPDF(_ path: String) throws(UnreadableDocument) {
        do {
            _ = try PDFObjects(FileSystem.read(path, atMost: maximumBytes))
        } catch let error as PDFReadError {
            throw UnreadableDocument(error)
        } catch let error as FileError {
            throw UnreadableDocument(error)
        } catch {
            throw .unknown
        }
    }

    /// What stands on the pages of a PDF file.
    ///
    /// - Parameter recognise: reads scanned pages, as far as it can.
    static func pdf(
        _ bytes: [UInt8],
        named name: String,
        recognise: ([PageRecognizer.Page]) throws(UnreadableDocument) -> [RecognisedPage] = { _ in [] }
    ) throws(UnreadableDocument) -> GivenDocument {
        var pages: [PageReading]
        do throws(PDFReadError) { pages = try PDFObjects(bytes).pages().map(PageReading.init) } catch {
            throw UnreadableDocument(error)
        }
        let pictures = pages.indices.filter { pages[$0].isScanned }
        let recognised = try recognise(
            pictures.map { PageRecognizer.Page(number: $0 + 1, width: pages[$0].width, height: pages[$0].height) }
        )
        for page in recognised { pages[page.number - 1] = PageReading(page.page) }
        let scanned = pictures.filter { pages[$0].isScanned }
        let hasText = pages.contains { !$0.isScanned && $0.glyphCount > 0 }
        guard hasText || scanned.isEmpty else { throw .scanned(pages.count) }
        var document = GivenDocument(file: name, kind: .pdf)
        var reading = PDFReading(pages, file: name)
        reading.read()
        document.blocks = reading.blocks
        for (first, last) in Self.runs(scanned) {
            let place = Place.page(file: name, page: first + 1, box: nil)
            document.losses.append(GivenLoss(.scannedPage, scannedPages(first + 1, last + 1), at: place))
        }
        document.losses += recognised.losses(name)
        for (index, page) in pages.enumerated() where page.unknownCount > 0 {
            let message = unknownCharacters(page.unknownCount, of: page.glyphCount, page: index + 1)
            document.losses.append(
                GivenLoss(.unknownCharacters, message, at: .page(file: name, page: index + 1, box: nil))
            )
        }
        return document
    }

    /// Numbers that follow one another, as stretches.
    private static func runs(_ numbers: [Int]) -> [(Int, Int)] {
        var runs: [(Int, Int)] = []
        for number in numbers {
            if let last = runs.last, last.1 + 1 == number {
                runs[runs.count - 1].1 = number
            } else {
                runs.append((number, number))
            }
        }
        return runs
    }
}

/// The pages of a PDF file, put one after the other: what a page break has cut is one again.
private struct PDFReading {
    private(set) var blocks: [GivenBlock] = []
    private let pages: [PageReading]
    private let file: String
    private let running: RunningLines
    private let margins: [PageMargins]
    private var paragraph: OpenParagraph?
    /// The table that a page ended with, while nothing has followed it.
    private var table: JoinedTable?

    private struct OpenParagraph {
        var text: String
        var place: Place
        var last: PageLine
        var page: Int
    }

    init(_ pages: [PageReading], file: String) {
        (self.pages, self.file) = (pages, file)
        running = RunningLines(pages)
        let running = running
        margins = PageMargins.of(pages) { line, page in running.contains(line, pages[page]) }
    }

    mutating func read() {
        for (index, page) in pages.enumerated() where !page.isScanned {
            for piece in page.pieces {
                switch piece {
                case .line(let line): if !running.contains(line, page) { add(line, index) }
                case .table(let table): add(table, index)
                }
            }
        }
        endParagraph()
        endTable()
    }

    // MARK: Paragraphs

    private mutating func add(_ line: PageLine, _ page: Int) {
        endTable()
        if let (title, number) = line.text.contentsEntry {
            endParagraph()
            var entry = GivenParagraph("\(title)\t\(number)", at: place(line, page))
            entry.isInContents = true
            return blocks.append(.paragraph(entry))
        }
        if let open = paragraph, goesOn(open, line, page) {
            paragraph?.text += PageTable.joint(open.text, line.text) + line.text
            paragraph?.last = line
            paragraph?.page = page
        } else {
            endParagraph()
            paragraph = OpenParagraph(text: line.text, place: place(line, page), last: line, page: page)
        }
    }

    /// Whether a line goes on with a paragraph: what it begins with had no room on the line before, and it is not indented.
    private func goesOn(_ open: OpenParagraph, _ line: PageLine, _ page: Int) -> Bool {
        let (before, here) = (margins[open.page], margins[page])
        // A line that stands at the right, or in the middle, has no room behind it either.
        let isFlush = open.last.left <= before.left + 3 * line.size || abs(line.left - open.last.left) < 0.2 * line.size
        guard isFlush, before.right - open.last.right < line.firstWidth + 0.3 * line.size,
            line.left <= here.left + 1.2 * line.size
                || line.left <= open.last.left + 0.2 * line.size && open.page == page,
            abs(line.size - open.last.size) < 0.15 * line.size
        else { return false }
        // More than two lines apart on one page is apart.
        return open.page != page || line.baseline - open.last.baseline < 2.6 * line.size
    }

    private mutating func endParagraph() {
        if let open = paragraph {
            let text = open.text.plain.onOneLine.withoutTabs.trimmedBlanks
            if !text.isEmpty { blocks.append(.paragraph(GivenParagraph(text, at: open.place))) }
        }
        paragraph = nil
    }

    private func place(_ line: PageLine, _ page: Int) -> Place {
        .page(file: file, page: page + 1, box: PageBox(line.left, line.top, line.right, line.bottom))
    }

    // MARK: Tables

    private mutating func add(_ part: PageTable, _ page: Int) {
        endParagraph()
        if var open = table, open.page + 1 == page, open.takes(part, page: page) {
            table = open
            return
        }
        endTable()
        table = JoinedTable(part, page: page)
    }

    private mutating func endTable() {
        if let open = table { blocks.append(.table(open.given(file))) }
        table = nil
    }
}

/// Where the text of a page begins and ends, left and right.
private struct PageMargins {
    var left: Double
    var right: Double

    /// Those of each page. Pages of one size have one layout, so that a page of a few lines has the margins of the others.
    static func of(_ pages: [PageReading], _ isRunning: (PageLine, Int) -> Bool) -> [PageMargins] {
        var edges: [String: (left: [Double], right: [Double])] = [:]
        for (index, page) in pages.enumerated() {
            for case .line(let line) in page.pieces where !isRunning(line, index) {
                edges[key(page), default: ([], [])].left.append(line.left)
                edges[key(page), default: ([], [])].right.append(line.right)
            }
        }
        let margins = edges.mapValues { edges in
            PageMargins(left: -outermost(edges.left.map { -$0 }), right: outermost(edges.right))
        }
        return pages.map { margins[key($0)] ?? PageMargins(left: 0, right: $0.width) }
    }

    private static func key(_ page: PageReading) -> String { "\(Int(page.width))×\(Int(page.height))" }

    /// The largest of the edges that at least three lines reach, within two points.
    private static func outermost(_ edges: [Double]) -> Double {
        let sorted = edges.sorted(by: >)
        for (index, edge) in sorted.enumerated() where index + 2 < sorted.count && edge - sorted[index + 2] <= 2 {
            return edge
        }
        return sorted.first ?? 0
    }
}

/// Lines that stand at the top or the bottom of many pages, and numbers of pages.
private struct RunningLines {
    private var known: Set<String> = []

    init(_ pages: [PageReading]) {
        var counts: [String: Int] = [:]
        for page in pages {
            var seen: Set<String> = []
            for case .line(let line) in page.pieces where Self.isAtEdge(line, page) {
                let key = Self.key(line)
                if seen.insert(key).inserted { counts[key, default: 0] += 1 }
            }
        }
        let least = max(3, pages.count * 2 / 5)
        known = Set(counts.filter { $0.value >= least || Self.isNumber($0.key) && $0.value > 1 }.keys)
    }

    func contains(_ line: PageLine, _ page: PageReading) -> Bool {
        line.isArtifact || Self.isAtEdge(line, page) && known.contains(Self.key(line))
    }

    private static func isAtEdge(_ line: PageLine, _ page: PageReading) -> Bool {
        // Margins are as high on a page across.
        let margin = max(page.height, page.width) * 0.1
        return line.bottom < margin || line.top > page.height - margin
    }

    /// The line with one sign for each number in it.
    private static func key(_ line: PageLine) -> String {
        var (key, isNumber) = ("", false)
        for character in line.text where !character.isWhitespace {
            let isDigit = character.isNumber
            if !isDigit { key.append(character) } else if !isNumber { key.append("#") }
            isNumber = isDigit
        }
        return key
    }

    /// `#`, `-#-`, `第#页共#页`, `#/#`.
    private static func isNumber(_ key: String) -> Bool {
        key.contains("#") && key.allSatisfy { "#-—–－·/第页共Page of".contains($0) }
    }
}

/// A table, the parts of which stand on one page or on several.
private struct JoinedTable {
    private struct Cell {
        var (row, left, right): (Int, Double, Double)
        var rowSpan: Int
        var text: String
        var page: Int
        var box: PageBox
        /// Whether what follows the text may stand on the next page.
        var isFull: Bool
    }

    private(set) var page: Int
    private var edges: [Double]
    private var cells: [Cell]
    private var rowCount: Int
    private let start: PageBox
    private let firstPage: Int

    init(_ table: PageTable, page: Int) {
        (self.page, firstPage, edges, rowCount) = (page, page, table.columnEdges, table.rowCount)
        start = PageBox(table.left, table.top, table.right, table.bottom)
        cells = Self.cells(table, page)
    }

    private static func cells(_ table: PageTable, _ page: Int) -> [Cell] {
        table.cells.map { cell in
            Cell(
                row: cell.row,
                left: cell.left,
                right: cell.right,
                rowSpan: cell.rowSpan,
                text: cell.text.plain.trimmedBlanks,
                page: page,
                box: PageBox(cell.left, cell.top, cell.right, cell.bottom),
                isFull: cell.isFull(before: 2 * (cell.lines.last?.size ?? 10))
            )
        }
    }

    /// Edges nearer than this are one.
    private static let tolerance = 4.0

    /// Takes a part on the next page, where it goes on with the table: its columns are the same, or some were not parted there.
    mutating func takes(_ part: PageTable, page: Int) -> Bool {
        func isNear(_ one: Double, _ other: Double) -> Bool { abs(one - other) <= Self.tolerance }
        let (here, there) = (edges, part.columnEdges)
        let isPart = there.allSatisfy { edge in here.contains { isNear($0, edge) } }
        let isWhole = here.allSatisfy { edge in there.contains { isNear($0, edge) } }
        guard isNear(here[0], there[0]), isNear(here[here.count - 1], there[there.count - 1]), isPart || isWhole else {
            return false
        }
        for edge in there where !edges.contains(where: { isNear($0, edge) }) { edges.append(edge) }
        edges.sort()
        var added = Self.cells(part, page)
        var skipped = repeatedHead(added)
        if joinCutRow(&added, skipped) { skipped += 1 }
        for var cell in added where cell.row + cell.rowSpan > skipped {
            let above = max(0, skipped - cell.row)
            cell.rowSpan -= above
            cell.row = cell.row + above - skipped + rowCount
            cells.append(cell)
        }
        rowCount += max(0, part.rowCount - skipped)
        self.page = page
        return true
    }

    private func row(_ number: Int, _ cells: [Cell]) -> [Cell] { cells.filter { $0.row == number } }

    /// How many rows of the part are the table's head once more.
    private func repeatedHead(_ part: [Cell]) -> Int {
        var count = 0
        while count < 4 {
            let (own, other) = (row(count, cells), row(count, part))
            guard !own.isEmpty, own.contains(where: { !$0.text.isEmpty }), own.map(\.text) == other.map(\.text) else {
                break
            }
            // A row of figures that stands twice is no head.
            if own.contains(where: { $0.text.first?.isNumber ?? false }) { break }
            count += 1
        }
        return count
    }

    /// Joins the first row of a part to the last one before it, where a page break has cut a row: it has text only where that row
    /// has, less of it, and no figure, unless that ends one which the break has cut: 23,160. | 00.
    private mutating func joinCutRow(_ part: inout [Cell], _ number: Int) -> Bool {
        let first = row(number, part)
        if first.isEmpty { return false }
        let filled = first.filter { !$0.text.isEmpty }
        // Of a row that ended with the page only the frame may be left.
        if filled.isEmpty { return first.allSatisfy { $0.rowSpan == 1 } && part.contains { $0.row > number } }
        let last = cells.indices.filter { cells[$0].row + cells[$0].rowSpan == rowCount }
        var pairs: [(Int, Cell)] = []
        for cell in filled {
            guard
                let above = last.first(where: {
                    abs(cells[$0].left - cell.left) <= Self.tolerance
                        && abs(cells[$0].right - cell.right) <= Self.tolerance
                }),
                cells[above].isFull, !cell.text.isFigure || cells[above].text.isFigure(endedBy: cell.text)
            else { return false }
            pairs.append((above, cell))
        }
        // A figure that could stand by itself, 1,930.0, is cut where something beside it is.
        guard pairs.contains(where: { !$1.text.isFigure || !(cells[$0].text.last?.isNumber ?? false) }) else {
            return false
        }
        // The whole row once more would be a row of its own.
        let other = last.filter { index in !cells[index].text.isEmpty && !pairs.contains { $0.0 == index } }
        guard !other.isEmpty, filled.allSatisfy({ $0.rowSpan == 1 }) else { return false }
        for (above, cell) in pairs { cells[above].text += PageTable.joint(cells[above].text, cell.text) + cell.text }
        return true
    }

    func given(_ file: String) -> GivenTable {
        func column(_ edge: Double) -> Int {
            edges.indices.min { abs(edges[$0] - edge) < abs(edges[$1] - edge) } ?? 0
        }
        let given = cells.map { cell in
            let first = column(cell.left)
            return GivenCell(
                row: cell.row + 1,
                column: first + 1,
                rowSpan: max(1, cell.rowSpan),
                columnSpan: max(1, column(cell.right) - first),
                text: cell.text,
                at: .page(file: file, page: cell.page + 1, box: cell.box)
            )
        }
        return GivenTable(
            rowCount: rowCount,
            columnCount: edges.count - 1,
            cells: given.sorted { ($0.row, $0.column) < ($1.row, $1.column) },
            at: .page(file: file, page: firstPage + 1, box: start)
        )
    }
}

extension String {
    /// Whether nothing but a figure stands in it, or a piece of one.
    fileprivate var isFigure: Bool { allSatisfy { $0.isNumber || ",.%-/".contains($0) } }

    /// Whether it is the beginning of an amount that `rest` ends: 23,160. and 00, 1,930.0 and 0.
    fileprivate func isFigure(endedBy rest: String) -> Bool {
        guard isFigure, !isEmpty, !rest.isEmpty, rest.allSatisfy({ $0.isNumber || ",.".contains($0) }) else {
            return false
        }
        return !isAmount && (self + rest).isAmount
    }

    /// An amount with two places, its thousands parted or not at all.
    private var isAmount: Bool {
        let parts = split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count == 2, parts[1].allSatisfy(\.isNumber) else { return false }
        let groups = parts[0].split(separator: ",", omittingEmptySubsequences: false)
        let isParted = groups.dropFirst().allSatisfy { $0.count == 3 } && (1...3).contains(groups[0].count)
        return groups.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isNumber) } && (groups.count == 1 || isParted)
    }
}

extension PageBox {
    fileprivate init(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double) {
        func whole(_ value: Double) -> Int { Int(max(-100_000, min(value, 100_000)).rounded()) }
        self.init(left: whole(left), top: whole(top), width: whole(right - left), height: whole(bottom - top))
    }
}

extension String {
    /// The title and the page of `一、项目概况........3`.
    fileprivate var contentsEntry: (title: String, page: String)? {
        let dots: Set<Character> = [".", "…", "·", "．", "‥", "。", "⋯"]
        let page = reversed().prefix { $0.isNumber || $0 == " " }
        let rest = dropLast(page.count)
        let leader = rest.reversed().prefix { dots.contains($0) || $0 == " " }
        let digits = String(String(page).filter { $0 != " " }.reversed())
        guard (1...4).contains(digits.count), leader.count(where: { $0 != " " }) > 2 || leader.contains("…") else {
            return nil
        }
        let title = String(rest.dropLast(leader.count)).trimmedBlanks
        return title.isEmpty ? nil : (title, digits)
    }
}

// MARK: - Messages

extension UnreadableDocument {
    init(_ error: PDFReadError) {
        switch error {
        case .damaged:
            self.init(
                reason: LocalizedText(zh: "PDF 文件不完整或已损坏", en: "the PDF file is cut off or damaged"),
                help: LocalizedText(zh: "请重新取得或重新导出一份", en: "get it once more, or export it again")
            )
        case .hasPassword:
            self.init(
                reason: LocalizedText(
                    zh: "PDF 文件已加密（有密码，或限制打印、复制）",
                    en: "the PDF file is encrypted: it has a password, or printing or copying is restricted"
                ),
                help: LocalizedText(
                    zh: "请取得未加密的一份，或提供 .docx 原件",
                    en: "ask for a copy without restrictions, or for the .docx"
                )
            )
        case .tooManyPages(let limit):
            self = .tooMuch(LocalizedText(zh: "超过 \(limit) 页", en: "more than \(limit) pages"))
        case .tooMuch:
            self = .tooMuch(LocalizedText(zh: "页面内容过多", en: "there is more on its pages than documents have"))
        }
    }

    static func scanned(_ pages: Int) -> UnreadableDocument {
        UnreadableDocument(
            reason: LocalizedText(
                zh: "这是扫描件：\(pages) 页都是图片，没有可读的文字；识别出来的文字和金额靠不住，不予采用",
                en:
                    "it is a scan: all \(pages) page(s) are pictures; text that a program has recognised in them is not relied on"
            ),
            help: LocalizedText(
                zh: "请取得 .docx 原件，或由其导出的 PDF；都没有时可设 ocr: true 识别，数字须逐一对照原件",
                en:
                    "ask for the .docx that was printed, or for a PDF exported from it; without either, ocr: true recognises the text, and every figure has to be compared"
            )
        )
    }
}

private func scannedPages(_ first: Int, _ last: Int) -> LocalizedText {
    LocalizedText(
        zh: first == last ? "第 \(first) 页是扫描件（图片），没有读取" : "第 \(first)–\(last) 页是扫描件（图片），没有读取",
        en: first == last
            ? "page \(first) is a scan, and was not read" : "pages \(first) to \(last) are scans, and were not read"
    )
}

private func unknownCharacters(_ count: Int, of all: Int, page: Int) -> LocalizedText {
    LocalizedText(
        zh: "第 \(page) 页有 \(count) 个字符（共 \(all) 个）文件没有说明是什么字，以\"\u{FFFD}\"代替",
        en:
            "page \(page) has \(count) characters of \(all) whose meaning the file does not say; they are read as \"\u{FFFD}\""
    )
}
