// What a line looks like to someone who guesses at YAML without parsing it.

extension [Unicode.Scalar] {
    /// A part of the line as a string; what is beyond the line is left out.
    func text(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: self[range.clamped(to: indices)])
        return String(view)
    }

    /// Spaces and tabs before the first other scalar.
    var indentation: Int { prefix { $0 == " " || $0 == "\t" }.count }

    /// The end of the line without trailing blanks.
    var trimmedEnd: Int { (lastIndex { $0 != " " && $0 != "\t" } ?? -1) + 1 }

    /// The first ":" that ends a key: one with a blank or the line's end after it.
    var keySeparator: Int? {
        indices.first { index in
            self[index] == ":" && (index + 1 == count || self[index + 1] == " " || self[index + 1] == "\t")
        }
    }

    /// Whether the first thing on the line is a list item's "-".
    var startsListItem: Bool {
        let start = indentation
        return start < count && self[start] == "-" && (start + 1 == count || self[start + 1] == " ")
    }
}

extension Unicode.Scalar {
    /// Whether this looks like a space but is none to YAML: the full-width and the no-break space.
    var isForeignSpace: Bool { self == "\u{3000}" || self == "\u{A0}" }
}
