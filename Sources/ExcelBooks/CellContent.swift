package import ReviewModel

/// What stands in a cell.
package enum CellContent {
    case blank
    case text(String)
    case number(ExactDecimal)
    case date(CalendarDate)
    /// A formula without its `=`, with the value that the review has for it.
    case formula(String, CachedValue)
    /// A text that leads to another cell of the book.
    case link(String, SheetCell)

    /// What viewers show that do not reckon.
    package enum CachedValue {
        case number(ExactDecimal)
        case text(String)
    }

    /// A number that may be missing.
    package static func number(_ number: ExactDecimal?) -> CellContent { number.map { .number($0) } ?? .blank }
}
