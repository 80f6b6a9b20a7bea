extension [ReportText.Line] {
    /// The same with the tables that Markdown draws, `| a | b |` over `| --- | --- |`, as rows whose cells are parted by tabs.
    ///
    /// Only what has such a line under its head is a table: bars alone may be anything.
    var withPipeTables: [ReportText.Line] {
        var lines = self
        for rule in indices where rule > startIndex && self[rule].text.isRuleOfPipes && self[rule - 1].text.hasPipes {
            var position = rule - 1
            while position < endIndex, position == rule || self[position].text.hasPipes {
                // The rule itself is no row.
                lines[position].become(position == rule ? "" : self[position].text.pipesAsTabs)
                position += 1
            }
        }
        return lines
    }
}

extension ReportText.Line {
    fileprivate mutating func become(_ text: String) {
        let (known, number) = (self, number)
        self = ReportText.Line(number: number, text: text)
        places = known.places
    }
}

extension String {
    fileprivate var hasPipes: Bool { utf8.contains(UInt8(ascii: "|")) && !utf8.contains(UInt8(ascii: "\t")) }

    /// `|---|:--:|`.
    fileprivate var isRuleOfPipes: Bool {
        hasPipes && utf8.count { $0 == UInt8(ascii: "-") } > 2 && utf8.allSatisfy { "|-: \r".utf8.contains($0) }
    }

    /// The cells of a row; a bar behind a backslash is a bar.
    fileprivate var pipesAsTabs: String {
        var (cells, cell, isEscaped) = ([String](), "".unicodeScalars, false)
        // A mark over a bar does not make another sign of it.
        for scalar in unicodeScalars {
            if scalar == "|", !isEscaped {
                cells.append(String(cell))
                cell = "".unicodeScalars
            } else if scalar != "\\" || isEscaped {
                cell.append(scalar)
            }
            isEscaped = scalar == "\\" && !isEscaped
        }
        cells.append(String(cell))
        let isBlank = { (cell: String) in cell.unicodeScalars.allSatisfy { $0 == " " || $0 == "\r" } }
        if cells.first.map(isBlank) ?? false { cells.removeFirst() }
        if cells.last.map(isBlank) ?? false { cells.removeLast() }
        // One cell is a row of one column still.
        return cells.count == 1 ? cells[0] + "\t" : cells.joined(separator: "\t")
    }
}
