import OfficeFiles
import ReviewModel
import Tables

/// The table of a long file, read page by page as the host asks for its rows: what is held is a page, whatever the file has.
///
/// What is to be said of the file is said behind its last row.
final class SheetStream: TableStream, @unchecked Sendable {
    // One caller at a time asks, as the protocol of streams has it; nothing here is seen by two threads at once.
    private var reading: TableReading
    private var isDone = false
    private var misfits = Set<String>()
    private let book: OpenedBook
    private let columns: [Int]
    let schema: TableSchema

    /// - Parameter columns: the positions of those that the file fills, in the form's table.
    init(_ reading: TableReading, _ book: OpenedBook, columns: [Int]) {
        (self.reading, self.book, self.columns) = (reading, book, columns)
        schema = reading.table.selecting(columns).schema
    }

    func next(maximumRows: Int) throws -> Table? {
        if isDone { return nil }
        isDone = try TableSearch.named(book) {
            try !reading.fill(upTo: maximumRows, isCancelled: { Task.isCancelled })
        }
        let table = reading.takeTable().selecting(columns)
        for position in table.schema.columns.indices where !table.storage[position].strays.isEmpty {
            misfits.insert(table.schema.columns[position].name)
        }
        return table.rowCount > 0 ? table : nil
    }

    var texts: [String] { misfits.sorted() }

    var findings: [Finding] { reading.notes.flatMap(\.findings) + [book.guessed].compactMap { $0 } }
}

extension OpenedBook {
    /// A file with more is read as its rows are asked for. Its formulas are not computed: that would take all of its cells.
    private static let longBytes = WorkbookCells.maximumBytes

    var isLong: Bool {
        switch content {
        case .workbook(let book): book.sheetBytes > Self.longBytes
        case .text(let text): text.byteCount > Self.longBytes
        // How many rows a query gives shows when it is asked.
        case .database: false
        }
    }
}
