public import Groundwork
public import JSONDocument

/// A named table of typed columns.
///
///     for row in dossier.rows(of: "lines") {
///         let amount = row.decimal("amount")      // nil where the cell is empty
///     }
///
/// Where many rows are read, look the columns up once:
///
///     let amount = table.decimals("amount")
///     for row in 0..<table.rowCount { if let figure = amount[row] { … } }
///
/// Cells are typed by the schema as they arrive: text "14017700.00" in a column of decimals is a decimal from then on and
/// prints as it was written. A cell that does not fit stays as it came and is listed by ``problems(limit:)``.
public struct Table: Sendable, Hashable {
    private var contents: Contents

    /// Shared until one of the owners changes it. A row of a table then costs one reference, not a copy of everything.
    private final class Contents: @unchecked Sendable {
        // Written only by a `Table` that is the sole owner, see `makeUnique`; so that it may be sent.
        var schema: TableSchema
        var columns: [ColumnStorage]
        var rowCount = 0
        var rowPlaces: PlaceColumn?
        var cellPlaces: [Int: PlaceColumn] = [:]
        var sheetColumns: [Int: Int] = [:]

        init(_ schema: TableSchema) {
            self.schema = schema
            columns = schema.columns.map { ColumnStorage($0.type) }
        }

        init(_ other: Contents) {
            (schema, columns, rowCount) = (other.schema, other.columns, other.rowCount)
            (rowPlaces, cellPlaces, sheetColumns) = (other.rowPlaces, other.cellPlaces, other.sheetColumns)
        }
    }

    public init(schema: TableSchema) { contents = Contents(schema) }

    private mutating func makeUnique() {
        if !isKnownUniquelyReferenced(&contents) { contents = Contents(contents) }
    }

    /// The name, titles, units and origin may be changed. Cells keep the types that they have: a schema with other columns
    /// or types is a table of its own, see ``retyped(_:)``.
    public var schema: TableSchema {
        get { contents.schema }
        set {
            if newValue.columns.map(\.type) != contents.schema.columns.map(\.type) {
                self = retyped(newValue)
            } else {
                makeUnique()
                contents.schema = newValue
            }
        }
    }

    public var name: String { contents.schema.name }
    public var rowCount: Int { contents.rowCount }

    public static func == (left: Table, right: Table) -> Bool {
        left.contents === right.contents
            || left.schema == right.schema && left.rowCount == right.rowCount
                && left.contents.columns == right.contents.columns
                && left.contents.rowPlaces == right.contents.rowPlaces
                && left.contents.cellPlaces == right.contents.cellPlaces
                && left.contents.sheetColumns == right.contents.sheetColumns
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(schema)
        hasher.combine(rowCount)
    }
}

// MARK: - Filling

extension Table {
    /// Appends one row; missing cells become null, surplus ones are dropped.
    public mutating func append(row: [Value]) {
        makeUnique()
        for position in contents.columns.indices {
            if position < row.count {
                contents.columns[position].append(row[position])
            } else {
                contents.columns[position].appendMissing()
            }
        }
        contents.rowCount += 1
    }

    /// Appends one row that was read at `place`.
    public mutating func append(row: [Value], at place: Place?) {
        append(row: row)
        if let place { set(place, ofRow: rowCount - 1) }
    }

    /// Appends one row that was read at `spot`, such as a line of a text among a source's settings.
    public mutating func append(row: [Value], at spot: Spot) {
        append(row: row)
        set(spot, ofRow: rowCount - 1)
    }

    /// Appends a page of columns; returns `false` and changes nothing when it does not fit the schema.
    public mutating func append(page: [[Value]]) -> Bool {
        guard page.count == contents.columns.count, Set(page.map(\.count)).count <= 1 else { return false }
        makeUnique()
        for position in page.indices { for cell in page[position] { contents.columns[position].append(cell) } }
        contents.rowCount += page.first?.count ?? 0
        return true
    }

    /// Takes columns that were filled elsewhere: one a column of the schema, all of one length.
    package init(schema: TableSchema, storage: [ColumnStorage]) {
        self.init(schema: schema, columns: storage, rowPlaces: nil, cellPlaces: [:])
    }

    /// Hands a column to `body`, which appends cells to it; ``endFill(rows:)`` then says whether all got as many.
    package mutating func fill(column position: Int, _ body: (inout ColumnStorage) -> Void) {
        makeUnique()
        // Taken out and put back, so that it grows where it is.
        var column = ColumnStorage(contents.columns[position].type)
        swap(&column, &contents.columns[position])
        body(&column)
        swap(&column, &contents.columns[position])
    }

    /// Room for `rows` rows, by what those that are there take.
    package mutating func reserve(rows: Int) {
        makeUnique()
        for position in contents.columns.indices { contents.columns[position].reserve(like: rows) }
    }

    /// Ends the filling of columns.
    ///
    /// - Returns: whether every column has got `rows` cells; a table of which that is not true is of no use any more.
    package mutating func endFill(rows: Int) -> Bool {
        makeUnique()
        contents.rowCount += rows
        return contents.columns.allSatisfy { $0.count == contents.rowCount }
    }

    /// Takes columns that a ``TableBuilder`` has filled.
    init(
        schema: TableSchema,
        columns: [ColumnStorage],
        rowPlaces: PlaceColumn?,
        cellPlaces: [Int: PlaceColumn],
        sheetColumns: [Int: Int] = [:]
    ) {
        contents = Contents(schema)
        contents.columns = columns
        contents.sheetColumns = sheetColumns
        contents.rowCount = columns.map(\.count).min() ?? 0
        (contents.rowPlaces, contents.cellPlaces) = (rowPlaces, cellPlaces)
    }

    /// The same cells in the columns of `schema`, by position, typed anew. Columns that are not there are empty.
    public func retyped(_ schema: TableSchema) -> Table {
        var columns: [ColumnStorage] = []
        for (position, column) in schema.columns.enumerated() {
            if contents.columns.indices.contains(position), contents.columns[position].type == column.type {
                columns.append(contents.columns[position])
                continue
            }
            var storage = ColumnStorage(column.type)
            storage.reserve(rowCount)
            for row in 0..<rowCount {
                storage.append(
                    contents.columns.indices.contains(position) ? contents.columns[position].value(row) : .null
                )
            }
            columns.append(storage)
        }
        return Table(
            schema: schema,
            columns: columns,
            rowPlaces: contents.rowPlaces,
            cellPlaces: contents.cellPlaces,
            sheetColumns: contents.sheetColumns
        )
    }

    /// The columns at `positions`, in that order; nothing is copied.
    public func selecting(_ positions: [Int]) -> Table {
        var (schema, cellPlaces, sheetColumns) = (schema, [Int: PlaceColumn](), [Int: Int]())
        schema.columns = positions.map { contents.schema.columns[$0] }
        for (new, old) in positions.enumerated() {
            (cellPlaces[new], sheetColumns[new]) = (contents.cellPlaces[old], contents.sheetColumns[old])
        }
        return Table(
            schema: schema,
            columns: positions.map { contents.columns[$0] },
            rowPlaces: contents.rowPlaces,
            cellPlaces: cellPlaces,
            sheetColumns: sheetColumns
        )
    }
}

// MARK: - Places

extension Table {
    /// Whether rows or cells know where they were read.
    public var hasPlaces: Bool { contents.rowPlaces != nil || !contents.cellPlaces.isEmpty }

    /// Whether cells of the column at a position know where they were read, better than their rows do.
    package func hasPlaces(ofColumn position: Int) -> Bool { contents.cellPlaces[position] != nil }

    public mutating func set(_ spot: Spot?, ofRow row: Int) {
        makeUnique()
        contents.rowPlaces = contents.rowPlaces ?? PlaceColumn()
        contents.rowPlaces?.set(spot, row: row)
    }

    public mutating func set(_ place: Place, ofRow row: Int) { set(.place(place), ofRow: row) }

    /// The spot of one cell, where it is known better than its row's. `column` is a position in the schema.
    public mutating func set(_ spot: Spot?, ofRow row: Int, column: Int) {
        makeUnique()
        contents.cellPlaces[column, default: PlaceColumn()].set(spot, row: row)
    }

    public mutating func set(_ place: Place, ofRow row: Int, column: Int) {
        set(.place(place), ofRow: row, column: column)
    }

    /// Which column of its sheet each column was read from, by positions in the schema, where that is the same in all rows: the place
    /// of a cell follows from its row's then, and takes no room.
    public var sheetColumns: [Int: Int] {
        get { contents.sheetColumns }
        set {
            makeUnique()
            contents.sheetColumns = newValue
        }
    }

    /// Where a row was read, in a file or in a text among the source's settings; `nil` where that is not known.
    public func spot(ofRow row: Int) -> Spot? { contents.rowPlaces?[row] }

    /// Where a cell was read, or else its row.
    public func spot(ofRow row: Int, column: Int) -> Spot? {
        if let spot = contents.cellPlaces[column]?[row] { return spot }
        let row = spot(ofRow: row)
        guard case .place(.cell(let file, let sheet, let address))? = row, let column = contents.sheetColumns[column],
            let own = CellAddress(column: column, row: address.row)
        else { return row }
        return .place(.cell(file: file, sheet: sheet, address: own))
    }

    /// The file, the sheet and the column that all rows of `rows` are places in, and their numbers; `nil` where they have no such
    /// place in common, or cells that know better.
    package func sheetRows(_ rows: Range<Int>) -> PlaceColumn.SheetRows? {
        contents.cellPlaces.isEmpty ? contents.rowPlaces?.sheetRows(rows) : nil
    }

    /// The place in a file where a row was read; `nil` where that is not known.
    public func place(ofRow row: Int) -> Place? { spot(ofRow: row)?.place }

    /// The place in a file where a cell was read, or else its row.
    public func place(ofRow row: Int, column: Int) -> Place? { spot(ofRow: row, column: column)?.place }
}

// MARK: - Reading

extension Table {
    public var rows: TableRows { TableRows(table: self) }

    public func cell(row: Int, column: String) -> Value {
        contents.schema.position(of: column).map { contents.columns[$0].value(row) } ?? .null
    }

    /// The cell at a position of the schema.
    public func cell(row: Int, column: Int) -> Value {
        contents.columns.indices.contains(column) ? contents.columns[column].value(row) : .null
    }

    /// The rows `range` as a page of columns.
    public func page(_ range: Range<Int>) -> [[Value]] {
        contents.columns.map { column in range.map(column.value) }
    }

    /// All cells as values, column by column: made anew each time. For small tables; see ``decimals(_:)`` and its like.
    public var columns: [[Value]] { page(0..<rowCount) }

    /// The packed cells, one storage a column of the schema.
    package var storage: [ColumnStorage] { contents.columns }

    /// Reads a column in place; `nil` where there is none such.
    func read<Result>(_ column: String, _ body: (borrowing ColumnStorage) -> Result) -> Result? {
        guard let position = contents.schema.position(of: column) else { return nil }
        return body(contents.columns[position])
    }

    /// The packed cells of a column; `nil` where there is none such.
    package func storage(of column: String) -> ColumnStorage? {
        contents.schema.position(of: column).map { contents.columns[$0] }
    }

    /// The cells that do not fit the types of their columns, by rows and columns; the first `limit` of them.
    public func problems(limit: Int = 1000) -> [CellProblem] {
        var places: [(row: Int, column: Int)] = []
        for (position, column) in contents.columns.enumerated() {
            places += column.strays.keys.map { ($0, position) }
        }
        return places.sorted { $0 < $1 }.prefix(limit).map { row, column in
            CellProblem(
                row: row,
                column: column,
                of: contents.schema.columns[column],
                found: contents.columns[column].value(row)
            )
        }
    }

    /// About how many bytes the cells and their places take up.
    package var heldBytes: Int {
        contents.columns.reduce(0) { $0 + $1.heldBytes } + (contents.rowPlaces?.heldBytes ?? 0)
            + contents.cellPlaces.values.reduce(0) { $0 + $1.heldBytes }
    }

    /// How many cells do not fit the types of their columns.
    public var problemCount: Int { contents.columns.reduce(0) { $0 + $1.strays.count } }
}
