internal import BudgetLines
public import ReviewModel

/// A report as lines of text, as a converter writes it: cells of a table are parted by tabs, and pages by blank lines.
public struct ReportText: Sendable {
    public let lines: [Line]
    /// What its tables and texts are called.
    public let words: ReportWords
    /// The tables whose head is known, in the order of the report.
    public let printedTables: [PrintedTable]
    /// Rows that stand together under no head that is known.
    public let unreadTables: [UnreadTable]
    /// Everything but tables, joined again where a page break cut it.
    public let paragraphs: [ReportParagraph]

    public struct Line: Sendable {
        /// Counts from 1.
        public var number: Int
        public var text: String
        /// What the checks walk over, taken apart once.
        public var scalars: [Unicode.Scalar]
        /// The text as ``Swift/StringProtocol/folded`` has it.
        public var folded: String
        public var isTableRow: Bool
        /// Where it stands in the file that it was read from: of a row a place for each cell, of a paragraph one. Empty for a
        /// text that is a setting.
        public internal(set) var places: [Place] = []
        /// Whether a paragraph ends with it, for sure.
        var isWhole = false
        /// Whether a table begins with it.
        var beginsTable = false

        /// The cells of a row without the empty ones.
        public var filledCells: [String] { text.cells(keepsEmpty: false) }

        /// Where the line stands, for a step whose setting `report` holds the text.
        public var spot: Spot { ReportText.spot(line: number) }

        /// How a person finds it: `第 5 行`; `表1 第 3 行第 2 列`, `"一、概况"下第 2 段` in a file that has no lines.
        public var label: LocalizedText {
            guard let place = places.first, place.line == nil else {
                let number = places.first?.line ?? number
                return LocalizedText(zh: "第 \(number) 行", en: "line \(number)")
            }
            return place.words
        }

        init(number: Int, text: String) {
            let text = text.withPlainDigits
            self.number = number
            self.text = text
            scalars = Array(text.unicodeScalars)
            folded = text.folded
            isTableRow = text.utf8.contains(UInt8(ascii: "\t"))
        }
    }

    /// - Parameter words: what its tables and texts are called.
    public init(_ text: String, words: ReportWords = .standard) {
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for index in lines.indices.dropLast() where lines[index].last == UInt8(ascii: "\r") {
            lines[index].removeLast()
        }
        self.init(lines: lines.enumerated().map { Line(number: $0 + 1, text: String(Substring($1))) }, words: words)
    }

    /// Some of the lines of a report, with the numbers that they have in it.
    public init(lines: [Line], words: ReportWords = .standard) {
        let lines = lines.withPipeTables
        (self.lines, self.words) = (lines, words)
        let search = TableSearch(lines, words)
        let paragraphs = lines.paragraphs
        var (tables, unread) = (search.tables, search.unread)
        if !tables.isEmpty || !unread.isEmpty {
            let stated = StatedAmounts(paragraphs, words)
            let audited = unread.map { stated.isEmpty ? nil : $0.audited(words, stated) }
            unread = zip(unread, audited).filter { $0.1 == nil }.map(\.0)
            tables = (tables + audited.compactMap(\.self)).inOrder
            let units = UnitsOfReport(lines, words)
            for index in tables.indices {
                tables[index].settleTotals()
                tables[index].takeUnit(of: units, stated)
                tables[index].settleUnit(by: stated)
                tables[index].noteRounding(by: stated)
                tables[index].noteRounding(explainedIn: lines, words)
                tables[index].rowParts = RowParts(tables[index])
                tables[index].noteStated(by: stated)
                tables[index].noteRowSlip()
                if tables[index].kind == .history { tables[index].readHistory() }
            }
            tables.noteSections(statedBy: stated)
            tables.shareUnits()
            tables.shareRowSlips()
        }
        (printedTables, unreadTables, self.paragraphs) = (tables, unread, paragraphs)
    }

    /// How a person finds the line of this number, as ``Line/label`` says it.
    public func label(line number: Int) -> LocalizedText {
        line(number)?.label ?? LocalizedText(zh: "第 \(number) 行", en: "line \(number)")
    }

    /// Where the line of this number stands: in its file, or as ``Line/spot`` has it.
    public func spot(line number: Int) -> Spot { located(Self.spot(line: number)) }

    /// The line of this number; lines are in the order of their numbers.
    public func line(_ number: Int) -> Line? {
        guard let first = lines.first?.number, lines.indices.contains(number - first),
            lines[number - first].number == number
        else { return lines.first { $0.number == number } }
        return lines[number - first]
    }

    /// Where the line of this number stands, as ``Line/spot`` has it.
    public static func spot(line: Int) -> Spot { .line(of: JSONPointer(["config", "report"]), line: line, column: 1) }
}

extension [PrintedTable] {
    /// What lacks of a table that is read in two ways lacks in both.
    fileprivate mutating func shareRowSlips() {
        for index in indices where self[index].rowSlip == nil && self[index].kind == .budget {
            let line = self[index].header.line.number
            let other = first { $0.rowSlip?.kind == .lost && $0.header.line.number == line }
            self[index].rowSlip = other?.rowSlip
        }
    }

    /// In the order of the report; a table that is read in two ways stays in the order of these.
    fileprivate var inOrder: [PrintedTable] {
        enumerated().sorted { one, two in
            let (a, b) = (one.element.header.line.number, two.element.header.line.number)
            return a == b ? one.offset < two.offset : a < b
        }.map(\.element)
    }
}

extension [ReportText.Line] {
    /// How a person finds several lines: `第 5、7 行`, or one place after the other in a file that has no lines.
    public var labels: LocalizedText {
        if allSatisfy({ $0.places.first.map { $0.line != nil } ?? true }) {
            let numbers = map { String($0.places.first?.line ?? $0.number) }.joined(separator: "、")
            return LocalizedText(zh: "第 \(numbers) 行", en: "lines \(numbers)")
        }
        return LocalizedText(
            zh: map(\.label.zh).joined(separator: "；"),
            en: map(\.label.en).joined(separator: "; ")
        )
    }
}

extension String {
    /// With digits of usual width for wide ones, and the points, percents and commas that stand among them: ４５，０００．００ is 45,000.00.
    fileprivate var withPlainDigits: String {
        guard utf8.contains(0xEF), unicodeScalars.contains(where: { $0.isWideDigit || $0 == "％" }) else { return self }
        let scalars = Array(unicodeScalars)
        var plain = UnicodeScalarView()
        for (position, scalar) in scalars.enumerated() {
            let follows = position > 0 && (scalars[position - 1].isWideDigit || scalars[position - 1].isDigit)
            let leads = position + 1 < scalars.count && scalars[position + 1].isWideDigit
            switch scalar {
            case _ where scalar.isWideDigit: plain.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
            case "．" where follows: plain.append(".")
            case "％" where follows: plain.append("%")
            case "，" where follows && leads && isThousand(scalars, position): plain.append(",")
            default: plain.append(scalar)
            }
        }
        return String(plain)
    }
}

/// Whether three wide digits and no fourth stand behind a comma.
private func isThousand(_ scalars: [Unicode.Scalar], _ comma: Int) -> Bool {
    let digits = scalars[(comma + 1)...].prefix(while: \.isWideDigit).count
    return digits == 3
}

extension Unicode.Scalar {
    fileprivate var isWideDigit: Bool { ("０"..."９").contains(self) }
}
