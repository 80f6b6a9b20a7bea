import ReviewModel

extension Finding {
    /// The line of the report that it stands in, or the last step of the pointer that it stands at.
    var firstPlace: String {
        if case .line(_, let line, _)? = spots.first { return String(line) }
        return pointers.first?.tokens.last ?? ""
    }
}
