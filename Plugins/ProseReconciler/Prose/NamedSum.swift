import BudgetLines
import ReviewModel
import Targets

/// A sum that names its parts without their amounts: `包括建安费、二类费及货物类采购共计 800.23 万元`.
struct NamedSum: Sendable {
    var total: Int
    /// The parts as the text names them, and the item of the dossier that each can only mean.
    var parts: [(name: String, item: Item)]
    var sum: ExactDecimal
    var agrees: Bool
    /// All items that do make the printed total, if exactly one choice does.
    var makers: [Item]?

    /// Something that a sum may name, with its amount.
    struct Item: Sendable, Hashable {
        var name: String
        var value: ExactDecimal
        var pointers: [JSONPointer]
        /// The name as sums are searched for it.
        private(set) var canonicalName: String

        init(name: String, value: ExactDecimal, pointers: [JSONPointer]) {
            self.name = name
            self.value = value
            self.pointers = pointers
            canonicalName = canonicalText(name)
        }
    }

    /// The items that make the total and are not named.
    var surplus: [Item] { (makers ?? []).filter { item in !parts.contains { $0.item == item } } }
    /// The items that are named and do not go into the total.
    var unused: [Item] { makers == nil ? [] : parts.map(\.item).filter { !(makers ?? []).contains($0) } }

    /// The sums among `numbers` whose named parts are each one of `items`; a sum with a part that could be none or
    /// several of them is left alone.
    ///
    /// - Parameter terms: words of the field and the words in names of items that they stand for, beyond
    ///   ``standardTerms``.
    static func all(
        in text: ProseText,
        _ numbers: [ProseNumber],
        items: [Item],
        terms: [String: [String]] = [:]
    ) throws(DecimalOverflow) -> [NamedSum] {
        var sums: [NamedSum] = []
        for (index, number) in numbers.enumerated()
        where number.unit == .yuan && number.upper == nil && number.per.isEmpty {
            // A glance at the last word, before the sentence is looked at.
            guard text[text.before(number.offset.lowerBound)].isOne(of: "共计为") else { continue }
            let start = text.sentence(around: number.offset.lowerBound).lowerBound
            guard let names = partNames(before: text.words(start..<number.offset.lowerBound)),
                let parts = resolve(names, items, standardTerms.merging(terms) { $1 })
            else { continue }
            let sum = try ExactDecimal.sum(parts.map(\.value))
            var named = NamedSum(
                total: index,
                parts: Array(zip(names, parts)).map { (name: $0, item: $1) },
                sum: sum,
                agrees: try number.agrees(with: sum)
            )
            if !named.agrees, let places = try SubsetSearch.only(items.map(\.value), making: number.interval) {
                named.makers = places.map { items[$0] }
            }
            sums.append(named)
        }
        return sums
    }

    /// The field's words for the parts of a building project, and what names of items say instead. 建安费 is the cost of
    /// the works, 二类费 are the other costs of a project (工程建设其他费用), 货物 are bought.
    static let standardTerms: [String: [String]] = [
        "建安": ["工程"], "建筑安装": ["工程"], "工程建设其他费": ["二类费"], "货物": ["采购", "购置"], "设备": ["采购", "购置"],
    ]

    /// `A、B及C` out of `…包括A、B及C共计`; `nil` unless the words before the number end in such a list. A list with 等
    /// leaves open what else is in it.
    private static func partNames(before words: String) -> [String]? {
        guard let total = ["共计为", "合计为", "共计", "合计", "总计", "共"].first(where: words.hasSuffix) else { return nil }
        let body = words.dropLast(total.count)
        guard
            let opener = ["包括", "包含"].compactMap({ body.ranges(of: $0).last }).max(by: { $0.lowerBound < $1.lowerBound }
            )
        else { return nil }
        var list = String(body[opener.upperBound...])
        while let last = list.last, "，,".contains(last) { list.removeLast() }
        guard !list.hasSuffix("等"), !list.contains(where: { ("0"..."9").contains($0) || "，,:()".contains($0) }) else {
            return nil
        }
        for word in ["以及", "及", "和", "与"] { list = list.replacing(word, with: "、") }
        let names = list.split(separator: "、").map(String.init)
        return names.count > 1 && names.allSatisfy { $0.count > 1 && $0.count <= 20 } ? names : nil
    }

    /// One item for each name, no item twice: first those names that leave no choice, then those that do no longer.
    private static func resolve(_ names: [String], _ items: [Item], _ terms: [String: [String]]) -> [Item]? {
        var choices = names.map { name in items.indices.filter { means(name, items[$0].canonicalName, terms) } }
        var chosen = [Int?](repeating: nil, count: names.count)
        while let next = choices.indices.first(where: { chosen[$0] == nil && choices[$0].count == 1 }) {
            let item = choices[next][0]
            chosen[next] = item
            for other in choices.indices where other != next { choices[other].removeAll { $0 == item } }
        }
        let places = chosen.compactMap(\.self)
        return places.count == names.count ? places.map { items[$0] } : nil
    }

    /// Whether a part's name can mean an item: by the name itself, else by a term of the field.
    private static func means(_ name: String, _ item: String, _ terms: [String: [String]]) -> Bool {
        var core = name
        for word in ["相关", "有关"] where core.hasPrefix(word) { core = String(core.dropFirst(word.count)) }
        if item.contains(core) || core.contains(item) { return true }
        return terms.contains { term, words in core.contains(term) && words.contains { item.contains($0) } }
    }
}
