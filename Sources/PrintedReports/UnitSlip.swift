internal import BudgetLines
public import ReviewModel

/// What amounts of a table are printed in.
public enum PrintedUnit: Sendable, Hashable {
    case yuan, wan

    /// How many yuan one of it is.
    public var inYuan: ExactDecimal { self == .wan ? 10_000 : 1 }
    public var name: String { self == .wan ? "万元" : "元" }

    var other: PrintedUnit { self == .wan ? .yuan : .wan }
}

/// A table whose amounts the sentences of the report give in another unit than the table says.
///
/// Its amounts are read in the unit that the sentences know, so that one wrong word above a table does not make every figure in it wrong.
public struct UnitSlip: Sendable {
    /// Where the unit is said; the head of the table where nothing says it.
    public var line: ReportText.Line
    /// `nil` where nothing says it, which is read as 元.
    public var said: PrintedUnit?
    public var meant: PrintedUnit
    /// Amounts that a sentence gives as well, in the order of the table; two at least.
    public var witnesses: [Witness]

    public struct Witness: Sendable {
        /// As the table prints it.
        public var cell: String
        public var row: ReportText.Line
        /// As the sentence prints it, with its unit.
        public var amount: String
        public var sentence: ReportText.Line
    }
}

/// The amounts of money that sentences give with their unit.
struct StatedAmounts {
    private struct Statement {
        var text: String
        var line: ReportText.Line
    }

    /// By what they are in yuan; the first where several are the same.
    private var statements: [ExactDecimal: Statement] = [:]
    /// The places, counted in yuan, that amounts are rounded to: -2 for 12.34 万元.
    private var precisions: Set<Int> = []

    init(_ paragraphs: [ReportParagraph], _ words: ReportWords) {
        let units = [PrintedUnit.wan, .yuan].flatMap { unit in
            words[unit == .wan ? "wan" : "yuan"].map { (unit, Array($0.unicodeScalars)) }
        }
        for paragraph in paragraphs {
            let scalars = Array(paragraph.text.folded.unicodeScalars)
            var position = 0
            while position < scalars.count {
                guard scalars[position].isDigit else {
                    position += 1
                    continue
                }
                let digits = scalars[position...].prefix { $0.isDigit || $0 == "," || $0 == "，" || $0 == "." }
                let isSigned = scalars[..<digits.startIndex].endsInCurrency
                position = digits.endIndex
                let rest = scalars[position...]
                // $802,656 has its unit before it.
                let bare: (PrintedUnit, [Unicode.Scalar])? =
                    isSigned
                        && !Self.scales.contains(where: { rest.drop { $0 == " " }.starts(with: $0.unicodeScalars) })
                    ? (.yuan, []) : nil
                guard let (unit, word) = units.first(where: { rest.starts(with: $0.1) }) ?? bare,
                    let number = ExactDecimal(utf8: digits.filter { $0 != "," && $0 != "，" }.string.utf8),
                    let amount = try? number * unit.inYuan
                else { continue }
                let text = word.isEmpty ? Money.grouped(number) : Money.grouped(number) + " " + word.string
                if statements[amount] == nil { statements[amount] = Statement(text: text, line: paragraph.line) }
                precisions.insert(number.places - (unit == .wan ? 4 : 0))
            }
        }
    }

    private static let scales = ["million", "billion", "thousand", "m", "bn", "k"]

    var isEmpty: Bool { statements.isEmpty }

    /// The sentence that gives this very amount.
    func statement(of amount: ExactDecimal) -> (text: String, line: ReportText.Line)? {
        statements[amount].map { ($0.text, $0.line) }
    }

    /// The amounts that are no round 万元 of so many places, as they are when rounded to them.
    func roundedWan(to places: Int) -> Set<ExactDecimal> {
        Set(
            statements.keys.compactMap { amount in
                let (exact, rounded) = (amount.inWan, amount.inWan.rounded(to: places))
                return exact == rounded ? nil : rounded
            }
        )
    }

    /// Whether a sentence gives the amount, or what it is when rounded as amounts in this report are: 543.62 万元 for 5,436,172.80 元.
    func know(_ amount: ExactDecimal) -> Bool {
        if statements[amount] != nil { return true }
        return precisions.contains { places in
            let rounded =
                places >= 0
                ? amount.rounded(to: places) : try? amount.inWan.rounded(to: places + 4) * PrintedUnit.wan.inYuan
            return rounded.map { statements[$0] != nil } ?? false
        }
    }
}

extension PrintedTable {
    /// Reads the amounts in the other unit, where that is what sentences say of two of them at least, and of hardly any that they
    /// are in the unit that the table says.
    mutating func settleUnit(by stated: StatedAmounts) {
        guard let columns, let unit = columns.commonUnit, !stated.isEmpty else { return }
        var (seen, witnesses, agreed) = (Set<ExactDecimal>(), [UnitSlip.Witness](), 0)
        // The first rows and the last, for totals stand there: enough to tell, however long a table is.
        for row in rows.prefix(200) + rows.dropFirst(200).suffix(20) where row.cells.count == columns.count {
            for column in columns.shared {
                guard let value = PrintedAmount(row.cells[column])?.value, value > 0, value.isTelling,
                    seen.insert(value).inserted,
                    let asSaid = try? value * unit.inYuan, let otherwise = try? value * unit.other.inYuan
                else { continue }
                if stated.know(asSaid) {
                    agreed += 1
                } else if let statement = stated.statement(of: otherwise) {
                    witnesses.append(
                        UnitSlip.Witness(
                            cell: row.cells[column],
                            row: row.line,
                            amount: statement.text,
                            sentence: statement.line
                        )
                    )
                }
            }
        }
        guard witnesses.count >= 2, witnesses.count > 3 * agreed else { return }
        unitSlip = UnitSlip(
            line: unitLine ?? header.line,
            said: unitLine == nil ? nil : unit,
            meant: unit.other,
            witnesses: witnesses
        )
        self.columns = columns.reading(in: unit.other)
    }
}

extension [PrintedTable] {
    /// What is known of the unit of a table holds where it is read in another way, too.
    mutating func shareUnits() {
        for index in indices where self[index].unitSlip == nil {
            let line = self[index].header.line.number
            guard let slip = first(where: { $0.unitSlip != nil && $0.header.line.number == line })?.unitSlip,
                let columns = self[index].columns, columns.commonUnit == slip.meant.other
            else { continue }
            self[index].columns = columns.reading(in: slip.meant)
            self[index].rowParts = RowParts(self[index])
        }
    }
}

extension PrintedTable {
    /// Sees whether amounts in 万元 are rounded: sentences give two of them at least to the yuan.
    mutating func noteRounding(by stated: StatedAmounts) {
        guard let columns, columns.commonUnit == .wan, !stated.isEmpty else { return }
        var (cells, places) = (Set<ExactDecimal>(), 0)
        for row in rows.prefix(200) + rows.dropFirst(200).suffix(20) where row.cells.count == columns.count {
            for column in columns.shared {
                guard let value = PrintedAmount(row.cells[column])?.value, value > 0 else { continue }
                cells.insert(value)
                places = Swift.max(places, value.places)
            }
        }
        guard (0...3).contains(places) else { return }
        let known = stated.roundedWan(to: places)
        guard cells.count(where: { known.contains($0) }) >= 2 else { return }
        roundedTo = try? PrintedUnit.wan.inYuan * ExactDecimal(significand: 1, places: places)
    }

    /// How far amounts that `count` cells make may be from what a cell prints, in yuan: half a step for each, and for the cell.
    public func slack(of count: Int) -> ExactDecimal {
        guard let roundedTo else { return .zero }
        return (try? roundedTo * ExactDecimal(significand: Int128(5 * (count + 1)), places: 1)) ?? .zero
    }
}

extension ExactDecimal {
    /// Whether a number of such digits is hardly met by chance: three of them at least, noughts at its end aside.
    fileprivate var isTelling: Bool {
        var digits = withoutTrailingZeros.description.utf8.filter { $0 != UInt8(ascii: ".") }
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return digits.drop { $0 == UInt8(ascii: "0") }.count >= 3
    }
}

extension ArraySlice<Unicode.Scalar> {
    /// Whether a currency's sign stands right before what follows.
    fileprivate var endsInCurrency: Bool {
        let signs: Set<Unicode.Scalar> = ["$", "£", "€"]
        return last { $0 != " " }.map(signs.contains) ?? false
    }
}
