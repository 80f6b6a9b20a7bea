import BudgetLines
import PrintedReports
import ReviewModel

/// A sentence with the row that each of its places speaks of: the name last said before it, or the one that its paragraph begins with.
struct RowSentence {
    let text: String
    let letters: [Character]
    let line: ReportText.Line
    /// Where names of rows stand, in order.
    private let mentions: [(range: Range<Int>, name: String)]
    /// The row that the paragraph is of, where it begins with its name.
    private let heading: String?
    private let rows: NamedRows

    /// The sentences of a line.
    static func all(in line: ReportText.Line, _ rows: NamedRows) -> [RowSentence] {
        let text = line.folded.withoutThousands
        let item = text.withoutOrdinal
        let named = rows.names.filter { text.hasBytes(of: $0) }
        if named.isEmpty { return [] }
        let heading = named.first(where: item.hasPrefix)
        return text.split(whereSeparator: { "。；".contains($0) }).map {
            RowSentence(String($0), line, heading, named, rows)
        }
    }

    private init(_ text: String, _ line: ReportText.Line, _ heading: String?, _ named: [String], _ rows: NamedRows) {
        (self.text, self.line, self.heading, self.rows) = (text, line, heading, rows)
        let letters = Array(text)
        self.letters = letters
        var found: [(range: Range<Int>, name: String)] = []
        for name in named {
            let pattern = Array(name)
            guard pattern.count <= letters.count else { continue }
            for start in 0...(letters.count - pattern.count) where letters[start] == pattern[0] {
                let range = start..<(start + pattern.count)
                guard Array(letters[range]) == pattern, !found.contains(where: { $0.range.overlaps(range) }) else {
                    continue
                }
                // Two letters may be the end or the beginning of another word.
                let isApart = start == 0 || "，。；：、（）的和及与.．0123456789 ".contains(letters[start - 1])
                if pattern.count > 2 || isApart { found.append((range, name)) }
            }
        }
        mentions = found.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    /// The names that it says.
    var names: [String] { mentions.map(\.name) }

    /// What speaks of a place: its name, where it stands alone, and where the words about it begin.
    func subject(of place: Int) -> (name: String, rows: [NamedRows.Row], start: Int)? {
        guard let last = mentions.lastIndex(where: { $0.range.upperBound <= place }) else {
            guard let heading, mentions.isEmpty, let own = rows.named[heading] else { return nil }
            return (heading, own, 0)
        }
        let mention = mentions[last]
        // 甲、乙和丙 are several.
        if isListed(last) { return nil }
        guard let own = rows.named[mention.name] else { return nil }
        return (mention.name, own, mention.range.upperBound)
    }

    private func isListed(_ place: Int) -> Bool {
        let range = mentions[place].range
        if place > 0 {
            let between = letters[mentions[place - 1].range.upperBound..<range.lowerBound]
            if between.count <= 1, between.allSatisfy({ "、和及与".contains($0) }) { return true }
        }
        let behind = letters[range.upperBound...].first.map { "、和及与等".contains($0) } ?? false
        return behind
    }

    /// The words between what parts clauses, or the name, and a place.
    func lead(_ start: Int, _ place: Int) -> String {
        var begin = place
        while begin > start, !"，：、（".contains(letters[begin - 1]) { begin -= 1 }
        return String(letters[begin..<place])
    }

    /// The clause that a place stands in, up to what parts it from the next.
    func clause(at place: Int) -> String {
        var (begin, end) = (place, place)
        while begin > 0, letters[begin - 1] != "，" { begin -= 1 }
        while end < letters.count, letters[end] != "，" { end += 1 }
        return String(letters[begin..<end])
    }
}
