public import ReviewModel

/// What rules allow a thing to cost, and how purchases must be made: the norms of the state, of a province, of a town, as one file
/// of YAML has them (Docs/PRICES.md). All of it is data; nothing here knows a figure or a word of the field.
///
/// Amounts are in 元.
public struct NormBook: Sendable {
    public var id: String
    /// What quantities are counted in: people, days, class hours.
    public var units: [MeasureUnit]
    /// What lines may be: a meeting, a lecture, a desktop computer.
    public var items: [NormItem]
    /// The categories of purchases: goods, services, works.
    public var purchases: [NormItem]
    /// The ways to buy.
    public var methods: [PurchaseMethod]
    /// What parts of one purchase are called that are alike but for it: 一期, 第二批.
    public var batchWords: [String]
    /// What an amount behind is only a part of the line: 其中.
    public var partWords: [String]
    /// What says that a price is one after tax: 税后.
    public var afterTaxWords: [String]
    public var norms: [Norm]

    /// A unit that quantities are counted in, with the words that mean it.
    public struct MeasureUnit: Sendable {
        public var code: String
        public var title: LocalizedText
        public var words: [String]
        /// Whether it says how often something is done, and nothing of its size: 场, 期, 项.
        public var repeats: Bool
    }

    /// A way to buy, with the words that name it.
    public struct PurchaseMethod: Sendable {
        public var code: String
        public var title: LocalizedText
        public var words: [String]
    }
}

/// What a line may be, and the words that say so.
public struct NormItem: Sendable {
    public var code: String
    public var title: LocalizedText
    public var words: [String]
    /// Words that hold one of the item's words and mean another thing: 会议室 is no 会议.
    public var notWords: [String]
    /// One of these must be said as well; empty for none.
    public var with: [String]
    /// None of these may be said.
    public var without: [String]
    /// Behind one of these words stands the amount that a fee is a share of.
    public var baseWords: [String]
    public var classes: [NormClass]

    /// A grade or class with an amount of its own: 三类会议, 正高.
    public struct NormClass: Sendable {
        public var code: String
        public var title: LocalizedText
        public var words: [String]
    }
}

/// One rule that limits one item, with where it stands and when and where it holds.
public struct Norm: Sendable {
    public var id: String
    /// The code of what it limits: an item, or a category of purchases.
    public var item: String
    public var source: NormSource
    /// Where it holds: a part of the project's town or of its full name; `nil` for the whole country.
    public var place: String?
    public var from: CalendarDate
    /// The last day; `nil` while it holds.
    public var until: CalendarDate?
    /// Why it does not bind the town itself, where it does not.
    public var reference: LocalizedText?
    public var limit: Limit
    public var pointer: JSONPointer

    public enum Limit: Sendable {
        case cap(PriceCap)
        /// The most of a unit, each by class: people and days of a meeting.
        case most([UnitMost])
        /// At most this percentage of a base.
        case share(ExactDecimal)
        /// A fee for each of some bases, in between along a straight line, and how many percent it may be exceeded by.
        case table([FeePoint], margin: ExactDecimal)
        case purchase(PurchaseLimit)
        /// So many of a unit at least: days from the call for tenders to the last bid.
        case least(unit: String, ExactDecimal)
    }
}

/// Where a norm stands.
public struct NormSource: Sendable, Hashable {
    /// 财行〔2016〕214号.
    public var number: String
    public var title: String
    /// 第十五条.
    public var clause: String
    /// Whether the figures have been seen in the rule's text, or were written down from memory.
    public var isSeen: Bool

    /// 《中央和国家机关会议费管理办法》（财行〔2016〕214号）第十五条.
    public var cited: String { (title.isEmpty ? number : "《\(title)》（\(number)）") + clause }
}

/// The most that one of something may cost.
public struct PriceCap: Sendable {
    /// The codes of the units that the price is for: person, day.
    public var per: [String]
    /// By the code of the class; one with an empty code where there are no classes.
    public var amounts: [ClassAmount]
    /// Whether ``amounts`` are what is paid out after tax.
    public var isAfterTax: Bool
    /// The same before tax, where the rule or a table gives it.
    public var beforeTax: [ClassAmount]
    /// Units that stand for another: a half day for 0.6 of a day.
    public var instead: [Substitute]
    /// From which day on what share of the amount counts, in percent; lowest day first.
    public var steps: [Step]

    public struct Substitute: Sendable {
        public var unit: String
        public var counted: String
        public var counts: ExactDecimal
    }

    public struct Step: Sendable {
        public var unit: String
        public var from: Int
        public var share: ExactDecimal
    }
}

public struct ClassAmount: Sendable {
    public var code: String
    public var amount: ExactDecimal
}

public struct UnitMost: Sendable {
    public var unit: String
    public var amounts: [ClassAmount]
}

public struct FeePoint: Sendable {
    public var base: ExactDecimal
    public var fee: ExactDecimal
}

/// From an amount on a purchase must be made in one of some ways.
public struct PurchaseLimit: Sendable {
    public var amount: ExactDecimal
    /// What the limit is called: 公开招标数额标准.
    public var title: LocalizedText
    /// The codes of the methods that do.
    public var methods: [String]
    /// The rule against parting one purchase into several below the limit, where there is one.
    public var split: NormSource?
}
