internal import ExactNumbers
internal import Groundwork

// What a reader of values says of one that is wrong, and what its writer probably meant.

let decimalName = LocalizedText(zh: "数字（如 1703200.00）", en: "a decimal number such as 1703200.00")
let percentName = LocalizedText(zh: "百分比（如 95.04%）", en: "a percentage such as 95.04%")
let integerName = LocalizedText(zh: "整数", en: "a whole number")

func wrongType(_ expected: LocalizedText, found: Value, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    let shown = found.scalarText.map { quoted($0, limit: 40) }
    return ConfigurationDiagnostic(
        code: "value/wrong-type",
        message: LocalizedText(
            zh: "此处应为\(spaced(expected.zh))，实为\(shown ?? found.kind.name.zh)",
            en: "expected \(expected.en), found \(shown ?? found.kind.name.en)"
        ),
        pointer: pointer,
        help: found.text.flatMap { hint($0, insteadOf: expected) } ?? hint(found, insteadOf: expected)
    )
}

/// What the writer of a value probably meant that is no text.
private func hint(_ found: Value, insteadOf expected: LocalizedText) -> LocalizedText? {
    switch found {
    case .boolean(let truth) where expected == ValueKind.text.name:
        return LocalizedText(zh: "若是文字，请加引号：\"\(truth)\"", en: "if it is a text, put it in quotes: \"\(truth)\"")
    case .null where expected == ValueKind.list.name: return LocalizedText(zh: "没有的写 []", en: "write [] for none")
    case .record where expected == ValueKind.list.name:
        return LocalizedText(zh: "列表的每一项前写\"- \"（减号加空格）", en: "put \"- \" before every item of a list")
    case .list where expected == ValueKind.record.name:
        return LocalizedText(zh: "写成\"键: 值\"，前面不加\"- \"", en: "write \"key: value\", without \"- \" before it")
    default: return nil
    }
}

/// With a blank before Latin letters, as Chinese is set.
private func spaced(_ words: String) -> String { words.first?.isASCII == true ? " " + words : words }

/// What the writer of a text probably meant, where something else was expected.
private func hint(_ text: String, insteadOf expected: LocalizedText) -> LocalizedText? {
    let isFigure = [decimalName, percentName, integerName].contains(expected)
    if isFigure, emptyWords.contains(text.lowercased()) {
        return LocalizedText(zh: "没有数字的单元格写 ~", en: "write ~ for an empty cell")
    }
    let plain = text.withPlainCharacters
    if text.hasPrefix("!include ") || text.hasPrefix("!file ") {
        return LocalizedText(zh: "去掉引号，写 \(text)", en: "take the quotes away: \(text)")
    }
    if expected == ValueKind.list.name, text.isEmpty {
        return LocalizedText(zh: "没有的写 []", en: "write [] for none")
    }
    let isParts = expected == ValueKind.record.name || expected == ValueKind.list.name
    if isParts, [".yaml", ".yml"].contains(where: plain.lowercased().hasSuffix), !plain.contains("\n"),
        !plain.hasPrefix("!")
    {
        return LocalizedText(zh: "若是文件，请写 !include \(plain)", en: "for what is in a file write !include \(plain)")
    }
    // Where a sign that only looks right is all that is wrong, it is named.
    let isOddAlone =
        expected == percentName && text != plain && plain.hasSuffix("%")
        && ExactDecimal(grouped: String(plain.dropLast())) != nil
    if isFigure, !isOddAlone, let percent = percentHint(plain, insteadOf: expected) { return percent }
    if isFigure, let number = numberWithOtherSigns(plain) {
        return LocalizedText(zh: "请写成 \(number)", en: "write \(number)")
    }
    if isFigure, let first = text.first, "“”‘’「『".contains(first) {
        return LocalizedText(
            zh: "含逗号的数要用半角引号整个引起来，如 \"60,000.5\"",
            en: "put the whole number into straight quotes, such as \"60,000.5\""
        )
    }
    if isFigure, let number = numberWithOtherGroups(withoutCurrency(plain)) {
        return LocalizedText(zh: "请写成 \(number)", en: "write \(number)")
    }
    let (bare, isMoney) = withoutLeadingCurrency(plain)
    if isFigure, let digits = ExactDecimal(grouped: String(bare.prefix { "0123456789.,-".contains($0) })),
        plain.contains(where: { !"0123456789.,-%".contains($0) })
    {
        return aloneHint(digits, before: bare.drop { "0123456789.,-".contains($0) }, isMoney: isMoney)
    }
    if isFigure, let number = chineseNumber(text) {
        return LocalizedText(zh: "请写成 \(number)", en: "write \(number)")
    }
    // "-[L1, …]" and "-甲" are texts to YAML.
    if expected == ValueKind.list.name, text.hasPrefix("-"),
        text.dropFirst().first.map({ $0 != " " && $0 != "-" }) == true
    {
        return LocalizedText(zh: "列表项的\"-\"之后要空一格", en: "put a space after the \"-\" of a list item")
    }
    // A list of one, or of several that nothing holds together.
    if expected == ValueKind.list.name, text.utf8.count <= 80, !plain.hasPrefix("!"),
        !text.contains(where: { $0.isNewline || "[]{}".contains($0) })
    {
        let list = "[" + (joinedWords(in: text) ?? [text]).joined(separator: ", ") + "]"
        return LocalizedText(zh: "请写成列表 \(list)", en: "write a list: \(list)")
    }
    if expected == ValueKind.boolean.name, let truth = truths[text.lowercased()] {
        return LocalizedText(zh: "请写 \(truth)", en: "write \(truth)")
    }
    return oddCharacterHint(in: text)
}

/// `75 %`, `75,5%` and 小于70% as they are to be written, and 30% where no share is meant; `nil` for what has other than one number.
private func percentHint(_ text: String, insteadOf expected: LocalizedText) -> LocalizedText? {
    let parts = text.split(separator: "%", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    let backwards = parts[0].reversed().drop { $0 == " " }
    let digits = String(backwards.prefix { isDigit($0) || $0 == "." || $0 == "," }.reversed())
    let rest = backwards.drop { isDigit($0) || $0 == "." || $0 == "," }
    guard let number = numberWithOtherSigns(digits) ?? ExactDecimal(grouped: digits), !rest.contains(where: isDigit),
        !parts[1].contains(where: isDigit)
    else { return nil }
    if expected == percentName { return LocalizedText(zh: "请写成 \(number)%", en: "write \(number)%") }
    let share = number.dividedByTen(times: 2).withoutTrailingZeros
    return LocalizedText(
        zh: "此处不写百分号：写 \(number)，按 1 计的写 \(share)",
        en: "there is no percent sign here: write \(number), or \(share) where 1 is the whole"
    )
}

func isDigit(_ character: Character) -> Bool { "0123456789".contains(character) }

/// The number without what stands behind it; of 12.5万 it is another one where the column counts ones.
///
/// - Parameter isMoney: whether a currency stands before it: then m is million, and no metre.
private func aloneHint(_ digits: ExactDecimal, before rest: Substring, isMoney: Bool) -> LocalizedText? {
    if rest.first == "e" || rest.first == "E", let tens = Int(rest.dropFirst()), (-18...18).contains(tens),
        let number = digits.multipliedByTen(times: tens)
    {
        return LocalizedText(zh: "请写成 \(number)", en: "write \(number)")
    }
    // Of 1/2 and of 80~90 no part is the number that was meant.
    if rest.contains(where: { "0123456789".contains($0) }) {
        return LocalizedText(zh: "请写成一个小数，如 0.5", en: "write one decimal number, such as 0.5")
    }
    let multiples = [
        ("百万", 6), ("千万", 7), ("千", 3), ("万", 4), ("亿", 8), ("million", 6), ("thousand", 3), ("Mio", 6), ("mio", 6),
        ("Mrd", 9), ("billion", 9), ("bn", 9), ("mn", 6), ("k", 3), ("K", 3),
    ]
    let word = rest.drop { $0 == " " }
    let ofMoney = isMoney && ["m", "M"].contains(word) ? (String(word), 6) : nil
    guard let (multiple, tens) = ofMoney ?? multiples.first(where: { word.hasPrefix($0.0) }),
        let ones = digits.multipliedByTen(times: tens)
    else { return LocalizedText(zh: "只写数字：\(digits)", en: "write the number alone: \(digits)") }
    return LocalizedText(
        zh: multiple.first?.isASCII == true
            ? "只写数字：不按倍数计的写 \(ones.withoutTrailingZeros)，以\(multipleName(tens))计的写 \(digits)"
            : "只写数字：本列以元计的写 \(ones.withoutTrailingZeros)，以\(multiple)计的写 \(digits)",
        en: "write the number alone: \(ones.withoutTrailingZeros), or \(digits) where the column counts in \(multiple)"
    )
}

private func multipleName(_ tens: Int) -> String { [3: "千", 6: "百万", 9: "十亿"][tens] ?? "10 的 \(tens) 次方" }

/// `$120.5k` and `EUR 2.9 million` without what they are money of, and whether they are.
private func withoutLeadingCurrency(_ text: String) -> (Substring, Bool) {
    let lead = text.prefix { !isDigit($0) && $0 != "-" }
    let word = lead.filter { $0 != " " }
    let isCode = word.count == 3 && word.allSatisfy { $0.isASCII && $0.isUppercase }
    let isSign = word.count <= 4 && word.last.map { "€$£¥₽₹₩元".contains($0) } == true
    guard isCode || isSign || word == "人民币", lead.count < text.count else { return (text[...], false) }
    return (text.dropFirst(lead.count), true)
}

/// 三, 二十五, and 三位, 两年: a number below 100 in Chinese numerals, perhaps with one character of what it counts; `nil` for others.
private func chineseNumber(_ text: String) -> Int? {
    let digits: [Character: Int] = [
        "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    ]
    var numerals = Array(text)
    if numerals.count > 1, let last = numerals.last, digits[last] == nil, last != "十" { numerals.removeLast() }
    let parts = numerals.split(separator: "十", omittingEmptySubsequences: false)
    if parts.count == 1 { return numerals.count == 1 ? digits[numerals[0]] : nil }
    guard parts.count == 2, parts.allSatisfy({ $0.count <= 1 }),
        let tens = parts[0].first.map({ digits[$0] }) ?? 1, let ones = parts[1].first.map({ digits[$0] }) ?? 0
    else { return nil }
    return tens * 10 + ones
}

/// `1 200 000 €` without what it is money of, where one sign or code says that.
private func withoutCurrency(_ text: String) -> String {
    let currency = text.reversed().prefix { !isDigit($0) }.reversed().filter { $0 != " " }
    let isCode = currency.count == 3 && currency.allSatisfy { $0.isASCII && $0.isUppercase }
    guard isCode || ["€", "$", "£", "¥", "元"].contains(String(currency)) else { return text }
    return String(text.reversed().drop { !isDigit($0) }.reversed())
}

/// `12 000`, `12'000` and `1.234.567,50`: thousands that are parted by another sign than a comma; `nil` for anything else.
private func numberWithOtherGroups(_ text: String) -> ExactDecimal? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    // A comma behind the thousands is that of the decimals.
    let comma = parts.count == 2 && !parts[1].isEmpty && parts[1].allSatisfy(isDigit) ? parts[1] : nil
    guard parts.count == 1 || comma != nil else { return nil }
    let marks = Set(parts[0].filter { " '’_\u{A0}\u{202F}".contains($0) || $0 == "." && comma != nil })
    guard marks.count == 1, let mark = marks.first else { return nil }
    let groups = parts[0].split(separator: mark, omittingEmptySubsequences: false)
    guard let first = groups.first, (1...3).contains(first.drop { $0 == "-" }.count), let last = groups.last else {
        return nil
    }
    let whole = last.prefix { $0 != "." }
    guard (groups.dropFirst().dropLast() + [whole]).allSatisfy({ $0.count == 3 }) else { return nil }
    return ExactDecimal(groups.joined() + (comma.map { "." + $0 } ?? ""))
}

/// `310,5` with a comma for the point, and `CHF 310.5` with a currency before it; `nil` for anything else.
private func numberWithOtherSigns(_ text: String) -> ExactDecimal? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    if parts.count == 2, parts[1].count != 3, parts.allSatisfy({ !$0.isEmpty }),
        parts[1].allSatisfy({ "0123456789".contains($0) })
    {
        return ExactDecimal("\(parts[0]).\(parts[1])")
    }
    let letters = text.prefix { !"0123456789-+".contains($0) }
    guard !letters.isEmpty, letters.count <= 5 else { return nil }
    return ExactDecimal(grouped: String(text.dropFirst(letters.count)))
}

private let truths = [
    "是": true, "否": false, "有": true, "无": false, "yes": true, "no": false, "y": true, "n": false, "on": true,
    "off": false,
    "√": true, "×": false, "真": true, "假": false,
]

/// What people write into a cell that has no figure.
private let emptyWords: Set<String> = [
    "-", "--", "—", "——", "–", "－", "～", "/", "／", "无", "空", "暂无", "不适用", "n/a", "na", "none", "nil", "null", "tbd",
    "待定", "未定", "待核", "待补", "待填", "不详", "未知", "unknown",
]

func missing(_ key: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "value/missing-key",
        message: LocalizedText(zh: "缺少键\(quoted(key))", en: "missing key \(quoted(key))"),
        pointer: pointer,
        help: LocalizedText(zh: "请补上 \(key): …", en: "add \(key): …")
    )
}

/// - Parameter replaced: a key that is missing, in whose place this one seems to stand.
func unknownKey(
    _ key: String,
    known: [String],
    inPlaceOf replaced: String? = nil,
    at pointer: JSONPointer
) -> ConfigurationDiagnostic {
    let near = suggestion(for: key, among: known)
    let help =
        nearest(to: key, among: known) == nil ? partedNumberHint(key) ?? oddCharacterHint(in: key) ?? near : near
    let wanted = replaced.map { LocalizedText(zh: "此处须写 \($0)", en: "\($0) is wanted here") }
    return ConfigurationDiagnostic(
        code: "value/unknown-key",
        message: LocalizedText(zh: "未知的键\(quoted(key))", en: "unknown key \(quoted(key))"),
        pointer: pointer,
        help: wanted.map { wanted in
            help.map { LocalizedText(zh: "\(wanted.zh)；\($0.zh)", en: "\(wanted.en); \($0.en)") } ?? wanted
        } ?? help
    )
}

/// A key of digits is the rest of a number that a comma has parted: `{energy: 60,000.5}`.
private func partedNumberHint(_ key: String) -> LocalizedText? {
    let key = key.last.map { "”’」』".contains($0) } ?? false ? key.dropLast() : key[...]
    guard !key.isEmpty, key.allSatisfy({ isDigit($0) || $0 == "." || $0 == "%" }) else { return nil }
    return LocalizedText(
        zh: "逗号把一个数分成了两项：带千分位的数要加引号，如 \"60,000.5\"；小数点写 .",
        en:
            "a comma has parted a number: put one with thousands in quotes, such as \"60,000.5\", and write decimals with a point"
    )
}

let partedCode = "value/parted"

/// A value that commas have parted, with what they left of it as keys.
func parted(_ first: String, _ rests: [String], isList: Bool, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    let (close, spaced) = (([first] + rests).joined(separator: ","), ([first] + rests).joined(separator: ", "))
    let plain = close.withPlainCharacters.filter { $0 != "\"" }
    let (digits, sign) = plain.hasSuffix("%") ? (String(plain.dropLast()), "%") : (plain, "")
    let help: LocalizedText
    if let number = numberWithOtherGroups(digits) ?? numberWithOtherSigns(digits) ?? ExactDecimal(grouped: digits) {
        help = LocalizedText(zh: "请写成 \(number)\(sign)", en: "write \(number)\(sign)")
    } else if isList {
        help = LocalizedText(zh: "请写成列表 [\(spaced)]", en: "write a list: [\(spaced)]")
    } else {
        let text = quoted(close, limit: 60)
        help = LocalizedText(zh: "含逗号的文字须加引号：\(text)", en: "put a text with commas in quotes: \(text)")
    }
    return ConfigurationDiagnostic(
        code: partedCode,
        message: LocalizedText(
            zh: "花括号里的逗号把这个值分成了 \(rests.count + 1) 项",
            en: "in braces a comma ends a value: it has parted this one in \(rests.count + 1)"
        ),
        pointer: pointer,
        help: help
    )
}

func notAllowed(_ text: String, _ allowed: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    if allowed.isEmpty {
        return ConfigurationDiagnostic(
            code: "value/not-allowed",
            message: LocalizedText(
                zh: "\(quoted(text))不在允许的取值之内：还没有定义任何取值",
                en: "\(quoted(text)) is not allowed here: nothing has been defined that could stand here"
            ),
            pointer: pointer,
            help: LocalizedText(
                zh: "请先定义\(quoted(text))，或直接写出内容",
                en: "define \(quoted(text)) first, or write what it is in its place"
            )
        )
    }
    // They are listed in the message.
    let list = listed(allowed)
    return ConfigurationDiagnostic(
        code: "value/not-allowed",
        message: LocalizedText(zh: "\(quoted(text))不在允许的取值之内：\(list)", en: "\(quoted(text)) is not one of: \(list)"),
        pointer: pointer,
        help: slip(in: text, among: allowed)
    )
}
