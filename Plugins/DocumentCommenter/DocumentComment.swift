import Groundwork

/// A comment that is to be written.
struct DocumentComment: Sendable, Hashable {
    var place: Place
    /// Its paragraphs.
    var lines: [String]
    /// The words that it is about, where they stand exactly once in the place: the comment stands at them, not at the whole of it.
    var passage = ""
    /// What should stand there instead; nil where nobody knows for certain.
    var correction: Correction?
    /// A paragraph more, for a comment whose place is none of the document's: it stands at the title then.
    var elsewhere = ""
    /// The finding that it tells of.
    var finding = ""

    /// Whether a comment that was written says the same: its title and its message.
    func says(_ text: String) -> Bool {
        let written = text.split(separator: "\n", omittingEmptySubsequences: false).prefix(2)
        return lines.count > 1 && written.elementsEqual(lines.prefix(2)) { $0 == $1 }
    }
}

/// Words of a document and what they should be: each a single value.
struct Correction: Sendable, Hashable {
    var found: String
    var expected: String
}
