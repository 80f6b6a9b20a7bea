internal import Groundwork

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

    /// The first thing on the line if it only looks like a blank or a list's "-", and its index. Lines without a key behind it are
    /// text, in which such characters are welcome.
    var oddStart: (character: OddCharacter, index: Int)? {
        let start = indentation
        guard start < count, let odd = OddCharacter(self[start]) else { return nil }
        let isDash = odd.plain == "-" && start + 1 < count && (self[start + 1] == " " || self[start + 1].isForeignSpace)
        let isItem = self[start...].drop { $0 == " " || $0.isForeignSpace }.startsItem
        return isDash || (odd.isBlank || odd.isInvisible) && (keySeparator != nil || isItem) ? (odd, start) : nil
    }

    /// The first curly quote from `start` to before `end` that stands where a value or key begins, and its index.
    func curlyStart(from start: Int, to end: Int) -> (character: OddCharacter, index: Int)? {
        for index in (start..<Swift.max(start, end)).clamped(to: indices) {
            guard let odd = OddCharacter(self[index]), odd.isQuote else { continue }
            let before = self[..<index].last { $0 != " " }
            if index == indentation || before.map({ "[{:,-".unicodeScalars.contains($0) }) == true {
                return (odd, index)
            }
        }
        return nil
    }

    /// The curly quote that was to close a straight one, and its index: `"甲”`.
    var curlyEnd: (character: OddCharacter, index: Int)? {
        var opening: Unicode.Scalar?
        for index in indices {
            let scalar = self[index]
            if scalar == "\"" || scalar == "'" {
                if opening == scalar {
                    opening = nil
                } else if opening == nil {
                    let before = self[..<index].last { $0 != " " }
                    if index == indentation || before.map({ "[{:,-".unicodeScalars.contains($0) }) == true {
                        opening = scalar
                    }
                }
            } else if let quote = opening, let odd = OddCharacter(scalar), odd.isQuote, odd.plain == String(quote) {
                // What closes further on was meant to have curly quotes inside.
                if !self[(index + 1)...].contains(quote) { return (odd, index) }
            }
        }
        return nil
    }

    /// The last character from `start` to before `end` that only looks like one of `signs`.
    func lastOddSign(_ signs: [String], from start: Int, to end: Int) -> (character: OddCharacter, index: Int)? {
        for index in (start..<Swift.max(start, end)).clamped(to: indices).reversed() {
            if let odd = OddCharacter(self[index]), signs.contains(odd.plain) { return (odd, index) }
        }
        return nil
    }

    /// Whether the first thing on the line is a list item's "-".
    var startsListItem: Bool {
        let start = indentation
        return start < count && self[start] == "-" && (start + 1 == count || self[start + 1] == " ")
    }
}

extension Unicode.Scalar {
    /// Whether this looks like a space but is none to YAML: the full-width and the no-break space.
    var isForeignSpace: Bool { OddCharacter(self)?.isBlank == true }
}

extension OddCharacter {
    /// Whether it looks like one of YAML's quotes.
    fileprivate var isQuote: Bool { plain == "\"" || plain == "'" }
}

extension Sequence<Unicode.Scalar> {
    /// Whether it begins as an item of a list does.
    fileprivate var startsItem: Bool {
        var rest = makeIterator()
        guard rest.next() == "-" else { return false }
        return rest.next().map { $0 == " " } ?? true
    }
}
