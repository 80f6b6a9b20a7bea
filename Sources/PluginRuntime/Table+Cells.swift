internal import ReviewModel

extension Table {
    /// The first cell that is not of its column's type, in words; `nil` when all are. Empty cells are of every type.
    var misfit: LocalizedText? {
        problems(limit: 1).first.map { problem in
            LocalizedText(
                zh: "表\"\(name)\"第 \(problem.row + 1) 行：\(problem.message.zh)",
                en: "table \"\(name)\", row \(problem.row + 1): \(problem.message.en)"
            )
        }
    }
}
