extension ExactDecimal {
    /// An amount of yuan in the capital numerals of cheques and contracts (大写): 人民币壹仟肆佰零壹万柒仟柒佰元整. Rounded half up to
    /// whole fen. By the rules for writing amounts on vouchers: 整 ends what stops at yuan or jiao, 零 stands once for
    /// skipped places. `nil` from ten quadrillion yuan on, for which the numerals have no customary reading.
    public var inCapitals: String? {
        let fen = magnitude.rounded(to: 2)
        let total = fen.significand * (fen.places == 2 ? 1 : fen.places == 1 ? 10 : 100)
        guard total < 1_000_000_000_000_000_000 else { return nil }
        let (yuan, rest) = Int(total).quotientAndRemainder(dividingBy: 100)
        let sign = isNegative && total > 0 ? "负" : ""
        return "人民币" + sign + capitals(yuan: yuan, jiao: rest / 10, fen: rest % 10)
    }
}

private let digits = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"]

private func capitals(yuan: Int, jiao: Int, fen: Int) -> String {
    if yuan == 0, jiao == 0, fen == 0 { return "零元整" }
    var text = yuan == 0 ? "" : whole(yuan) + "元"
    if jiao == 0, fen == 0 { return text + "整" }
    if jiao > 0 {
        text += digits[jiao] + "角"
    } else if yuan > 0 {
        text += "零"
    }
    return text + (fen == 0 ? "整" : digits[fen] + "分")
}

/// A whole number above 0: groups of four digits, each with its unit.
private func whole(_ number: Int) -> String {
    let units = ["", "万", "亿", "万亿"]
    var (groups, rest) = ([Int](), number)
    while rest > 0 {
        groups.append(rest % 10_000)
        rest /= 10_000
    }
    var (text, skipped) = ("", false)
    for (unit, group) in groups.enumerated().reversed() {
        if group == 0 {
            skipped = !text.isEmpty
            continue
        }
        // Inside a number, a group below 1000 has skipped its thousands.
        if !text.isEmpty, skipped || group < 1000 { text += "零" }
        // 亿 is said once in 万亿 and 亿: 贰万叁仟亿.
        let unit = unit == 3 && groups[2] > 0 ? "万" : units[unit]
        text += fourDigits(group) + unit
        skipped = false
    }
    return text
}

/// 1 to 9999: 壹仟零壹.
private func fourDigits(_ group: Int) -> String {
    var (text, skipped) = ("", false)
    for (divisor, unit) in [(1000, "仟"), (100, "佰"), (10, "拾"), (1, "")] {
        let digit = group / divisor % 10
        if digit == 0 {
            skipped = !text.isEmpty
            continue
        }
        text += (skipped ? "零" : "") + digits[digit] + unit
        skipped = false
    }
    return text
}
