import ReportDocument
import ReviewModel

extension Document {
    /// The document with a notice before everything else when a step of the review failed or was skipped: such a report
    /// looks whole and is not.
    func markedIfIncomplete(_ review: Review) -> Document {
        let missing = review.steps.filter { $0.outcome != .done }
        guard !missing.isEmpty else { return self }
        let isChinese = language.hasPrefix("zh")
        let steps = missing.map { isChinese ? "\($0.id)（\($0.plugin)）" : "\($0.id) (\($0.plugin))" }.joined(
            separator: words.list
        )
        let notice = words.incomplete.replacing("{steps}", with: steps)
        var marked = self
        let paragraph = DocumentBlock.paragraph(Paragraph(style: .note, runs: [Run.text(notice)].line))
        if marked.sections.isEmpty {
            marked.sections = [DocumentSection(orientation: .portrait, blocks: [paragraph])]
        } else {
            marked.sections[0].blocks.insert(paragraph, at: 0)
        }
        return marked
    }
}
