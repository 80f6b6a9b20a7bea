import OfficeFiles
import ReviewModel
import Tables

/// The rows of a sheet as far as some of its columns go, where another table stands beside them.
struct NarrowReading: RowReading {
    private var whole: any RowReading
    private let columns: ClosedRange<Int>
    private(set) var row = SheetRow()

    init(_ whole: any RowReading, _ columns: ClosedRange<Int>) { (self.whole, self.columns) = (whole, columns) }

    mutating func next() throws -> Bool {
        guard try whole.next() else { return false }
        row = whole.row
        row.keep(columns: columns)
        return true
    }
}

/// Two tables that stand side by side on a sheet, with an empty column between them.
struct SideBySide {
    /// The columns of the table that was found, and those of the other one.
    var own: ClosedRange<Int>
    var other: ClosedRange<Int>
    var table: String
    var head: SheetHead

    /// What stands beside a table, if it is likely to be another table of the form.
    ///
    /// - Parameter isLikely: whether a head with the title above it is that of a table.
    static func beside(
        _ placed: SheetTables.Placed,
        _ book: OpenedBook,
        _ form: DossierOutline,
        among schemas: [TableSchema],
        isLikely: (SheetHead, String?, TableSchema) -> Bool
    ) throws -> SideBySide? {
        func search(_ table: String, _ columns: ClosedRange<Int>) throws -> (TableSearch, HeadSearch) {
            var settings = TableSettings(sheet: placed.sheet, of: table)
            settings.columnsRead = columns
            let search = TableSearch(settings, form)
            return (search, try search.heads(on: placed.sheet, of: book))
        }
        let whole = try TableSearch(TableSettings(sheet: placed.sheet, of: placed.table), form)
            .heads(on: placed.sheet, of: book)
        guard let gap = whole.gap(beside: placed.head) else { return nil }
        let sides = [1...(gap - 1), (gap + 1)...HeadSearch.columns]
        let counts = try sides.map { columns in
            let (search, heads) = try search(placed.table, columns)
            return heads.head(search.words, at: placed.head.row)?.columns.count ?? 0
        }
        let (own, other) = counts[0] >= counts[1] ? (sides[0], sides[1]) : (sides[1], sides[0])
        var best: SideBySide?
        for schema in schemas where schema.name != placed.table {
            let (search, heads) = try search(schema.name, other)
            guard let head = heads.furtherHead(search.words, apartFrom: []),
                isLikely(head, heads.title(above: head.firstRow), schema),
                head.columns.count > best?.head.columns.count ?? 0
            else { continue }
            best = SideBySide(own: own, other: other, table: schema.name, head: head)
        }
        return best
    }
}

extension HeadSearch {
    /// An empty column in a head and in the rows below it, with two heads at least to either side of it.
    func gap(beside head: SheetHead) -> Int? {
        let filled = columns(ofRow: head.row).filter { isFilled($0, from: head.firstRow) }
        guard let first = filled.first, let last = filled.last, first < last else { return nil }
        return (first...last).first { column in
            !isFilled(column, from: head.firstRow) && filled.count { $0 < column } > 1
                && filled.count { $0 > column } > 1
        }
    }
}
