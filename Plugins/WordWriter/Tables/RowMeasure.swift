import ReportDocument

/// How high the rows of a table are, as far as that can be told without a layout.
struct RowMeasure {
    let widths: [Int]
    /// In half points.
    let size: Int
    /// How wide a digit or Latin letter is, in thousandths of the size of the type.
    let narrow: Int

    /// Of a line of text, in twentieths of a point.
    var line: Int { size * 14 }

    /// Above and below the text of a cell.
    private static let margin = 100

    func height(of row: DocumentRow) -> Int {
        let counts = row.cells.filter { $0.rowSpan == 1 }.map { lines(of: $0) }
        return (counts.max() ?? 1) * line + Self.margin
    }

    func height(of cell: DocumentCell) -> Int { lines(of: cell) * line + Self.margin }

    private func lines(of cell: DocumentCell) -> Int {
        TextMeasure.lines(cell.runs.printed, in: room(of: cell), narrow: narrow)
    }

    /// How wide a line of the cell is, in thousandths of the size of the type.
    private func room(of cell: DocumentCell) -> Int {
        let columns = min(cell.column, widths.count)..<min(cell.column + cell.columnSpan, widths.count)
        return max(0, widths[columns].reduce(0, +) - ColumnWidths.padding) * 100 / size
    }

    /// The text of a cell spread over rows that have room for so many lines each: in the middle where it is lower than they are,
    /// over all of them by their heights where it is higher. What has notes is not taken apart.
    func spread(_ cell: DocumentCell, over capacities: [Int]) -> [[Run]] {
        var spread = [[Run]](repeating: [], count: capacities.count)
        let lines = pieces(of: cell)
        let room = capacities.reduce(0, +)
        guard cell.runs.canBeParted, lines.count > 1 else {
            // One line stands in the middle of all; more that must stay together stand where they begin.
            var rest = lines.count > 1 ? 0 : max(0, (room - 1) / 2)
            let row = capacities.firstIndex { capacity in
                defer { rest -= capacity }
                return rest < capacity
            }
            spread[row ?? 0] = cell.runs
            return spread
        }
        // A row that has room for all of it keeps it whole.
        if let row = Self.row(for: lines.count, of: capacities) {
            spread[row] = cell.runs
            return spread
        }
        let shares: [Int]
        var row = 0
        if lines.count <= room {
            shares = capacities
            var skipped = (room - lines.count) / 2
            while row < capacities.count - 1, skipped >= capacities[row] {
                skipped -= capacities[row]
                row += 1
            }
        } else {
            shares = capacities.map { max(1, ($0 * lines.count + room - 1) / room) }
        }
        var (taken, texts) = (0, [String](repeating: "", count: capacities.count))
        for line in lines {
            if taken >= shares[row], row < capacities.count - 1 { (row, taken) = (row + 1, 0) }
            texts[row] += (texts[row].isEmpty || !line.isNew ? "" : "\n") + line.text
            taken += 1
        }
        return texts.map { $0.isEmpty ? [] : [.text($0)] }
    }

    /// The row that is the nearest to the middle of all and holds so many lines.
    private static func row(for lines: Int, of capacities: [Int]) -> Int? {
        let middle = capacities.reduce(0, +)
        var (above, found) = (0, nil as (row: Int, distance: Int)?)
        for (row, capacity) in capacities.enumerated() {
            let distance = abs(2 * above + capacity - middle)
            if capacity >= lines, distance < found?.distance ?? .max { found = (row, distance) }
            above += capacity
        }
        return found?.row
    }

    /// The lines of a text, and whether each begins one of its paragraphs.
    private func pieces(of cell: DocumentCell) -> [(text: String, isNew: Bool)] {
        let room = room(of: cell)
        return cell.runs.printed.split(separator: "\n", omittingEmptySubsequences: false).flatMap { paragraph in
            var (pieces, current, width, isNew) = ([(text: String, isNew: Bool)](), "", 0, true)
            // Where a line may end: before a Chinese character, after a blank.
            var (word, wordWidth) = ("", 0)
            func closed(_ pieces: inout [(text: String, isNew: Bool)]) {
                if current.isEmpty { return }
                pieces.append((current, isNew))
                (current, width, isNew) = ("", 0, false)
            }
            func take(_ pieces: inout [(text: String, isNew: Bool)]) {
                if width + wordWidth > room { closed(&pieces) }
                current += word
                width += wordWidth
                (word, wordWidth) = ("", 0)
            }
            for character in paragraph {
                let isWide = character.unicodeScalars.contains { TextMeasure.halves($0) == 2 }
                if isWide { take(&pieces) }
                word.append(character)
                wordWidth += TextMeasure.width(String(character), narrow: narrow)
                if isWide || character == " " { take(&pieces) }
            }
            take(&pieces)
            closed(&pieces)
            return pieces.isEmpty ? [("", true)] : pieces
        }
    }
}

extension [Run] {
    /// Whether nothing is lost where these are taken for a text.
    fileprivate var canBeParted: Bool {
        allSatisfy { run in
            switch run {
            case .text, .lineBreak: true
            case .figure(let figure): figure.fact == nil
            case .missing, .footnote, .counter, .reference: false
            }
        }
    }
}
