import BudgetLines
import PrintedReports
import ReviewModel

/// What a report says of its project and of who takes part, for an audit that has no spec to say it.
struct ReportFields {
    private let report: ReportText
    private(set) var all: [SourceField] = []

    init(_ report: ReportText) {
        self.report = report
        let labels = report.words.labels
        var wanted = labels.mapValues { ["organisations", $0] }
        for label in report.words["project_label"] { wanted[label] = ["project", "name"] }
        for line in report.lines {
            for (label, value) in line.labelledValues where wanted[label] != nil {
                if let path = wanted[label] { add(path, .text(value), line) }
            }
        }
        readTitle()
        readRounding()
    }

    /// How the amounts are rounded that lines are read from.
    private mutating func readRounding() {
        let tables = report.printedTables
        guard let table = tables.first(where: { $0.kind == .budget }) ?? tables.mainAuditTable,
            let step = table.roundedTo
        else { return }
        add(["report", "rounded_to"], .decimal(step), table.unitLine ?? table.header.line)
    }

    /// The budget year that the title gives.
    var year: Int? {
        all.first { $0.pointer == JSONPointer(["fields", "project", "year"]) }.flatMap { field in
            if case .integer(let year) = field.value { Int(year) } else { nil }
        }
    }

    /// Whether rows are nothing but labels with their values, 项目名称 and 主管部门: these are read as fields, not as a table.
    static func areLabels(_ rows: [PrintedTable.Row], _ words: ReportWords) -> Bool {
        let known = Set(words.labels.keys).union(words["project_label"])
        return rows.allSatisfy { row in row.filled.first.map { known.contains($0.folded) } ?? false }
    }

    /// The first that the report says counts: what differs from it is for the auditor to find.
    private mutating func add(_ path: [String], _ value: Value, _ line: ReportText.Line) {
        let pointer = JSONPointer(["fields"] + path)
        guard !all.contains(where: { $0.pointer == pointer }) else { return }
        all.append(SourceField(pointer, value, at: line.places.first))
    }

    /// The year and the name that the title gives: `望舒镇 2026 年社区食堂项目评审报告`.
    private mutating func readTitle() {
        let texts = report.lines.filter { !$0.isTableRow && !$0.folded.isEmpty }.prefix(Self.mostLinesOfCover)
        let title = texts.first { line in
            line.folded.count <= Self.longestTitle
                && report.words["title_end"].contains(where: line.folded.endsWithBytes)
                && YearOfTitle(line.folded) != nil
        }
        // A cover may give the year in a line of its own: （2026年度）.
        guard let line = title ?? texts.first(where: { $0.folded.count <= 12 && YearOfTitle($0.folded) != nil }),
            let found = YearOfTitle(line.folded)
        else { return }
        add(["project", "year"], .integer(found.year), line)
        guard title != nil else { return }
        if let name = found.name(without: report.words["title_end"]) { add(["project", "name"], .text(name), line) }
        if (2...8).contains(found.before.count) { add(["project", "town"], .text(found.before), line) }
    }

    private static let mostLinesOfCover = 60
    private static let longestTitle = 60
}

/// A budget year in a title, with what stands around it.
private struct YearOfTitle {
    var year: Int
    var before: String
    private var after: Substring

    init?(_ title: String) {
        for mark in ["年度", "年"] {
            guard let found = title.firstBytes(of: mark) else { continue }
            let digits = title[..<found.lowerBound].suffix(4)
            // A month behind the year makes it the date of the cover.
            guard digits.count == 4, digits.allSatisfy({ $0.isASCII && $0.isNumber }), let year = Int(digits),
                (1990...2100).contains(year), title[found.upperBound...].first?.isNumber != true
            else { continue }
            self.year = year
            var start = title[..<digits.startIndex].drop { "（(".contains($0) }
            if start.hasPrefix("关于") { start = start.dropFirst(2) }
            before = String(start)
            after = title[found.upperBound...]
            return
        }
        return nil
    }

    /// The name of the project: what follows the year, without the words that make it a report.
    func name(without ends: [String]) -> String? {
        guard let end = ends.filter(String(after).endsWithBytes).max(by: { $0.count < $1.count }) else { return nil }
        let name = String(after.dropLast(end.count))
        return name.count >= 2 ? name : nil
    }
}

extension ReportText.Line {
    /// `项目单位：望舒镇社区服务中心`, and the cells right of such a label.
    fileprivate var labelledValues: [(label: String, value: String)] {
        if isTableRow {
            let cells = filledCells
            return zip(cells, cells.dropFirst()).map { ($0.folded, $1.trimmed) }
        }
        let halves = text.split(maxSplits: 1) { $0 == "：" || $0 == ":" }
        guard halves.count == 2 else { return [] }
        let value = String(halves[1]).trimmed
        return value.isEmpty || value.count > 40 ? [] : [(String(halves[0]).folded, value)]
    }
}
