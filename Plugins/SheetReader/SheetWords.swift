import OfficeFiles
import ReviewModel

/// What people call rows and columns that are none of a table: totals, notes, where somebody signs. They differ between towns, so they are
/// data: `Specs/forms/sheet-words.yaml`, which a spec may give in words of its own.
struct SheetWords: Sendable {
    private var lists: [String: [String]] = [:]
    /// Folded.
    private(set) var notes: Set<String> = []
    /// Labels that stand where somebody signs, and nowhere else; and shorter ones, which may be lines.
    private(set) var signatures: Set<String> = []
    private(set) var shortSignatures: Set<String> = []
    /// How opinions are called that officials write below a table: the ends of their labels.
    private(set) var opinions: [String] = []
    /// How rows begin that are parts of the one above.
    private(set) var parts: [String] = []
    /// Heads that any table may have.
    private(set) var plainHeads: Set<String> = []
    /// What begins a row that takes something from the total above it, and one that says what is asked for in the end.
    private(set) var reductions: [String] = []
    private(set) var requests: [String] = []
    /// What a row is called that shows people how to fill in the others.
    private(set) var examples: Set<String> = []
    private var exampleStarts = TextStarts(of: [])
    private(set) var noteStarts = TextStarts(of: [])
    private(set) var signatureStarts = TextStarts(of: [])

    static let keys = [
        "examples", "notes", "opinions", "other_heads", "other_titles", "parts", "plain_heads", "reductions",
        "requests", "short_signatures",
        "signatures", "signed_within", "stamps", "titles", "totals",
    ]

    subscript(key: String) -> [String] { lists[key] ?? [] }

    /// The words that the plugin carries; the file is JSON, so that no plugin needs a reader of YAML for it.
    static let standard: SheetWords = {
        guard let value = try? JSONReader.read(PackageResources.sheet_words_yaml) else { return SheetWords() }
        return SheetWords(ValueReader(value, log: DiagnosticLog()), instead: SheetWords())
    }()

    private init() {}

    /// Words as settings give them; lists that they do not give stay as they are.
    init(_ reader: ValueReader, instead standard: SheetWords = .standard) {
        self = standard
        guard let record = reader.record() else { return }
        for key in Self.keys {
            guard let words = record.optional(key) else { continue }
            // Every text begins with the empty word.
            lists[key] = words.list().compactMap { $0.text() }.filter { !HeadWords.folded($0).isEmpty }
        }
        record.finish()
        func folded(_ key: String) -> Set<String> { Set(self[key].map(HeadWords.folded)) }
        (notes, signatures, shortSignatures) = (folded("notes"), folded("signatures"), folded("short_signatures"))
        (opinions, plainHeads) = (folded("opinions").sorted(), folded("plain_heads"))
        parts = folded("parts").sorted()
        // A colon tells 减：自筹 from 减速带.
        (reductions, requests) = (self["reductions"].map(Self.plain), self["requests"].map(Self.plain))
        examples = folded("examples")
        exampleStarts = TextStarts(of: examples)
        noteStarts = TextStarts(of: notes)
        signatureStarts = TextStarts(of: signatures.union(shortSignatures))
    }

    /// Whether a name is that of a part: 其中：….
    func isPart(_ name: String) -> Bool {
        let folded = HeadWords.folded(String(name.prefix(16)))
        return parts.contains(where: folded.hasPrefix)
    }

    private static func plain(_ text: String) -> String {
        String(text.filter { !$0.isWhitespace }.map { $0 == "：" ? ":" : $0 }).lowercased()
    }

    /// Whether a name begins with one of these words, apart from its number.
    func begins(_ name: String, with words: [String]) -> Bool {
        let plain = Self.plain(String(name.prefix(24)))
        return words.contains(where: plain.hasPrefix)
    }

    /// Whether a row begins with 示例, or 示例：…: none of its cells is data. What `pingshen init` writes, 例：…, is an example cell by cell.
    func isExample(_ row: SheetRow, _ context: CellContext) -> Bool {
        guard
            let first = row.cells.first(where: { cell in
                !cell.isEmpty && !(cell.holdsText && context.withText(cell, row) { $0.allSatisfy { $0 <= 0x20 } })
            }), first.holdsText, context.withText(first, row, { exampleStarts.allow($0) })
        else { return false }
        let text = context.text(first, row)
        guard !text.hasPrefix(ExampleMark.zh), !text.hasPrefix("例:") else { return false }
        let label = text.prefix { !"：:".contains($0) }
        let folded = HeadWords.folded(String(label))
        return examples.contains(folded)
            || examples.contains(String(folded.reversed().drop(while: \.isNumber).reversed()))
    }

    /// How many columns a head names that are neither the form's nor such as any table may have.
    func strangers(in head: SheetHead) -> Int {
        head.unknown.count { column in
            let folded = HeadWords.folded(column.text)
            return !folded.isEmpty && !plainHeads.contains(folded)
        }
    }

    static let schema: Value = {
        let words: Value = ["type": "array", "items": ["type": "string", "minLength": 1]]
        return [
            "type": "object",
            "description": "what rows are called that are none of a table; lists that are not given stay as they are",
            "additionalProperties": false, "properties": .record(Record(keys.map { ($0, words) })),
        ]
    }()
}
