import OfficeFiles
import ReviewModel
import Tables

/// Several tables on one sheet, one below the other, as forms of one page have them: where each begins, and where it ends.
///
/// Each sheet has been taken for one table already. A further one has to say more of itself than that: three columns at least, and more that are known
/// than not, or a title above it that names it; no number in its head, and above that nothing or one text.
struct SheetTables {
    private(set) var tables: [TableSettings] = []
    /// By sheets, the first row of the first head: what stands above may be fields.
    private(set) var firstRows: [String: Int] = [:]
    /// Heads that end a table and are those of none.
    private(set) var strange: [Strange] = []

    struct Strange {
        var sheet: String
        var row: Int
        var texts: [String]
    }

    typealias Placed = (table: String, sheet: String, head: SheetHead)

    /// As many tables are looked for on one sheet.
    private static let most = 12

    init(
        _ taken: [Placed],
        _ book: OpenedBook,
        _ form: DossierOutline,
        rather: [String],
        needed: [String: [String]] = [:]
    )
        throws
    {
        var all = taken
        // Tables that go before others which a sheet resembles as much.
        let schemas = form.tables.filter { rather.contains($0.name) } + form.tables.filter { !rather.contains($0.name) }
        let searches = schemas.map { TableSearch(TableSettings(sheet: nil, of: $0.name), form) }
        var (sides, narrow) = ([TableSettings](), [String: ClosedRange<Int>]())
        for sheet in Self.sheets(of: taken) {
            if case .workbook = book.content {} else { continue }
            var apart: [ClosedRange<Int>] = []
            if let placed = taken.first(where: { $0.sheet == sheet }),
                let side = try SideBySide.beside(
                    placed,
                    book,
                    form,
                    among: schemas.filter { schema in !all.contains { $0.table == schema.name } },
                    isLikely: { head, title, schema in
                        Self.isLikely(head, title, schema, form) && !Self.lacksName(head, schema, needed)
                    }
                )
            {
                var settings = TableSettings(sheet: sheet, of: side.table)
                (settings.head, settings.placedOn, settings.columnsRead) = (side.head.row, sheet, side.other)
                sides.append(settings)
                narrow[placed.table] = side.own
                apart = [side.head.firstRow...side.head.row]
            }
            let heads = try searches[0].heads(on: sheet, of: book)
            for _ in 0..<Self.most {
                let rows = apart + all.filter { $0.sheet == sheet }.map { $0.head.firstRow...$0.head.row }
                var (best, bestLacks) = (nil as Placed?, false)
                for (schema, search) in zip(schemas, searches)
                where !all.contains(where: { $0.table == schema.name })
                    && !sides.contains(where: { $0.name == schema.name })
                {
                    guard let head = heads.furtherHead(search.words, apartFrom: rows),
                        Self.isLikely(head, heads.title(above: head.firstRow), schema, form)
                    else { continue }
                    // One that has its names goes before one of as many columns without.
                    let lacks = Self.lacksName(head, schema, needed)
                    let (own, other) = (head.columns.count, best?.head.columns.count ?? 0)
                    guard own > other || own == other && bestLacks && !lacks else { continue }
                    (best, bestLacks) = ((schema.name, sheet, head), lacks)
                }
                guard let best else { break }
                all.append(best)
            }
            place(
                all.filter { $0.sheet == sheet },
                apart,
                heads,
                Dictionary(uniqueKeysWithValues: zip(schemas.map(\.name), searches))
            )
        }
        let order = form.tables.map(\.name)
        let untouched = taken.filter { one in !tables.contains { $0.name == one.table } }
        for one in untouched {
            tables.append(TableSettings(sheet: one.sheet, of: one.table))
            firstRows[one.sheet] = min(firstRows[one.sheet] ?? .max, one.head.firstRow)
        }
        for index in tables.indices {
            guard let columns = narrow[tables[index].name] else { continue }
            (tables[index].columnsRead, tables[index].placedOn) = (columns, tables[index].sheet)
        }
        tables += sides
        tables.sort { order.firstIndex(of: $0.name) ?? 0 < order.firstIndex(of: $1.name) ?? 0 }
    }

    /// Gives each table of a sheet its rows, up to the next head.
    private mutating func place(
        _ placed: [Placed],
        _ apart: [ClosedRange<Int>],
        _ heads: HeadSearch,
        _ searches: [String: TableSearch]
    ) {
        let rows = apart + placed.map { $0.head.firstRow...$0.head.row }
        // Where the table is one whose head is printed again, the reading itself sees to it.
        func isAgain(_ head: SheetHead, of table: String) -> Bool {
            guard let words = searches[table]?.words else { return false }
            return heads.head(words, at: head.row)?.columns.count ?? 0 >= head.columns.count
        }
        var others: [SheetHead] = []
        for search in searches.values {
            guard let head = heads.furtherHead(search.words, apartFrom: rows), head.columns.count > 1,
                heads.title(above: head.firstRow) != nil,
                !placed.contains(where: { isAgain(head, of: $0.table) })
            else { continue }
            if !others.contains(where: { $0.row == head.row && $0.columns.count >= head.columns.count }) {
                others.removeAll { $0.row == head.row }
                others.append(head)
            }
        }
        others = others.filter { head in placed.contains { $0.head.row < head.firstRow } }.sorted { $0.row < $1.row }
        guard let sheet = placed.first?.sheet else { return }
        for one in placed {
            guard let search = searches[one.table] else { continue }
            let numbers = one.head.columns.filter { search.schema.columns[$0.key].type == .decimal }.map(\.value.column)
            let end = placed.map(\.head.firstRow).filter { $0 > one.head.row }.min() ?? .max
            for found in heads.unknownHeads(below: one.head, numbers: Set(numbers), names: search.headTexts)
            where found.row < end && !others.contains(where: { $0.row == found.row })
                && heads.head(search.words, at: found.row)?.columns.count ?? 0 < 2
            {
                var head = SheetHead(row: found.row, firstRow: found.row)
                head.unknown = found.texts.enumerated().map { ($0, $1) }
                others.append(head)
            }
        }
        others.sort { $0.row < $1.row }
        for head in others {
            let texts =
                (Array(head.columns.values.map { ($0.column, $0.text) }) + head.unknown.map { ($0.column, $0.text) })
                .sorted { $0.0 < $1.0 }.map(\.1).filter { !$0.isEmpty }
            strange.append(Strange(sheet: sheet, row: head.row, texts: texts))
        }
        firstRows[sheet] = placed.map(\.head.firstRow).min()
        if placed.count == 1, others.isEmpty { return tables.append(TableSettings(sheet: sheet, of: placed[0].table)) }
        // What a table is called is no row of the one above it.
        let starts = (placed.map(\.head.firstRow) + others.map(\.firstRow)).map { row in
            heads.title(above: row) == nil ? row : row - 1
        }
        for one in placed {
            var settings = TableSettings(sheet: sheet, of: one.table)
            settings.head = one.head.row
            settings.last = starts.filter { $0 > one.head.row }.min().map { $0 - 1 }
            settings.placedOn = sheet
            // 单位：万元 is said once, at the top.
            settings.carriedUnit =
                placed.map(\.head).filter { $0.row < one.head.firstRow && $0.money != nil }
                .max { $0.row < $1.row }?.money
            settings.otherHeads = (placed.filter { $0.table != one.table }.map(\.head) + others).map {
                $0.firstRow...$0.row
            }
            tables.append(settings)
        }
    }

    private static func sheets(of taken: [Placed]) -> [String] {
        taken.map(\.sheet).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Whether a table needs names, and a head has a column for none of them.
    static func lacksName(_ head: SheetHead, _ schema: TableSchema, _ needed: [String: [String]]) -> Bool {
        let names = (needed[schema.name] ?? []).compactMap(schema.position).filter { schema.columns[$0].type == .text }
        return !names.isEmpty && names.allSatisfy { head.columns[$0] == nil }
    }

    private static func isLikely(_ head: SheetHead, _ title: String?, _ schema: TableSchema, _ form: DossierOutline)
        -> Bool
    {
        let unknown = SheetWords.standard.strangers(in: head)
        if head.columns.count >= 3, head.columns.count >= unknown { return true }
        guard let title = title.map(HeadWords.folded), head.columns.count >= 2 else { return false }
        let names = [schema.title.zh, schema.title.en] + (form.synonyms[schema.name] ?? [])
        return names.map(HeadWords.folded).contains { !$0.isEmpty && title.contains($0) }
    }
}
