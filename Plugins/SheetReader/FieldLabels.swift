import OfficeFiles
import ReviewModel

/// Fields that stand beside what they are called: 项目名称 in one cell and the name in the next, or both in one behind a colon.
struct FieldLabels {
    /// How far down and to the right they are looked for.
    private static let rows = 200
    private static let columns = 40

    private let fields: [String: String]
    /// What is the head of some column, and no value of a field.
    private let heads: Set<String>
    private(set) var found: [SourceField] = []
    private(set) var sheets: Set<String> = []

    init(_ settings: FieldSettings, _ form: DossierOutline?) {
        fields = Dictionary(
            settings.labels.flatMap { field, words in words.map { (HeadWords.folded($0), field) } }
        ) { first, _ in first }
        heads = Set(
            (form?.tables ?? []).flatMap(\.columns).flatMap { [$0.title.zh, $0.title.en] }.map(HeadWords.folded)
        )
    }

    /// - Parameter last: the last row to look at.
    mutating func read(_ sheet: String, of book: OpenedBook, form: DossierOutline?, before last: Int?) throws {
        let search = TableSearch(TableSettings(sheet: sheet, of: ""), form)
        var (reading, context) = try search.open(sheet, book)
        try TableSearch.named(book) {
            while try reading.next(), reading.row.number < min(last ?? Self.rows, Self.rows) {
                let row = reading.row
                let texts = row.cells.filter { $0.column <= Self.columns && !$0.isEmpty }
                    .map { ($0.column, context.text($0, row).trimmed) }.filter { !$0.1.isEmpty }
                for (index, cell) in texts.enumerated() {
                    take(cell, at: index, of: texts, row, context, sheet, book, form)
                }
            }
        }
    }

    private mutating func take(
        _ cell: (column: Int, text: String),
        at index: Int,
        of texts: [(column: Int, text: String)],
        _ row: SheetRow,
        _ context: CellContext,
        _ sheet: String,
        _ book: OpenedBook,
        _ form: DossierOutline?
    ) {
        if let field = fields[HeadWords.folded(cell.text)] {
            guard texts.indices.contains(index + 1) else { return }
            let next = texts[index + 1]
            let folded = HeadWords.folded(next.text)
            guard fields[folded] == nil, !heads.contains(folded),
                let value = row.cells.first(where: { $0.column == next.column })
            else { return }
            let content: DossierOutline.Content =
                if case .found(let known)? = form?.content(at: Self.path(field)) { known } else { .open }
            add(field, FieldValue(context).value(value, row, as: content).value, next.column, row.number, sheet, book)
            return
        }
        guard let colon = cell.text.firstIndex(where: { $0 == "：" || $0 == ":" }),
            let field = fields[HeadWords.folded(String(cell.text[..<colon]))]
        else { return }
        let rest = String(cell.text[cell.text.index(after: colon)...]).trimmed
        if !rest.isEmpty { add(field, .text(rest), cell.column, row.number, sheet, book) }
    }

    private mutating func add(
        _ field: String,
        _ value: Value,
        _ column: Int,
        _ row: Int,
        _ sheet: String,
        _ book: OpenedBook
    ) {
        let pointer = JSONPointer(["fields"] + Self.path(field))
        guard !value.isNull, !found.contains(where: { $0.pointer == pointer }) else { return }
        let place = CellAddress(column: column, row: row).map { Place.cell(file: book.path, sheet: sheet, address: $0) }
        found.append(SourceField(pointer, value, at: place))
        sheets.insert(sheet)
    }

    private static func path(_ field: String) -> [String] { field.split(separator: ".").map(String.init) }
}
