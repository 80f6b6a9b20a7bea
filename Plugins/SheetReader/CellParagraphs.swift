/// What the line ends of a cell are.
///
/// Who types running text into a cell ends a paragraph by one line end, for there is no other key for it; texts of a dossier end
/// one by an empty line, and a single line end there is where somebody wrapped a line. Names are wrapped in cells as well, to fit
/// their columns: their line ends are left as they are.
enum CellParagraphs {
    /// The text with an empty line after each paragraph, or as it is where its line ends are no ends of paragraphs.
    static func text(_ cell: String) -> String {
        let lines = cell.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { String($0).trimmed }
        guard lines.count > 1 else { return cell }
        let isProse = lines.contains { line in
            line.contains(where: isFullStop) || line.last.map(endsSentence) == true || line.count >= 30
        }
        guard isProse || lines.dropFirst().contains(where: isNumbered) else { return cell }
        return lines.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private static func isFullStop(_ character: Character) -> Bool { "。！？；".contains(character) }

    private static func endsSentence(_ character: Character) -> Bool { "：.!?;:".contains(character) }

    /// `1. `, `（二）`, `三、`, `第四条`, `•`: what begins an item of a list.
    private static func isNumbered(_ line: String) -> Bool {
        let numerals = "0123456789０１２３４５６７８９一二三四五六七八九十百"
        guard let first = line.first else { return false }
        if "•·●■◆▪①②③④⑤⑥⑦⑧⑨⑩".contains(first) { return true }
        let isOpened = "（(第".contains(first)
        let rest = isOpened ? line.dropFirst() : line[...]
        let number = rest.prefix { numerals.contains($0) }
        guard !number.isEmpty, let mark = rest[number.endIndex...].first else { return false }
        switch first {
        case "第": return "条章节款项".contains(mark)
        case "（", "(": return "）)".contains(mark)
        default:
            // A decimal is no number of an item.
            let behind = rest[number.endIndex...].dropFirst().first
            return "、．)）".contains(mark) || mark == "." && behind.map { !numerals.contains($0) } != false
        }
    }
}
