internal import Glibc
internal import Groundwork
internal import LocalFiles

/// A CSV or TSV file: what was found out about it, and its rows.
///
///     let text = try DelimitedText(file: "lines.csv")
///     var reading = try text.reading()
///     while try reading.next() { for cell in reading.row.cells { … } }
///
/// UTF-8 if the whole file is, else GB18030, which GBK and GB 2312 are parts of; UTF-16 where a byte order mark says so, as in Excel's
/// "Unicode text". The delimiter is that of comma, semicolon and tab which parts the first rows most evenly.
package struct DelimitedText: Sendable {
    package let encoding: TextEncoding
    /// The byte between two cells.
    package let delimiter: UInt8
    /// Whether a byte order mark or the caller said the encoding; else it was guessed.
    package let isMarked: Bool
    /// How long the file is.
    package let byteCount: Int
    private let path: String

    static let maximumBytes = 512 << 20
    /// More cells would be damage, or an attack: the sheets of spreadsheet programs end there.
    static let maximumColumns = CellAddress.columns.upperBound

    package init(
        file path: String,
        encoding named: TextEncoding? = nil,
        delimiter: UInt8? = nil
    ) throws(OfficeFileError) {
        self.path = path
        byteCount = try Self.open(path).byteCount
        let (head, check) = try Self.look(path)
        let marked = TextEncoding.allCases.first { !$0.mark.isEmpty && head.starts(with: $0.mark) }
        isMarked = named != nil || marked != nil
        encoding = named ?? marked ?? (check.isWhole ? .utf8 : .gb18030)
        if head.contains(0), encoding == .utf8 || encoding == .gb18030 { throw .noText }
        if named == nil, encoding == .gb18030 || encoding == .utf8, check.isDamaged {
            throw .damagedText(line: try Self.line(after: check.validBytes, in: path))
        }
        var text = Array(head.dropFirst(marked == encoding ? encoding.mark.count : 0))
        if encoding != .utf8 {
            let conversion = try TextConversion(encoding)
            // What is cut at the end of the head is no mistake.
            text = try converted(text, conversion)
        }
        self.delimiter = delimiter ?? Self.guess(text)
    }

    /// The rows from the start.
    package func reading() throws(OfficeFileError) -> DelimitedReading {
        let file = try Self.open(path)
        let conversion = encoding == .utf8 ? nil : try TextConversion(encoding)
        var (offset, waiting, isDone) = (0, [UInt8](), false)
        let mark = encoding.mark
        let feed = ByteFeed { (buffer) throws(OfficeFileError) in
            while waiting.isEmpty, !isDone {
                var piece = try Self.reading { () throws(FileError) in try file.bytes(from: offset, atMost: 1 << 17) }
                isDone = piece.isEmpty
                if offset == 0, !mark.isEmpty, piece.starts(with: mark) {
                    offset = mark.count
                    piece.removeFirst(mark.count)
                    offset += piece.count
                } else {
                    offset += piece.count
                }
                waiting =
                    try conversion.map { (it) throws(OfficeFileError) in try convert(piece, it, isLast: isDone) }
                    ?? piece
            }
            let count = min(buffer.count, waiting.count)
            if count > 0 { buffer.copyBytes(from: waiting[..<count]) }
            waiting.removeFirst(count)
            return count
        }
        return DelimitedReading(feed, delimiter: delimiter)
    }

    // MARK: Looking

    private static func open(_ path: String) throws(OfficeFileError) -> OutsideFile {
        try reading { () throws(FileError) in try OutsideFile(path, atMost: maximumBytes) }
    }

    private static func reading<Result>(_ body: () throws(FileError) -> Result) throws(OfficeFileError) -> Result {
        do throws(FileError) { return try body() } catch {
            throw OfficeFileError(reason: error.reason, help: error.help)
        }
    }

    /// The number of the line in which the byte stands that so many are before.
    private static func line(after count: Int, in path: String) throws(OfficeFileError) -> Int {
        var (line, rest) = (1, count)
        let file = try open(path)
        try reading { () throws(FileError) in
            try file.eachPiece { (piece) throws(FileError) in
                let part = UnsafeRawBufferPointer(rebasing: piece.prefix(rest))
                line += part.count { $0 == 0x0A }
                rest -= part.count
            }
        }
        return line
    }

    /// The first bytes, and how far the whole is UTF-8.
    private static func look(_ path: String) throws(OfficeFileError) -> (head: [UInt8], check: UTF8Check) {
        var (head, check) = ([UInt8](), UTF8Check())
        let file = try open(path)
        try reading { () throws(FileError) in
            try file.eachPiece { (piece) throws(FileError) in
                if head.count < 1 << 16 { head += piece.prefix((1 << 16) - head.count) }
                check.read(piece)
            }
        }
        return (head, check)
    }

    /// The delimiter that parts the first twenty lines most evenly, by how many cells most of them have.
    private static func guess(_ text: [UInt8]) -> UInt8 {
        let candidates: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")]
        let scores = candidates.map { score(text, $0) }
        guard let best = scores.max(), best > 0, let index = scores.firstIndex(of: best) else { return candidates[0] }
        return candidates[index]
    }

    private static func score(_ text: [UInt8], _ delimiter: UInt8) -> Int {
        var (counts, count, isQuoted) = ([Int](), 0, false)
        for byte in text {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == delimiter { count += 1 }
            if byte == 0x0A || byte == 0x0D {
                if count > 0 { counts.append(count) }
                count = 0
                if counts.count == 20 { break }
            }
        }
        if count > 0, counts.isEmpty { counts.append(count) }
        guard
            let common = Set(counts).max(by: { a, b in
                (counts.count { $0 == a }, a) < (counts.count { $0 == b }, b)
            })
        else { return 0 }
        return counts.count { $0 == common } * 1000 + min(common, 999)
    }
}

private func converted(_ bytes: [UInt8], _ conversion: TextConversion) throws(OfficeFileError) -> [UInt8] {
    try convert(bytes, conversion, isLast: false)
}

private func convert(_ bytes: [UInt8], _ conversion: TextConversion, isLast: Bool) throws(OfficeFileError) -> [UInt8] {
    var (result, failure) = ([UInt8](), nil as OfficeFileError?)
    bytes.withUnsafeBytes { bytes in
        do throws(OfficeFileError) { result = try conversion.convert(bytes, isLast: isLast) } catch { failure = error }
    }
    if let failure { throw failure }
    return result
}

/// The rows of a CSV file (RFC 4180): cells in quotes may hold delimiters, line ends and doubled quotes.
package struct DelimitedReading {
    package private(set) var row = SheetRow()
    private let feed: ByteFeed
    private let delimiter: UInt8
    private var number = 0

    init(_ feed: ByteFeed, delimiter: UInt8) { (self.feed, self.delimiter) = (feed, delimiter) }

    /// Reads the next row that holds something; rows are counted as a spreadsheet program shows them.
    package mutating func next() throws(OfficeFileError) -> Bool {
        while true {
            number += 1
            row.begin(number, isHidden: false)
            guard try readRow() else { return false }
            if !row.cells.isEmpty { return true }
        }
    }

    private mutating func readRow() throws(OfficeFileError) -> Bool {
        while true {
            let start = feed.position
            switch parse() {
            case .row(let next):
                feed.position = next
                return true
            case .end: return false
            case .more:
                feed.position = start
                row.begin(number, isHidden: false)
                if try !feed.more() {
                    switch parse(isLast: true) {
                    case .row(let next):
                        feed.position = next
                        return true
                    case .end: return false
                    case .more: throw .openQuote(row: number)
                    case .tooWide: throw .tooManyColumns
                    }
                }
            case .tooWide: throw .tooManyColumns
            }
        }
    }

    private enum Found {
        case row(Int)
        case more
        case end
        case tooWide
    }

    /// Reads the cells of one row from where the feed is.
    private mutating func parse(isLast: Bool = false) -> Found {
        let (bytes, end) = (feed.bytes, feed.end)
        var (position, column) = (feed.position, 0)
        if position == end { return isLast ? .end : .more }
        // What is read up to here and not copied yet: cells without quotes are copied together, with what stands between them.
        var waiting = position
        while true {
            column += 1
            if column > DelimitedText.maximumColumns { return .tooWide }
            var start = row.bytes.count + position - waiting
            if position < end, bytes[position] == UInt8(ascii: "\"") {
                copy(waiting..<position)
                start = row.bytes.count
                guard let next = quoted(from: position + 1, isLast) else { return .more }
                position = next
                waiting = next
            }
            while position < end, bytes[position] != delimiter, bytes[position] != 0x0A, bytes[position] != 0x0D {
                position += 1
            }
            if position == end, !isLast { return .more }
            row.addText(column, start..<row.bytes.count + position - waiting)
            if position < end, bytes[position] == delimiter {
                position += 1
                continue
            }
            // A line end of two bytes may be cut.
            if position + 1 == end, bytes[position] == 0x0D, !isLast { return .more }
            copy(waiting..<position)
            if position < end, bytes[position] == 0x0D {
                position += position + 1 < end && bytes[position + 1] == 0x0A ? 2 : 1
            } else if position < end {
                position += 1
            }
            return .row(position)
        }
    }

    private mutating func copy(_ range: Range<Int>) {
        row.bytes.append(contentsOf: UnsafeBufferPointer(start: feed.bytes + range.lowerBound, count: range.count))
    }

    /// Appends what stands in quotes and returns what is behind them; `nil` where they are not closed yet.
    private mutating func quoted(from start: Int, _ isLast: Bool) -> Int? {
        var position = start
        while position < feed.end {
            guard let mark = memchr(feed.bytes + position, 0x22, feed.end - position) else { return nil }
            let found = mark.assumingMemoryBound(to: UInt8.self) - feed.bytes
            append(position..<found)
            guard found + 1 < feed.end else { return isLast ? found + 1 : nil }
            if feed.bytes[found + 1] != 0x22 { return found + 1 }
            row.bytes.append(0x22)
            position = found + 2
        }
        return nil
    }

    /// Appends text of which line ends are line feeds.
    private mutating func append(_ range: Range<Int>) {
        let part = UnsafeBufferPointer(start: feed.bytes + range.lowerBound, count: range.count)
        guard part.contains(0x0D) else { return row.bytes.append(contentsOf: part) }
        for (index, byte) in part.enumerated() {
            if byte != 0x0D {
                row.bytes.append(byte)
            } else if index + 1 >= part.count || part[index + 1] != 0x0A {
                row.bytes.append(0x0A)
            }
        }
    }
}

extension SheetRow {
    /// Those bytes, which may still have to be appended, are the text of a cell; none are no cell.
    mutating func addText(_ column: Int, _ range: Range<Int>) {
        if range.isEmpty { return }
        var cell = SheetCell()
        (cell.column, cell.kind) = (column, .text)
        (cell.start, cell.end) = (Int32(clamping: range.lowerBound), Int32(clamping: range.upperBound))
        cells.append(cell)
    }
}

// MARK: - Messages

extension OfficeFileError {
    static let noText = OfficeFileError(
        reason: LocalizedText(zh: "这不是文本文件（其中有字节 0）", en: "it is no text; there are zero bytes in it"),
        help: LocalizedText(
            zh: "请检查写的是不是这个文件；工作簿请存为 .xlsx",
            en: "look whether this is the file that is meant; a workbook has to be saved as .xlsx"
        )
    )

    static func openQuote(row: Int) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(
                zh: "第 \(row) 行的引号没有配对，直到文件末尾",
                en: "a quotation mark in row \(row) is not closed up to the end of the file"
            ),
            help: LocalizedText(
                zh: "请补上引号；单元格内的引号须写两遍",
                en: "close it; a quotation mark inside a cell is written twice"
            )
        )
    }
}
