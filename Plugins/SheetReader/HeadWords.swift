import ReviewModel

/// What the columns of a table are called in the heads of sheets.
struct HeadWords {
    /// By positions in the form's columns.
    private let names: [Set<String>]
    private let explicit: [Int: String]

    init(_ table: TableSchema, _ settings: TableSettings, synonyms: [String: [String]]) {
        names = table.columns.map { column in
            Set(
                ([column.name, column.title.zh, column.title.en] + (synonyms["\(table.name).\(column.name)"] ?? []))
                    .map(Self.folded)
            )
        }
        explicit = Dictionary(
            settings.columns.compactMap { name, head in table.position(of: name).map { ($0, Self.folded(head)) } }
        ) { first, _ in first }
    }

    /// Which column of the form a head means, by what may be its text; what the settings say comes first.
    func column(_ heads: [String]) -> Int? {
        let heads = heads.map(Self.folded).filter { !$0.isEmpty }
        for head in heads {
            if let found = explicit.first(where: { $0.value == head }) { return found.key }
        }
        for head in heads {
            if let found = names.indices.first(where: { explicit[$0] == nil && names[$0].contains(head) }) {
                return found
            }
        }
        return nil
    }

    /// Whether one column is all that a head can name, or all that the settings ask for.
    var isNarrow: Bool { explicit.count == 1 || names.count == 1 }

    /// A head without what varies: blanks and line ends, `（元）`, `*`, the width and case of letters.
    static func folded(_ text: String) -> String {
        var (folded, depth) = ("", 0)
        for scalar in text.unicodeScalars {
            let narrow =
                (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
            switch narrow {
            case "(", "【", "[": depth += 1
            case ")", "】", "]": depth = max(0, depth - 1)
            case "*", ":", "\u{3000}": continue
            default:
                if depth == 0, !narrow.properties.isWhitespace { folded.unicodeScalars.append(narrow) }
            }
        }
        return folded.lowercased()
    }

    /// How many of the column's unit one of the head's is: 10,000 for 金额（万元）, 1 where nothing is said.
    static func factor(of head: String) -> Int {
        let units = [("亿元", 100_000_000), ("百万元", 1_000_000), ("万元", 10_000), ("千元", 1_000)]
        let inner = head.split { "(（[【".contains($0) }.dropFirst().map { $0.prefix { !")）]】".contains($0) } }
        for part in inner {
            let unit = part.filter { !$0.isWhitespace }
            for (name, factor) in units where unit == name || unit == "单位：" + name || unit == "单位:" + name {
                return factor
            }
        }
        return 1
    }
}
