internal import BudgetLines
public import ReviewModel

/// A row of a criterion table: what must be shown, the points given, and the evidence.
public struct PrintedCriterion: Sendable {
    public var line: Int
    /// How a person finds the line.
    public var label: LocalizedText
    public var code: String
    public var name: String
    /// The criterion as printed, several in one cell where the table has them so.
    public var criterion: String
    public var points: [ExactDecimal]
    /// The cells right of the points: documents, quotations, evidence.
    public var evidence: [String]
    /// The whole row, folded.
    public var text: String
}

/// A name with the code that a rubric gives it: `立项依据充分性 (A11)`.
public struct CodedName: Sendable, Hashable {
    public var name: String
    public var code: String

    /// The code stands in parentheses at the end: a capital letter and digits; a percentage behind the name is no code.
    public init?(_ cell: String) {
        guard cell.hasBytes(of: "（") || cell.hasBytes(of: "(") else { return nil }
        let text = cell.folded.unicodeScalars
        guard let open = text.lastIndex(of: "（"), let close = text[open...].firstIndex(of: "）") else { return nil }
        let code = text[text.index(after: open)..<close]
        guard let letter = code.first, ("A"..."Z").contains(letter),
            code.dropFirst().allSatisfy({ Character($0).isNumber }),
            text.startIndex < open
        else { return nil }
        (name, self.code) = (String(text[..<open]), String(code))
    }
}

extension PrintedTable {
    /// The rows of a criterion table. A name that is merged over several rows stands in the first; names below that have
    /// no criterion of their own share the one above.
    public var criteria: [PrintedCriterion] {
        var (current, found) = (nil as CodedName?, [PrintedCriterion]())
        for row in rows {
            if let coded = row.cells.lazy.compactMap(CodedName.init).first { current = coded }
            guard let current else { continue }
            guard let position = row.cells.firstIndex(where: \.statesCriterion)
            else {
                if let last = found.indices.last, found[last].code != current.code {
                    let common = zip(found[last].code, current.code).prefix { $0 == $1 }.map(\.0)
                    if !common.isEmpty { found[last].code = String(common) }
                }
                continue
            }
            let scores = row.cells.dropFirst(position + 1).first ?? ""
            found.append(
                PrintedCriterion(
                    line: row.line.number,
                    label: row.line.label,
                    code: current.code,
                    name: current.name,
                    criterion: row.cells[position].withoutMarkup,
                    points: scores.split(separator: " ").compactMap { PrintedNumber($0)?.value },
                    evidence: row.cells.dropFirst(position + 2).filter { !$0.isEmpty }.map(\.withoutMarkup),
                    text: row.line.folded
                )
            )
        }
        return found
    }

    /// The names that a score sheet or an indicator system prints with a code, in its order.
    public var codedNames: [(line: Int, CodedName)] {
        rows.flatMap { row in row.cells.compactMap(CodedName.init).map { (row.line.number, $0) } }
    }
}

extension String {
    /// Whether the cell says for what points are given.
    fileprivate var statesCriterion: Bool { hasBytes(of: "得") && hasBytes(of: "分") && count > 8 }

    /// Without the tags that converters leave in cells of several paragraphs: `<p>`, `<li>`.
    var withoutMarkup: String {
        guard utf8.contains(UInt8(ascii: "<")) else { return self }
        var (result, isTag) = ("", false)
        for character in self {
            if character == "<" { isTag = true }
            if !isTag { result.append(character) }
            if character == ">" { isTag = false }
        }
        return result.trimmed
    }
}
