import BudgetLines
import PrintedReports
import ReviewModel

/// Firms that take part, 施工单位 and the like, under two names that differ in a character or two: the form says one, a sentence the other.
struct FirmNames {
    struct Slip {
        var label: String
        var name: String
        var line: ReportText.Line
        var usual: String
    }

    private struct Named {
        var name: String
        var line: ReportText.Line
    }

    private var byLabel: [String: [Named]] = [:]

    init(_ report: ReportText) {
        let labels = report.words["firm_labels"]
        for line in report.lines where labels.contains(where: line.folded.hasBytes) {
            if line.isTableRow {
                let cells = line.filledCells.map(\.folded)
                for (label, name) in zip(cells, cells.dropFirst()) where labels.contains(label) {
                    note(label, name, line)
                }
                continue
            }
            for label in labels {
                guard let place = line.folded.firstBytes(of: label) else { continue }
                let rest = line.folded[place.upperBound...].drop { "为是：".contains($0) }
                guard rest.startIndex > place.upperBound else { continue }
                note(label, String(rest.prefix { !"，。；、：（ ".contains($0) }), line)
            }
        }
    }

    private mutating func note(_ label: String, _ name: String, _ line: ReportText.Line) {
        guard (6...40).contains(name.count),
            ["公司", "院", "所", "局", "中心", "厂", "社", "队"].contains(where: name.hasSuffix)
        else { return }
        byLabel[label, default: []].append(Named(name: name, line: line))
    }

    /// The later of two names that are as long and differ in at most two characters, neither of which stands in the other's place by right: 第一, 第二.
    var slips: [Slip] {
        byLabel.sorted { $0.key < $1.key }.flatMap { label, all -> [Slip] in
            guard Set(all.map(\.name)).count == 2, let first = all.first,
                let other = all.first(where: { $0.name != first.name }), first.name.count == other.name.count
            else { return [] }
            let differing = zip(first.name, other.name).filter { $0 != $1 }
            let counted = "一二三四五六七八九十东西南北中0123456789ABCD甲乙丙丁"
            guard differing.count <= 2, !differing.contains(where: { counted.contains($0.0) && counted.contains($0.1) })
            else { return [] }
            return [Slip(label: label, name: other.name, line: other.line, usual: first.name)]
        }
    }
}
