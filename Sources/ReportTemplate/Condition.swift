public import ExactNumbers
internal import Groundwork
internal import ReportDocument

/// What a block, a row or an element of a list depends on, as `when`, `unless` and `where` write it:
/// `count(lines) > 3 and not project.fictional`.
public indirect enum Condition: Sendable {
    /// Whether something is there: a list or record that is not empty, a text, a figure, a true flag.
    case present(PlacedPath)
    case compared(Operand, Comparison, Operand)
    case not(Condition)
    case all([Condition])
    case any([Condition])

    /// One side of a comparison.
    public enum Operand: Sendable {
        case name(PlacedPath)
        case number(ExactDecimal)
        case text(String)
        case flag(Bool)
    }

    public enum Comparison: String, Sendable, CaseIterable {
        case equal = "="
        case unequal = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        /// One of the elements of a list.
        case among = "in"

        /// Whether it asks for an order and not only for equality.
        var isOfOrder: Bool { self != .equal && self != .unequal && self != .among }
    }
}

extension Condition {
    /// Every name in it.
    var paths: [PlacedPath] {
        switch self {
        case .present(let path): [path]
        case .compared(let left, _, let right): [left, right].compactMap(\.path)
        case .not(let condition): condition.paths
        case .all(let conditions), .any(let conditions): conditions.flatMap(\.paths)
        }
    }

    /// The names that are there for certain when the condition is `truth`.
    func certain(when truth: Bool) -> [PlacedPath] {
        switch self {
        case .present(let path): truth ? [path] : []
        // What is not there is like nothing, so only "unlike" may hold without it.
        case .compared(let left, let comparison, let right):
            truth == (comparison != .unequal) ? [left, right].compactMap(\.path) : []
        case .not(let condition): condition.certain(when: !truth)
        case .all(let conditions): truth ? conditions.flatMap { $0.certain(when: true) } : []
        case .any(let conditions): truth ? [] : conditions.flatMap { $0.certain(when: false) }
        }
    }
}

extension Condition.Operand {
    var path: PlacedPath? {
        if case .name(let path) = self { path } else { nil }
    }
}

// MARK: - Whether it holds

extension Expander {
    func holds(_ condition: Condition, in scope: Scope) -> Bool {
        switch condition {
        case .present(let path): value(path, in: scope)?.isPresent ?? false
        case .compared(let left, let comparison, let right):
            comparison.holds(between: value(left, in: scope), value(right, in: scope))
        case .not(let condition): !holds(condition, in: scope)
        case .all(let conditions): conditions.allSatisfy { holds($0, in: scope) }
        case .any(let conditions): conditions.contains { holds($0, in: scope) }
        }
    }

    private func value(_ operand: Condition.Operand, in scope: Scope) -> TemplateValue {
        switch operand {
        case .number(let number): return .figure(number, .number)
        case .text(let text): return .text(text)
        case .flag(let flag): return .flag(flag)
        case .name(let path):
            guard let value = value(path, in: scope) else { return .nothing }
            // A text with tags is compared as it prints.
            if case .slots = value { return .text(plainText(of: value)) }
            return value
        }
    }
}

extension Condition.Comparison {
    /// Numbers, days and truth compare as what they are, also with texts that are written like them; texts compare as they
    /// are written, and have no order. What is not there is unlike anything, and has no order either.
    func holds(between left: TemplateValue, _ right: TemplateValue) -> Bool {
        if self == .among {
            let elements = right.elements
            return (0..<elements.count).contains { Self.equal.holds(between: left, elements[$0]) }
        }
        if let (left, right) = Self.pair(left, right, \.figure?.value) { return holds(left, right) }
        if let (left, right) = Self.pair(left, right, \.comparableDay) { return holds(left, right) }
        let isEqual =
            switch (left, right) {
            case (.flag(let left), .flag(let right)): left == right
            default: left.words.contains { right.words.contains($0) }
            }
        switch self {
        case .equal: return isEqual
        case .unequal: return !isEqual
        default: return false
        }
    }

    private static func pair<T>(
        _ left: TemplateValue,
        _ right: TemplateValue,
        _ reading: (TemplateValue) -> T?
    ) -> (T, T)? {
        guard let left = reading(left), let right = reading(right) else { return nil }
        return (left, right)
    }

    private func holds<T: Comparable>(_ left: T, _ right: T) -> Bool {
        switch self {
        case .equal, .among: left == right
        case .unequal: left != right
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        }
    }
}

extension TemplateValue {
    fileprivate var comparableDay: CalendarDate? {
        switch self {
        case .day(let day): day
        case .text(let text): CalendarDate(written: text)
        default: nil
        }
    }

    /// The texts that it may be compared with; a choice is asked for as it is kept or as it prints.
    fileprivate var words: [String] {
        switch self {
        case .text(let text): [text]
        case .choice(let kept, let name): [kept, name]
        default: []
        }
    }
}
