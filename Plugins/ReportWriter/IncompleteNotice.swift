import ReportDocument
import ReviewModel

extension Document {
    /// The document with a notice before everything else when a step of the review failed or was skipped: such a report
    /// looks whole and is not.
    func markedIfIncomplete(_ review: Review) -> Document {
        let missing = review.steps.filter { $0.outcome != .done }
        guard !missing.isEmpty else { return self }
        let notice = incomplete(missing)(language.hasPrefix("zh") ? .zh : .en)
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

// MARK: - Messages

private func incomplete(_ steps: [Review.Step]) -> LocalizedText {
    LocalizedText(
        zh: "本报告不完整，不得签署：以下步骤没有完成——" + steps.map { "\($0.id)（\($0.plugin)）" }.joined(separator: "、"),
        en: "This report is incomplete and must not be signed; these steps were not done: "
            + steps.map { "\($0.id) (\($0.plugin))" }.joined(separator: ", ")
    )
}
