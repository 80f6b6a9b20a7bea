public import ReviewModel

/// A whole number below ten thousand in Chinese digits: `两`, `十二`, `二百零五`.
public struct ChineseNumeral: Sendable {
    public let number: ExactDecimal

    public init?(_ text: Substring) {
        guard let first = text.unicodeScalars.first, first != "百", first != "千" else { return nil }
        var (total, pending): (Int, Int?) = (0, nil)
        for scalar in text.unicodeScalars {
            if let power = scalar.chinesePower {
                total += (pending ?? 1) * power
                pending = nil
            } else if let digit = scalar.chineseDigit, pending == nil || pending == 0 {
                pending = digit
            } else {
                return nil
            }
        }
        number = ExactDecimal(total + (pending ?? 0))
    }
}

extension Unicode.Scalar {
    /// What a Chinese digit counts; `nil` for what is none.
    var chineseDigit: Int? {
        switch self {
        case "零", "〇": 0
        case "一": 1
        case "二", "两": 2
        case "三": 3
        case "四": 4
        case "五": 5
        case "六": 6
        case "七": 7
        case "八": 8
        case "九": 9
        default: nil
        }
    }

    var chinesePower: Int? {
        switch self {
        case "十": 10
        case "百": 100
        case "千": 1000
        default: nil
        }
    }
}
