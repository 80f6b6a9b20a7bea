import ReviewModel

/// Something that is different in the edited document.
struct Change: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case figure
        /// A figure is written another way, and says the same: 118,080.00, 118080, 11.808 万元.
        case notation
        case meaning
        case name
        case wording
        case added(Part)
        case removed(Part)
        case moved(Part)
        case doubled(Part)
        /// What a form leaves empty beside its label was written there.
        case filled
        case proposed
        /// Text that nobody sees.
        case hidden
    }

    enum Part: Sendable, Hashable {
        case paragraph, sentence, row, column, cell, table
    }

    var kind: Kind
    /// What stood there and what stands there; empty where nothing did or does.
    var old: String
    var new: String
    /// Where in the edited document; for what is gone, where it would stand.
    var place: Place
    /// Where in the original; `nil` for what is new.
    var original: Place?
    /// The sentence around it, or what a reader calls the row and the column.
    var context = Context()
    /// The fact that the figure was, by its bookmark; empty where none is known.
    var fact = ""
    /// Whether figures, or words on which the meaning hangs, came or went with it.
    var isGrave = false
    /// What stands before the place of what is gone: a place names the headings above, and no heading itself.
    var behind = ""
    /// Who proposed it.
    var author = ""

    struct Context: Sendable, Hashable {
        var row = ""
        var column = ""
        var sentence = ""
    }
}
