import BudgetLines
import PrintedReports

/// Bodies of another place that stand once where the report names the same body of the own place: 报送汝城县财政局 in a report of 桂东县财政局.
struct ForeignBodies {
    struct Found {
        var name: String
        var line: ReportText.Line
    }

    private let lines: [ReportText.Line]
    private let words: ReportWords
    private let own: Set<PlaceName>
    /// All lines in one: what stands nowhere is known at once.
    private let whole: String

    init(_ report: ReportText, _ own: Set<PlaceName>) {
        lines = report.body.filter { !$0.isTableRow && !$0.folded.isEmpty }
        (words, self.own) = (report.words, own)
        whole = lines.map(\.folded).joined(separator: "\n")
    }

    var all: [Found] {
        own.sorted { $0.text < $1.text }.flatMap { place in bodies(of: place).flatMap { foreign($0, place) } }
    }

    /// What bodies of a place are called behind its name.
    private func bodies(of place: PlaceName) -> [String] {
        let kinds = words["bodies"] + words["public_bodies"]
        return kinds.filter { whole.hasBytes(of: place.text + $0) }
    }

    private func foreign(_ body: String, _ place: PlaceName) -> [Found] {
        let (length, ending) = (place.text.count, String(place.level) + body)
        return lines.flatMap { line -> [Found] in
            guard line.folded.hasBytes(of: ending) else { return [] }
            return line.folded.split { "，。；、：（）".contains($0) }.compactMap { clause -> Found? in
                let isCompared = words["comparing"].contains { clause.contains($0) }
                if isCompared { return nil }
                let text = Array(clause)
                let mark = Array(ending)
                guard text.count >= length - 1 + mark.count else { return nil }
                for start in text.indices where start + 1 >= length && text[start...].starts(with: mark) {
                    let name = String(text[(start + 1 - length)...start])
                    // 建议县财政局, 经报县财政局 name no place.
                    guard !words["no_place"].contains(where: name.dropLast().contains),
                        !own.contains(where: { $0.text == name }), let whole = PlaceName.leading(name[...]),
                        whole.body.isEmpty,
                        whole.place.text == name, start + 1 == length || isLed(text[start - length])
                    else { continue }
                    // Once, and nothing else of that place.
                    guard lines.count(where: { $0.folded.hasBytes(of: name) }) == 1 else { continue }
                    return Found(name: name + body, line: line)
                }
                return nil
            }
        }
    }

    /// Whether a name may begin behind a letter: 报送…, 经…, 向….
    private func isLed(_ letter: Character) -> Bool { words["leads_body"].contains { $0.last == letter } }
}
