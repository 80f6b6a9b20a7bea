internal import JSONDocument
internal import ReviewModel

/// The pages of a table that is read as they are asked for.
struct ProducedPages: Sendable {
    private let stream: any TableStream
    private let places: PlaceDetail
    /// What was read and not yet handed over.
    private var pager: TablePager?
    private var (sequence, total) = (0, 0)

    /// Rows that are read at once; a page of them seldom has more bytes than a page may have.
    private static let rows = 4096

    init(_ stream: any TableStream, places: PlaceDetail) { (self.stream, self.places) = (stream, places) }

    mutating func next(maximumRows: Int, maximumBytes: Int) throws(RPCError) -> TablePage {
        defer { sequence += 1 }
        do {
            if pager?.isDone ?? true {
                guard let rows = try stream.next(maximumRows: min(max(1, maximumRows), Self.rows)) else { return end }
                pager = TablePager(rows, places: places)
            }
        } catch let error as RPCError {
            throw error
        } catch is CancellationError {
            throw RPCError(.cancelled, "cancelled", kind: .transient)
        } catch {
            throw RPCError(.pluginFailure, "\(error)")
        }
        guard var page = pager?.next(maximumRows: maximumRows, maximumBytes: maximumBytes) else { return end }
        total += page.rowCount
        (page.sequence, page.done, page.totalRows) = (sequence, false, nil)
        return page
    }

    /// The last page has no rows, for only behind them is known what is to be said.
    private var end: TablePage {
        var page = TablePage(
            sequence: sequence,
            rowCount: 0,
            columns: stream.schema.columns.map { _ in [] },
            done: true,
            totalRows: total
        )
        page.end(findings: stream.findings, texts: stream.texts)
        return page
    }
}
