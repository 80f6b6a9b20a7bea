public import ReviewModel

extension Portfolio {
    /// The tables that a database of the results has: those that the description names, of `dossier`, and what was found across
    /// the reviews. Of each the columns that are money.
    ///
    /// - Throws: ``PortfolioError`` where the description names none, or a column that is not there.
    public func stored(of dossier: Dossier) throws(PortfolioError) -> [(table: Table, money: [String])] {
        guard !document.stored.isEmpty else { throw PortfolioError(mistake: noDatabase) }
        var tables: [(table: Table, money: [String])] = []
        for stored in document.stored {
            guard let table = dossier.table(stored.table) else { continue }
            try Self.check(table, has: stored.money, at: stored.pointer)
            tables.append((table, stored.money))
        }
        return tables + [(foundTable, ["weight"]), (sideTable, [])]
    }

    private var foundTable: Table {
        var table = TableFiller("across", "n:integer rule severity zh en weight:decimal")
        for (index, found) in findings.enumerated() {
            table.add([
                "n": .integer(index + 1), "rule": .text(found.rule), "severity": .text(found.severity.rawValue),
                "zh": .text(found.message.zh), "en": .text(found.message.en), "weight": Value(found.weight),
            ])
        }
        return table.table
    }

    private var sideTable: Table {
        var table = TableFiller("across_sides", "finding:integer side:integer review place")
        for (index, found) in findings.enumerated() {
            for (number, side) in found.sides.enumerated() {
                table.add([
                    "finding": .integer(index + 1), "side": .integer(number + 1), "review": .text(side.review),
                    "place": .text(side.place),
                ])
            }
        }
        return table.table
    }
}

// MARK: - Messages

private let noDatabase = ConfigurationDiagnostic(
    code: "summary/no-database",
    message: LocalizedText(
        zh: "没有写明数据库包含哪些表",
        en: "nothing says which tables the database has"
    ),
    pointer: JSONPointer(["database"]),
    help: LocalizedText(
        zh: "请写 database: {表名: [金额列, …]}",
        en: "add database: {table: [columns of money, …]}"
    )
)
