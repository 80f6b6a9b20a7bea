/// What styles.xml says that matters for reading: names and levels.
final class WordStyles: XMLHandler {
    struct Style {
        var name = ""
        var base: String?
        var level: Int?
        /// The list that numbers its paragraphs, and how deep in it, from 1; an empty list is none.
        var list: String?
        var listLevel: Int?
    }

    private var styles: [String: Style] = [:]
    private var standard: String?
    private var current: String?
    private var isParagraph = false

    func begin(_ name: XMLName, _ attributes: XMLAttributes, _ reader: XMLReader) throws(OfficeFileError) {
        guard name.namespace == .word else { return }
        let value = attributes[.word, "val"]
        switch name.local {
        case "style":
            current = attributes[.word, "styleId"]
            isParagraph = attributes[.word, "type"] == "paragraph"
            if let current, styles[current] == nil { styles[current] = Style() }
            if isParagraph, ["1", "true", "on"].contains(attributes[.word, "default"] ?? "") { standard = current }
        case "name": if let current, let value { styles[current]?.name = value }
        case "basedOn": if let current { styles[current]?.base = value }
        case "numId": if let current, let value { styles[current]?.list = value == "0" ? "" : value }
        case "ilvl": if let current { styles[current]?.listLevel = (value?.wordNumber).map { $0 + 1 } }
        case "outlineLvl": if let current { styles[current]?.level = value?.wordNumber }
        default: break
        }
    }

    func end(_ name: XMLName, _ reader: XMLReader) throws(OfficeFileError) {
        if name.namespace == .word, name.local == "style" { current = nil }
    }

    /// What a style says of its paragraphs.
    struct Looks {
        var name: String?
        /// The level of headings, from 1.
        var level: Int?
        /// Whether its paragraphs are entries of a table of contents.
        var isContents = false
    }

    private var seen: [String?: Looks] = [:]

    /// Of the style of that id, or of the standard one; asked for every paragraph, and found once, when all styles are read.
    func looks(of id: String?) -> Looks {
        if let found = seen[id] { return found }
        let name = (id ?? standard).flatMap { styles[$0]?.name }
        let isContents = name?.lowercased().hasPrefix("toc ") ?? false
        let looks = Looks(name: name, level: level(of: id), isContents: isContents)
        seen[id] = looks
        return looks
    }

    /// The level of headings in that style, from 1; by the style itself, what it is based on, or else by its name.
    private func level(of id: String?) -> Int? {
        var next = id ?? standard
        // A style may be based on itself by way of others.
        for _ in 0..<20 {
            guard let id = next, let style = styles[id] else { return nil }
            if let level = style.level { return (0...8).contains(level) ? level + 1 : nil }
            if let level = Self.level(named: style.name) { return level }
            next = style.base
        }
        return nil
    }

    /// The list that numbers paragraphs in that style, by itself or by what it is based on.
    func list(of id: String?, _ numbering: WordNumbering) -> WordListPlace? {
        var (next, level) = (id ?? standard, nil as Int?)
        for _ in 0..<20 {
            guard let id = next, let style = styles[id] else { return nil }
            level = level ?? style.listLevel
            if let list = style.list {
                if list.isEmpty { return nil }
                return WordListPlace(list: list, level: numbering.level(ofStyle: id, in: list) ?? level ?? 1)
            }
            next = style.base
        }
        return nil
    }

    /// `heading 2`, `标题 2`: what Word calls its own headings in every file.
    private static func level(named name: String) -> Int? {
        let words = name.lowercased().split(separator: " ")
        guard words.count == 2, words[0] == "heading" || words[0] == "标题", let level = String(words[1]).wordNumber
        else { return nil }
        return (1...9).contains(level) ? level : nil
    }
}
