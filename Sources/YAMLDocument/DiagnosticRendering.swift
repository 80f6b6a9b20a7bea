public import Groundwork

/// Diagnostics as text for a terminal or a log, in the form that editors know.
///
/// ```text
/// Specs/x.yaml:12:5: error: unknown key "ammount"
///    12 |     ammount: 3
///       |     ^~~~~~~ did you mean "amount"?
/// ```
///
/// The marks stand under the text they mean even after Chinese characters, which take two columns, and after tabs.
/// A line too long to show is cut to a window around the place. The words `error` and `warning` stay English in every
/// language, because editors parse them. A place in a workbook or on a page is shown without a line.
public struct DiagnosticRendering: Sendable {
    /// The language of messages and hints.
    public var locale: Locale
    /// Whether to colour the severity and the marks with ANSI escapes.
    public var isColoured: Bool
    /// Columns of source text to show of one line, at least 20.
    public var width: Int

    /// A rendering without colours, a hundred columns wide, unless said otherwise.
    public init(locale: Locale, isColoured: Bool = false, width: Int = 100) {
        self.locale = locale
        self.isColoured = isColoured
        self.width = width
    }

    /// Diagnostics in order of file, line, column and code, one after another; empty for none.
    ///
    /// - Parameter sources: the bytes of each file by its name; a diagnostic of another file is shown without its line.
    public func render(_ diagnostics: [Diagnostic], sources: [String: [UInt8]]) -> String {
        var indexed: [String: SourceText] = [:]
        var result = ""
        for diagnostic in diagnostics.sorted() {
            let file = diagnostic.place.file
            if indexed[file] == nil, let bytes = sources[file] { indexed[file] = SourceText(bytes) }
            result += render(diagnostic, in: indexed[file])
        }
        return result
    }

    /// One diagnostic, ending with a line break.
    ///
    /// - Parameter source: the bytes of the file that it is about; without them only the message is shown.
    public func render(_ diagnostic: Diagnostic, source: [UInt8]?) -> String {
        render(diagnostic, in: source.map { SourceText($0) })
    }

    private func render(_ diagnostic: Diagnostic, in source: SourceText?) -> String {
        let colour = diagnostic.severity >= .error ? "31" : "33"
        let severity = styled(diagnostic.severity.name(locale), "1;" + colour)
        let hint = diagnostic.hint?(locale).withVisibleControls
        let place = "\(diagnostic.place)".withVisibleControls
        let message = diagnostic.message(locale).withVisibleControls
        let head = "\(place): \(severity)\(locale == .zh ? "：" : ": ")\(message)\n"
        guard let source, let line = diagnostic.place.line, line <= source.lineCount else {
            return head + (hint.map { "      | \($0)\n" } ?? "")
        }
        let excerpt = Excerpt(of: diagnostic, line, in: source, width: max(20, width))
        let marks = excerpt.indent + styled(excerpt.marks, colour) + (hint.map { " " + $0 } ?? "")
        let number = String(line)
        let gutter = String(repeating: " ", count: max(5, number.count))
        let numbered = gutter.dropLast(number.count) + number
        return head + "\(numbered) | \(excerpt.text)\n\(gutter) | \(marks)\n"
    }

    private func styled(_ text: String, _ style: String) -> String {
        isColoured ? "\u{1B}[\(style)m\(text)\u{1B}[0m" : text
    }
}

/// A line as shown, and the marks below it.
private struct Excerpt {
    var text: String
    /// Spaces up to the marks.
    var indent: String
    /// `^~~~`
    var marks: String

    /// - Parameter width: columns to show at most.
    init(of diagnostic: Diagnostic, _ line: Int, in source: SourceText, width: Int) {
        // A line may be as long as the file; no more of it is laid out than can come into view.
        let column = diagnostic.place.column ?? 1
        let first = max(1, column - width)
        let (text, goesOn) = source.line(line, columns: first..<column + width)
        let cells = Self.cells(text)
        let start = min(column - first, cells.count)
        let end = min(start + diagnostic.length, cells.count)
        let window = Self.window(cells, around: start, width: width)
        let before = first > 1 || window.lowerBound > 0 ? "…" : ""
        let after = goesOn || window.upperBound < cells.count ? "…" : ""
        self.text = before + cells[window].map(\.text).joined() + after
        if after.isEmpty { self.text.trimTrailingSpaces() }
        indent = String(repeating: " ", count: before.count + Self.width(cells[window.lowerBound..<start]))
        let marked = Self.width(cells[start..<max(start, min(end, window.upperBound))])
        marks = "^" + String(repeating: "~", count: max(0, marked - 1))
    }

    private typealias Cell = (text: String, width: Int)

    /// Each scalar as it is shown: tabs up to the next multiple of 4 columns, nothing that a terminal might act on.
    private static func cells(_ line: [Unicode.Scalar]) -> [Cell] {
        var column = 0
        return line.indices.map { index in
            let scalar = line[index]
            let previous = index > 0 ? line[index - 1] : nil
            let next = index + 1 < line.count ? line[index + 1] : nil
            let cell: Cell
            if scalar == "\t" {
                let width = 4 - column % 4
                cell = (String(repeating: " ", count: width), width)
            } else if scalar.isHidden(after: previous, before: next) {
                cell = ("\u{FFFD}", 1)
            } else {
                cell = (String(scalar), scalar.displayWidth)
            }
            column += cell.width
            return cell
        }
    }

    /// The cells to show: all when they fit, else as many as fit with a third of them before the place.
    private static func window(_ cells: [Cell], around place: Int, width: Int) -> Range<Int> {
        if Self.width(cells[...]) <= width { return 0..<cells.count }
        var start = place
        var before = 0
        while start > 0, before + cells[start - 1].width <= width / 3 {
            start -= 1
            before += cells[start].width
        }
        var end = start
        var shown = 0
        while end < cells.count, shown + cells[end].width <= width {
            shown += cells[end].width
            end += 1
        }
        return start..<end
    }

    private static func width(_ cells: ArraySlice<Cell>) -> Int {
        cells.reduce(0) { $0 + $1.width }
    }
}

extension String {
    fileprivate mutating func trimTrailingSpaces() {
        while last == " " { removeLast() }
    }
}
