internal import ReviewModel

/// Which of two values comes first: negative, zero or positive; `nil` when one of them is missing.
///
/// - Throws: ``QueryError`` for values of two kinds: what text is greater than a number would be chance.
func compare(_ left: Value, _ right: Value, _ offset: Int) throws(QueryError) -> Int? {
    switch (left, right) {
    case (.null, _), (_, .null): return nil
    case (.text(let one), .text(let other)):
        return one == other ? 0 : one.utf8.lexicographicallyPrecedes(other.utf8) ? -1 : 1
    case (.boolean(let one), .boolean(let other)): return one == other ? 0 : one ? 1 : -1
    default:
        guard let one = left.number, let other = right.number else {
            throw QueryError(
                offset,
                zh: "\(left.kind.name.zh)不能与\(right.kind.name.zh)比较",
                en: "\(left.kind.name.en) cannot be compared with \(right.kind.name.en)",
                help: LocalizedText(
                    zh: "可用 CAST(… AS decimal) 或 CAST(… AS text)",
                    en: "use CAST(… AS decimal) or CAST(… AS text)"
                )
            )
        }
        return one == other ? 0 : one < other ? -1 : 1
    }
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
    throw QueryError(
        offset,
        zh: "此处应为数字，实为\(value.kind.name.zh)",
        en: "expected a number, found \(value.kind.name.en)",
        help: LocalizedText(zh: "可用 CAST(… AS decimal)", en: "use CAST(… AS decimal)")
    )
}

/// The truth value that a condition must be; `nil` when it is unknown.
func truth(_ value: Value, _ offset: Int) throws(QueryError) -> Bool? {
    switch value {
    case .null: return nil
    case .boolean(let flag): return flag
    default:
        throw QueryError(
            offset,
            zh: "此处应为条件，实为\(value.kind.name.zh)",
            en: "expected a condition, found \(value.kind.name.en)"
        )
    }
}

/// The text that an operand must be, numbers in digits; `nil` when it is missing.
func text(_ value: Value, _ offset: Int) throws(QueryError) -> String? {
    if value.isNull { return nil }
    if let text = value.scalarText { return text }
    throw QueryError(
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
        throw QueryError(offset, zh: "结果超过 38 位", en: "the result has more than 38 digits")
    }
}
