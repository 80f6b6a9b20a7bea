internal import BudgetLines
public import ReviewModel

/// What a norm allows a line to cost, and what the line costs.
public struct Allowance: Sendable {
    public var norm: Norm
    /// In 元, rounded to 分.
    public var allowed: ExactDecimal
    /// What the line is approved with.
    public var amount: ExactDecimal
    /// The arithmetic to ``allowed``, as a person would write it down.
    public var calculation: LocalizedText
    /// The class that was assumed since the line names none: the one with the largest amount.
    public var assumed: NormItem.NormClass?
    /// Whether the norm is one after tax, and the line does not say whether its price is.
    public var mayBeBeforeTax = false
    /// What else keeps it from being certain.
    public var note: LocalizedText?

    /// What is left below the norm; negative above it.
    public func headroom() throws(DecimalOverflow) -> ExactDecimal { try allowed - amount }
}

/// Why a line that a norm is about was not judged.
public enum Unjudged: Error, Sendable {
    /// No norm of the book holds in this town and year.
    case noNorm
    /// The budget year is not known, so nobody can say which norm holds.
    case noYear
    case noUnit
    case unknownUnit(String)
    case noQuantity
    /// Units of the norm of which neither the quantity nor the text says how many.
    case missing([LocalizedText])
    /// A unit of which the text says several counts, or one that may multiply or not.
    case unclear(LocalizedText)
    /// The text has several products, or one that is not the amount.
    case unclearProduct
    /// A fee whose base is not known.
    case noBase
    /// A base behind the last of the norm's table.
    case baseOutside(ExactDecimal)
    case tooLarge
}

/// A thing with more people or days than its class may have.
public struct Oversize: Sendable {
    public var norm: Norm
    public var unit: LocalizedText
    public var count: ExactDecimal
    public var most: ExactDecimal
    public var assumed: NormItem.NormClass?
}

/// A product in a line's text that gives another amount than the line has.
public struct ProductDiffers: Sendable {
    /// As it is written: `80人×2天×550元`.
    public var written: String
    public var product: ExactDecimal
}

extension NormReader {
    /// What the norm for a line's item allows.
    ///
    /// - Parameter base: what the line is a share of, where the settings say it.
    /// - Throws: why it cannot be said.
    public func allowance(
        _ line: NormLine,
        _ match: NormMatch,
        base: ExactDecimal? = nil
    ) throws(Unjudged) -> Allowance? {
        guard let found = prices[match.item.code] else { return nil }
        let norm: Norm
        switch found {
        case .success(let holding): norm = holding
        case .failure(.noYear): throw .noYear
        case .failure: throw .noNorm
        }
        let text = match.text
        do {
            switch norm.limit {
            case .cap(let cap): return try capped(line, match, norm, cap, text)
            case .share(let share): return try shared(line, match, norm, share, text, base)
            case .table(let points, let margin): return try charged(line, match, norm, points, margin, text, base)
            default: return nil
            }
        } catch let reason as Unjudged {
            throw reason
        } catch {
            throw .tooLarge
        }
    }

    /// The people, days and the like of a line that are more than its class may have.
    public func oversizes(_ line: NormLine, _ match: NormMatch) -> [Oversize] {
        guard let norm = sizes[match.item.code], case .most(let most) = norm.limit else { return [] }
        let text = match.text
        let measured = units.units(of: line.unit)
        return most.compactMap { limit in
            var counts = text.counts[limit.unit] ?? []
            for product in text.products {
                for factor in product.factors where factor.units == [limit.unit] { counts.insert(factor.value) }
            }
            if counts.isEmpty, measured == [limit.unit] { counts = [line.line.quantity] }
            // Several counts may be several meetings, or people of several kinds.
            guard counts.count == 1, let count = counts.first, !text.vague.contains(limit.unit) else { return nil }
            guard let bound = bound(limit.amounts, match) else { return nil }
            if count <= bound.amount { return nil }
            return Oversize(
                norm: norm,
                unit: title(of: limit.unit),
                count: count,
                most: bound.amount,
                assumed: bound.assumed
            )
        }
    }

    /// The most for the classes that a line names. A class without an amount has no bound, so where the line names no class and one of
    /// the item's has none, there is none.
    private func bound(
        _ amounts: [ClassAmount],
        _ match: NormMatch
    ) -> (amount: ExactDecimal, assumed: NormItem.NormClass?)? {
        let known = Set(amounts.map(\.code))
        if !known.contains("") {
            let needed = match.classes.isEmpty ? Set(match.item.classes.map(\.code)) : match.classes
            guard needed.isSubset(of: known) else { return nil }
        }
        guard let (amount, assumed) = NormBook.amount(amounts, of: match.classes) else { return nil }
        return (amount, match.item.grade(assumed))
    }

    /// The product in the text of a line that is neither its amount nor its price. One that is a part of the line, or of a sum, may be
    /// anything.
    ///
    /// - Parameter match: what the line was taken for, where it was taken for anything.
    public func wrongProduct(_ line: NormLine, _ match: NormMatch?) -> ProductDiffers? {
        let plain = PlainText(line.wording)
        guard plain.times > 0 else { return nil }
        let text = match?.text ?? CountedText(plain, units)
        guard let product = wholeProduct(text), let value = try? product.total() else { return nil }
        let stated = [line.line.amount, line.line.unitPrice].map { $0.rounded(to: 2) }
        if stated.contains(value.rounded(to: 2)) { return nil }
        // With another amount beside it the product is not all of the line.
        let known = stated + [value.rounded(to: 2)]
        guard text.money.allSatisfy({ known.contains($0.value.rounded(to: 2)) }) else { return nil }
        return ProductDiffers(written: PlainText(text.text.scalars[product.range]).written, product: value)
    }

    /// The one product of a text that stands for the whole line.
    func wholeProduct(_ text: CountedText) -> CountedText.PricedProduct? {
        guard text.products.count == 1, let product = text.products.first, !product.isSummand else { return nil }
        if text.text.times != product.factors.count { return nil }
        let before = PlainText(text.text.scalars[..<product.range.lowerBound])
        return before.hasAny(of: book.partWords) ? nil : product
    }
}

extension Norm.Limit {
    /// Whether it says what a thing may cost.
    var isPrice: Bool {
        switch self {
        case .cap, .share, .table: true
        case .most, .purchase, .least: false
        }
    }

    var isMost: Bool { if case .most = self { true } else { false } }

    var isLeast: Bool { if case .least = self { true } else { false } }
}

extension NormItem {
    func grade(_ code: String?) -> NormClass? { classes.first { $0.code == code } }
}

extension CountedText.PricedProduct {
    func total() throws(DecimalOverflow) -> ExactDecimal { try count() * price }
}

extension PlainText {
    var written: String { String(String.UnicodeScalarView(scalars)) }
}
