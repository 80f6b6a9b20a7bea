import OfficeFiles
import ReviewModel

/// An edited document held against the one that it was made from.
struct DocumentComparison: Sendable {
    let old: ComparedDocument
    let new: ComparedDocument
    private(set) var changes: [Change] = []
    /// What became of passages and of their tokens: by the index of the old passage.
    private(set) var passages: [Int: (new: Int, tokens: [Int: Int])] = [:]
    private(set) var tables: [TableMatch] = []
    /// How many pairs of elements were looked at.
    private(set) var steps = 0
    /// Whether so little of the one is in the other that they are two documents.
    private(set) var isAnother = false

    /// The review that the edited document says it was written for, where the original says another.
    private(set) var otherReview: String?

    /// The property in which the writer notes the review.
    private static let review = "pingshen.review"

    struct TableMatch: Sendable {
        var old: ComparedTable
        var new: ComparedTable
        /// Rows of the new table, by those of the old one.
        var rows: [Int: Int] = [:]
    }

    /// Less of the original than this in the other, and it is another document.
    private static let leastShare = 0.3

    init(_ original: WordDocument, _ edited: WordDocument, _ words: ComparisonWords) {
        let tokenizer = Tokenizer(words, names: original.names)
        (old, new) = (
            ComparedDocument(original, words, tokenizer, against: edited),
            ComparedDocument(edited, words, tokenizer, against: original)
        )
        let (ours, its) = (original.customProperties[Self.review], edited.customProperties[Self.review])
        if let ours, let its, ours != its { otherReview = its }
        compareBlocks()
        let texts = old.passages.filter { !$0.isEmpty }
        let kept = texts.count { passages[$0.index] != nil }
        isAnother = texts.count >= 5 && Double(kept) < Double(texts.count) * Self.leastShare
        if isAnother { changes = [] } else { addProposals() }
    }

    // MARK: Blocks

    private mutating func compareBlocks() {
        let sketches = (old.blocks.map(\.sketch), new.blocks.map(\.sketch))
        let (before, after) = (old.blocks, new.blocks)
        let keys = (before.map(\.key), after.map(\.key))
        var surplus: [String: Int] = [:]
        for key in keys.1 { surplus[key, default: 0] += 1 }
        for key in keys.0 { surplus[key, default: 0] -= 1 }
        let matching = ElementMatching(keys.0, keys.1) { i, j in
            guard before[i].isTable == after[j].isTable else { return 0 }
            // Tables of which none is missing, and none is new, have not become each other: they have changed places.
            if before[i].isTable, surplus[keys.0[i], default: 0] >= 0, surplus[keys.1[j], default: 0] <= 0 { return 0 }
            let value = sketches.0[i].likeness(sketches.1[j])
            if case .table(let a) = before[i], case .table(let b) = after[j], a.title == b.title {
                return max(value, 0.8)
            }
            return value
        }
        steps += matching.steps
        for match in matching.matches.sorted(by: { $0.new < $1.new }) {
            let parted = captions(match)
            if match.isMoved || parted != nil { move(before[match.old], after[match.new], parted) }
            switch (before[match.old], after[match.new]) {
            case (.passage(let a), .passage(let b)): compare(a, b)
            case (.table(let a), .table(let b)): compare(a, b)
            default: break
            }
        }
        for (gone, next) in matching.removed { remove(before[gone], nearBlock: next) }
        for index in matching.added { add(after[index]) }
        for index in matching.doubled { double(after[index]) }
    }

    /// The captions over a table before and now, where it has left the one and stands under the other, and that is no new wording:
    /// both are in both documents. What the file itself notes as the table's title moves with it.
    private func captions(_ match: ElementMatching.Match) -> (old: String, new: String)? {
        guard match.isSame, let was = old.captions[match.old], let now = new.captions[match.new], was != now,
            [old, new].allSatisfy({ $0.texts.isSuperset(of: [was, now]) })
        else { return nil }
        return (was, now)
    }

    private mutating func move(
        _ before: ComparedDocument.Block,
        _ after: ComparedDocument.Block,
        _ captions: (old: String, new: String)?
    ) {
        guard let place = after.firstPlace, !after.summary.isEmpty else { return }
        let part: Change.Part = after.isTable ? .table : .paragraph
        var change = Change(
            kind: .moved(part),
            old: captions?.old ?? before.summary,
            new: captions?.new ?? after.summary,
            place: place,
            original: before.firstPlace
        )
        // A table that moves without its caption says something else.
        change.isGrave = captions != nil
        changes.append(change)
    }

    private mutating func remove(_ block: ComparedDocument.Block, nearBlock next: Int) {
        guard !block.passages.allSatisfy(\.isEmpty), let near = place(nearBlock: next, of: block) else { return }
        let part: Change.Part = block.isTable ? .table : .paragraph
        var change = Change(
            kind: .removed(part),
            old: block.summary,
            new: "",
            place: near,
            original: block.firstPlace
        )
        change.isGrave = block.passages.contains { $0.tokens.isGrave }
        change.behind = standing(before: next)?.summary ?? ""
        changes.append(change)
    }

    private func standing(before next: Int) -> ComparedDocument.Block? {
        new.blocks[..<min(next, new.blocks.count)].last { $0.firstPlace != nil }
    }

    /// Where something that is gone would stand: at what stands before it, or else behind.
    private func place(nearBlock next: Int, of block: ComparedDocument.Block) -> Place? {
        let before = standing(before: next)?.firstPlace
        let after = new.blocks[min(next, new.blocks.count)...].first { $0.firstPlace != nil }?.firstPlace
        return before ?? after ?? block.firstPlace
    }

    private mutating func add(_ block: ComparedDocument.Block) {
        guard !block.passages.allSatisfy(\.isEmpty), let place = block.firstPlace else { return }
        let part: Change.Part = block.isTable ? .table : .paragraph
        var change = Change(kind: .added(part), old: "", new: block.summary, place: place)
        change.isGrave = block.passages.contains { $0.tokens.isGrave }
        changes.append(change)
    }

    private mutating func double(_ block: ComparedDocument.Block) {
        guard let place = block.firstPlace else { return }
        let part: Change.Part = block.isTable ? .table : .paragraph
        changes.append(Change(kind: .doubled(part), old: "", new: block.summary, place: place))
    }

    // MARK: Passages and tables

    private mutating func compare(_ a: Passage, _ b: Passage, _ context: Change.Context = Change.Context()) {
        let found = PassageComparison(a, b, context)
        passages[a.index] = (b.index, found.kept)
        changes += found.changes
    }

    private mutating func compare(_ a: ComparedTable, _ b: ComparedTable) {
        var b = b
        if let moved = MovedColumns(a, b) {
            b = moved.table
            if let place = moved.first?.place {
                let heads = moved.heads.joined(separator: "、")
                changes.append(Change(kind: .moved(.column), old: heads, new: heads, place: place))
            }
        }
        var match = TableMatch(old: a, new: b)
        let matching = ElementMatching(a.rows.map(\.key), b.rows.map(\.key)) { a.rows[$0].likeness(b.rows[$1]) }
        steps += matching.steps
        var cells = LooseCells()
        for pair in matching.matches.sorted(by: { $0.new < $1.new }) {
            match.rows[pair.old] = pair.new
            let (before, after) = (a.rows[pair.old], b.rows[pair.new])
            if pair.isMoved { row(.moved(.row), before, after, at: after.place) }
            compareCells(before, after, b, &cells)
        }
        for (gone, next) in matching.removed where !a.rows[gone].isBlank {
            let near = next > 0 ? b.rows[next - 1].place : b.rows.first?.place
            row(.removed(.row), a.rows[gone], nil, at: near)
        }
        for index in matching.added where !b.rows[index].isBlank { row(.added(.row), nil, b.rows[index], at: nil) }
        for index in matching.doubled where !b.rows[index].isBlank { row(.doubled(.row), nil, b.rows[index], at: nil) }
        changes += cells.changes
        tables.append(match)
    }

    private mutating func row(
        _ kind: Change.Kind,
        _ before: ComparedTable.Row?,
        _ after: ComparedTable.Row?,
        at near: Place?
    ) {
        guard let place = near ?? after?.place ?? before?.place else { return }
        var change = Change(
            kind: kind,
            old: before?.summary ?? "",
            new: after?.summary ?? "",
            place: place,
            original: before?.place
        )
        change.context.row = (after ?? before)?.label ?? ""
        change.isGrave = (after ?? before)?.cells.contains { $0.passage.tokens.isGrave } == true
        changes.append(change)
    }

    private mutating func compareCells(
        _ before: ComparedTable.Row,
        _ after: ComparedTable.Row,
        _ table: ComparedTable,
        _ loose: inout LooseCells
    ) {
        func context(_ cell: ComparedTable.Cell) -> Change.Context {
            Change.Context(row: after.label, column: table.head(ofColumn: cell.column))
        }
        if before.cells.count == after.cells.count {
            for (index, (a, b)) in zip(before.cells, after.cells).enumerated() {
                if let label = after.label(of: index), a.passage.isLeftOpen, !b.passage.isLeftOpen,
                    before.label(of: index) == label
                {
                    passages[a.passage.index] = (b.passage.index, [:])
                    var change = Change(
                        kind: .filled,
                        old: "",
                        new: b.passage.text,
                        place: b.passage.place,
                        original: a.passage.place
                    )
                    change.context.row = label
                    changes.append(change)
                } else {
                    compare(a.passage, b.passage, context(b))
                }
            }
            return
        }
        let (a, b) = (before.cells.map(\.passage), after.cells.map(\.passage))
        let matching = ElementMatching(a.map(\.key), b.map(\.key)) { i, j in
            if a[i].figure != nil, b[j].figure != nil { return 0.5 }
            return Sketch(a[i].sketchParts).likeness(Sketch(b[j].sketchParts))
        }
        for match in matching.matches {
            compare(a[match.old], b[match.new], context(after.cells[match.new]))
        }
        let near = after.place
        for (gone, _) in matching.removed where !a[gone].isEmpty {
            loose.add(.removed(.cell), a[gone], before.cells[gone].column, near ?? a[gone].place, after.label)
        }
        for index in matching.added + matching.doubled where !b[index].isEmpty {
            loose.add(.added(.cell), b[index], after.cells[index].column, b[index].place, after.label)
        }
    }

    // MARK: Proposals

    private mutating func addProposals() {
        let known = Set(old.passages.map(\.hidden))
        for passage in new.passages where !passage.hidden.isEmpty && !known.contains(passage.hidden) {
            changes.append(Change(kind: .hidden, old: "", new: passage.hidden, place: passage.place))
        }
        for passage in new.passages {
            for proposal in passage.proposals { propose(proposal.old, proposal.new, proposal.author, passage.place) }
        }
        for case .table(let table) in new.blocks {
            for row in table.rows where row.proposal?.isInsertion == false {
                if let place = row.place { propose(row.summary, "", row.proposal?.author ?? "", place) }
            }
            for row in table.proposedRows {
                if let place = row.place { propose("", row.summary, row.proposal?.author ?? "", place) }
            }
        }
    }

    private mutating func propose(_ old: String, _ new: String, _ author: String, _ place: Place) {
        var change = Change(kind: .proposed, old: old, new: new, place: place)
        change.author = author
        changes.append(change)
    }
}

/// Cells that came or went: where a whole column did, one change for all of them.
private struct LooseCells {
    private var found: [(kind: Change.Kind, column: Int, change: Change)] = []

    mutating func add(_ kind: Change.Kind, _ passage: Passage, _ column: Int, _ place: Place, _ row: String) {
        let isNew = kind == .added(.cell)
        var change = Change(
            kind: kind,
            old: isNew ? "" : passage.text,
            new: isNew ? passage.text : "",
            place: place,
            original: isNew ? nil : passage.place
        )
        change.context.row = row
        change.isGrave = passage.tokens.isGrave
        found.append((kind, column, change))
    }

    var changes: [Change] {
        var groups: [[Int]: [Change]] = [:]
        for (kind, column, change) in found {
            groups[[kind == .added(.cell) ? 1 : 0, column], default: []].append(change)
        }
        return groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.flatMap { _, changes -> [Change] in
            guard changes.count > 2, var first = changes.first else { return changes }
            func joined(_ texts: [String]) -> String {
                texts.allSatisfy(\.isEmpty) ? "" : texts.prefix(4).joined(separator: "、") + (texts.count > 4 ? "…" : "")
            }
            first.old = joined(changes.map(\.old))
            first.new = joined(changes.map(\.new))
            first.isGrave = changes.contains(where: \.isGrave)
            return [first]
        }
    }
}

extension ComparedTable.Row {
    var key: String { cells.map(\.passage.key).joined(separator: "\t") }
    var isBlank: Bool { cells.allSatisfy(\.passage.isEmpty) }
    /// The row as a line.
    var summary: String { cells.map(\.passage.text).filter { !$0.isEmpty }.joined(separator: " | ") }
    var place: Place? { cells.first?.passage.place }
}

extension ComparedDocument.Block {
    var firstPlace: Place? { passages.first?.place }

    var summary: String {
        switch self {
        case .passage(let passage): passage.text
        case .table(let table):
            table.title.isEmpty ? table.rows.lazy.map(\.summary).first { !$0.isEmpty } ?? "" : table.title
        }
    }
}
