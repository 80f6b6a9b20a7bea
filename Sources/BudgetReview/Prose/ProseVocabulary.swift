/// The words by which texts of one dossier name its figures.
public struct ProseVocabulary: Sendable {
    /// The year under review; 本年 and 上年 count from it.
    public var year: Int
    /// Names of items, without blanks, with the subjects that they may mean.
    public private(set) var subjects: [String: Set<String>] = [:]
    /// Names of the project itself.
    public private(set) var projectNames: Set<String> = []
    /// Names that say nothing of a figure: of the town, of the applicant.
    private var silentNames: Set<String> = []

    public init(year: Int) {
        self.year = year
    }

    /// Makes `name` mean the subject; a name may mean several.
    public mutating func add(_ name: String, meaning subject: String) {
        let key = canonicalText(name)
        guard key.count > 1 else { return }
        subjects[key, default: []].insert(subject)
    }

    public mutating func addProject(_ name: String) {
        let key = canonicalText(name)
        if key.count > 1 { projectNames.insert(key) }
    }

    public mutating func addSilent(_ name: String) {
        let key = canonicalText(name)
        if key.count > 1 { silentNames.insert(key) }
    }

    /// The words of a text without blanks, one after the other; `nil` when some of it is not understood.
    func tokens(of text: Substring) -> [ProseToken]? {
        var (tokens, rest) = ([ProseToken](), text)
        while !rest.isEmpty {
            guard let (token, length) = nextToken(rest) else { return nil }
            tokens.append(token)
            rest = rest.dropFirst(length)
        }
        return tokens
    }

    /// Whether a text without blanks names an item.
    func namesSubject(_ text: Substring) -> Bool { subjects.keys.contains { text.contains($0) } }

    /// The longest word that the text begins with.
    private func nextToken(_ text: Substring) -> (ProseToken, Int)? {
        if let calendar = calendarToken(text) { return calendar }
        var best: (token: ProseToken, length: Int)?
        func offer(_ word: String, _ token: ProseToken) {
            if word.count > best?.length ?? 0, text.hasPrefix(word) { best = (token, word.count) }
        }
        for (name, meanings) in subjects { offer(name, .subject(meanings)) }
        for name in projectNames { offer(name, .project) }
        for name in silentNames { offer(name, .filler) }
        for (word, token) in proseWords { offer(word, token) }
        return best
    }

    /// `2025年度`, `2023-2025年`, `截至2025年10月31日`, `本年`, `上年`.
    private func calendarToken(_ text: Substring) -> (ProseToken, Int)? {
        for (word, offset) in relativeYears where text.hasPrefix(word) { return (.year(year + offset), word.count) }
        let head = ["截至", "截止", "到", "至"].first(where: text.hasPrefix) ?? ""
        let body = text.dropFirst(head.count)
        let digits = body.prefix { ("0"..."9").contains($0) }
        guard digits.count == 4, let first = Int(digits), (1900...2100).contains(first) else { return nil }
        var rest = body.dropFirst(4)
        if rest.hasPrefix("年-") || rest.hasPrefix("-") || rest.hasPrefix("至") || rest.hasPrefix("年至") {
            let tail = rest.drop { "年-至".contains($0) }
            if let last = Int(tail.prefix(4)), (first...first + 20).contains(last) {
                rest = tail.dropFirst(4)
                return (.years(Array(first...last)), text.count - droppingYear(rest).count)
            }
        }
        guard rest.hasPrefix("年") || head.isEmpty else { return nil }
        rest = droppingYear(rest)
        if !head.isEmpty { rest = rest.drop { ("0"..."9").contains($0) || "月日底末".contains($0) } }
        return (.year(first), text.count - rest.count)
    }

    private func droppingYear(_ rest: Substring) -> Substring {
        for word in ["年度", "年"] where rest.hasPrefix(word) { return rest.dropFirst(word.count) }
        return rest
    }
}

private let relativeYears: [(String, Int)] = [
    ("上一年度", -1), ("上年度", -1), ("上一年", -1), ("上年", -1), ("去年", -1), ("本年度", 0), ("本年", 0), ("今年", 0),
]
