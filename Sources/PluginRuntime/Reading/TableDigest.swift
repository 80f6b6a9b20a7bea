internal import JSONDocument
internal import LocalFiles
internal import PluginWire
package import ReviewModel

/// The checksum of a table as a plugin sees it: what its columns are called and hold, and every cell as it is sent.
package struct TableDigest: Sendable {
    package private(set) var columns: [ColumnDigest] = []
    /// Of the name, the title and the number of rows.
    private let head: [UInt8]

    /// A column's checksum.
    package struct ColumnDigest: Sendable, Hashable {
        package var name: String
        package var text: String
        /// A few digits for each cell, by which a row that has changed is found; `nil` where there are too many of them.
        package var cells: [UInt32]?
    }

    private static let maximumCells = 4000

    package init(_ table: Table) {
        let schema = TableSchema(name: table.name, title: table.schema.title, columns: [])
        head = JSONWriter.line(["schema": schema.wire, "rowCount": .integer(table.rowCount)])
        let isShort = table.rowCount * table.schema.columns.count <= Self.maximumCells
        for (position, column) in table.schema.columns.enumerated() {
            var digest = Digest()
            digest.update(JSONWriter.line(column.wire))
            guard isShort else {
                table.eachPiece(ofColumn: position) { digest.update([UInt8(ascii: "\n")] + $0) }
                columns.append(ColumnDigest(name: column.name, text: digest.text))
                continue
            }
            let cells = (0..<table.rowCount).map { table.bytes(ofColumn: position, rows: $0..<$0 + 1) }
            for cell in cells { digest.update(cell + [UInt8(ascii: ",")]) }
            columns.append(ColumnDigest(name: column.name, text: digest.text, cells: cells.map(Self.few)))
        }
    }

    /// Of the whole table.
    package var text: String { text(of: columns) }

    /// The same of some columns, in that order; `nil` where there is none of such a name.
    package func selecting(_ names: [String]) -> String? {
        let chosen = names.compactMap { name in columns.first { $0.name == name } }
        return chosen.count == names.count ? text(of: chosen) : nil
    }

    private func text(of columns: [ColumnDigest]) -> String {
        var digest = Digest()
        digest.update(head)
        for column in columns { digest.update(Array(column.text.utf8)) }
        return digest.text
    }

    private static func few(_ bytes: [UInt8]) -> UInt32 {
        bytes.reduce(0x811C_9DC5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    }
}

extension Dossier {
    /// The checksum of what `dossier/tables` answers.
    var digestOfTables: String {
        var digest = Digest()
        for table in tables {
            digest.update(JSONWriter.line(["schema": table.schema.wire, "rowCount": .integer(table.rowCount)]))
        }
        return digest.text
    }
}

extension Digest {
    fileprivate mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }
}
