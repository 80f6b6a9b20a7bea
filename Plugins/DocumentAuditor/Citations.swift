import BudgetLines
import PrintedReports
import ReviewModel

/// An entry of the list of legal bases, with the spellings that citations are held against.
struct CitedBasis: Sendable {
    var title: String
    /// The title as ``Swift/StringProtocol/folded`` has it, and the same without 《》.
    var (folded, core): (String, String)
    var number: String
    var level: String
    var pointer: JSONPointer

    init(_ row: TableRow) {
        title = row.text("title")
        folded = title.folded
        core = title.withoutBrackets.folded
        number = row.text("number").folded
        level = row.text("level")
        pointer = row.pointer
    }
}

/// The titles in 《》 of a line, nested ones as part of the outer, each with the level that was named last before it.
func citations(in text: [Unicode.Scalar]) -> [(title: String, level: String?)] {
    guard text.contains("《") else { return [] }
    var (found, open, level) = ([(String, String?)](), 0, nil as String?)
    var (start, end) = (0, 0)
    for (position, scalar) in text.enumerated() {
        if scalar == "《" {
            if open == 0 { start = position }
            open += 1
        }
        guard scalar == "》", open > 0 else { continue }
        open -= 1
        guard open == 0 else { continue }
        level = lastLevel(in: text[end..<start]) ?? level
        end = position + 1
        found.append((text[start..<end].string, level))
    }
    return found
}

/// The level that a text names last: 国家 of 国家层面.
private func lastLevel(in text: ArraySlice<Unicode.Scalar>) -> String? {
    for start in text.indices.dropLast(3).reversed() where text[start + 2] == "层" && text[start + 3] == "面" {
        let level = text[start..<start + 2].string
        if levels.contains(level) { return level }
    }
    return nil
}

private let levels = ["国家", "市级", "区级", "镇级"]

extension String {
    /// What stands in parentheses right behind `title` and ends in 号.
    func number(behind title: String) -> String? {
        guard let found = firstBytes(of: title), self[found.upperBound...].beginsWithBytes(of: "（") else { return nil }
        let number = self[found.upperBound...].dropFirst().prefix { $0 != "）" }
        return number.hasSuffix("号") ? String(number) : nil
    }

    var withoutBrackets: String { String(unicodeScalars.filter { $0 != "《" && $0 != "》" }) }

    func commonSuffix(with other: String) -> String {
        String(zip(reversed(), other.reversed()).prefix { $0 == $1 }.map(\.0).reversed())
    }
}
