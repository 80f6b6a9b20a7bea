import ReviewModel
import Targets

extension Array where Element: Hashable {
    /// The elements without those that came before.
    func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}

/// What a sum or a mean was made of; `nil` for a figure that stands in the dossier as it is.
func proof(of figure: ProseFigure, _ number: ProseNumber) -> Proof? {
    if figure.parts.isEmpty { return nil }
    let pointers = figure.pointers.count == figure.parts.count ? figure.pointers : []
    let parts = figure.parts.prefix(mostParts)
    let rest = figure.parts.count > mostParts ? ["…"] : []
    let terms = (parts.map { $0.unit.exact($0.value) } + rest).joined(separator: " + ")
    let expected = number.printed(figure.value)
    let calculation =
        switch figure.making {
        case .mean: "(\(terms)) ÷ \(figure.parts.count) = \(expected) ≠ \(number.phrase)"
        case .sum: "\(terms) = \(expected) ≠ \(number.phrase)"
        case .stated, .difference, .ratio: ""
        }
    return Proof(
        parts.enumerated().map { index, part in
            let pointer = pointers.indices.contains(index) ? pointers[index] : nil
            return Proof.Figure(LocalizedText(part.name), part.unit.exact(part.value), at: pointer)
        },
        calculation: calculation
    )
}
