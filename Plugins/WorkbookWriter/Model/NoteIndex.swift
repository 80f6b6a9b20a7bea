import ExcelBooks
import ReviewModel

/// What findings say of cells of this workbook.
struct NoteIndex {
    private var texts: [String: [CellReference: [String]]] = [:]

    /// A note names so many findings at most; the list of findings has all.
    private static let most = 5

    init() {}

    init(_ review: Review, _ places: PlaceIndex) {
        for located in review.findings {
            var seen: Set<SheetCell> = []
            for pointer in located.finding.pointers {
                guard let cell = places.cell(pointer), seen.insert(cell).inserted else { continue }
                texts[cell.sheet, default: [:]][cell.cell, default: []].append(noteText(located, review.locale))
            }
        }
    }

    /// The notes of a sheet, in the order of its cells.
    func notes(on sheet: String) -> [(CellReference, String)] {
        (texts[sheet] ?? [:]).sorted { ($0.key.row, $0.key.column) < ($1.key.row, $1.key.column) }.map { cell, texts in
            var shown = texts.prefix(Self.most).joined(separator: "\n")
            if texts.count > Self.most { shown += "\n… +\(texts.count - Self.most)" }
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
