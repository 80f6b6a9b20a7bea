public import ReviewModel
internal import Synchronization
internal import Tables

/// The streams that one side has opened for the other, by id. A stream lives until its last page, until it is closed,
/// or until the request that it was opened for has ended.
public final class OpenStreams: Sendable {
    private struct Stream {
        var pages: Pages
        var owner: RequestID
        /// What is held for this stream alone.
        var bytes: Int
    }

    private enum Pages {
        case rows(TablePager)
        case items(ListPager)
        case produced(ProducedPages)

        mutating func next(maximumRows: Int, maximumBytes: Int) throws(RPCError) -> StreamPage {
            switch self {
            case .produced(var pages):
                defer { self = .produced(pages) }
                return .rows(try pages.next(maximumRows: maximumRows, maximumBytes: maximumBytes))
            case .rows(var pager):
                defer { self = .rows(pager) }
                return .rows(pager.next(maximumRows: maximumRows, maximumBytes: maximumBytes))
            case .items(var pager):
                defer { self = .items(pager) }
                return .items(try pager.next(maximumBytes: maximumBytes))
            }
        }
    }

    private struct State {
        var streams: [String: Stream] = [:]
        var nextID = 1
    }

    private let state = Mutex(State())

    public init() {}

    /// Opens a stream over `table` on behalf of the request `owner`.
    public func open(_ pager: TablePager, owner: RequestID) -> String { open(.rows(pager), owner) }

    /// Opens a stream over the elements of a list from the one at `start` on.
    func open(_ items: LongList, at pointer: JSONPointer, from start: Int, owner: RequestID) -> String {
        open(.items(ListPager(items, at: pointer, from: start)), owner)
    }

    /// Opens a stream over a table that is read as it is asked for; its first page comes when that is asked for, too.
    public func open(_ stream: any TableStream, owner: RequestID, places: PlaceDetail) -> WireTable {
        WireTable(
            schema: stream.schema,
            page: nil,
            stream: open(.produced(ProducedPages(stream, places: places)), owner)
        )
    }

    private func open(_ pages: Pages, _ owner: RequestID, bytes: Int = 0) -> String {
        state.withLock { state in
            let id = "s\(state.nextID)"
            state.nextID += 1
            state.streams[id] = Stream(pages: pages, owner: owner, bytes: bytes)
            return id
        }
    }

    /// The table as it travels: its first page inline, a stream for the rest if there is any.
    ///
    /// - Parameter isMade: whether the table was made for this stream, and is held for it alone.
    public func inline(
        _ table: Table,
        owner: RequestID,
        places: PlaceDetail = .none,
        isMade: Bool = false
    ) -> WireTable {
        var pager = TablePager(table, places: places)
        let page = pager.next()
        return WireTable(
            schema: table.schema,
            page: page,
            stream: page.done ? nil : open(.rows(pager), owner, bytes: isMade ? table.heldBytes : 0)
        )
    }

    /// The next page; the last page ends the stream.
    public func next(_ request: StreamNext<some WireValue>) throws(RPCError) -> StreamPage {
        let page: StreamPage? = try state.withLock { (state) throws(RPCError) in
            // Taken out, so that it is not copied; one that fails is gone.
            guard var stream = state.streams.removeValue(forKey: request.stream) else { return nil }
            let page = try stream.pages.next(
                maximumRows: min(request.maximumRows, PageLimits.rows),
                maximumBytes: min(request.maximumBytes, PageLimits.bytes)
            )
            if !page.done { state.streams[request.stream] = stream }
            return page
        }
        guard let page else { throw unknownStream(request.stream) }
        return page
    }

    public func close(_ id: String) {
        state.withLock { $0.streams[id] = nil }
    }

    /// How many streams are open for `owner`, and about how many bytes are held for these alone.
    public func open(of owner: RequestID) -> (count: Int, bytes: Int) {
        state.withLock { state in
            state.streams.values.reduce(into: (0, 0)) { sum, stream in
                if stream.owner == owner { sum = (sum.0 + 1, sum.1 + stream.bytes) }
            }
        }
    }

    /// Closes what was opened for `owner`.
    public func closeAll(of owner: RequestID) {
        state.withLock { state in state.streams = state.streams.filter { $0.value.owner != owner } }
    }

    private func unknownStream(_ id: String) -> RPCError {
        RPCError(
            .unknownStream,
            "there is no open stream \"\(id)\"",
            help: "a stream ends with its last page, and with the request that it was opened for"
        )
    }
}

extension WireTable {
    /// The whole table: the inline page and whatever `pull` brings, checked against each other.
    ///
    /// - Parameter ahead: how many pages may be asked for at once, so that one side writes while the other reads. With
    ///   more than one, the surplus questions after the last page are refused, which is as it should be.
    /// - Throws: ``RPCError`` when pages are missing, of the wrong width, or fewer rows came than were announced.
    public func assemble(
        ahead: Int = 1,
        pull: @escaping @Sendable (RowsNext) async throws -> TablePage
    ) async throws -> Table {
        try await assembleReading(ahead: ahead, pull: pull).table
    }

    /// The same with what a source says behind the last row.
    ///
    /// - Parameter look: is shown the table after each page, and may refuse it.
    public func assembleReading(
        ahead: Int = 1,
        pull: @escaping @Sendable (RowsNext) async throws -> TablePage,
        look: (Table) throws -> Void = { _ in }
    ) async throws -> (table: Table, findings: [Finding]) {
        var (table, findings, texts) = (Table(schema: schema), [Finding](), [String]())
        try await forEachPage(ahead: ahead, pull: pull) { page in
            guard page.append(to: &table) else { throw misfit(page, page.sequence) }
            try look(table)
            guard page.done else { return }
            guard let said = page.findings else {
                throw RPCError(
                    .invalidParams,
                    found: of("最后一页的 findings 读不懂", "the findings of its last page are none")
                )
            }
            (findings, texts) = (said, page.texts)
        }
        table = origin?.placed(table) ?? table
        var spelled = table.schema
        for name in texts { if let position = spelled.position(of: name) { spelled.columns[position].type = .text } }
        return (spelled == table.schema ? table : table.retyped(spelled), findings)
    }

    /// The pages in order, their columns not yet looked at, else checked as by ``assemble(ahead:pull:)``; only those on their way are held.
    public func forEachPage(
        ahead: Int = 1,
        pull: @escaping @Sendable (RowsNext) async throws -> TablePage,
        _ body: (TablePage) async throws -> Void
    ) async throws {
        var (sequence, rowCount, emptyPages, last) = (0, 0, 0, page)
        func take(_ page: TablePage) async throws {
            try check(page, sequence)
            if page.rowCount == 0 { emptyPages += 1 }
            try checkEnd(rows: rowCount + page.rowCount, emptyPages: emptyPages)
            try await body(page)
            sequence += 1
            rowCount += page.rowCount
        }
        if let page { try await take(page) }
        if let stream, page?.done != true {
            try await withThrowingTaskGroup(of: Result<TablePage, any Error>.self) { group in
                func ask() {
                    group.addTask {
                        do { return .success(try await pull(RowsNext(stream: stream))) } catch {
                            return .failure(error)
                        }
                    }
                }
                var pages = PagesInOrder()
                var (asked, taken) = (1, 0)
                ask()
                while last?.done != true {
                    let page = try await pages.next(sequence) { try await group.next() }
                    taken += 1
                    // Before this one is put away: the other side need not wait for that. Whoever has only one page
                    // is not asked for more.
                    if !page.done {
                        while asked < taken + max(1, ahead) {
                            ask()
                            asked += 1
                        }
                    }
                    try await take(page)
                    last = page
                }
            }
        }
        if let last, !last.done { throw RPCError(.invalidParams, found: breaksOff(rowCount)) }
        if let total = last?.totalRows, total != rowCount {
            let words = of("声明有 \(total) 行，实收 \(rowCount) 行", "\(total) rows were announced, \(rowCount) came")
            throw RPCError(.invalidParams, found: words)
        }
    }

    private func checkEnd(rows: Int, emptyPages: Int) throws(RPCError) {
        guard rows <= PageLimits.tableRows, rows * max(1, schema.columns.count) <= PageLimits.tableCells,
            emptyPages <= PageLimits.emptyPages
        else {
            throw RPCError(.limitExceeded, found: endless)
        }
    }

    private func check(_ page: TablePage, _ sequence: Int) throws(RPCError) {
        guard page.rowCount <= PageLimits.rows else {
            let words = of(
                "一页有 \(page.rowCount) 行，每页最多 \(PageLimits.rows) 行",
                "a page of \(page.rowCount) rows; \(PageLimits.rows) at the most were asked for"
            )
            throw RPCError(.invalidParams, found: words)
        }
        guard page.sequence == sequence else { throw misfit(page, sequence) }
    }

    /// The error of a page of another number, or with other columns than the table.
    public func misfit(_ page: TablePage, _ sequence: Int) -> RPCError {
        if page.sequence == sequence, let bare = page.withoutPlaces {
            var table = Table(schema: schema)
            if bare.append(to: &table) {
                return RPCError(.invalidParams, found: strayPlace(sequence))
            }
        }
        let words = of(
            "第 \(page.sequence) 页对不上：应为第 \(sequence) 页，\(schema.columns.count) 列，每列 \(page.rowCount) 行",
            "page \(page.sequence) does not fit: expected page \(sequence) "
                + "with \(schema.columns.count) columns of \(page.rowCount) rows each"
        )
        return RPCError(.invalidParams, found: words)
    }
}

// MARK: - Messages

extension WireTable {
    private func of(_ zh: String, _ en: String) -> LocalizedText {
        LocalizedText(zh: "表\"\(schema.name)\"：\(zh)", en: "table \"\(schema.name)\": \(en)")
    }

    /// Taken as it is, a part of a table would pass for all of it.
    private func breaksOff(_ rows: Int) -> LocalizedText {
        of(
            "只收到 \(rows) 行就中断了：最后一页的 done 是 false，又没有 stream 提供其余各行",
            "it breaks off after \(rows) rows: the last page says \"done\": false, and no stream brings the rest"
        )
    }

    private var endless: LocalizedText {
        LocalizedText(
            zh: "表\"\(schema.name)\"没有尽头：超过 \(PageLimits.tableRows) 行、\(PageLimits.tableCells) 个单元格或 "
                + "\(PageLimits.emptyPages) 个空页",
            en: "table \"\(schema.name)\" does not end: more than \(PageLimits.tableRows) rows, "
                + "\(PageLimits.tableCells) cells or \(PageLimits.emptyPages) empty pages"
        )
    }

    private func strayPlace(_ sequence: Int) -> LocalizedText {
        of(
            "第 \(sequence) 页有一处位置不对：位置写从 1 数起的行，或工作表与单元格（如 \"C7\"），且须是表中有的行和列",
            "page \(sequence): one of its places does not fit: a place has a line from 1 on, or a sheet "
                + "and a cell such as \"C7\", and is of a row and a column that are there"
        )
    }
}

/// Pages that were asked for side by side, handed out by their number.
private struct PagesInOrder {
    private var early: [Int: TablePage] = [:]
    private var failure: (any Error)?

    /// The page `sequence`, or what else there is when no more replies come: a page of another number, which does not
    /// fit, or the first error.
    mutating func next(
        _ sequence: Int,
        _ reply: () async throws -> Result<TablePage, any Error>?
    ) async throws -> TablePage {
        while true {
            if let page = early.removeValue(forKey: sequence) { return page }
            switch try await reply() {
            case .success(let page): early[page.sequence] = page
            case .failure(let error): failure = failure ?? error
            case nil:
                if let first = early.keys.min(), let page = early.removeValue(forKey: first) { return page }
                throw failure ?? RPCError(.invalidParams, found: missingPage(sequence))
            }
        }
    }
}

private func missingPage(_ sequence: Int) -> LocalizedText {
    LocalizedText(zh: "第 \(sequence) 页没有来", en: "page \(sequence) did not come")
}
