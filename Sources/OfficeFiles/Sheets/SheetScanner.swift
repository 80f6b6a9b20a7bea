internal import Groundwork

/// Scans the XML of a worksheet for rows, without making anything of what it does not need.
///
/// It understands the XML that spreadsheet programs write. Whatever else XML allows (prefixes, CDATA, comments, UTF-16) it only
/// notices; the part is then read from the start in the form that ``PlainXML`` gives it.
struct SheetScanner {
    enum Step {
        case row
        case end
        /// Only a whole reader of XML understands what comes now.
        case unknown
    }

    private let feed: ByteFeed
    private var stage = Stage.start
    private var lastRow = 0
    private(set) var outline = SheetOutline()

    private enum Stage { case start, head, rows, tail, done }

    /// How one unit was read.
    enum Unit {
        case taken
        case more
        case unknown
    }

    private let isPlain: Bool

    /// - Parameter isPlain: whether the bytes are what ``PlainXML`` has written.
    init(_ feed: ByteFeed, isPlain: Bool = false) { (self.feed, self.isPlain) = (feed, isPlain) }

    private var xml: XMLBytes { XMLBytes(bytes: feed.bytes, end: feed.end) }

    /// Reads on to the end of the next row that holds a cell.
    mutating func next(_ row: inout SheetRow) throws(OfficeFileError) -> Step {
        if stage == .start, try !begin() { return .unknown }
        while stage == .head || stage == .rows {
            guard let tag = try nextTag() else { return .unknown }
            if stage == .head {
                guard takeHead(tag) else { return .unknown }
            } else if xml.equals(tag.name, "row"), !tag.isClosing {
                guard try begin(tag, &row) else { return .unknown }
                if tag.isEmpty { continue }
                guard try cells(&row) else { return .unknown }
                if !row.cells.isEmpty { return .row }
            } else if xml.equals(tag.name, "sheetData"), tag.isClosing {
                stage = .tail
            } else {
                guard try skip(tag) else { return .unknown }
            }
        }
        return try readTail() ? .end : .unknown
    }

    // MARK: Before the rows

    /// Whether the part begins as worksheets do that need no whole reader: in UTF-8, its own namespace the standard one.
    private mutating func begin() throws(OfficeFileError) -> Bool {
        while feed.end - feed.position < 4, try feed.more() {}
        if xml.starts(feed.position, "\u{FEFF}") { feed.position += 3 }
        guard let start = try upTo(UInt8(ascii: "<")), start == feed.position else { return false }
        if xml.starts(start, "<?xml ") {
            guard let close = try upTo(UInt8(ascii: ">")) else { return false }
            let text = xml.text(start..<close)
            guard !text.contains("encoding") || text.lowercased().contains("utf-8") else { return false }
            feed.position = close + 1
        }
        guard let root = try nextTag() else { return false }
        guard xml.equals(root.name, "worksheet"), !root.isEmpty else {
            if isPlain { throw .noSheet }
            return false
        }
        stage = .head
        return isPlain || xml.isWorkbook(root)
    }

    private mutating func takeHead(_ tag: XMLBytes.Tag) -> Bool {
        if xml.equals(tag.name, "sheetData") {
            stage = tag.isEmpty ? .tail : .rows
        } else if xml.equals(tag.name, "col") {
            outline.takeColumn(tag, xml)
        } else if xml.equals(tag.name, "worksheet"), tag.isClosing {
            // There are no rows at all.
            stage = .tail
        }
        return true
    }

    // MARK: After the rows

    private mutating func readTail() throws(OfficeFileError) -> Bool {
        while stage == .tail {
            guard let start = try upTo(UInt8(ascii: "<")) else {
                stage = .done
                break
            }
            feed.position = start
            switch try unit({ $0.tag(at: $1) }) {
            case .tag(let tag):
                if xml.equals(tag.name, "mergeCell") { outline.takeMerge(tag, xml) }
                feed.position = tag.next
            case .more: throw .endsEarly
            // What is behind the rows cannot change them; merged cells are told plainly or not at all.
            case .unknown: feed.position += 1
            }
        }
        // What is damaged shows at the end.
        while try feed.more() { feed.position = feed.end }
        return true
    }

    // MARK: Rows

    private mutating func begin(_ tag: XMLBytes.Tag, _ row: inout SheetRow) throws(OfficeFileError) -> Bool {
        var (number, isHidden, isPlain) = (nil as Range<Int>?, false, true)
        let xml = xml
        let isRead = xml.attributes(tag) { name, value in
            if xml.equals(name, "r") { number = value }
            if xml.equals(name, "hidden") { isHidden = xml.isTrue(value) }
            if xml.equals(name, "xmlns") { isPlain = false }
        }
        guard isRead, isPlain else { return false }
        var next = lastRow + 1
        if let number {
            guard let read = xml.number(number) else { throw .badAddress }
            next = read
        }
        guard next > lastRow else { throw .oddOrder(next) }
        guard CellAddress.rows.contains(next) else { throw .tooManyRows }
        lastRow = next
        row.begin(next, isHidden: isHidden)
        return true
    }

    /// Reads the cells up to the end of their row.
    private mutating func cells(_ row: inout SheetRow) throws(OfficeFileError) -> Bool {
        while true {
            let (position, count, used) = (feed.position, row.cells.count, row.bytes.count)
            var cursor = CellCursor(xml: xml, position: position)
            switch try cursor.read(&row) {
            case .cell: feed.position = cursor.position
            case .rowEnd:
                feed.position = cursor.position
                return true
            case .unknown: return false
            case .more:
                row.cells.removeLast(row.cells.count - count)
                row.bytes.removeLast(row.bytes.count - used)
                guard try feed.more() else { throw .endsEarly }
            }
        }
    }

    /// Passes over an element that nobody needs.
    private mutating func skip(_ tag: XMLBytes.Tag) throws(OfficeFileError) -> Bool {
        if tag.isEmpty || tag.isClosing { return true }
        var depth = 1
        while depth > 0 {
            guard let inner = try nextTag() else { return false }
            if !inner.isEmpty { depth += inner.isClosing ? -1 : 1 }
        }
        return true
    }

    // MARK: Units

    /// The next tag, behind which reading goes on; `nil` where the scanner does not understand it.
    private func nextTag() throws(OfficeFileError) -> XMLBytes.Tag? {
        guard let start = try upTo(UInt8(ascii: "<")) else { throw .endsEarly }
        feed.position = start
        guard case .tag(let tag) = try unit({ $0.tag(at: $1) }) else { return nil }
        // A prefix, or a default namespace for a part only.
        guard !xml.hasPrefix(tag) else { return nil }
        feed.position = tag.next
        return tag
    }

    private func unit(_ read: (XMLBytes, Int) -> XMLBytes.Found) throws(OfficeFileError) -> XMLBytes.Found {
        while true {
            let found = read(xml, feed.position)
            guard case .more = found else { return found }
            guard try feed.more() else { throw .endsEarly }
        }
    }

    /// Where a byte stands next; `nil` where it does not. Everything before it is passed over.
    private func upTo(_ byte: UInt8) throws(OfficeFileError) -> Int? {
        while true {
            if let found = xml.next(byte, from: feed.position) { return found }
            // Nothing of it is needed, but for the head of the part, which is short.
            if stage != .start { feed.position = feed.end }
            guard try feed.more() else { return nil }
        }
    }
}

extension XMLBytes {
    func text(_ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(start: bytes + range.lowerBound, count: range.count), as: UTF8.self)
    }

    func hasPrefix(_ tag: Tag) -> Bool { tag.name.contains { bytes[$0] == UInt8(ascii: ":") } }

    /// Whether the names without a prefix are those of workbooks, below the root that the tag begins.
    func isWorkbook(_ root: Tag) -> Bool {
        let namespace = attribute("xmlns", of: root) ?? ""
        return XMLNamespace.addresses.contains { String(describing: $0.0) == namespace && $0.1 == .sheet }
    }

    /// `1` or `true`.
    func isTrue(_ value: Range<Int>) -> Bool { equals(value, "1") || equals(value, "true") }
}

/// What a worksheet says besides its cells.
package struct SheetOutline: Sendable {
    /// Cells that were made one, by their first and last.
    package private(set) var merges: [MergedCells] = []
    package private(set) var hiddenColumns: [ClosedRange<Int>] = []

    package struct MergedCells: Sendable, Hashable {
        package var rows: ClosedRange<Int>
        package var columns: ClosedRange<Int>
    }

    /// More are damage, or an attack: they need memory, and each row is held against them.
    static let maximumMerges = 200_000

    mutating func takeColumn(_ tag: XMLBytes.Tag, _ xml: XMLBytes) {
        guard let hidden = xml.attribute("hidden", of: tag), hidden == "1" || hidden == "true",
            let first = xml.attribute("min", of: tag).flatMap(Int.init),
            let last = xml.attribute("max", of: tag).flatMap(Int.init), first >= 1, first <= last,
            last <= CellAddress.columns.upperBound
        else { return }
        hiddenColumns.append(first...last)
    }

    mutating func takeMerge(_ tag: XMLBytes.Tag, _ xml: XMLBytes) {
        let ends = xml.attribute("ref", of: tag)?.split(separator: ":").map { CellAddress(String($0)) }
        guard merges.count < Self.maximumMerges, let ends, ends.count == 2, let first = ends[0], let last = ends[1],
            first.row <= last.row, first.column <= last.column
        else { return }
        merges.append(MergedCells(rows: first.row...last.row, columns: first.column...last.column))
    }
}

// MARK: - Messages

extension OfficeFileError {
    static let endsEarly = OfficeFileError(
        reason: LocalizedText(zh: "其中的工作表没有结尾，文件不完整", en: "a sheet in it has no end; the file is cut off"),
        help: LocalizedText(zh: "请重新复制或重新另存一份", en: "copy it once more, or save it again")
    )

    static let noSheet = OfficeFileError(
        reason: LocalizedText(zh: "其中的工作表不是工作表，文件已损坏", en: "a sheet in it is none; the file is damaged"),
        help: saveAgain
    )

    static let badAddress = OfficeFileError(
        reason: LocalizedText(
            zh: "其中有单元格的地址不是地址，文件已损坏",
            en: "a cell in it has an address that is none; the file is damaged"
        ),
        help: saveAgain
    )

    static func oddOrder(_ row: Int) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(
                zh: "其中的第 \(row) 行重复或次序颠倒，文件已损坏",
                en: "row \(row) in it stands twice or in the wrong order; the file is damaged"
            ),
            help: saveAgain
        )
    }

    package static let tooManyRows = OfficeFileError(
        reason: LocalizedText(
            zh: "其中的工作表超过 1,048,576 行，没有程序能写出这样的文件",
            en: "a sheet in it has more than 1,048,576 rows, which no program can have written"
        )
    )

    static let tooManyColumns = OfficeFileError(
        reason: LocalizedText(
            zh: "其中的工作表超过 16,384 列，没有程序能写出这样的文件",
            en: "a sheet in it has more than 16,384 columns, which no program can have written"
        )
    )
}
