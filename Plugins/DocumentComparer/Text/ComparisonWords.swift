import PluginKit
import ReviewModel

/// The words that a comparison has to know. They belong to a field and a language, and stand in YAML.
///
///     totals: [合计, 小计]                      # rows that are sums of others
///     meanings: [[不予, 予以], [可行, 不可行]]   # a change between them turns a sentence around
///     units: {元: 1, 万元: 10000}               # units of figures, with what each multiplies by
///     names: [虹桥镇财政所]                      # besides those that the original's tables and cover have
struct ComparisonWords: Sendable {
    var totals: [String] = []
    var meanings: [[String]] = []
    var units: [String: ExactDecimal] = [:]
    var names: [String] = []

    init() {}

    init(_ reader: ValueReader) {
        guard let record = reader.record() else { return }
        totals = record.optional("totals")?.list().compactMap { $0.text() } ?? []
        meanings = record.optional("meanings")?.list().map { $0.list().compactMap { $0.text() } } ?? []
        for (name, factor) in record.optional("units")?.record()?.all() ?? [] { units[name] = factor.decimal() }
        names = record.optional("names")?.list().compactMap { $0.text() } ?? []
        record.finish()
    }

    static let schema: Record = [
        "type": "object",
        "additionalProperties": false,
        "properties": [
            "totals": ["type": "array", "items": ["type": "string"]],
            "meanings": ["type": "array", "items": ["type": "array", "items": ["type": "string"]]],
            "units": ["type": "object", "additionalProperties": ["type": ["number", "string"]]],
            "names": ["type": "array", "items": ["type": "string"]],
        ],
    ]
}

/// Words to be found in a text, the longest at each place first.
struct Vocabulary: Sendable {
    private var words: [[Unicode.Scalar]: Token.Kind] = [:]
    /// The lengths of the words that begin with a scalar, longest first.
    private var lengths: [Unicode.Scalar: [Int]] = [:]

    /// How many words it takes; a document's own names may be many.
    static let limit = 20_000

    init(_ words: ComparisonWords, names: [String] = []) {
        // A unit is one, whatever else it may be.
        for word in words.meanings.joined() { add(word, .meaning) }
        for word in words.units.keys.sorted() { add(word, .meaning) }
        for name in words.names + names { add(name, .name) }
    }

    private mutating func add(_ word: String, _ kind: Token.Kind) {
        // Words of letters have blanks between them, Chinese has none that mean anything.
        let isLatin = word.unicodeScalars.allSatisfy { $0.value < 0x250 }
        let scalars = word.unicodeScalars.filter { !$0.properties.isWhitespace || (isLatin && $0 == " ") }
        let key = Array(scalars)
        guard let first = key.first, words.count < Self.limit, words[key] == nil else { return }
        words[key] = kind
        var known = lengths[first] ?? []
        if !known.contains(key.count) { known.append(key.count) }
        lengths[first] = known.sorted(by: >)
    }

    /// The longest word at `position`, and how many scalars it has.
    func word(_ text: [Unicode.Scalar], at position: Int) -> (kind: Token.Kind, count: Int)? {
        for length in lengths[text[position]] ?? [] where position + length <= text.count {
            if let kind = words[Array(text[position..<position + length])] { return (kind, length) }
        }
        return nil
    }
}
