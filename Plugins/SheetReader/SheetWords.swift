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
    private(set) var noteStarts = TextStarts(of: [])
    private(set) var signatureStarts = TextStarts(of: [])

    static let keys = [
        "notes", "opinions", "other_titles", "parts", "plain_heads", "short_signatures", "signatures", "signed_within",
        "stamps",
        "titles", "totals",
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
        noteStarts = TextStarts(of: notes)
        signatureStarts = TextStarts(of: signatures.union(shortSignatures))
    }

    /// Whether a name is that of a part: 其中：….
    func isPart(_ name: String) -> Bool {
        let folded = HeadWords.folded(String(name.prefix(16)))
        return parts.contains(where: folded.hasPrefix)
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
