internal import Groundwork
internal import PDFPages

/// The pages of a PDF file, put one after the other: what a page break has cut is one again.
struct PDFReading {
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

extension PageBox {
    init(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double) {
        func whole(_ value: Double) -> Int { Int(max(-100_000, min(value, 100_000)).rounded()) }
        self.init(left: whole(left), top: whole(top), width: whole(right - left), height: whole(bottom - top))
    }
}
