internal import ReviewModel

/// Places that a division keeps; rounded half away from zero. `round(a / b, 2)` is exact to its places for all figures of
/// money.
let quotientPlaces = 12

/// `+ - * / %` on exact decimals; a missing operand makes a missing result, and so does division by zero.
func arithmetic(_ sign: String, _ left: Value, _ right: Value, _ offset: Int) throws(QueryError) -> Value {
    guard let one = try number(left, offset), let other = try number(right, offset) else { return .null }
    switch sign {
    case "+": return try exactly(offset) { () throws(DecimalOverflow) in try one + other }
    case "-": return try exactly(offset) { () throws(DecimalOverflow) in try one - other }
    case "*": return try exactly(offset) { () throws(DecimalOverflow) in try one * other }
    case "%": return try remainder(one, other, offset)
    default: return try quotient(one, other, offset)
    }
}

func quotient(_ one: ExactDecimal, _ other: ExactDecimal, _ offset: Int) throws(QueryError) -> Value {
    if other.isZero { return .null }
    return try exactly(offset) { () throws(DecimalOverflow) in
        (try one.divided(by: other, places: quotientPlaces) ?? .zero).withoutTrailingZeros
    }
}

/// What is left of `one` after taking away `other` as often as it goes, with the sign of `one`.
private func remainder(_ one: ExactDecimal, _ other: ExactDecimal, _ offset: Int) throws(QueryError) -> Value {
    if other.isZero { return .null }
    let places = max(one.places, other.places)
    // Both brought to the same places: then it is a remainder of whole numbers.
    guard
        case .decimal(let left) = try exactly(
            offset,
            { () throws(DecimalOverflow) in try one + ExactDecimal(significand: 0, places: places) }
        ),
        case .decimal(let right) = try exactly(
            offset,
            { () throws(DecimalOverflow) in try other + ExactDecimal(significand: 0, places: places) }
        )
    else { return .null }
    return .decimal(ExactDecimal(significand: left.significand % right.significand, places: places))
}
