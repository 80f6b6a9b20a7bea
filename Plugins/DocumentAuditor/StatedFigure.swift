import BudgetLines
import PrintedReports
import ReviewModel

/// A number in a running text with what stands around it: `3,205,900.00元`.
struct StatedFigure: Sendable {
    /// Without its separators.
    var digits: String
    var value: ExactDecimal
    /// Where it begins and ends among the characters of the text.
    var range: Range<Int>
    /// The words behind it.
    var behind: String

    /// The numbers of a folded text.
    static func all(in folded: String) -> [StatedFigure] {
        guard folded.utf8.contains(where: { (0x30...0x39).contains($0) }) else { return [] }
        let text = Array(folded)
        var (found, position) = ([StatedFigure](), 0)
        while position < text.count {
            guard text[position].isPlainDigit, position == 0 || !text[position - 1].isPlainDigit else {
                position += 1
                continue
            }
            var (end, digits) = (position, "")
            while end < text.count {
                if text[end].isPlainDigit {
                    digits.append(text[end])
                } else if text[end] == ".", end + 1 < text.count, text[end + 1].isPlainDigit, !digits.contains(".") {
                    digits.append(".")
                } else if text[end] == "，" || text[end] == ",", text[end...].dropFirst().prefix(3).count == 3,
                    text[end...].dropFirst().prefix(3).allSatisfy(\.isPlainDigit),
                    !(text[end...].dropFirst(4).first?.isPlainDigit ?? false), !digits.contains(".")
                {
                } else {
                    break
                }
                end += 1
            }
            if let value = ExactDecimal(digits) {
                let behind = String(text[end...].prefix(12))
                found.append(StatedFigure(digits: digits, value: value, range: position..<end, behind: behind))
            }
            position = max(end, position + 1)
        }
        return found
    }

    /// What it comes to in yuan, where 元 or 万元 stands behind it.
    var yuan: ExactDecimal? {
        if behind.hasPrefix("元") { return value }
        return behind.hasPrefix("万元") ? try? value * 10_000 : nil
    }

    /// How many digits say something.
    var telling: Int {
        var plain = digits.filter { $0 != "." }.drop { $0 == "0" }
        while plain.last == "0" { plain.removeLast() }
        return plain.count
    }

    /// The measure that stands behind it, the longest word that fits.
    var unit: String? { measures.first(where: behind.hasPrefix) }
}

extension Character {
    var isPlainDigit: Bool { isASCII && isNumber }
}

extension String {
    /// The words before a place, up to the stop or comma before them.
    func clause(before place: Int) -> String {
        let text = Array(self)
        var start = place
        while start > 0, !"，。；：".contains(text[start - 1]) || isSeparator(text, start - 1) { start -= 1 }
        return String(text[start..<place])
    }

    private func isSeparator(_ text: [Character], _ place: Int) -> Bool {
        text[place] == "，" && place > 0 && text[place - 1].isPlainDigit && place + 1 < text.count
            && text[place + 1].isPlainDigit
    }

    /// How long the longest piece is that both have.
    func sharedLength(with other: String) -> Int {
        let (one, two) = (Array(self), Array(other))
        guard !one.isEmpty, !two.isEmpty, one.count < 200, two.count < 200 else { return 0 }
        var (lengths, best) = ([Int](repeating: 0, count: two.count + 1), 0)
        for letter in one {
            var last = 0
            for (index, other) in two.enumerated() {
                let kept = lengths[index + 1]
                lengths[index + 1] = letter == other ? last + 1 : 0
                best = max(best, lengths[index + 1])
                last = kept
            }
        }
        return best
    }
}

/// Measures that a number may stand for, longer ones before those that they begin with.
let measures = [
    "平方公里", "立方米", "平方米", "个百分点", "人次", "公里", "千米", "厘米", "毫米", "公顷", "万亩", "小时", "分钟", "个月", "公斤", "千克", "万元", "亿元",
    "工作日",
    "米", "亩", "天", "日", "月", "年", "台", "套", "所", "座", "人", "户", "家", "件", "次", "条", "路", "份", "期", "场", "辆", "吨", "元",
    "名", "位",
    "村", "镇", "%", "头", "株", "盏", "分",
]
