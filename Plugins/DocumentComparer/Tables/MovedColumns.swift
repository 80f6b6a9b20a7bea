/// Columns of a table that stand in another order than in the original, heads and all: what each was, and the table in the old order.
struct MovedColumns {
    /// The new table with the cells of each row in the order of the old one; each knows the column that it stands in now.
    let table: ComparedTable
    /// What left its place, as far as the others have kept theirs, by its head.
    let heads: [String]
    /// The head of the first of them, in the new table.
    let first: Passage?

    /// - Returns: `nil` where each column is where it was, or where nobody can tell by the heads.
    init?(_ old: ComparedTable, _ new: ComparedTable) {
        let (before, after) = (Self.columns(old), Self.columns(new))
        guard before.count > 1, before.count == old.headPaths.count, after.count == new.headPaths.count,
            Set(before.keys) == Set(after.keys)
        else { return nil }
        var origins: [Int: Int] = [:]
        for (head, column) in after { origins[column] = before[head] }
        guard origins.contains(where: { $0 != $1 }) else { return nil }
        // Heads that were exchanged over columns which have stayed are wrong heads, and no moved columns.
        guard Self.common(old, new, { origins[$0] ?? $0 }) > Self.common(old, new, { $0 }) else { return nil }
        var table = new
        for row in table.rows.indices {
            let places = table.rows[row].cells.map { cell in
                (cell.column..<cell.column + min(cell.columnSpan, 100)).compactMap { origins[$0] }.min() ?? cell.column
            }
            let order = places.indices.sorted { (places[$0], $0) < (places[$1], $1) }
            table.rows[row].cells = order.map { new.rows[row].cells[$0] }
        }
        self.table = table
        let sorted = origins.sorted { $0.key < $1.key }
        let kept = Self.longestRun(sorted.map(\.value))
        let moved = sorted.indices.filter { !kept.contains($0) }.map { sorted[$0].key }
        heads = moved.map(new.head(ofColumn:))
        first = moved.first.flatMap { column in
            new.rows.lazy.flatMap(\.cells).first { $0.column == column && !$0.passage.isEmpty }?.passage
        }
    }

    /// The columns by all that stands over them, those under one merged head by their order beneath it; a head that stands twice is left
    /// out.
    private static func columns(_ table: ComparedTable) -> [[String]: Int] {
        var (found, doubled, last) = ([[String]: Int](), Set<[String]>(), (path: [String](), count: 0))
        for (column, path) in table.headPaths.sorted(by: { $0.key < $1.key }) {
            last = path == last.path ? (path, last.count + 1) : (path, 0)
            let name = path + [String(last.count)]
            if found.updateValue(column, forKey: name) != nil { doubled.insert(name) }
        }
        return found.filter { !doubled.contains($0.key) }
    }

    /// How many cells say in a column of the one what cells of the column of the other do that it was.
    private static func common(_ old: ComparedTable, _ new: ComparedTable, _ origin: (Int) -> Int) -> Int {
        var counts: [Int: [String: Int]] = [:]
        for cell in old.rows.lazy.flatMap(\.cells) {
            counts[cell.column, default: [:]][cell.passage.key, default: 0] += 1
        }
        var common = 0
        for cell in new.rows.lazy.flatMap(\.cells) {
            let column = origin(cell.column)
            guard let left = counts[column]?[cell.passage.key], left > 0 else { continue }
            counts[column]?[cell.passage.key] = left - 1
            common += 1
        }
        return common
    }

    /// The places of the longest rising run that others may lie between.
    private static func longestRun(_ values: [Int]) -> Set<Int> {
        var best: [(length: Int, before: Int?)] = []
        for (index, value) in values.enumerated() {
            let before = (0..<index).filter { values[$0] < value }.max { best[$0].length < best[$1].length }
            best.append(((before.map { best[$0].length } ?? 0) + 1, before))
        }
        var (run, place) = (Set<Int>(), best.indices.max { best[$0].length < best[$1].length })
        while let index = place {
            run.insert(index)
            place = best[index].before
        }
        return run
    }
}
