internal import ReviewModel

/// A whole number below ten thousand in Chinese digits: `两`, `十二`, `二百零五`.
struct ChineseNumeral {
    let number: ExactDecimal

    static let digits: [Character: Int] = [
        "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
    ]
    static let powers: [Character: Int] = ["十": 10, "百": 100, "千": 1000]

    init?(_ text: Substring) {
        guard let first = text.first, first != "百", first != "千" else { return nil }
        var (total, pending): (Int, Int?) = (0, nil)
        for character in text {
            if let power = Self.powers[character] {
                total += (pending ?? 1) * power
                pending = nil
            } else if let digit = Self.digits[character], pending == nil || pending == 0 {
                pending = digit
            } else {
                return nil
            }
        }
        number = ExactDecimal(total + (pending ?? 0))
    }
}
