/// The year that a sheet speaks of, by its name or the titles above its head: 2026年预算明细, 上年预算.
enum SheetYear: Equatable {
    case number(Int)
    /// 上年, or 本年.
    case word(rank: Int)

    /// - Parameter texts: the first that says a year counts.
    init?(_ texts: [String]) {
        for text in texts {
            let years = text.split { !$0.isASCII || !$0.isNumber }.compactMap { $0.count == 4 ? Int($0) : nil }
            if let year = years.filter({ (1990..<2100).contains($0) }).max() {
                self = .number(year)
                return
            }
            if let rank = HeadWords.rank(text) {
                self = .word(rank: rank)
                return
            }
        }
        return nil
    }

    /// Whether it is later than another; `nil` where nobody can tell, or both are the same.
    func isLater(than other: SheetYear?) -> Bool? {
        switch (self, other) {
        case (.number(let own), .number(let year)?): own == year ? nil : own > year
        case (.word(let own), .word(let rank)?): own == rank ? nil : own > rank
        default: nil
        }
    }

    /// Whether it is another year than one that is said, too: 上年 is no 2026年.
    func isOther(than other: SheetYear?) -> Bool {
        switch (self, other) {
        case (_, nil): self == .word(rank: HeadWords.past)
        case (.number, .word(let rank)?), (.word(let rank), .number?): rank == HeadWords.past
        case (_, let other?): self != other
        }
    }
}
