import ReviewModel
import Rubrics

/// Which cells the scores that the dossier gives rest on, by the code of the item: those of the columns that its query names,
/// or the rows where it names none.
struct QuerySources: Sendable {
    private var cells: [String: [JSONPointer]] = [:]
    private var queries: [String: String] = [:]

    /// Cells that are shown of one query; of longer tables the first rows.
    private static let limit = 200

    init(_ rubric: Rubric, _ tables: [TableSummary]) {
        for node in rubric.all {
            guard let sql = node.computation?.query else { continue }
            queries[node.code] = sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            cells[node.code] = Self.cells(readBy: sql, tables)
        }
    }

    /// The fact with its way to the cells, where its item was computed.
    func traced(_ fact: Fact, of item: ScoreItem) -> Fact {
        guard item.status == .computed, let query = queries[item.code] else { return fact }
        var fact = fact
        fact.sources = cells[item.code] ?? []
        let most = item.max.map { " (:max = \($0.withoutTrailingZeros))" } ?? ""
        fact.calculation = query + (query.contains(":max") ? most : "")
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
