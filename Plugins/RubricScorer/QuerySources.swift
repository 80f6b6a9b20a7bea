import ReviewModel
import Rubrics

/// Which cells the scores that the dossier gives rest on, by the code of the item: those of the columns that its query names,
/// or the rows where it names none.
struct QuerySources: Sendable {
    private var cells: [String: [JSONPointer]] = [:]
    private var queries: [String: String] = [:]
    /// The rows of the things that are judged, by their keys.
    private var rows: [String: JSONPointer] = [:]
    private var table = JSONPointer()

    /// Cells that are shown of one query; of longer tables the first rows.
    private static let limit = 200

    init(_ rubric: Rubric, _ tables: [TableSummary], subjects: [String]) {
        table = JSONPointer(["tables", rubric.subjects?.table ?? ""])
        for (row, subject) in subjects.enumerated() where rows[subject] == nil { rows[subject] = table / row }
        for node in rubric.all {
            guard let sql = node.computation?.query else { continue }
            queries[node.code] = sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            cells[node.code] = Self.cells(readBy: sql, tables)
        }
    }

    /// The fact with its way to the cells, where its item was computed.
    func traced(_ fact: Fact, of item: ScoreItem, about subject: String?) -> Fact {
        guard item.status == .computed, let query = queries[item.code] else { return fact }
        var fact = fact
        let row = subject.flatMap { rows[$0] }
        let asksForOne = row != nil && query.contains(":subject")
        // Of the table that is judged, what is asked of one of its rows comes from that row.
        fact.sources = (cells[item.code] ?? []).filter { cell in
            guard asksForOne, let row, cell.tokens.starts(with: table.tokens) else { return true }
            return cell.tokens.starts(with: row.tokens)
        }
        var given: [String] = []
        if query.contains(":max"), let max = item.max { given.append(":max = \(max.withoutTrailingZeros)") }
        if asksForOne, let subject { given.append(":subject = \(subject)") }
        fact.calculation = query + (given.isEmpty ? "" : " (\(given.joined(separator: ", ")))")
        return fact
    }

    private static func cells(readBy sql: String, _ tables: [TableSummary]) -> [JSONPointer] {
        let names = Set(sql.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
        var cells: [JSONPointer] = []
        for table in tables where names.contains(table.schema.name) {
            let columns = table.schema.columns.map(\.name).filter(names.contains)
            for row in 0..<min(table.rowCount, limit) {
                let place = JSONPointer(["tables", table.schema.name, "\(row)"])
                cells += columns.isEmpty ? [place] : columns.map { place / $0 }
            }
        }
        return Array(cells.prefix(limit))
    }
}
