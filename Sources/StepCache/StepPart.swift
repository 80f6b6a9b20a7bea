internal import ReviewModel

/// Something that a step is made from, with its checksum. Steps that are made from the same parts are the same step.
package struct StepPart: Sendable, Hashable {
    package enum Kind: String, Sendable {
        /// What runs: `pingshen` itself, the plugin, and what both get from outside.
        case host, program, environment, sandbox, role
        /// What the spec says to the step.
        case locale, settings, file, form, rules
        /// What it judges.
        case fields, table, prior
        /// What it shows.
        case review, formats, taken
        /// What it asked while it worked.
        case question
    }

    package var kind: Kind
    /// Which one, where there are several: a table, a file, a step.
    package var name: String
    package var digest: String
    /// What it consists of, as far as somebody may want to know which of these has changed: columns, fields, parts of a review.
    package var pieces: [Piece]

    package struct Piece: Sendable, Hashable {
        package var name: String
        package var digest: String
        /// Some digits for each cell of a column, by rows; `nil` where there are too many.
        package var cells: [UInt32]?

        package init(_ name: String, _ digest: String, cells: [UInt32]? = nil) {
            (self.name, self.digest, self.cells) = (name, digest, cells)
        }
    }

    package init(_ kind: Kind, _ name: String = "", digest: String, pieces: [Piece] = []) {
        (self.kind, self.name, self.digest, self.pieces) = (kind, name, digest, pieces)
    }
}

// MARK: - For a file

extension StepPart {
    init?(_ value: Value) {
        guard let kind = value["kind"]?.text.flatMap(Kind.init), let digest = value["digest"]?.text else { return nil }
        let pieces = value["pieces"]?.list ?? []
        self.init(kind, value["name"]?.text ?? "", digest: digest, pieces: pieces.compactMap(Piece.init))
    }

    var value: Value {
        var record: Record = ["kind": .text(kind.rawValue), "digest": .text(digest)]
        if !name.isEmpty { record["name"] = .text(name) }
        if !pieces.isEmpty { record["pieces"] = .list(pieces.map(\.value)) }
        return .record(record)
    }
}

extension StepPart.Piece {
    fileprivate init?(_ value: Value) {
        guard let list = value.list, let name = list.first?.text, let digest = list.dropFirst().first?.text else {
            return nil
        }
        self.init(name, digest)
        if list.count > 2 { cells = list.dropFirst(2).compactMap { $0.integer.flatMap(UInt32.init(exactly:)) } }
    }

    fileprivate var value: Value {
        // Checksums are here only to be compared with one another.
        .list([.text(name), .text(String(digest.prefix(16)))] + (cells ?? []).map { .integer(Int($0)) })
    }
}
