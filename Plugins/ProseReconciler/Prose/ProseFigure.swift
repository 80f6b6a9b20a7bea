import ReviewModel

/// A figure of the dossier that a text may speak of, with what it is about, how it was made and where it stands.
struct ProseFigure: Sendable, Hashable {
    var label: LocalizedText
    /// In 元, percent, points or pieces.
    var value: ExactDecimal
    var unit: ProseUnit
    /// The item that it belongs to, by the id that names lead to (see ``ProseVocabulary``); empty for the whole project.
    var subject: String
    var aspect: Aspect
    /// The years that it speaks of, one for most figures, several for a mean; none where the year does not matter.
    var years: [Int]
    var making: Making
    /// What it was made of, for messages; empty for a figure that stands in the dossier as it is.
    var parts: [Part]
    var pointers: [JSONPointer]
    /// Whether the words before the number name another year than that of this figure, which has its value.
    var isOfAnotherYear = false
    /// Whether it is a bound, which more or less than it keeps, too: 99% is no other figure than ≥98%.
    var mayBeMore = false
    var mayBeLess = false
    /// The column or field of the form that it stands in, `classrooms.pupils`, where texts name that by its title; else empty.
    var measure = ""

    /// What a figure says of its subject.
    enum Aspect: Sendable, CaseIterable {
        case requested, approved, deducted, increased, deductionRate
        /// Requested less approved, where something was added as well, and its rate.
        case netDeducted, netRate
        /// 调整后预算, 支付金额 and 执行率 of earlier years.
        case adjusted, paid, executionRate
        case selfScore, reviewScore, maximumScore, target
        /// How many of its unit a line has, as asked for and as its approved amount makes.
        case quantity
        /// Anything that texts have no fixed word for: a unit price, a quantity, a figure as declared.
        case other

        /// Whether it is of the year under review, which may not be known.
        var isOfRequest: Bool {
            [.requested, .approved, .deducted, .increased, .deductionRate, .netDeducted, .netRate].contains(self)
        }
    }

    enum Making: Sendable {
        case stated, sum, mean, difference, ratio
    }

    /// A part of a sum or a mean.
    struct Part: Sendable, Hashable {
        var name: String
        var value: ExactDecimal
        var unit: ProseUnit

        init(name: String, value: ExactDecimal, unit: ProseUnit = .yuan) {
            self.name = name
            self.value = value
            self.unit = unit
        }
    }

    init(
        label: LocalizedText,
        value: ExactDecimal,
        unit: ProseUnit = .yuan,
        subject: String = "",
        aspect: Aspect,
        years: [Int] = [],
        making: Making = .stated,
        parts: [Part] = [],
        pointers: [JSONPointer],
        mayBeMore: Bool = false,
        mayBeLess: Bool = false
    ) {
        (self.mayBeMore, self.mayBeLess) = (mayBeMore, mayBeLess)
        self.label = label
        self.value = value
        self.unit = unit
        self.subject = subject
        self.aspect = aspect
        self.years = years
        self.making = making
        self.parts = parts
        self.pointers = pointers
    }
}

extension ProseFigure {
    /// The mean of figures of several years, exact to ten places; `nil` for fewer than two.
    static func mean(of figures: [ProseFigure], label: LocalizedText) throws(DecimalOverflow) -> ProseFigure? {
        guard figures.count > 1, let first = figures.first else { return nil }
        let sum = try ExactDecimal.sum(figures.map(\.value))
        guard let mean = try sum.divided(by: ExactDecimal(figures.count), places: 10) else { return nil }
        return ProseFigure(
            label: label,
            value: mean,
            unit: first.unit,
            subject: first.subject,
            aspect: first.aspect,
            years: figures.flatMap(\.years).sorted(),
            making: .mean,
            parts: figures.map { Part(name: $0.years.map(String.init).joined(), value: $0.value, unit: $0.unit) },
            pointers: figures.flatMap(\.pointers)
        )
    }
}
