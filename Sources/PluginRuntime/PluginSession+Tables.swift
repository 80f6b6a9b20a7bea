internal import PluginWire
internal import ReviewModel
internal import Tables

extension PluginSession {
    /// The tables that a source has returned, whole, and what it says behind their last rows: pages are pulled until they end.
    ///
    /// - Throws: ``PluginFailure`` for more tables, columns, rows or bytes than anybody has, before all has come, and for a cell
    ///   that is not of its column's type.
    func assemble(_ tables: [WireTable], within time: TimeLeft) async throws -> (tables: [Table], findings: [Finding]) {
        if let detail = excess(tables) { throw nonsense(detail) }
        var (whole, findings, held) = ([Table](), [Finding](), 0)
        for table in tables {
            let reading = try await assemble(table, within: time, beside: held)
            whole.append(reading.table)
            findings += reading.findings
            held += reading.table.heldBytes
        }
        return (whole, findings)
    }

    /// - Parameter held: the bytes of the tables that have come before.
    private func assemble(
        _ table: WireTable,
        within time: TimeLeft,
        beside held: Int
    ) async throws -> (table: Table, findings: [Finding]) {
        do {
            let reading = try await table.assembleReading(ahead: 2) {
                try await self.call(about: nil, within: time) { [request = $0] _ in request }
            } look: { table in
                guard held + table.heldBytes > settings.sourceBytes else { return }
                throw nonsense(tooManyBytes(table.name, settings.sourceBytes))
            }
            // Only the last page says which columns are texts after all.
            if let misfit = reading.table.misfit { throw nonsense(misfit) }
            return reading
        } catch let error as RPCError {
            throw nonsense(error.complaint)
        }
    }

    private func nonsense(_ detail: LocalizedText) -> PluginFailure {
        failure(.nonsense(call: OpenSource.method, detail))
    }
}

/// More tables, or columns, than anybody has; `nil` where that is not so.
private func excess(_ tables: [WireTable]) -> LocalizedText? {
    guard tables.count <= PageLimits.tables else {
        return LocalizedText(
            zh: "返回了 \(tables.count) 张表，最多收 \(PageLimits.tables) 张",
            en: "\(tables.count) tables; \(PageLimits.tables) at the most are taken"
        )
    }
    let wide = tables.first { $0.schema.columns.count > PageLimits.columns }
    return wide.map { table in
        LocalizedText(
            zh: "表\"\(table.schema.name)\"有 \(table.schema.columns.count) 列，最多收 \(PageLimits.columns) 列",
            en:
                "table \"\(table.schema.name)\" has \(table.schema.columns.count) columns; \(PageLimits.columns) at the most are taken"
        )
    }
}

private func tooManyBytes(_ table: String, _ limit: Int) -> LocalizedText {
    LocalizedText(
        zh: "表\"\(table)\"没有尽头：连同之前的表已超过 \(limit >> 20) MiB",
        en: "table \"\(table)\" does not end: with those before it, it takes up more than \(limit >> 20) MiB"
    )
}
