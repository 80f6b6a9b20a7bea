public import BudgetLines
public import ReviewModel

/// A budget line as norms look at it.
public struct NormLine: Sendable {
    public var line: BudgetLine
    /// The unit of measure as it is written; empty where the form has none.
    public var unit: String
    /// What is left of the amount after cuts and increases: what the norm has to allow.
    public var approved: ExactDecimal

    public init(_ line: BudgetLine, unit: String = "", approved: ExactDecimal? = nil) {
        (self.line, self.unit, self.approved) = (line, unit, approved ?? line.amount)
    }

    /// The lines of a dossier, each less what was cut from it. Deferrals stay: they are payable in a later year.
    public static func all(in dossier: Dossier) throws(DecimalOverflow) -> [NormLine] {
        var changes: [String: ExactDecimal] = [:]
        for deduction in Deduction.all(in: dossier) where deduction.kind != .deferral {
            let amount = deduction.kind == .increase ? deduction.amount : -deduction.amount
            changes[deduction.line] = try (changes[deduction.line] ?? 0) + amount
        }
        var lines: [NormLine] = []
        for (line, row) in zip(BudgetLine.all(in: dossier), dossier.rows(of: "budget_lines")) {
            let approved = try line.amount + (changes[line.id] ?? 0)
            lines.append(NormLine(line, unit: row.optionalText("unit") ?? "", approved: approved))
        }
        return lines
    }

    /// The detail where the line has one of its own, else empty.
    var detail: String { line.detail == "/" ? "" : line.detail }

    /// Item, detail, and how the amount was reckoned; the bars keep figures of one from running into the other.
    var wording: String { line.group + "|" + detail + (line.basis.isEmpty ? "" : "|" + line.basis) }
}

/// What a line was taken for.
public struct NormMatch: Sendable {
    public var item: NormItem
    /// Whether the line's own name says so, and not only the name of the group that it stands in.
    public var isOwn: Bool
    /// The codes of the classes that the line names.
    public var classes: Set<String>
    /// The figures of the line's text, read once for all rules.
    let text: CountedText
}

/// A book made ready to read the lines of one project by: the norms that hold in its town and year, and the words of all of them.
public struct NormReader: Sendable {
    public let book: NormBook
    /// The budget year; 0 where nobody says it.
    let year: Int
    let units: UnitWords
    /// What each item may cost; an item that the book has no norm for is not in it.
    let prices: [String: Result<Norm, NormBook.Absence>]
    /// How large each item may be.
    let sizes: [String: Norm]
    /// The limits of each category of purchases, one of each name, the highest first.
    let limits: [String: [(norm: Norm, limit: PurchaseLimit)]]
    /// How long a period must be.
    let periods: [(item: NormItem, norm: Norm)]
    let methods: WordIndex
    /// What is left out of a name to see what parts of one purchase have in common.
    let leftOut: WordIndex
    let periodWords: WordIndex
    private let items: WordIndex
    private let purchases: WordIndex
    private let classes: [String: WordIndex]
    private let titles: [String: LocalizedText]

    public init(_ book: NormBook, in scope: NormScope) {
        (self.book, year) = (book, scope.year)
        units = UnitWords(book.units)
        items = Self.index(book.items)
        purchases = Self.index(book.purchases)
        classes = Dictionary(book.items.map { ($0.code, Self.classIndex($0)) }) { first, _ in first }
        titles = Dictionary(book.units.map { ($0.code, $0.title) }) { first, _ in first }
        var (methods, leftOut, periodWords) = (WordIndex(), WordIndex(), WordIndex())
        for method in book.methods { methods.add(method.words, of: method.code) }
        leftOut.add(book.batchWords + book.methods.flatMap(\.words), of: "")
        var prices: [String: Result<Norm, NormBook.Absence>] = [:]
        var (sizes, periods) = ([String: Norm](), [(item: NormItem, norm: Norm)]())
        for item in book.items {
            let found = Result { () throws(NormBook.Absence) in
                try book.norm(for: item.code, in: scope, where: \.isPrice)
            }
            if case .failure(.none) = found {} else { prices[item.code] = found }
            sizes[item.code] = try? book.norm(for: item.code, in: scope, where: \.isMost)
            if let norm = try? book.norm(for: item.code, in: scope, where: \.isLeast) {
                periods.append((item, norm))
                periodWords.add(item.words, of: item.code)
            }
        }
        let limits = book.purchases.map { ($0.code, book.limits(of: $0, in: scope)) }
        (self.prices, self.sizes, self.periods) = (prices, sizes, periods)
        (self.methods, self.leftOut, self.periodWords) = (methods, leftOut, periodWords)
        self.limits = Dictionary(limits) { first, _ in first }
    }

    private static func index(_ items: [NormItem]) -> WordIndex {
        var index = WordIndex()
        for item in items {
            index.add(item.words, of: item.code)
            index.add(item.notWords, of: "")
        }
        return index
    }

    private static func classIndex(_ item: NormItem) -> WordIndex {
        var index = WordIndex()
        for grade in item.classes { index.add(grade.words, of: grade.code) }
        return index
    }

    /// What people call a unit of the book.
    public func title(of unit: String) -> LocalizedText { titles[unit] ?? LocalizedText(unit) }

    /// What a line is: the item whose word in its name is the longest, of several as long the last, for a Chinese name ends with what
    /// it is. Where the detail names none, the group does.
    public func item(of line: NormLine) -> NormMatch? {
        let own = line.detail.isEmpty ? line.line.group : line.detail
        for (text, isOwn) in [(own, true), (line.line.group, line.detail.isEmpty)] {
            guard let item = Self.item(in: PlainText(text), line, items, book.items) else {
                // A detail that says outright that it is another thing is none of the group's.
                if isOwn, !items.occurrences(in: PlainText(text)).isEmpty { return nil }
                continue
            }
            let wording = PlainText(line.wording)
            let found = classes[item.code]?.occurrences(in: wording) ?? []
            return NormMatch(
                item: item,
                isOwn: isOwn,
                classes: Set(found.map(\.owner)),
                text: CountedText(wording, units)
            )
        }
        return nil
    }

    /// The category of purchases that a line belongs to.
    public func category(of line: NormLine) -> NormItem? {
        for text in [line.detail, line.line.group] where !text.isEmpty {
            if let item = Self.item(in: PlainText(text), line, purchases, book.purchases) { return item }
        }
        return nil
    }

    private static func item(
        in text: PlainText,
        _ line: NormLine,
        _ index: WordIndex,
        _ items: [NormItem]
    ) -> NormItem? {
        let found = index.occurrences(in: text).sorted {
            ($0.range.count, $0.range.lowerBound) > ($1.range.count, $1.range.lowerBound)
        }
        if found.isEmpty { return nil }
        let wording = PlainText(line.wording)
        for occurrence in found {
            guard let item = items.first(where: { $0.code == occurrence.owner }) else { continue }
            if !item.with.isEmpty, !wording.hasAny(of: item.with) { continue }
            if wording.hasAny(of: item.without) { continue }
            return item
        }
        return nil
    }
}
