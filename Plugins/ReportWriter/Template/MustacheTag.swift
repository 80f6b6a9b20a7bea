import ReviewModel

/// One tag of a Mustache text, with its place in it.
struct MustacheTag: Hashable, Sendable {
    enum Kind: Hashable {
        case variable, section, inverted, close
    }

    var kind: Kind
    /// The name in dots, `project.name`; `.` for the element itself, empty in `{{^last()}}`.
    var name: String
    /// Outermost first: `dash(wan(x))` has `dash`, `wan`.
    var transforms: [String]
    /// Counting from 1.
    var line: Int
    var column: Int

    /// The tag as Mustache gets it: names that must exist carry a mark (see ``LookUp``).
    ///
    /// A printed name must exist from its first part to its last. A section may ask whether the last part of a longer
    /// name exists: `{{#texts.risks}}`.
    var rewritten: String {
        let sigil =
            switch kind {
            case .variable: ""
            case .section: "#"
            case .inverted: "^"
            case .close: "/"
            }
        let call = transforms.map { $0 + "(" }.joined()
        return "{{\(sigil)\(call)\(strictName)\(String(repeating: ")", count: transforms.count))}}"
    }

    /// The parts of the name, without the dot that begins `.name`.
    var parts: [String] { name.split(separator: ".").map(String.init) }

    private var strictName: String {
        if name == "." || name.isEmpty { return name }
        let startsAtElement = name.hasPrefix(".")
        var marked: [String] = []
        for (position, part) in parts.enumerated() {
            let mayBeAbsent = kind != .variable && position == parts.count - 1 && position > 0
            if mayBeAbsent {
                marked.append(part)
            } else {
                marked.append(position == 0 && !startsAtElement ? part + "?" : "?" + part)
            }
        }
        return (startsAtElement ? "." : "") + marked.joined(separator: ".")
    }
}

/// The transforms that templates may use.
enum Transforms {
    static let known = Figure.forms + PrintedText.forms + ModelList.forms + positions

    /// About the place in a `{{#list}}`, written without a name: `{{^last()}}、{{/last()}}`.
    static let positions = ["first", "last", "index", "even", "odd"]
}
