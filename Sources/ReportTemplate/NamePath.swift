internal import Groundwork
internal import ReportDocument

/// A name as a template writes it, with what is done to its value: `amounts.total`, `wan(amounts.total)`, `.`, `last()`.
///
/// A class, so that the many walks over a parsed text pass one reference on and not all of its parts.
public final class NamePath: Sendable {
    enum Start: Sendable, Hashable {
        /// The nearest scope that has the first part.
        case scopes
        /// `.name`: the element at hand and no other.
        case element
        /// `.`: the element itself.
        case itself
        /// `last()`: the place of the element in its list.
        case place
        /// `reference(lines)`: the number of a caption that is counted.
        case caption
        /// `footnote()`: no name at all; what stands between its tags is a note.
        case footnote
    }

    /// The name without its forms, as written.
    public let name: String
    /// Innermost first: `dash(wan(x))` has `wan`, `dash`.
    public let forms: [ValueForm]
    /// What forms add to a text, by their place in ``forms``.
    let arguments: [Int: FormArgument]
    /// Whether one of the forms says what an amount prints in; lists and dashes leave that open.
    let saysUnit: Bool
    let start: Start
    let parts: [String]
    /// Where it stands in its text.
    let place: TextPlace
    /// As written, forms included.
    let expression: String

    enum Mistake: Error {
        case malformed
        case unknownForm(String)
        /// A form that needs a second thing in its brackets, and has none.
        case lacksText(ValueForm)
        /// A form that has a second thing in its brackets, and takes none.
        case takesNoText(ValueForm)
    }

    /// Reads `dash(wan(a.b))`.
    init(_ expression: Substring, at place: TextPlace) throws(Mistake) {
        var (forms, rest) = ([ValueForm](), expression)
        var names: [Substring] = []
        var behind: [Substring?] = []
        while let bracket = rest.utf8.firstIndex(of: UInt8(ascii: "(")) {
            guard rest.utf8.last == UInt8(ascii: ")") else { throw .malformed }
            names.append(rest[..<bracket])
            rest = rest[rest.utf8.index(after: bracket)...].dropLast()
            let parts = FormArgument.parted(rest)
            behind.append(parts.map { Blanks.trimmed($0.argument) })
            if let parts { rest = Blanks.trimmed(parts.name) }
        }
        let name = rest
        var arguments: [Int: FormArgument] = [:]
        for (form, added) in zip(names, behind).reversed() {
            guard !form.isEmpty, form.utf8.allSatisfy(isNameByte) else { throw .malformed }
            guard let known = ValueForm(rawValue: String(form)) else { throw .unknownForm(String(form)) }
            if let added {
                guard known.takesText else { throw .takesNoText(known) }
                arguments[forms.count] = try FormArgument(added, at: place)
            } else if known.takesText {
                throw .lacksText(known)
            }
            forms.append(known)
        }
        var parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if name == "." {
            (start, parts) = (.itself, [])
        } else if name.isEmpty, let form = forms.first, form.isOfPlace {
            (start, parts) = (.place, [])
        } else if forms.first == .footnote {
            guard name.isEmpty, forms.count == 1 else { throw .malformed }
            (start, parts) = (.footnote, [])
        } else if forms.first == .reference {
            guard forms.count == 1 else { throw .malformed }
            start = .caption
        } else if parts.count > 1, parts[0].isEmpty {
            start = .element
            parts.removeFirst()
        } else {
            start = .scopes
        }
        // wan（amounts.approved） is a form with the brackets of a Chinese keyboard, and no name.
        if let bracket = name.unicodeScalars.firstIndex(of: "（"), ValueForm(rawValue: String(name[..<bracket])) != nil {
            throw .malformed
        }
        guard parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isNameByte) }) else { throw .malformed }
        (self.name, self.forms, self.parts, self.place) = (String(name), forms, parts, place)
        self.arguments = arguments
        self.expression = String(expression)
        saysUnit = forms.contains { $0 != .dash && !$0.isOfList }
    }
}

/// Letters, digits, `_` and `-`, and letters of any other script: a form may name its columns in Chinese.
private func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), 0x80...:
        true
    default: false
    }
}
