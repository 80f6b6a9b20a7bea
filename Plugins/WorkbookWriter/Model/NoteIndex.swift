import ExcelBooks
import ReviewModel

/// What findings say of cells of this workbook.
struct NoteIndex {
    private let review: Review?
    /// The findings of each cell, by their positions: of a hundred thousand most are never said, for a sheet takes some notes only.
    private var findings: [String: [CellReference: [Int]]] = [:]

    /// A note names so many findings at most; the list of findings has all.
    private static let most = 5

    init() { review = nil }

    init(_ review: Review, _ places: PlaceIndex) {
        self.review = review
        for (position, located) in review.findings.enumerated() {
            var seen: [SheetCell] = []
            for pointer in located.finding.pointers {
                guard let cell = places.cell(pointer), !seen.contains(cell) else { continue }
                seen.append(cell)
                findings[cell.sheet, default: [:]][cell.cell, default: []].append(position)
            }
        }
    }

    /// The first notes of a sheet, as many as it takes, in the order of its cells.
    func notes(on sheet: String) -> [(CellReference, String)] {
        guard let review, let cells = findings[sheet] else { return [] }
        let order = cells.keys.sorted { ($0.row, $0.column) < ($1.row, $1.column) }
        return order.prefix(ExcelSheet.noteLimit).map { cell in
            let positions = cells[cell] ?? []
            var shown = positions.prefix(Self.most).map { noteText(review.findings[$0], review.locale) }
                .joined(separator: "\n")
            if positions.count > Self.most { shown += "\n… +\(positions.count - Self.most)" }
            return (cell, shown)
        }
    }
}

// MARK: - Messages

private func noteText(_ located: LocatedFinding, _ locale: Locale) -> String {
    let finding = located.finding
    let waived = located.waiver == nil ? "" : LocalizedText(zh: "，已豁免", en: ", waived")(locale)
    return LocalizedText(
        zh: "【\(finding.severity.name(.zh))\(waived)】\(finding.message.zh)（\(finding.rule)）",
        en: "[\(finding.severity.name(.en))\(waived)] \(finding.message.en) (\(finding.rule))"
    )(locale)
}
