internal import BudgetLines
public import ReviewModel

/// A line that has reached a limit of purchases.
public struct ReachedLimit: Sendable {
    public var norm: Norm
    public var limit: PurchaseLimit
    public var category: NormItem
    /// Another way to buy that the line names; `nil` where it names none.
    public var named: NormBook.PurchaseMethod?
}

/// Lines that look like parts of one purchase: each below a limit, all together above it.
public struct SplitPurchase: Sendable {
    public var norm: Norm
    public var limit: PurchaseLimit
    /// The rule against it.
    public var source: NormSource
    /// What the lines have in common in their names.
    public var name: String
    public var lines: [NormLine]
    public var total: ExactDecimal
}

extension NormReader {
    /// The highest limit that a line has reached, unless the line names a way to buy that does.
    public func reachedLimit(_ line: NormLine, _ category: NormItem) -> ReachedLimit? {
        let reached = (limits[category.code] ?? []).filter { line.line.amount >= $0.limit.amount }
        guard let highest = reached.first else { return nil }
        let named = methods(of: line)
        if named.contains(where: { highest.limit.methods.contains($0.code) }) { return nil }
        return ReachedLimit(norm: highest.norm, limit: highest.limit, category: category, named: named.first)
    }

    /// Lines of one category and name that are each below a limit and together above it, and of which none is said to be bought as
    /// the limit asks. The highest limit counts.
    public func splitPurchases(
        _ lines: [(line: NormLine, category: NormItem)]
    ) throws(DecimalOverflow) -> [SplitPurchase] {
        var keys: [String] = []
        var groups: [String: (category: NormItem, name: String, lines: [NormLine])] = [:]
        for (line, category) in lines where line.line.amount > 0 {
            guard case let name = commonName(of: line), !name.isEmpty else { continue }
            let key = "\(category.code) \(name)"
            if groups[key] == nil { keys.append(key) }
            groups[key, default: (category, name, [])].lines.append(line)
        }
        var found: [SplitPurchase] = []
        for group in keys.compactMap({ groups[$0] }) where group.lines.count > 1 {
            if let split = try split(group) { found.append(split) }
        }
        return found
    }

    private func split(
        _ group: (category: NormItem, name: String, lines: [NormLine])
    ) throws(DecimalOverflow) -> SplitPurchase? {
        for (norm, limit) in limits[group.category.code] ?? [] {
            guard let source = limit.split else { continue }
            let parts = group.lines.filter { line in
                line.line.amount < limit.amount && !methods(of: line).contains { limit.methods.contains($0.code) }
            }
            let total = try ExactDecimal.sum(parts.map(\.line.amount))
            guard parts.count > 1, total > limit.amount else { continue }
            return SplitPurchase(
                norm: norm,
                limit: limit,
                source: source,
                name: group.name,
                lines: parts,
                total: total
            )
        }
        return nil
    }

    /// The ways to buy that a line names, the longest word of each place.
    private func methods(of line: NormLine) -> [NormBook.PurchaseMethod] {
        let codes = methods.occurrences(in: PlainText(line.wording)).map(\.owner)
        return book.methods.filter { codes.contains($0.code) }
    }

    /// What a line is called, without figures, signs and the words that tell parts of one purchase from each other.
    private func commonName(of line: NormLine) -> String {
        let own = PlainText(line.detail.isEmpty ? line.line.group : line.detail)
        let left = Set(leftOut.occurrences(in: own).flatMap(\.range))
        let kept = own.scalars.indices.filter { !left.contains($0) && !own.isDigit(at: $0) }.map { own.scalars[$0] }
        return PlainText(kept).written.words
    }
}

extension NormBook {
    /// The limits of a category that hold there and then, one of each name, the highest first.
    func limits(of category: NormItem, in scope: NormScope) -> [(norm: Norm, limit: PurchaseLimit)] {
        let names = norms.filter { $0.item == category.code }.compactMap(\.limit.purchase?.title.zh)
        var seen: Set<String> = []
        let found: [(norm: Norm, limit: PurchaseLimit)] = names.filter { seen.insert($0).inserted }.compactMap { name in
            let norm = try? norm(for: category.code, in: scope) { $0.purchase?.title.zh == name }
            return norm.flatMap { norm in norm.limit.purchase.map { (norm, $0) } }
        }
        return found.sorted { $0.limit.amount > $1.limit.amount }
    }
}

extension Norm.Limit {
    var purchase: PurchaseLimit? { if case .purchase(let limit) = self { limit } else { nil } }
}
