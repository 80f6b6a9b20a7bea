public import ExactNumbers
public import Groundwork

/// Reads a ``Value`` into something typed, gathering every mistake instead of stopping at the first.
///
///     let log = DiagnosticLog()
///     let settings = ValueReader(configuration, log: log).record()
///     let scale = settings?.required("scale")?.decimal() ?? 100
///     settings?.finish()                    // reports the keys that nobody asked for
///     return log.diagnostics
///
/// Each mistake carries the JSON Pointer of the value, what was expected and, where a word was nearly right, the word
/// that was probably meant.
public struct ValueReader {
    public let value: Value
    public let log: DiagnosticLog
    private let further: FurtherElements?
    /// Where it stands: under `parent`, which is only put together with `step` when somebody asks. Most values are right,
    /// and nobody does.
    private let parent: JSONPointer
    private let step: Step

    private enum Step {
        case none
        case key(String)
        case index(Int)
    }

    /// - Parameter further: elements of lists in the value that did not come with it.
    public init(
        _ value: Value,
        at pointer: JSONPointer = JSONPointer(),
        further: FurtherElements? = nil,
        log: DiagnosticLog
    ) {
        self.init(value, pointer, .none, log, further)
    }

    private init(_ value: Value, _ parent: JSONPointer, _ step: Step, _ log: DiagnosticLog, _ further: FurtherElements?)
    {
        (self.value, self.parent, self.step, self.log, self.further) = (value, parent, step, log, further)
    }

    fileprivate init(_ value: Value, key: String, of record: RecordReader) {
        self.init(value, record.pointer, .key(key), record.log, record.further)
    }

    public var pointer: JSONPointer {
        switch step {
        case .none: parent
        case .key(let key): parent / key
        case .index(let index): parent / index
        }
    }

    public var isNull: Bool { value.isNull }

    /// The members, to be read by key. Reports anything but a record.
    public func record() -> RecordReader? {
        guard case .record(let record) = value else { return mismatch(ValueKind.record.name) }
        return RecordReader(record, at: pointer, further: further, log: log)
    }

    /// The elements. Reports anything but a list.
    public func list() -> [ValueReader] {
        var readers: [ValueReader] = []
        forEachElement { readers.append($0) }
        return readers
    }

    /// The elements one by one, however many there are. Reports anything but a list.
    public func forEachElement(_ body: (ValueReader) -> Void) { forEachElement(body, directly: { _ in false }) }

    /// The same.
    ///
    /// - Parameter directly: is asked first for elements that came after the list, as text, and passes over those that it takes.
    func forEachElement(_ body: (ValueReader) -> Void, directly: (inout JSONCursor) -> Bool) {
        guard case .list(let items) = value else { return mismatch(ValueKind.list.name) ?? () }
        let pointer = pointer
        for (index, item) in items.enumerated() { body(ValueReader(item, pointer, .index(index), log, further)) }
        guard let further else { return }
        var index = items.count
        further.forEach(at: pointer) { cursor in
            if !directly(&cursor) { body(ValueReader(cursor.value(), pointer, .index(index), log, further)) }
            index += 1
        }
    }

    /// The text; a number counts as the text of its digits. Reports lists, records, truth values and null.
    public func text() -> String? {
        switch value {
        case .text, .integer, .decimal: value.scalarText
        default: mismatch(ValueKind.text.name)
        }
    }

    /// A text that is one of `allowed`.
    public func oneOf(_ allowed: [String]) -> String? {
        guard let text = text() else { return nil }
        if allowed.contains(text) { return text }
        log.add(notAllowed(text, allowed, at: pointer))
        return nil
    }

    /// An exact decimal, written as a number or as text, with or without thousands separators.
    public func decimal() -> ExactDecimal? {
        if let number = value.decimal { return number }
        if case .text(let text) = value, let number = ExactDecimal(grouped: text) { return number }
        return mismatch(decimalName)
    }

    /// A percentage in percent: `95.04%`, `95.04` and `"95.04"` all read as 95.04.
    public func percent() -> ExactDecimal? {
        if case .text(let text) = value, text.hasSuffix("%") {
            return ExactDecimal(grouped: String(text.dropLast())) ?? mismatch(percentName)
        }
        return value.decimal ?? mismatch(percentName)
    }

    public func integer() -> Int? { value.integer ?? mismatch(integerName) }

    public func boolean() -> Bool? { value.boolean ?? mismatch(ValueKind.boolean.name) }

    /// A text, used for both languages, or a record with `zh` and `en`; one of them may stand for both.
    public func localizedText() -> LocalizedText? {
        guard case .record = value, let record = record() else { return text().map(LocalizedText.init(_:)) }
        let (zh, en) = (record.optional("zh")?.text(), record.optional("en")?.text())
        record.finish()
        guard let either = zh ?? en else { return mismatch(ValueKind.text.name) }
        return LocalizedText(zh: zh ?? either, en: en ?? either)
    }

    private func mismatch<Result>(_ expected: LocalizedText) -> Result? {
        log.add(wrongType(expected, found: value, at: pointer))
        return nil
    }
}

/// The members of a record, read by key; it remembers which keys were asked for.
public final class RecordReader {
    public let record: Record
    public let pointer: JSONPointer
    public let log: DiagnosticLog
    fileprivate let further: FurtherElements?
    private var asked: [String] = []
    private var missed: [String] = []

    public init(_ record: Record, at pointer: JSONPointer, further: FurtherElements? = nil, log: DiagnosticLog) {
        self.record = record
        self.pointer = pointer
        self.further = further
        self.log = log
        asked.reserveCapacity(8)
    }

    /// The value of `key`; reports its absence.
    public func required(_ key: String) -> ValueReader? {
        if let reader = optional(key) { return reader }
        log.add(missing(key, at: pointer))
        missed.append(key)
        return nil
    }

    /// The value of `key`, or `nil` when it is absent or null.
    public func optional(_ key: String) -> ValueReader? {
        asked.append(key)
        guard let value = record[key], !value.isNull else { return nil }
        return ValueReader(value, key: key, of: self)
    }

    /// All members, for records whose keys are data. They count as asked for.
    public func all() -> [(key: String, value: ValueReader)] {
        asked += record.keys
        var members: [(key: String, value: ValueReader)] = []
        forEachMember { members.append(($0, $1)) }
        return members
    }

    /// The members one by one, however many there are. To be called instead of ``all()`` where they may be many.
    public func forEachMember(_ body: (String, ValueReader) -> Void) {
        for member in record.members { body(member.key, ValueReader(member.value, key: member.key, of: self)) }
        further?.forEach(at: pointer) { cursor in
            let item = cursor.value()
            guard let key = item["key"]?.text, let value = item["value"] else { return }
            body(key, ValueReader(value, key: key, of: self))
        }
    }

    /// Reports every key that was never asked for, with the one that was probably meant.
    public func finish() {
        for key in record.keys where !asked.contains(key) {
            // A key that is only misspelt is told once, not as unknown and as missing.
            if let meant = meantWord(key.withPlainCharacters, among: asked), missed.contains(meant) {
                log.withdraw(missing(meant, at: pointer))
            }
            log.add(unknownKey(key, known: asked, at: pointer / key))
        }
    }
}

// MARK: - Messages

private let decimalName = LocalizedText(zh: "数字（如 1703200.00）", en: "a decimal number such as 1703200.00")
private let percentName = LocalizedText(zh: "百分比（如 95.04%）", en: "a percentage such as 95.04%")
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
    let isParts = expected == ValueKind.record.name || expected == ValueKind.list.name
    if isParts, [".yaml", ".yml"].contains(where: plain.lowercased().hasSuffix), !plain.contains("\n"),
        !plain.hasPrefix("!")
    {
        return LocalizedText(zh: "若是文件，请写 !include \(plain)", en: "for what is in a file write !include \(plain)")
    }
    if isFigure, let number = numberWithOtherSigns(plain) {
        return LocalizedText(zh: "请写成 \(number)", en: "write \(number)")
    }
    if isFigure, let first = text.first, "“”‘’「『".contains(first) {
        return LocalizedText(
            zh: "含逗号的数要用半角引号整个引起来，如 \"60,000.5\"",
            en: "put the whole number into straight quotes, such as \"60,000.5\""
        )
    }
    if isFigure, let number = numberWithOtherGroups(plain) {
        return LocalizedText(zh: "请写成 \(number)", en: "write \(number)")
    }
    if isFigure, let digits = ExactDecimal(grouped: String(plain.prefix { "0123456789.,-".contains($0) })),
        plain.contains(where: { !"0123456789.,-%".contains($0) })
    {
        return aloneHint(digits, before: plain.drop { "0123456789.,-".contains($0) })
    }
    // "-[L1, …]" and "-甲" are texts to YAML.
    if expected == ValueKind.list.name, text.hasPrefix("-"),
        text.dropFirst().first.map({ $0 != " " && $0 != "-" }) == true
    {
        return LocalizedText(zh: "列表项的\"-\"之后要空一格", en: "put a space after the \"-\" of a list item")
    }
    if expected == ValueKind.boolean.name, let truth = truths[text.lowercased()] {
        return LocalizedText(zh: "请写 \(truth)", en: "write \(truth)")
    }
    return oddCharacterHint(in: text)
}

/// The number without what stands behind it; of 12.5万 it is another one where the column counts ones.
private func aloneHint(_ digits: ExactDecimal, before rest: Substring) -> LocalizedText? {
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
        ("百万", 6), ("千万", 7), ("千", 3), ("万", 4), ("亿", 8), ("k", 3), ("million", 6), ("thousand", 3),
        ("Mio", 6), ("mio", 6), ("Mrd", 9), ("billion", 9), ("bn", 9), ("mn", 6),
    ]
    let word = rest.drop { $0 == " " }
    guard let (multiple, tens) = multiples.first(where: { word.hasPrefix($0.0) }),
        let ones = digits.multipliedByTen(times: tens)
    else { return LocalizedText(zh: "只写数字：\(digits)", en: "write the number alone: \(digits)") }
    return LocalizedText(
        zh: "只写数字：本列以元计的写 \(ones.withoutTrailingZeros)，以\(multiple)计的写 \(digits)",
        en: "write the number alone: \(ones.withoutTrailingZeros), or \(digits) where the column counts in \(multiple)"
    )
}

/// `12 000` and `12'000`: thousands that are parted by another sign than a comma; `nil` for anything else.
private func numberWithOtherGroups(_ text: String) -> ExactDecimal? {
    let marks = Set(text.filter { " '’_\u{A0}\u{202F}".contains($0) })
    guard marks.count == 1, let mark = marks.first else { return nil }
    let groups = text.split(separator: mark, omittingEmptySubsequences: false)
    guard let first = groups.first, (1...3).contains(first.drop { $0 == "-" }.count), let last = groups.last else {
        return nil
    }
    let whole = last.prefix { $0 != "." }
    guard (groups.dropFirst().dropLast() + [whole]).allSatisfy({ $0.count == 3 }) else { return nil }
    return ExactDecimal(groups.joined())
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

func unknownKey(_ key: String, known: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "value/unknown-key",
        message: LocalizedText(zh: "未知的键\(quoted(key))", en: "unknown key \(quoted(key))"),
        pointer: pointer,
        help: nearest(to: key, among: known) == nil
            ? partedNumberHint(key) ?? oddCharacterHint(in: key) ?? suggestion(for: key, among: known)
            : suggestion(for: key, among: known)
    )
}

/// A key of digits is the rest of a number that a comma has parted: `{energy: 60,000.5}`.
private func partedNumberHint(_ key: String) -> LocalizedText? {
    let key = key.last.map { "”’」』".contains($0) } ?? false ? key.dropLast() : key[...]
    guard !key.isEmpty, key.allSatisfy({ "0123456789.".contains($0) }) else { return nil }
    return LocalizedText(
        zh: "逗号把一个数分成了两项：带千分位的数要加引号，如 \"60,000.5\"；小数点写 .",
        en:
            "a comma has parted a number: put one with thousands in quotes, such as \"60,000.5\", and write decimals with a point"
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
