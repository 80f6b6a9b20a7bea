import BudgetLines
import PrintedReports

/// `分A、B、C四个采购包`: names parted by 、 right before a numeral that counts them; `nil` where none differs. Behind digits stands what else there is of
/// them (道路、桥梁12项工程), and 等 leaves the list open.
func closedNames(_ text: String, _ words: ReportWords) -> ListedCount? {
    guard text.hasBytes(of: "、"), numerals.keys.contains(where: { text.hasBytes(of: String($0)) }) else { return nil }
    let counters = words["counters"].map(Array.init)
    for clause in text.split(whereSeparator: { "，。；：（）“”《》".contains($0) }) where clause.contains("、") {
        let letters = Array(clause)
        for place in letters.indices.dropFirst(3) {
            guard let stated = numerals[letters[place]], place + 1 < letters.count,
                counters.contains(where: { letters[(place + 1)...].starts(with: $0) }),
                letters[place - 1] != "、", !"第十二三四五六七八九一几每这那共各前后近".contains(letters[place - 1])
            else { continue }
            let before = String(letters[..<place])
            let items = before.split(separator: "、", omittingEmptySubsequences: false).map(String.init)
            guard items.count > 2, let last = items.last, (1...8).contains(last.count),
                items.dropFirst().allSatisfy({ (1...12).contains($0.count) && !$0.contains(where: \.isPlainDigit) }),
                !last.contains("等"), !words["ends_no_name"].contains(where: last.hasBytes)
            else { continue }
            let joined = last.split { "和及与".contains($0) }.count
            guard items.count != stated, items.count + joined - 1 != stated,
                abs(items.count - stated) == 1
            else { continue }
            return (stated, items.count)
        }
    }
    return nil
}

private let numerals: [Character: Int] = ["两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9]
