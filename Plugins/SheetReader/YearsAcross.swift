import OfficeFiles
import ReviewModel
import Tables

/// A table in which each year has columns of its own, 2023年预算 | 2023年决算 | 2024年1-8月执行, where the form has a row for each year.
struct YearsAcross: Sendable, Hashable {
    /// The column of the form for the year.
    var year: String
    /// What its values are called under a year, beside what they are called anyway.
    var words: [String: [String]] = [:]

    init?(_ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        year = record.required("year")?.text() ?? ""
        for (column, names) in record.optional("words")?.record()?.all() ?? [] {
            words[column] = names.list().compactMap { $0.text() }
        }
        record.finish()
    }

    static let schema: Value = [
        "type": "object", "required": ["year"], "additionalProperties": false,
        "properties": [
            "year": ["type": "string", "description": "the column for the year"],
            "words": [
                "type": "object", "additionalProperties": ["type": "array", "items": ["type": "string"]],
                "description": "what values are called under a year: {paid: [决算, 执行]}",
            ],
        ],
    ]
}

/// The columns of one year.
struct YearColumns {
    var year: Int
    var lastDay: CalendarDate?
    /// By positions in the schema, as in ``SheetHead/columns``.
    var columns: [Int: (column: Int, text: String)] = [:]
    /// What the year's columns are called, as people wrote it.
    var texts: [String] = []
}

extension HeadSearch {
    /// The columns of each year, from the earliest, where the head is such a one: it has no column of years, and its values say theirs.
    func yearsAcross(_ words: HeadWords, _ head: SheetHead, year position: Int) -> [YearColumns] {
        guard head.columns[position] == nil else { return [] }
        var years: [YearColumns] = []
        for column in columns(ofRow: head.row) {
            let (below, above) = texts(of: column, atRow: head.row)
            guard let (found, value) = words.valueOfYear(below, under: above) else { continue }
            var index = years.firstIndex { $0.year == found.year && ($0.columns[value] == nil) }
            if index == nil {
                // The same value of one year twice: which is meant, nobody knows.
                if years.contains(where: { $0.year == found.year }) { return [] }
                index = years.count
                years.append(YearColumns(year: found.year))
            }
            guard let index else { continue }
            years[index].columns[value] = (column, below)
            years[index].texts.append(YearHead(below) == nil ? above + below : below)
            years[index].lastDay = [years[index].lastDay, found.lastDay].compactMap(\.self).max()
        }
        return years.sorted { $0.year < $1.year }
    }

    /// The heads of columns that begin with a year and are no value of it that anybody knows: 2026年（预计） over 支付金额.
    func strangeYears(_ words: HeadWords, _ head: SheetHead) -> [String] {
        columns(ofRow: head.row).compactMap { column in
            let (below, above) = texts(of: column, atRow: head.row)
            guard words.valueOfYear(below, under: above) == nil, YearHead(above) != nil || YearHead(below) != nil else {
                return nil
            }
            return YearHead(below) == nil ? above + below : below
        }
    }
}

extension TableSearch {
    /// A part of a table for each of its years, where each has columns of its own; none for any other table.
    ///
    /// - Returns: also the years that lack what the table needs, which are not read.
    func years(of found: Found, _ book: OpenedBook) throws -> (parts: [Found], unread: [String]) {
        guard let across = settings.across, let position = schema.position(of: across.year),
            found.head.columns[position] == nil
        else { return ([], []) }
        let search = try heads(on: found.sheet, of: book)
        let years = search.yearsAcross(words, found.head, year: position)
        let values = Set(years.flatMap(\.columns.keys))
        // Names and whatever else does not change with the years.
        let all = Set(years.flatMap { $0.columns.values.map(\.column) })
        let shared = found.head.columns.filter { !values.contains($0.key) && !all.contains($0.value.column) }
        let needed = Set(settings.needed.compactMap(schema.position)).intersection(values)
        let whole = years.filter { year in
            needed.isEmpty ? !year.columns.isEmpty : needed.allSatisfy { year.columns[$0] != nil }
        }
        guard !whole.isEmpty, shared.contains(where: { schema.columns[$0.key].type == .text }) else { return ([], []) }
        let parts = whole.map { year in
            var part = found
            part.head.columns = shared.merging(year.columns) { first, _ in first }
            (part.head.earlier, part.head.doubled) = ([], [])
            part.head.unknown.removeAll { all.contains($0.column) }
            part.year = (position, year.year, year.lastDay)
            return part
        }
        let unread =
            years.filter { year in !whole.contains { $0.year == year.year } }.flatMap(\.texts)
            + search.strangeYears(words, found.head)
        return (parts, unread)
    }
}
