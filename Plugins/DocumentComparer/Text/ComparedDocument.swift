import OfficeFiles
import ReviewModel

/// A document as a list of what is compared: paragraphs with text, and tables.
struct ComparedDocument: Sendable {
    enum Block: Sendable {
        case passage(Passage)
        case table(ComparedTable)
    }

    var blocks: [Block] = []
    /// Every passage, those of cells included, by its index.
    private(set) var passages: [Passage] = []
    /// The texts of its paragraphs.
    private(set) var texts: Set<String> = []
    /// What stands directly above each table and reads like a caption, by the table's place among the blocks.
    private(set) var captions: [Int: String] = [:]
    private let words: ComparisonWords
    private let tokenizer: Tokenizer
    /// The paragraphs of the document that this one is held against.
    private let others: Set<String>

    /// - Parameter other: what it is held against: paragraphs that are one there, parted here and nowhere else changed, are one here.
    init(_ document: WordDocument, _ words: ComparisonWords, _ tokenizer: Tokenizer, against other: WordDocument) {
        (self.words, self.tokenizer) = (words, tokenizer)
        others = Set(other.blocks.paragraphs.map { squeezed($0.text) })
        add(document.blocks)
        // Notes stand where they are called.
        var places: [WordNote.Reference: Place] = [:]
        for paragraph in document.blocks.everyParagraph {
            for note in paragraph.runs.compactMap(\.note) { places[note] = paragraph.place }
        }
        for note in document.notes {
            guard let place = places[note.reference] else { continue }
            for paragraph in standing(note.blocks) { add(paragraph, at: place) }
        }
        number()
        for (index, block) in self.blocks.enumerated() {
            guard case .passage(let passage) = block else { continue }
            texts.insert(passage.text)
            guard index + 1 < self.blocks.count, self.blocks[index + 1].isTable, passage.isLikeCaption else { continue }
            captions[index + 1] = passage.text
        }
    }

    private mutating func number() {
        func numbered(_ passage: Passage) -> Passage {
            var passage = passage
            passage.index = passages.count
            passages.append(passage)
            return passage
        }
        for index in blocks.indices {
            switch blocks[index] {
            case .passage(let passage): blocks[index] = .passage(numbered(passage))
            case .table(var table):
                for row in table.rows.indices {
                    for cell in table.rows[row].cells.indices {
                        table.rows[row].cells[cell].passage = numbered(table.rows[row].cells[cell].passage)
                    }
                }
                blocks[index] = .table(table)
            }
        }
    }

    private mutating func add(_ blocks: [WordBlock]) {
        var paragraphs: [WordBlock] = []
        for block in blocks {
            switch block {
            case .paragraph: paragraphs.append(block)
            case .table(let table):
                flush(&paragraphs)
                self.blocks.append(.table(ComparedTable(table, words, tokenizer)))
                for inner in table.rows.flatMap({ $0.cells.flatMap(\.blocks) }) {
                    if case .table = inner { add([inner]) }
                }
            }
        }
        flush(&paragraphs)
    }

    private mutating func flush(_ blocks: inout [WordBlock]) {
        let paragraphs = standing(blocks)
        var index = 0
        while index < paragraphs.count {
            let paragraph = paragraphs[index]
            let count = parts(paragraphs[index...])
            if count > 1 {
                let whole = Passage(Array(paragraphs[index..<index + count]), at: paragraph.place, tokenizer)
                self.blocks.append(.passage(whole))
                for part in paragraphs[index..<index + count] { add(part.boxes) }
            } else {
                add(paragraph, at: paragraph.place)
                add(paragraph.boxes)
            }
            index += count
        }
        blocks = []
    }

    /// How many of these paragraphs are one in the other document; 1 where that is not so.
    private func parts(_ paragraphs: ArraySlice<WordParagraph>) -> Int {
        var (text, count) = ("", 0)
        for paragraph in paragraphs.prefix(5) {
            let next = squeezed(paragraph.text)
            if paragraph.isInContents || next.isEmpty || others.contains(next) { return 1 }
            text += next
            count += 1
            if count > 1, others.contains(text) { return count }
        }
        return 1
    }

    private mutating func add(_ paragraph: WordParagraph, at place: Place) {
        // Word makes the contents from the headings, which are compared.
        if paragraph.isInContents { return }
        let passage = Passage([paragraph], at: place, tokenizer)
        if !passage.isEmpty || !passage.proposals.isEmpty { blocks.append(.passage(passage)) }
    }
}

extension Passage {
    /// Whether it is short, and no sentence.
    fileprivate var isLikeCaption: Bool {
        guard let last = text.last else { return false }
        return text.count <= 80 && !"。；！？.;!?，,：:".contains(last)
    }
}

extension ComparedDocument.Block {
    var passages: [Passage] {
        switch self {
        case .passage(let passage): [passage]
        case .table(let table): table.passages
        }
    }

    /// What is compared of it, as one text.
    var key: String {
        switch self {
        case .passage(let passage): passage.key
        case .table(let table):
            "\u{1}" + table.rows.map { $0.cells.map(\.passage.key).joined(separator: "\t") }.joined(separator: "\n")
        }
    }

    var sketch: Sketch {
        switch self {
        case .passage(let passage): Sketch(passage.sketchParts)
        case .table(let table): Sketch(table.rows.flatMap(\.sketch))
        }
    }

    var isTable: Bool { if case .table = self { true } else { false } }
}

extension [WordBlock] {
    /// Every paragraph, those in tables and text boxes included.
    var everyParagraph: [WordParagraph] {
        flatMap { block -> [WordParagraph] in
            switch block {
            case .paragraph(let paragraph): [paragraph] + paragraph.boxes.everyParagraph
            case .table(let table): table.rows.flatMap { $0.cells.flatMap(\.blocks.everyParagraph) }
            }
        }
    }
}

extension WordDocument {
    /// The names that it uses: short texts of cells, and what stands behind the colon of a short line (`项目单位：…`).
    var names: [String] {
        var names: Set<String> = []
        func add(_ text: String, atMost limit: Int = 30) {
            let text = text.trimmed
            if (4...limit).contains(text.count), text.allSatisfy({ $0.isLetter || "（）()·".contains($0) }) {
                names.insert(text)
            }
        }
        for table in blocks.tables {
            for cell in table.rows.joined where cell.blocks.count == 1 { add(cell.text) }
        }
        for paragraph in blocks.paragraphs {
            let text = paragraph.text
            guard text.count <= 40, let colon = text.firstIndex(where: { $0 == "：" || $0 == ":" }) else { continue }
            add(String(text[text.index(after: colon)...]))
        }
        return names.sorted()
    }
}

extension [WordRow] {
    fileprivate var joined: [WordCell] { flatMap(\.cells) }
}

extension String {
    fileprivate var trimmed: String {
        let scalars = Substring(self).drop { $0.isWhitespace }
        guard let end = scalars.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(scalars[...end])
    }
}

/// A text without its blanks.
private func squeezed(_ text: String) -> String { text.filter { !$0.isWhitespace } }
