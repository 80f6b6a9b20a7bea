/// A place in a file that a person can open: a line of a text, a cell of a workbook, a page, a paragraph, a cell of a
/// printed table. Everything counts from 1, as people count.
///
///     Place.text(file: "spec.yaml", line: 12, column: 5)
///     Place.cell(file: "project.xlsx", sheet: "明细", address: CellAddress("F7")!)
public enum Place: Sendable, Hashable {
    /// A line of a text and a column in it, counted in Unicode scalars; line 0 is the file as a whole.
    case text(file: String, line: Int, column: Int)
    /// A cell of a workbook's sheet.
    case cell(file: String, sheet: String, address: CellAddress)
    /// A page, and a part of it where that is known.
    case page(file: String, page: Int, box: PageBox?)
    /// A paragraph: under which headings it stands, outermost first, and the how manieth it is there.
    case paragraph(file: String, heading: [String], index: Int)
    /// A cell of a table in a text document. `table` is its title or caption, or its number where it has none; `row` and
    /// `column` count the printed ones, heads included.
    case tableCell(file: String, table: String, row: Int, column: Int)

    /// The file as it was named when it was read.
    public var file: String {
        switch self {
        case .text(let file, _, _), .cell(let file, _, _), .page(let file, _, _), .paragraph(let file, _, _),
            .tableCell(let file, _, _, _):
            file
        }
    }

    /// The line of a text; `nil` in files that have none.
    public var line: Int? { if case .text(_, let line, _) = self, line > 0 { line } else { nil } }

    /// The column of a line; `nil` in files that have no lines.
    public var column: Int? { if case .text(_, let line, let column) = self, line > 0 { column } else { nil } }

    /// A file as a whole, where nothing in it can be pointed at: it is damaged, or empty.
    public static func whole(file: String) -> Place { .text(file: file, line: 0, column: 0) }
}

/// A part of a page, in points (1/72 inch) from the page's upper left corner.
public struct PageBox: Sendable, Hashable {
    public var left: Int
    public var top: Int
    public var width: Int
    public var height: Int

    public init(left: Int, top: Int, width: Int, height: Int) {
        (self.left, self.top, self.width, self.height) = (left, top, width, height)
    }
}

/// A cell's place in a sheet: `C14` is the third column, the fourteenth row.
public struct CellAddress: Sendable, Hashable, Comparable {
    /// From 1 (`A`) to 16,384 (`XFD`).
    public let column: Int
    /// From 1 to 1,048,576.
    public let row: Int

    /// The limits of a worksheet.
    public static let columns = 1...16_384
    public static let rows = 1...1_048_576

    /// `nil` beyond the limits of a worksheet.
    public init?(column: Int, row: Int) {
        guard Self.columns.contains(column), Self.rows.contains(row) else { return nil }
        (self.column, self.row) = (column, row)
    }

    /// By rows, then by columns, as a sheet is read.
    public static func < (left: CellAddress, right: CellAddress) -> Bool {
        (left.row, left.column) < (right.row, right.column)
    }
}

extension CellAddress: LosslessStringConvertible {
    /// Reads `C14`, `c14` and `$C$14`.
    public init?(_ text: String) {
        var (column, row, hasRow) = (0, 0, false)
        for byte in text.utf8 where byte != UInt8(ascii: "$") {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z") where !hasRow:
                column = column * 26 + Int(byte - UInt8(ascii: "A")) + 1
            case UInt8(ascii: "a")...UInt8(ascii: "z") where !hasRow:
                column = column * 26 + Int(byte - UInt8(ascii: "a")) + 1
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                hasRow = true
                row = row * 10 + Int(byte - UInt8(ascii: "0"))
            default: return nil
            }
            // Beyond the sheet already; going on could only overflow.
            if column > Self.columns.upperBound || row > Self.rows.upperBound { return nil }
        }
        self.init(column: column, row: row)
    }

    /// `C14`.
    public var description: String { columnLetters + String(row) }

    /// `C`.
    public var columnLetters: String {
        var (letters, rest) = ("", column)
        while rest > 0 {
            letters = String(UnicodeScalar(UInt8(ascii: "A") + UInt8((rest - 1) % 26))) + letters
            rest = (rest - 1) / 26
        }
        return letters
    }
}

extension Place {
    /// The same place in a file of another name.
    public func inFile(_ file: String) -> Place {
        switch self {
        case .text(_, let line, let column): .text(file: file, line: line, column: column)
        case .cell(_, let sheet, let address): .cell(file: file, sheet: sheet, address: address)
        case .page(_, let page, let box): .page(file: file, page: page, box: box)
        case .paragraph(_, let heading, let index): .paragraph(file: file, heading: heading, index: index)
        case .tableCell(_, let table, let row, let column):
            .tableCell(file: file, table: table, row: row, column: column)
        }
    }
}

extension Place: CustomStringConvertible {
    /// As a terminal and an editor read it: `spec.yaml:12:5`, `project.xlsx, 明细!F7`, `report.pdf, p. 3`.
    public var description: String { plainDescription.inOneLine }

    private var plainDescription: String {
        switch self {
        case .text(let file, 0, _): file
        case .text(let file, let line, let column): "\(file):\(line):\(column)"
        case .cell(let file, let sheet, let address): "\(file), \(sheet)!\(address)"
        case .page(let file, let page, _): "\(file), p. \(page)"
        case .paragraph(let file, let heading, let index): "\(file), \(heading.last.map { $0 + " " } ?? "")¶\(index)"
        case .tableCell(let file, let table, let row, let column): "\(file), \(table) R\(row)C\(column)"
        }
    }
}

extension Place {
    /// For a reader of print: the file's name without its folders, and no column.
    public var brief: String {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        return switch self {
        case .text(_, 0, _): name
        case .text(_, let line, _): "\(name):\(line)"
        case .cell(_, let sheet, let address): "\(name), \(sheet)!\(address)"
        case .page(_, let page, _): "\(name), p. \(page)"
        case .paragraph(_, let heading, let index): "\(name), \(heading.last.map { $0 + " " } ?? "")¶\(index)"
        case .tableCell(_, let table, let row, let column): "\(name), \(table) R\(row)C\(column)"
        }
    }
}

extension Place: Comparable {
    /// By file, then in the order in which the file is read.
    public static func < (left: Place, right: Place) -> Bool {
        if left.file != right.file { return left.file < right.file }
        switch (left, right) {
        case (.text(_, let a, let b), .text(_, let c, let d)): return (a, b) < (c, d)
        case (.cell(_, let a, let b), .cell(_, let c, let d)): return a == c ? b < d : a < c
        case (.page(_, let a, let b), .page(_, let c, let d)): return (a, b?.top ?? 0) < (c, d?.top ?? 0)
        case (.paragraph(_, let a, let b), .paragraph(_, let c, let d)):
            return a == c ? b < d : a.lexicographicallyPrecedes(c, by: numberedBefore)
        case (.tableCell(_, let a, let b, let c), .tableCell(_, let d, let e, let f)):
            return a == d ? (b, c) < (e, f) : numberedBefore(a, d)
        default: return left.kindOrder < right.kindOrder
        }
    }

    private var kindOrder: Int {
        switch self {
        case .text: 0
        case .cell: 1
        case .page: 2
        case .paragraph: 3
        case .tableCell: 4
        }
    }
}

/// Whether a heading or a caption comes before another: by their numbers, `二、` after `一、` and `1.10` after `1.9`, then by their
/// words. A file says no other order of them.
private func numberedBefore(_ left: String, _ right: String) -> Bool {
    let (a, b) = (leadingNumbers(left), leadingNumbers(right))
    if a.isEmpty || b.isEmpty || a == b { return left < right }
    return a.lexicographicallyPrecedes(b)
}

/// `[1, 2]` of `1.2 概况` and of `表 1-2`, `[3]` of `（三）目标` and `附件3`; empty where a heading has no number near its beginning.
private func leadingNumbers(_ heading: String) -> [Int] {
    var (numbers, digits, chinese, taken) = ([Int](), nil as Int?, nil as Int?, 0)
    func end() {
        if let number = digits ?? chinese { numbers.append(number) }
        (digits, chinese) = (nil, nil)
    }
    for scalar in heading.unicodeScalars.prefix(12) {
        taken += 1
        if ("0"..."9").contains(scalar) {
            digits = min((digits ?? 0) * 10 + Int(scalar.value) - 0x30, 1_000_000)
        } else if let digit = chineseDigits.firstIndex(of: scalar) {
            // 十一 is 11, 二十 is 20, 二十三 is 23.
            chinese = digit == 10 ? max(chinese ?? 1, 1) * 10 : (chinese.map { $0 >= 10 ? $0 : $0 * 10 } ?? 0) + digit
        } else if numbers.isEmpty, digits == nil, chinese == nil, taken <= 4 {
            continue
        } else {
            end()
            if !"、.．-－章节部分)） ".unicodeScalars.contains(scalar) { break }
        }
    }
    end()
    return numbers
}

private let chineseDigits = Array("零一二三四五六七八九十".unicodeScalars)

// MARK: - Words for people

extension Place {
    /// The place as a person would say it who has the document open, without the file's name.
    public var words: LocalizedText {
        switch self {
        case .text(_, let line, _): LocalizedText(zh: "第 \(line) 行", en: "line \(line)")
        case .cell(_, let sheet, let address):
            LocalizedText(zh: "工作表\"\(sheet)\"的 \(address)", en: "cell \(address) of the sheet \"\(sheet)\"")
        case .page(_, let page, _): LocalizedText(zh: "第 \(page) 页", en: "page \(page)")
        case .paragraph(_, let heading, let index):
            LocalizedText(
                zh: (heading.last.map { "\"\($0)\"下" } ?? "") + "第 \(index) 段",
                en: "paragraph \(index)" + (heading.last.map { " under \"\($0)\"" } ?? "")
            )
        case .tableCell(_, let table, let row, let column):
            LocalizedText(
                zh: "\(table) 第 \(row) 行第 \(column) 列",
                en: "\(table), row \(row), column \(column)"
            )
        }
    }
}
