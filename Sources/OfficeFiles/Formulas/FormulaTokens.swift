internal import ExactNumbers
internal import Groundwork

/// The words and signs of a formula, one after another.
struct FormulaTokens {
    enum Token: Hashable {
        case number(ExactDecimal)
        case text(String)
        case reference(FormulaReference)
        /// A name in capitals: a function, TRUE, or a name of the workbook.
        case word(String)
        case sign(FormulaOperator)
        case percent, comma, open, close, end
    }

    private(set) var next = Token.end
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) throws(FormulaObstacle) {
        bytes = Array(text.utf8)
        try advance()
    }

    mutating func advance() throws(FormulaObstacle) {
        while let byte = peek(), byte <= 0x20 { position += 1 }
        guard let byte = peek() else { return next = .end }
        switch byte {
        case UInt8(ascii: "("): single(.open)
        case UInt8(ascii: ")"): single(.close)
        case UInt8(ascii: ","): single(.comma)
        case UInt8(ascii: "%"): single(.percent)
        case UInt8(ascii: "\""): next = .text(try quotedText(by: byte))
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."): try number()
        case UInt8(ascii: "'"): next = .reference(try reference(on: try sheetName(try quotedText(by: byte))))
        case UInt8(ascii: "["): throw bytes[(position + 1)...].first.map(Self.isDigit) ?? false ? .link : .other
        default:
            if Self.isOfWord(byte) { return try word() }
            guard let sign = sign() else { throw .other }
            next = .sign(sign)
        }
    }

    private func peek(_ ahead: Int = 0) -> UInt8? {
        position + ahead < bytes.count ? bytes[position + ahead] : nil
    }

    private mutating func single(_ token: Token) {
        next = token
        position += 1
    }

    private mutating func sign() -> FormulaOperator? {
        for length in [2, 1] where position + length <= bytes.count {
            let text = String(decoding: bytes[position..<position + length], as: UTF8.self)
            if let sign = FormulaOperator(rawValue: text) {
                position += length
                return sign
            }
        }
        return nil
    }

    /// What stands between two such bytes, of which a doubled one is one of the text.
    private mutating func quotedText(by quote: UInt8) throws(FormulaObstacle) -> String {
        var text: [UInt8] = []
        position += 1
        while let byte = peek() {
            position += 1
            if byte != quote {
                text.append(byte)
            } else if peek() == quote {
                text.append(quote)
                position += 1
            } else {
                return String(decoding: text, as: UTF8.self)
            }
        }
        throw .other
    }

    private mutating func number() throws(FormulaObstacle) {
        let start = position
        while let byte = peek(), Self.isDigit(byte) || byte == UInt8(ascii: ".") { position += 1 }
        if let byte = peek(), byte | 0x20 == UInt8(ascii: "e") {
            position += 1
            if let sign = peek(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
            while let byte = peek(), Self.isDigit(byte) { position += 1 }
        }
        // `5:7`: whole rows.
        if peek() == UInt8(ascii: ":") {
            position = start
            return next = .reference(try reference(on: nil))
        }
        guard let number = bytes[start..<position].withUnsafeBufferPointer(CellNumber.decimal) else { throw .tooLarge }
        next = .number(number)
    }

    // MARK: Words and references

    private mutating func word() throws(FormulaObstacle) {
        let start = position
        while let byte = peek(), Self.isOfWord(byte) { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        switch peek() {
        case UInt8(ascii: "["): throw .other
        case UInt8(ascii: "!"): next = .reference(try reference(on: try sheetName(text)))
        case UInt8(ascii: "("):
            let name = text.uppercased()
            next = .word(name.hasPrefix("_XLFN.") ? String(name.dropFirst(6)) : name)
        default:
            position = start
            if let reference = try plainReference() { return next = .reference(reference) }
            position = start + text.utf8.count
            next = .word(text.uppercased())
        }
    }

    /// The name before the `!` behind which reading goes on.
    private mutating func sheetName(_ name: String) throws(FormulaObstacle) -> String {
        guard peek() == UInt8(ascii: "!") else { throw .other }
        position += 1
        if name.utf8.contains(UInt8(ascii: "[")) { throw .link }
        // `表1:表3!A1` is several sheets.
        if name.utf8.contains(UInt8(ascii: ":")) { throw .other }
        return name
    }

    private mutating func reference(on sheet: String?) throws(FormulaObstacle) -> FormulaReference {
        guard var reference = try plainReference() else { throw .other }
        reference.sheet = sheet
        return reference
    }

    /// `C14`, `C5:C14`, `F:F`, `5:7`; `nil` where something else stands.
    private mutating func plainReference() throws(FormulaObstacle) -> FormulaReference? {
        guard let first = corner() else { return nil }
        guard peek() == UInt8(ascii: ":") else {
            // A column alone is a name, and so is a row.
            guard let row = first.row, let column = first.column else { return nil }
            return FormulaReference(first: Self.corner(first, row, column))
        }
        position += 1
        guard let last = corner(), (first.row == nil) == (last.row == nil),
            (first.column == nil) == (last.column == nil)
        else { throw .other }
        let (rows, columns) = (CellAddress.rows, CellAddress.columns)
        return FormulaReference(
            first: Self.corner(first, first.row ?? rows.lowerBound, first.column ?? columns.lowerBound),
            last: Self.corner(last, last.row ?? rows.upperBound, last.column ?? columns.upperBound)
        )
    }

    private typealias Part = (row: Int?, column: Int?, rowIsFixed: Bool, columnIsFixed: Bool)

    private static func corner(_ part: Part, _ row: Int, _ column: Int) -> FormulaReference.Corner {
        // Where a copy of the formula stands makes no difference to whole columns and rows.
        FormulaReference.Corner(
            row: row,
            column: column,
            rowIsFixed: part.rowIsFixed || part.row == nil,
            columnIsFixed: part.columnIsFixed || part.column == nil
        )
    }

    private mutating func corner() -> Part? {
        let start = position
        var part: Part = (nil, nil, false, false)
        var hasDollar = take(UInt8(ascii: "$"))
        var (column, row, letters, digits) = (0, 0, 0, 0)
        while let byte = peek(), (byte | 0x20) &- UInt8(ascii: "a") < 26, letters < 4 {
            column = column * 26 + Int((byte | 0x20) - UInt8(ascii: "a")) + 1
            (letters, position) = (letters + 1, position + 1)
        }
        if letters > 0 {
            (part.column, part.columnIsFixed) = (column, hasDollar)
            hasDollar = take(UInt8(ascii: "$"))
        }
        while let byte = peek(), Self.isDigit(byte), digits < 8 {
            row = row * 10 + Int(byte - UInt8(ascii: "0"))
            (digits, position) = (digits + 1, position + 1)
        }
        if digits > 0 { (part.row, part.rowIsFixed) = (row, hasDollar) }
        let isWhole = peek().map { !Self.isOfWord($0) } ?? true
        guard isWhole, letters > 0 || digits > 0, digits > 0 || !hasDollar,
            letters == 0 || CellAddress.columns.contains(column), digits == 0 || CellAddress.rows.contains(row)
        else {
            position = start
            return nil
        }
        return part
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        position += 1
        return true
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || isDigit(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 26
            || [UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "$"), UInt8(ascii: "\\")].contains(byte)
    }
}
