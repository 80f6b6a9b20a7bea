import OfficeFiles
import ReviewModel
import Tables
import WrittenTimes

/// What a cell of a sheet is as a cell of a table.
///
/// Nothing is guessed: a text that is no number in a column of numbers stays the text that it is, and the host says so at its place.
struct CellValue {
    let context: CellContext
    /// For the results of formulas that have none stored, on this sheet.
    var formulas: (of: FormulaFindings, sheet: String)?

    enum Outcome {
        case taken
        /// The cell's format says another unit than the column's, by which it was converted.
        case inFormat(FigureUnit)
        /// A formula without a stored result; what it comes to was read.
        case computed
        /// A part of a year in a column of years, 2025年1-8月: the year was read, and this is its last day.
        case partOfYear(CalendarDate)
        /// A text that is a number, in a column of numbers: it was read, and sums of the workbook pass over it.
        case numberAsText
        /// The cell holds nothing that can be read; the table's is empty.
        case error(String)
        case notCalculated
    }

    /// Appends the cell to the row being filled.
    func append(_ cell: SheetCell, of row: SheetRow, to builder: inout TableBuilder, as column: MappedColumn) -> Outcome
    {
        if cell.hasFormula, cell.isEmpty, cell.kind != .text {
            return appendComputed(cell, row.number, &builder, column)
        }
        return context.withStored(cell, row) { stored in
            switch cell.kind {
            case .number:
                if let unit = FormatUnit.unit(of: context.formats[cell.format].code, for: column.column) {
                    appendNumber(stored, unit, &builder, column)
                    return .inFormat(unit)
                }
                appendNumber(stored, cell.format, &builder, column)
            case .sharedText:
                return context.withText(cell, row) { appendText($0, &builder, column) }
            case .text: return appendText(stored, &builder, column)
            case .boolean: builder.append(text: stored.first == 0x31 ? "true" : "false", column: column.position)
            case .date: _ = appendText(UnsafeBufferPointer(rebasing: stored.prefix(10)), &builder, column)
            case .error:
                let text = String(decoding: stored, as: UTF8.self)
                // Where a text is allowed, it would pass for one.
                if column.column.type != .text, column.column.type != .texts {
                    builder.append(text: text, column: column.position)
                }
                return .error(text)
            }
            return .taken
        }
    }

    /// What a formula comes to counts in the unit of its cell, as a stored result does.
    private func appendComputed(
        _ cell: SheetCell,
        _ row: Int,
        _ builder: inout TableBuilder,
        _ column: MappedColumn
    ) -> Outcome {
        guard let (formulas, sheet) = formulas, let address = CellAddress(column: cell.column, row: row) else {
            return .notCalculated
        }
        switch formulas.value(sheet, address) {
        case .number(let number)?: append(number.withoutTrailingZeros, cell.format, &builder, column)
        case .text(var text)?: _ = text.withUTF8 { appendText($0, &builder, column) }
        default: return .notCalculated
        }
        return .computed
    }

    // MARK: Numbers

    /// A number that its cell shows in a unit of its own.
    private func appendNumber(
        _ stored: UnsafeBufferPointer<UInt8>,
        _ unit: FigureUnit,
        _ builder: inout TableBuilder,
        _ column: MappedColumn
    ) {
        guard let number = CellNumber.decimal(stored) else {
            return builder.append(text: String(decoding: stored, as: UTF8.self), column: column.position)
        }
        let value = FormatUnit.converted(number, from: unit, to: column.column) ?? number
        builder.append(.decimal(value), column: column.position)
    }

    private func appendNumber(
        _ stored: UnsafeBufferPointer<UInt8>,
        _ format: Int,
        _ builder: inout TableBuilder,
        _ column: MappedColumn
    ) {
        guard let number = CellNumber.decimal(stored) else {
            return builder.append(text: String(decoding: stored, as: UTF8.self), column: column.position)
        }
        append(number, format, &builder, column)
    }

    private func append(
        _ number: ExactDecimal,
        _ format: Int,
        _ builder: inout TableBuilder,
        _ column: MappedColumn
    ) {
        let kind = context.formats[format].kind
        if kind == .date, column.column.type == .date || column.column.type == .text,
            let day = CellNumber.day(number, from1904: context.countsFrom1904)
        {
            return builder.append(text: day.description, column: column.position)
        }
        // As it is shown: somebody typed 90%.
        if kind == .percent, column.column.type == .text {
            return builder.append(text: "\(scaled(number, by: Self.hundred))%", column: column.position)
        }
        var value = number
        if kind == .percent, column.column.unit == "percent" { value = scaled(number, by: Self.hundred) }
        if let factor = column.factor { value = scaled(number, by: factor) }
        builder.append(.decimal(value), column: column.position)
    }

    /// The product without zeros at its end that nobody wrote; exact, but for what a quotient has behind the last place there is.
    private func scaled(_ number: ExactDecimal, by factor: ExactDecimal) -> ExactDecimal {
        if let product = try? number * factor { return product.withoutTrailingZeros }
        let rounded = number.rounded(to: ExactDecimal.maximumPlaces - factor.places)
        return ((try? rounded * factor) ?? number).withoutTrailingZeros
    }

    private static let hundred = ExactDecimal(100)

    // MARK: Texts

    private func appendText(
        _ stored: UnsafeBufferPointer<UInt8>,
        _ builder: inout TableBuilder,
        _ column: MappedColumn
    ) -> Outcome {
        let trimmed = trimmed(stored)
        if trimmed.isEmpty { return .taken }
        switch column.column.type {
        case .text where trimmed.contains(0x0A):
            builder.append(text: CellParagraphs.text(String(decoding: trimmed, as: UTF8.self)), column: column.position)
        case .text: builder.append(utf8: trimmed, column: column.position)
        case .decimal, .integer:
            // Nearly all texts in columns of numbers are numbers, of a CSV.
            if column.factor == nil, let first = trimmed.first, first &- 0x30 < 10 || first == 0x2D,
                trimmed.allSatisfy({ $0 &- 0x30 < 10 || $0 == 0x2E || $0 == 0x2D }),
                // 2025-10-08 is no number.
                !trimmed.dropFirst().contains(0x2D)
            {
                builder.append(utf8: trimmed, column: column.position)
                return .numberAsText
            }
            let text = String(decoding: trimmed, as: UTF8.self)
            if ["-", "—", "——", "/", "无"].contains(text) { return .taken }
            if column.column.type == .integer, let year = WrittenNumber.year(text) {
                builder.append(.decimal(year), column: column.position)
                return .taken
            }
            if column.column.type == .integer, let part = WrittenNumber.partOfYear(text) {
                builder.append(.decimal(ExactDecimal(part.year)), column: column.position)
                return .partOfYear(part)
            }
            // A cell that names its own unit goes by it, whatever the head says: 3000元 under 金额（万元）.
            if let money = WrittenNumber.money(text, in: column.column.unit) {
                builder.append(.decimal(money), column: column.position)
                return .numberAsText
            }
            if let number = WrittenNumber.read(text, asPercent: column.column.unit == "percent")
                ?? (column.column.unit.isEmpty ? WrittenNumber.counted(text) : nil)
            {
                builder.append(
                    .decimal(column.factor.map { scaled(number, by: $0) } ?? number),
                    column: column.position
                )
                return .numberAsText
            }
            builder.append(text: text, column: column.position)
        case .date:
            let text = String(decoding: trimmed, as: UTF8.self)
            builder.append(text: WrittenDay.read(text)?.description ?? text, column: column.position)
        case .boolean:
            let text = String(decoding: trimmed, as: UTF8.self)
            builder.append(text: Self.truths[text.lowercased()] ?? text, column: column.position)
        case .texts:
            let parts = String(decoding: trimmed, as: UTF8.self).split { "、，,；;\n".contains($0) }
            builder.append(.list(parts.map { .text(String($0.trimmed)) }), column: column.position)
        }
        return .taken
    }

    private static let truths = [
        "是": "true", "否": "false", "yes": "true", "no": "false", "true": "true", "false": "false", "1": "true",
        "0": "false", "√": "true", "×": "false",
    ]

    /// Without blanks, line ends and ideographic spaces at its ends.
    private func trimmed(_ stored: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var (start, end) = (0, stored.count)
        while start < end {
            if stored[start] <= 0x20 {
                start += 1
            } else if end - start >= 3, stored[start] == 0xE3, stored[start + 1] == 0x80, stored[start + 2] == 0x80 {
                start += 3
            } else {
                break
            }
        }
        while start < end {
            if stored[end - 1] <= 0x20 {
                end -= 1
            } else if end - start >= 3, stored[end - 1] == 0x80, stored[end - 2] == 0x80, stored[end - 3] == 0xE3 {
                end -= 3
            } else {
                break
            }
        }
        return UnsafeBufferPointer(rebasing: stored[start..<end])
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var rest = self
        while rest.first?.isWhitespace ?? false { rest = rest.dropFirst() }
        while rest.last?.isWhitespace ?? false { rest = rest.dropLast() }
        return rest
    }
}
