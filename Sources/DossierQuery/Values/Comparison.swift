internal import ReviewModel

/// Which of two values comes first: negative, zero or positive; `nil` when one of them is missing.
///
/// - Throws: ``QueryError`` for values of two kinds: what text is greater than a number would be chance.
func compare(_ left: Value, _ right: Value, _ offset: Int) throws(QueryError) -> Int? {
    switch (left, right) {
    case (.null, _), (_, .null): return nil
    case (.text(let one), .text(let other)):
        // By bytes, as packed texts are compared.
        return one.utf8.lexicographicallyPrecedes(other.utf8) ? -1 : one.utf8.elementsEqual(other.utf8) ? 0 : 1
    case (.boolean(let one), .boolean(let other)): return one == other ? 0 : one ? 1 : -1
    default:
        guard let one = left.number, let other = right.number else {
            throw incomparable(left.kind.name, right.kind.name, offset)
        }
        return one == other ? 0 : one < other ? -1 : 1
    }
}

func incomparable(_ left: LocalizedText, _ right: LocalizedText, _ offset: Int) -> QueryError {
    QueryError(
        .wrongType,
        offset,
        zh: "\(left.inSentence)不能与\(right.inSentence)比较",
        en: "\(left.en) cannot be compared with \(right.en)",
        help: [left, right].contains(Kind.truth.name)
            ? LocalizedText(
                zh: "是非列本身就是条件：写 x 或 NOT x，也可写 x = true",
                en: "it is a condition by itself: write x or NOT x, or x = true"
            )
            : LocalizedText(
                zh: "可用 CAST(… AS decimal) 或 CAST(… AS text)",
                en: "use CAST(… AS decimal) or CAST(… AS text)"
            )
    )
}

extension LocalizedText {
    /// The Chinese with a blank beside Latin letters.
    fileprivate var inSentence: String { zh.last?.isASCII == true ? zh + " " : zh }
}

/// For operands whose kind is known before the query runs.
func requireNumber(_ kind: Kind?, _ offset: Int) throws(QueryError) {
    if let kind, kind != .number { throw expectedNumber(kind.name, offset) }
}

func expectedNumber(_ found: LocalizedText, _ offset: Int) -> QueryError {
    QueryError(
        .wrongType,
        offset,
        zh: "此处应为数字，实为\(found.zh)",
        en: "expected a number, found \(found.en)",
        help: LocalizedText(zh: "可用 CAST(… AS decimal)", en: "use CAST(… AS decimal)")
    )
}

func expectedText(_ found: Kind?, _ offset: Int) -> QueryError {
    let name = found?.name ?? ValueKind.null.name
    return QueryError(.wrongType, offset, zh: "此处应为文字，实为\(name.zh)", en: "expected text, found \(name.en)")
}

/// For conditions whose kind is known before the query runs.
func requireTruth(_ condition: Computation) throws(QueryError) {
    if let kind = condition.kind, kind != .truth { throw expectedTruth(kind.name, condition.offset) }
}

private func expectedTruth(_ found: LocalizedText, _ offset: Int) -> QueryError {
    QueryError(
        .wrongType,
        offset,
        zh: "此处应为条件，实为\(found.zh)",
        en: "expected a condition, found \(found.en)"
    )
}

/// For sorting, where every value has a place: missing ones first, then numbers, truth values, texts, lists.
func sortsBefore(_ left: Value, _ right: Value) -> Int {
    func rank(_ value: Value) -> Int {
        switch value {
        case .null: 0
        case .integer, .decimal: 1
        case .boolean: 2
        case .text: 3
        case .list, .record: 4
        }
    }
    if rank(left) != rank(right) { return rank(left) - rank(right) }
    return (try? compare(left, right, 0)) ?? 0
}

extension Value {
    /// The number that the value is; text is none.
    var number: ExactDecimal? {
        switch self {
        case .decimal(let number): number
        case .integer(let number): ExactDecimal(number)
        default: nil
        }
    }
}

/// The number that an operand must be; `nil` when it is missing.
func number(_ value: Value, _ offset: Int) throws(QueryError) -> ExactDecimal? {
    if value.isNull { return nil }
    if let number = value.number { return number }
    throw expectedNumber(value.kind.name, offset)
}

/// The truth value that a condition must be; `nil` when it is unknown.
func truth(_ value: Value, _ offset: Int) throws(QueryError) -> Bool? {
    switch value {
    case .null: return nil
    case .boolean(let flag): return flag
    default:
        throw expectedTruth(value.kind.name, offset)
    }
}

/// The text that an operand must be, numbers in digits; `nil` when it is missing.
func text(_ value: Value, _ offset: Int) throws(QueryError) -> String? {
    if value.isNull { return nil }
    if let text = value.scalarText { return text }
    throw QueryError(
        .wrongType,
        offset,
        zh: "此处应为文字，实为\(value.kind.name.zh)",
        en: "expected text, found \(value.kind.name.en)"
    )
}

/// Does the arithmetic and says where a result would not fit.
func exactly(
    _ offset: Int,
    _ compute: () throws(DecimalOverflow) -> ExactDecimal
) throws(QueryError) -> Value {
    do throws(DecimalOverflow) {
        return .decimal(try compute())
    } catch {
        throw QueryError(.tooMuch, offset, zh: "结果超过 38 位", en: "the result has more than 38 digits")
    }
}
