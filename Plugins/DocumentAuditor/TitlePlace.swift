import BudgetLines
import PrintedReports
import ReviewModel

/// The place that the title begins with, 磐石县 of 磐石县第二人民医院医疗设备采购项目, where the rest of the title, or the signature, has another one.
struct TitlePlace {
    let report: ReportText
    let place: PlaceName
    /// What the title goes on with.
    let tail: String

    init?(_ report: ReportText) {
        let titles = report.lines.lazy.filter { !$0.isTableRow && !$0.folded.isEmpty }.prefix(3).map(\.folded)
        let found = titles.lazy.compactMap { title -> (PlaceName, String)? in
            var start = title[...]
            if start.hasPrefix("关于") { start = start.dropFirst(2) }
            // 清源市清新区: the smallest of the places.
            let all = PlaceName.allLeading(String(start))
            guard let last = all.last else { return nil }
            let rest = start.dropFirst(all.reduce(0) { $0 + $1.text.count })
            return rest.count >= 6 ? (last, String(rest)) : nil
        }.first
        guard let found else { return nil }
        (self.report, place, tail) = (report, found.0, found.1)
    }

    var elsewhere: [(found: ForeignNames.Found, own: PlaceName)] {
        let lines = report.body.filter { !$0.isTableRow && !$0.folded.isEmpty }
        let named = report.lines.count { $0.folded.hasBytes(of: place.text) }
        guard named > 1 else { return [] }
        let key = String(tail.prefix(8))
        var found: [(found: ForeignNames.Found, own: PlaceName)] = []
        for line in lines where key.count >= 6 && line.folded.hasBytes(of: key) {
            guard let start = line.folded.firstBytes(of: key),
                let other = foreignPlace(before: line.folded[..<start.lowerBound])
            else { continue }
            found.append((ForeignNames.Found(name: other.text + key, line: line), place))
        }
        // The body under the report, which speaks of a place of the same kind.
        if let last = lines.lastIndex(where: { $0.folded.isPublicBody && $0.folded.count <= 20 }),
            last * 2 > lines.count,
            let signed = PlaceName.allLeading(lines[last].folded).last, signed.level == place.level, isOther(signed),
            !found.contains(where: { $0.found.line.number == lines[last].number })
        {
            found.append((ForeignNames.Found(name: lines[last].folded, line: lines[last]), place))
        }
        return found
    }

    private func foreignPlace(before text: Substring) -> PlaceName? {
        for length in [3, 4] {
            let window = text.suffix(length)
            guard window.count == length, let whole = PlaceName.leading(window), whole.body.isEmpty,
                whole.place.text == window, isOther(whole.place),
                !report.words["no_place"].contains(where: window.dropLast().contains)
            else { continue }
            return whole.place
        }
        return nil
    }

    /// Another place, which stands once.
    private func isOther(_ other: PlaceName) -> Bool {
        !place.text.hasSuffix(other.text) && !other.text.hasSuffix(place.text)
            && report.lines.count(where: { $0.folded.hasBytes(of: other.text) }) == 1
    }
}
