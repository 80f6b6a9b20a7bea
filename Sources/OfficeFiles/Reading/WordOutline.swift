internal import Groundwork

/// The headings so far, and what tables are called: what makes the places of a document.
///
/// A paragraph is found by the headings over it and its number among the paragraphs there that have text; a heading is one of
/// those under the heading above it. A table is found by its title.
struct WordOutline {
    private var headings: [(level: Int, text: String)] = []
    /// The headings over what comes next, and how many paragraphs with text stand there.
    private var (path, count) = ([String](), 0)
    /// The same of other places.
    private var counts: [[String]: Int] = [:]
    private var titles: Set<String> = []
    /// The number that the next table of a caption may have.
    private var numbers: [String: Int] = [:]
    private var tables = 0

    mutating func nextTable() -> Int {
        tables += 1
        return tables
    }

    mutating func place(of paragraph: WordParagraph, in file: String) -> Place {
        guard let level = paragraph.outlineLevel, level < 10 else {
            if !paragraph.isBlank { count += 1 }
            return .paragraph(file: file, heading: path, index: paragraph.isBlank ? count + 1 : count)
        }
        headings.removeAll { $0.level >= level }
        move(to: headings.map(\.text))
        let text = paragraph.text
        if !paragraph.isBlank { count += 1 }
        let place = Place.paragraph(file: file, heading: path, index: paragraph.isBlank ? count + 1 : count)
        headings.append((level, Self.plain(paragraph.number + text)))
        move(to: headings.map(\.text))
        return place
    }

    private mutating func move(to path: [String]) {
        counts[self.path] = count
        (self.path, count) = (path, counts[path] ?? 0)
    }

    /// What places call a table: its caption, with a number behind it where another has the same.
    mutating func title(_ caption: String?, number: Int) -> String {
        let plain = caption.map(Self.plain) ?? ""
        var (title, next) = (plain.isEmpty ? String(number) : plain, numbers[plain] ?? 2)
        // Of two tables with one caption the second is "… (2)". A number that is taken belongs to a caption.
        while titles.contains(title) {
            title = "\(plain.isEmpty ? String(number) : plain) (\(next))"
            next += 1
        }
        if !plain.isEmpty { numbers[plain] = next }
        titles.insert(title)
        return title
    }

    /// One line without white space at its ends, not too long for a place.
    private static func plain(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count <= 80 ? line : line.prefix(79) + "…"
    }

    /// The caption of a table that follows `blocks`: a paragraph in such a style, one that Word counts, one that begins like a
    /// caption, or the heading just above. A line with the unit may stand between.
    static func caption(above blocks: [WordBlock]) -> String? {
        var seen = 0
        for block in blocks.reversed() {
            guard case .paragraph(let paragraph) = block else { return nil }
            let text = paragraph.text
            if text.allSatisfy(\.isWhitespace) { continue }
            if paragraph.outlineLevel != nil || isCaption(paragraph, text) { return text }
            seen += 1
            if seen == 2 || text.count > 40 { return nil }
        }
        return nil
    }

    private static func isCaption(_ paragraph: WordParagraph, _ text: String) -> Bool {
        if text.count > 100 { return false }
        let style = paragraph.style?.lowercased() ?? ""
        if style.contains("caption") || style.contains("题注") || style.contains("表题") { return true }
        if paragraph.runs.contains(where: { $0.field == "SEQ" }) { return true }
        let starts = ["表", "附表", "附件", "Table", "TABLE"]
        return starts.contains { text.hasPrefix($0) } && text.prefix(10).contains { $0.isNumber }
    }
}
