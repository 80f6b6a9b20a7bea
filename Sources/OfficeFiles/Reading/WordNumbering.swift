/// What numbering.xml says: how Word numbers paragraphs that have no number of their own in their text.
///
/// Counts as it goes: paragraphs must be asked about in the order of the document.
final class WordNumbering: XMLHandler {
    /// How one level of a list is numbered.
    struct Level: Sendable, Hashable {
        var start = 1
        var format = WordNumberFormat.decimal
        /// `%1.%2`, `第%1章`.
        var text = ""
        var suffix = "tab"
        /// Whether numbers of the levels above are printed as digits.
        var isLegal = false
        /// The level, from 1, after which it begins anew; nil for each that is above it, 0 for none.
        var restart: Int?
        /// The style whose paragraphs stand at this level.
        var style: String?
    }

    private struct List {
        var levels: [Int: Level] = [:]
        var numStyleLink: String?
    }

    private struct Use {
        var list = ""
        /// The first numbers that this use of the list has instead, by level.
        var starts: [Int: Int] = [:]
        var levels: [Int: Level] = [:]
    }

    private var lists: [String: List] = [:]
    /// The first list that a style links to.
    private var linked: [String: String] = [:]
    private var uses: [String: Use] = [:]
    private var counts: [String: [Int: Int]] = [:]
    /// The uses whose own first numbers have been taken.
    private var started: Set<String> = []
    private var (list, use) = (nil as String?, nil as String?)
    private var (level, override) = (nil as Int?, nil as Int?)

    /// Levels of a list. Word has nine.
    static let levels = 0..<9
    /// Lists of one file; those that a person makes are a few dozen.
    private static let most = 20_000

    func begin(_ name: XMLName, _ attributes: XMLAttributes, _ reader: XMLReader) throws(OfficeFileError) {
        guard name.namespace == .word else { return }
        let value = attributes[.word, "val"]
        switch name.local {
        case "abstractNum":
            list = lists.count < Self.most ? attributes[.word, "abstractNumId"] : nil
            if let list { lists[list] = List() }
        case "num":
            use = uses.count < Self.most ? attributes[.word, "numId"] : nil
            if let use { uses[use] = Use() }
        case "abstractNumId": if let use, let value { uses[use]?.list = value }
        case "lvlOverride":
            override = attributes[.word, "ilvl"]?.wordNumber.flatMap { Self.levels.contains($0) ? $0 : nil }
        case "startOverride":
            if let use, let override, let start = value?.wordNumber { uses[use]?.starts[override] = start }
        case "lvl":
            level = attributes[.word, "ilvl"]?.wordNumber.flatMap { Self.levels.contains($0) ? $0 : nil }
            change { _ in }
        case "styleLink": if let list, let value, linked[value] == nil { linked[value] = list }
        case "numStyleLink": if let list { lists[list]?.numStyleLink = value }
        default: property(name.local, value)
        }
    }

    func end(_ name: XMLName, _ reader: XMLReader) throws(OfficeFileError) {
        guard name.namespace == .word else { return }
        switch name.local {
        case "abstractNum": list = nil
        case "num": use = nil
        case "lvlOverride": override = nil
        case "lvl": level = nil
        default: break
        }
    }

    private func property(_ name: String, _ value: String?) {
        if name == "isLgl" { return change { $0.isLegal = !["0", "false", "off"].contains(value ?? "") } }
        guard level != nil, let value else { return }
        switch name {
        case "start": if let start = value.wordNumber { change { $0.start = start } }
        case "numFmt": change { $0.format = WordNumberFormat(value) }
        case "lvlText": change { $0.text = String(value.prefix(200)) }
        case "suff": change { $0.suffix = value }
        case "lvlRestart": change { $0.restart = value.wordNumber }
        case "pStyle": change { $0.style = value }
        default: break
        }
    }

    private func change(_ body: (inout Level) -> Void) {
        guard let level else { return }
        if let list {
            body(&lists[list, default: List()].levels[level, default: Level()])
        } else if let use {
            body(&uses[use, default: Use()].levels[level, default: Level()])
        }
    }

    // MARK: Counting

    /// The level, from 1, of the list at which paragraphs of a style stand.
    func level(ofStyle style: String, in list: String) -> Int? {
        guard let use = uses[list] else { return nil }
        return definition(of: use)?.levels.first { $0.value.style == style }.map { $0.key + 1 }
    }

    /// The number of the next paragraph at this place, as it is printed; empty where the list prints none, or a bullet.
    func next(_ place: WordListPlace) -> String {
        let index = place.level - 1
        guard Self.levels.contains(index), let use = uses[place.list], let level = level(index, of: use) else {
            return ""
        }
        // Uses of one list go on counting where another stopped, but for the numbers that a use begins with itself.
        let key = use.list
        var counts = counts[key] ?? [:]
        if !use.starts.isEmpty, started.insert(place.list).inserted {
            for (level, start) in use.starts { counts[level] = start - 1 }
        }
        for above in 0..<index where counts[above] == nil { counts[above] = self.level(above, of: use)?.start ?? 1 }
        counts[index] = (counts[index] ?? level.start - 1) + 1
        for below in Self.levels where below > index {
            let restart = self.level(below, of: use)?.restart
            if restart == nil || restart.map({ $0 > index }) == true { counts[below] = nil }
        }
        self.counts[key] = counts
        return text(level, counts, use)
    }

    private func level(_ index: Int, of use: Use) -> Level? {
        use.levels[index] ?? definition(of: use)?.levels[index]
    }

    /// The list that a use names, or the one that this in turn leads to by a style.
    private func definition(of use: Use) -> List? {
        guard let list = lists[use.list] else { return nil }
        guard list.levels.isEmpty, let link = list.numStyleLink else { return list }
        return linked[link].flatMap { lists[$0] } ?? list
    }

    private func text(_ level: Level, _ counts: [Int: Int], _ use: Use) -> String {
        if level.format == .bullet { return "" }
        var (result, isMark) = ("", false)
        for character in level.text {
            if isMark, let digit = character.wholeNumberValue, (1...9).contains(digit) {
                let format = level.isLegal ? .decimal : self.level(digit - 1, of: use)?.format ?? .decimal
                result += format.text(counts[digit - 1] ?? 1)
                isMark = false
            } else if character == "%" {
                if isMark { result += "%" }
                isMark = true
            } else {
                if isMark { result += "%" }
                result.append(character)
                isMark = false
            }
        }
        if result.isEmpty || level.suffix == "nothing" { return result }
        // A full-width mark needs no blank behind it, and nobody types one.
        return result.unicodeScalars.last.map { $0.isASCII } == true ? result + " " : result
    }
}

extension String {
    /// A number as Word's own files have it, of 32 bits (ECMA-376, ST_DecimalNumber); others say nothing to Word either. What is
    /// counted on from it, and added to it, has room.
    var wordNumber: Int? { Int32(self).map(Int.init) }
}
