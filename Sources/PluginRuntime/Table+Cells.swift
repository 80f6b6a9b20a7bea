internal import ReviewModel

extension Table {
    /// The first cell that is not of its column's type, in words; `nil` when all are. Empty cells are of every type.
    var misfit: String? {
        problems(limit: 1).first.map { "table \"\(name)\", row \($0.row): \($0.message.en)" }
    }
}
