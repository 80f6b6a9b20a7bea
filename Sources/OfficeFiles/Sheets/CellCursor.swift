internal import Groundwork

/// Reads one cell of a row, byte by byte: `<c r="C14" s="3" t="s"><f>A1+1</f><v>7</v></c>`.
struct CellCursor {
    let xml: XMLBytes
    var position: Int

    enum Found {
        case cell
        case rowEnd
        case more
        case unknown
    }

    /// Reads what stands next: a cell into `row`, or the row's end.
    mutating func read(_ row: inout SheetRow) throws(OfficeFileError) -> Found {
        guard let start = xml.next(UInt8(ascii: "<"), from: position) else { return .more }
        guard start + 2 < xml.end else { return .more }
        if xml[start + 1] == UInt8(ascii: "c"), xml[start + 2] <= UInt8(ascii: ">") {
            return try readCell(at: start, &row)
        }
        switch xml.tag(at: start) {
        case .more: return .more
        case .unknown: return .unknown
        case .tag(let tag):
            if xml.hasPrefix(tag) { return .unknown }
            position = tag.next
            if tag.isClosing { return xml.equals(tag.name, "row") ? .rowEnd : .unknown }
            return tag.isEmpty ? .cell : skip()
        }
    }

    private mutating func readCell(at start: Int, _ row: inout SheetRow) throws(OfficeFileError) -> Found {
        guard case .tag(let tag) = xml.tag(at: start) else { return isWhole(start) ? .unknown : .more }
        var (cell, isInline, isPlain) = (SheetCell(), false, true)
        cell.column = row.lastBlank + 1
        var address: Range<Int>?
        let xml = xml
        isPlain =
            xml.attributes(tag) { name, value in
                guard name.count == 1 else {
                    if xml.equals(name, "xmlns") { isPlain = false }
                    return
                }
                switch xml[name.lowerBound] {
                case UInt8(ascii: "r"): address = value
                case UInt8(ascii: "s"): cell.format = xml.number(value) ?? 0
                case UInt8(ascii: "t"):
                    if let kind = xml.kind(value) {
                        cell.kind = kind
                    } else {
                        isInline = xml.equals(value, "inlineStr")
                    }
                default: break
                }
            } && isPlain
        guard isPlain else { return .unknown }
        if let address {
            guard let column = xml.column(of: address, row: row.number) else { throw .badAddress }
            cell.column = column
        }
        guard cell.column <= CellAddress.columns.upperBound else { throw .tooManyColumns }
        position = tag.next
        if tag.isEmpty {
            row.lastBlank = cell.column
            return .cell
        }
        if isInline { cell.kind = .text }
        let found = content(of: &cell, &row)
        guard case .cell = found else { return found }
        if cell.isEmpty, !cell.hasFormula { row.lastBlank = cell.column } else { try row.add(cell) }
        return .cell
    }

    /// Whether the tag that begins at `start` is all there, but not understood.
    private func isWhole(_ start: Int) -> Bool { if case .unknown = xml.tag(at: start) { true } else { false } }

    /// Reads up to behind `</c>`.
    private mutating func content(of cell: inout SheetCell, _ row: inout SheetRow) -> Found {
        while true {
            guard let start = xml.next(UInt8(ascii: "<"), from: position) else { return .more }
            // Nearly every cell is just this.
            if xml.starts(start, "<v>") {
                guard let end = xml.next(UInt8(ascii: "<"), from: start + 3) else { return .more }
                guard xml.starts(end, "</v>") else { return end + 4 > xml.end ? .more : .unknown }
                position = end + 4
                guard row.take(value: start + 3..<end, of: &cell, xml) else { return .unknown }
                continue
            }
            switch xml.tag(at: start) {
            case .more: return .more
            case .unknown: return .unknown
            case .tag(let tag):
                position = tag.next
                if tag.isClosing { return xml.equals(tag.name, "c") ? .cell : .unknown }
                if xml.hasPrefix(tag) { return .unknown }
                let found = member(tag, of: &cell, &row)
                guard case .cell = found else { return found }
            }
        }
    }

    /// Reads an element of a cell other than a plain value.
    private mutating func member(_ tag: XMLBytes.Tag, of cell: inout SheetCell, _ row: inout SheetRow) -> Found {
        if xml.equals(tag.name, "f") {
            cell.hasFormula = true
            let xml = xml
            if !tag.attributes.isEmpty { note(tag, of: &cell, row.number) }
            if tag.isEmpty { return .cell }
            guard let end = xml.next(UInt8(ascii: "<"), from: position) else { return .more }
            guard xml.starts(end, "</f>") else { return end + 4 > xml.end ? .more : .unknown }
            guard row.take(formula: position..<end, of: &cell, xml) else { return .unknown }
            position = end + 4
            return .cell
        }
        if tag.isEmpty { return .cell }
        if xml.equals(tag.name, "v") {
            guard let end = xml.next(UInt8(ascii: "<"), from: position) else { return .more }
            guard xml.starts(end, "</v>") else { return end + 4 > xml.end ? .more : .unknown }
            guard row.take(value: position..<end, of: &cell, xml) else { return .unknown }
            position = end + 4
            return .cell
        }
        guard xml.equals(tag.name, "is") else { return skip() }
        var text = RichText(xml: xml, position: position)
        switch text.read(endingWith: "is") {
        case .taken:
            position = text.position
            row.take(inline: text.bytes, of: &cell)
            return .cell
        case .more: return .more
        case .unknown: return .unknown
        }
    }

    /// Notes of which kind a formula is.
    private func note(_ tag: XMLBytes.Tag, of cell: inout SheetCell, _ row: Int) {
        switch xml.attribute("t", of: tag) {
        case "shared": cell.sharedFormula = xml.attribute("si", of: tag).flatMap(Int32.init) ?? -1
        case "array":
            let own = CellAddress(column: cell.column, row: row)?.description
            cell.formulaKind = xml.attribute("ref", of: tag) == own ? .array : .spread
        case "dataTable": cell.formulaKind = .spread
        default: break
        }
    }

    /// Passes over the rest of an element that has just begun.
    private mutating func skip() -> Found {
        var depth = 1
        while depth > 0 {
            guard let start = xml.next(UInt8(ascii: "<"), from: position) else { return .more }
            switch xml.tag(at: start) {
            case .more: return .more
            case .unknown: return .unknown
            case .tag(let tag):
                if xml.hasPrefix(tag) { return .unknown }
                position = tag.next
                if !tag.isEmpty { depth += tag.isClosing ? -1 : 1 }
            }
        }
        return .cell
    }
}

extension XMLBytes {
    /// What `t` says a value is; `nil` for texts that stand in the cell itself.
    fileprivate func kind(_ value: Range<Int>) -> SheetCell.Kind? {
        switch (value.count, self[value.lowerBound]) {
        case (1, UInt8(ascii: "s")): .sharedText
        case (1, UInt8(ascii: "n")): .number
        case (1, UInt8(ascii: "b")): .boolean
        case (1, UInt8(ascii: "e")): .error
        case (1, UInt8(ascii: "d")): .date
        case (3, _) where equals(value, "str"): .text
        default: nil
        }
    }

    /// The column of an address that must lie in `row`.
    fileprivate func column(of address: Range<Int>, row: Int) -> Int? {
        var (column, number, position) = (0, 0, address.lowerBound)
        while position < address.upperBound {
            let letter = self[position] &- UInt8(ascii: "A")
            guard letter < 26 else { break }
            column = column * 26 + Int(letter) + 1
            if column > 1_000_000 { return nil }
            position += 1
        }
        guard column > 0, position < address.upperBound else { return nil }
        while position < address.upperBound {
            let digit = self[position] &- UInt8(ascii: "0")
            guard digit < 10, number < 100_000_000 else { return nil }
            number = number * 10 + Int(digit)
            position += 1
        }
        return number == row ? column : nil
    }
}

extension SheetRow {
    mutating func add(_ cell: SheetCell) throws(OfficeFileError) {
        // Written by columns, as they are in all files that a program has written.
        if let last = cells.last, last.column >= cell.column { throw .oddCell(row: number) }
        guard bytes.count <= Self.maximumBytes else { throw .cellTooLong(Self.maximumBytes) }
        lastBlank = cell.column
        cells.append(cell)
    }

    mutating func take(value: Range<Int>, of cell: inout SheetCell, _ xml: XMLBytes) -> Bool {
        cell.start = Int32(bytes.count)
        guard xml.append(value, to: &bytes) else { return false }
        if cell.kind == .text { guard settle(from: Int(cell.start)) else { return false } }
        cell.end = Int32(bytes.count)
        return true
    }

    mutating func take(formula: Range<Int>, of cell: inout SheetCell, _ xml: XMLBytes) -> Bool {
        cell.formulaStart = Int32(bytes.count)
        guard xml.append(formula, to: &bytes) else { return false }
        cell.formulaEnd = Int32(bytes.count)
        return true
    }

    mutating func take(inline text: [UInt8], of cell: inout SheetCell) {
        cell.start = Int32(bytes.count)
        bytes += text
        cell.end = Int32(bytes.count)
    }

    /// Makes what was appended from `start` on a text: escapes resolved, line ends as line feeds.
    ///
    /// - Returns: `false` where it is no UTF-8.
    private mutating func settle(from start: Int) -> Bool {
        guard CellText.needsCare(bytes[start...]) else { return true }
        guard let text = CellText.settled(bytes[start...]) else { return false }
        bytes.removeLast(bytes.count - start)
        bytes += text
        return true
    }
}

// MARK: - Messages

extension OfficeFileError {
    static func oddCell(row: Int) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(
                zh: "其中第 \(row) 行有单元格重复或次序颠倒，文件已损坏",
                en: "a cell of row \(row) in it stands twice or in the wrong order; the file is damaged"
            ),
            help: saveAgain
        )
    }
}
