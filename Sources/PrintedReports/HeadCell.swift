internal import BudgetLines

/// The cells of a row that may be the head of a table, with what their words say.
struct PossibleHead {
    let cells: [HeadCell]
    /// The roles that its words have, each of them in one cell at least.
    let roles: RoleSet

    init(_ row: [String], _ words: ReportWords) {
        cells = row.map { HeadCell($0, words.columns) }
        roles = RoleSet(cells.lazy.flatMap { ($0.exact + $0.ending).lazy.map(\.role) })
    }
}

/// Some roles of columns.
struct RoleSet: ExpressibleByArrayLiteral, Sendable {
    private var bits: UInt32 = 0

    init(_ roles: some Sequence<ColumnRole>) { for role in roles { bits |= 1 << role.place } }
    init(arrayLiteral roles: ColumnRole...) { self.init(roles) }

    private init(bits: UInt32) { self.bits = bits }

    func union(_ other: RoleSet) -> RoleSet { RoleSet(bits: bits | other.bits) }
    func isDisjoint(with other: RoleSet) -> Bool { bits & other.bits == 0 }
}

/// The words by which heads say what a column holds, by the byte that they end with: of some hundred words a head is held against few.
struct ColumnWords: Sendable {
    struct Word: Sendable {
        let text: String
        let role: ColumnRole
        /// Its place among the words of its role.
        let rank: Int
        /// `=指标` is the word for a head that says nothing else.
        let isWhole: Bool
    }

    private var byEnd = [[Word]](repeating: [], count: 256)
    /// Whose an amount is: 申报, 审定.
    fileprivate private(set) var sides: [String] = []

    init() {}

    init(_ words: ReportWords) {
        for role in ColumnRole.allCases {
            for (rank, text) in words[role.rawValue].enumerated() {
                let isWhole = text.hasPrefix("=")
                let bare = isWhole ? String(text.dropFirst()) : text
                guard let last = bare.utf8.last else { continue }
                byEnd[Int(last)].append(Word(text: bare, role: role, rank: rank, isWhole: isWhole))
            }
        }
        sides = words["asked_heads"] + words["granted_heads"]
    }

    /// The words that a text may end with, those of each role in their order.
    subscript(endOf text: String) -> [Word] { text.utf8.last.map { byEnd[Int($0)] } ?? [] }
}

/// A cell of a head: `申报金额（万元）`.
struct HeadCell {
    let folded: String
    /// What stands outside of its brackets, and in them.
    private let outside: String
    private let remark: String
    /// The words that it is, and those that it ends with, the first of each role.
    fileprivate private(set) var exact: [ColumnWords.Word] = []
    fileprivate private(set) var ending: [ColumnWords.Word] = []

    init(_ text: String, _ words: ColumnWords) {
        folded = text.folded
        (outside, remark) = folded.withoutBrackets
        // What has no letter is a figure, and no head.
        guard outside.utf8.contains(where: { $0 > 0x40 }) else { return }
        // 金额（审定） is 审定金额.
        // 核增（核减） is a word itself, and no 核增.
        let isWord = !remark.isEmpty && words[endOf: folded].contains { $0.text.isBytes(of: folded) }
        let name = isWord ? folded : !remark.isEmpty && words.sides.isOne(remark) ? remark + outside : outside
        for word in words[endOf: name] where name.endsWithBytes(of: word.text) {
            let isAll = name.utf8.count == word.text.utf8.count
            if isAll, !exact.contains(where: { $0.role == word.role }) { exact.append(word) }
            // 月均享受人数 is a mean, and no quantity that a price goes with.
            if word.isWhole || word.role == .quantity && name.hasBytes(of: "均") { continue }
            if !ending.contains(where: { $0.role == word.role }) { ending.append(word) }
        }
    }

    /// The place of the word of a role in its list, where the cell is that word, or ends with it.
    func rank(of role: ColumnRole, isExact: Bool) -> Int? {
        (isExact ? exact : ending).first { $0.role == role }?.rank
    }

    /// `nil` when it says none.
    func unit(_ words: ReportWords) -> PrintedUnit? {
        if words["wan"].contains(where: { remark.hasBytes(of: $0) || outside.endsWithBytes(of: $0) }) { return .wan }
        return words["yuan"].contains(where: remark.hasBytes) ? .yuan : nil
    }
}

/// The year of a column: 2026年预算数量, 上年金额.
enum SaidYear {
    case number(Int)
    /// 上年, or 本年.
    case word(isPresent: Bool)

    enum Order { case earlier, later }

    init?(_ folded: String, _ words: ReportWords) {
        let years = folded.utf8.split { !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0) }
            .compactMap { $0.count == 4 ? Int(Substring($0)) : nil }
        if let year = years.filter({ (1990..<2100).contains($0) }).max() {
            self = .number(year)
        } else if words["past_year"].contains(where: folded.hasBytes) {
            self = .word(isPresent: false)
        } else if words["present_year"].contains(where: folded.hasBytes) {
            self = .word(isPresent: true)
        } else {
            return nil
        }
    }

    /// `nil` where nothing says which of them is the later.
    func order(_ other: SaidYear?) -> Order? {
        switch (self, other) {
        case (.number(let own), .number(let year)?): own == year ? nil : own > year ? .later : .earlier
        case (.word(let own), .word(let isPresent)?): own == isPresent ? nil : own ? .later : .earlier
        default: nil
        }
    }
}

extension ColumnRole {
    fileprivate var place: Int { Self.places[self] ?? 0 }

    private static let places = Dictionary(uniqueKeysWithValues: zip(allCases, 0...))
}

extension String {
    /// A folded text without what stands in brackets, and what does. The bytes of few texts are among those that brackets begin with.
    fileprivate var withoutBrackets: (outside: String, inside: String) {
        guard utf8.contains(where: { $0 == 0xEF || $0 == 0x5B || $0 == 0xE3 }) else { return (self, "") }
        var (outside, inside, depth) = ("", "", 0)
        for scalar in unicodeScalars {
            switch scalar {
            case "（", "(", "[", "【": depth += 1
            case "）", ")", "]", "】": depth = Swift.max(depth - 1, 0)
            default:
                if depth == 0 { outside.unicodeScalars.append(scalar) } else { inside.unicodeScalars.append(scalar) }
            }
        }
        return (outside, inside)
    }
}
