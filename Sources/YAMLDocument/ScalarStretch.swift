public import Groundwork

/// A word of a scalar, where it is written.
public struct ScalarStretch: Sendable, Hashable {
    public var start: SourcePlace
    /// In Unicode scalars, at least 1.
    public var length: Int
}

extension YAMLNode {
    /// Where a place in the text of a scalar is written in the file, with the word, the `'text'` or the `{tag}` that begins
    /// there.
    ///
    /// The lines of a text and those of its file are not the same: blocks are indented and folded, quotes have escapes. But
    /// all that is not blank stands in the file in the order of the text.
    ///
    /// - Parameter source: the bytes of the node's file.
    /// - Returns: `nil` for what is no scalar, and for places that the text does not have.
    public func stretch(at place: TextPlace, in source: [UInt8]) -> ScalarStretch? {
        guard let scalar, let (count, wanted) = Self.solids(of: scalar.text, before: place) else { return nil }
        var written = WrittenScalar(self, scalar.style, SourceText(source))
        var last: WrittenScalar.Solid?
        for _ in 0..<count { last = written.next() }
        guard let wanted else {
            return last.map { ScalarStretch(start: $0.place(in: self.place.file, after: 1), length: 1) }
        }
        guard let found = written.next(), found.scalar == wanted else { return nil }
        return ScalarStretch(start: found.place(in: self.place.file), length: written.length(from: found))
    }

    /// How many scalars of a text are not blank before a place in it, and the first that is not from there on; `nil` where
    /// the text has no such place.
    private static func solids(of text: String, before place: TextPlace) -> (Int, Unicode.Scalar?)? {
        var (here, count, lastLine) = (TextPlace(line: 1, column: 1), 0, 1)
        for scalar in text.unicodeScalars {
            if !scalar.isBlank {
                // Behind the last word of a line stands nothing but its end.
                if here >= place {
                    return here.line == place.line ? (count, scalar) : lastLine == place.line ? (count, nil) : nil
                }
                (count, lastLine) = (count + 1, here.line)
            }
            here =
                scalar == "\n"
                ? TextPlace(line: here.line + 1, column: 1) : TextPlace(line: here.line, column: here.column + 1)
        }
        // The end of the text is a place, too.
        return place.line <= here.line ? (count, nil) : nil
    }
}

/// Walks over what is not blank of a scalar, as the file has it.
private struct WrittenScalar {
    struct Solid {
        /// What it stands for; an escape stands for another than it is written with.
        var scalar: Unicode.Scalar
        var line: Int
        var column: Int

        func place(in file: String, after: Int = 0) -> SourcePlace {
            SourcePlace(file: file, line: line, column: column + after)
        }
    }

    private let source: SourceText
    private let style: YAMLScalar.Style
    private var line: Int
    private var scalars: [Unicode.Scalar]
    private var index: Int

    init(_ node: YAMLNode, _ style: YAMLScalar.Style, _ source: SourceText) {
        (self.style, self.source, line) = (style, source, node.place.line)
        scalars = source.line(line)
        index = min(node.place.column - 1, scalars.count)
        skipProperties()
        let opening = index < scalars.count ? scalars[index] : nil
        switch style {
        case .singleQuoted, .doubleQuoted: index += 1
        // A text that is a file of its own has no `|`.
        case .literal, .folded: if opening == "|" || opening == ">" { nextLine() }
        case .plain: break
        }
    }

    /// Passes over `&anchor` and `!tag`, which stand before the scalar.
    private mutating func skipProperties() {
        while index < scalars.count, scalars[index] == "&" || scalars[index] == "!",
            style != .literal || line > 1 || index > 0
        {
            while index < scalars.count, !scalars[index].isBlank { index += 1 }
            while index < scalars.count, scalars[index].isBlank { index += 1 }
        }
    }

    private mutating func nextLine() {
        line += 1
        (scalars, index) = (line <= source.lineCount ? source.line(line) : [], 0)
    }

    mutating func next() -> Solid? {
        while line <= source.lineCount {
            guard index < scalars.count else {
                nextLine()
                continue
            }
            let found = Solid(scalar: scalars[index], line: line, column: index + 1)
            index += 1
            if found.scalar.isBlank { continue }
            switch (style, found.scalar) {
            case (.singleQuoted, "'"): index += 1
            case (.doubleQuoted, "\\"):
                guard let meant = escaped() else { continue }
                return Solid(scalar: meant, line: found.line, column: found.column)
            default: break
            }
            return found
        }
        return nil
    }

    /// What the escape behind a backslash stands for; `nil` for blanks and for the end of a line.
    private mutating func escaped() -> Unicode.Scalar? {
        guard index < scalars.count else { return nil }
        let letter = scalars[index]
        index += 1
        let digits = ["x": 2, "u": 4, "U": 8][letter]
        if let digits {
            let text = String(String.UnicodeScalarView(scalars[index..<min(index + digits, scalars.count)]))
            index += digits
            return UInt32(text, radix: 16).flatMap(Unicode.Scalar.init).flatMap { $0.isBlank ? nil : $0 }
        }
        return ["\"", "/", "\\"].contains(letter) ? letter : Self.namedEscapes[letter]
    }

    private static let namedEscapes: [Unicode.Scalar: Unicode.Scalar] = [
        "0": "\0", "a": "\u{7}", "b": "\u{8}", "v": "\u{B}", "f": "\u{C}", "e": "\u{1B}", "N": "\u{85}", "_": "\u{A0}",
        "L": "\u{2028}", "P": "\u{2029}",
    ]

    /// How much of the line belongs to the word that begins at `solid`.
    func length(from solid: Solid) -> Int {
        let rest = source.line(solid.line).dropFirst(solid.column - 1)
        let closing: Unicode.Scalar? = ["'": "'", "{": "}"][solid.scalar]
        guard let closing else {
            let word = rest.prefix { $0.isOfWord || $0 == "." }
            return max(1, word.count - (word.last == "." ? 1 : 0))
        }
        guard let end = rest.dropFirst().firstIndex(of: closing) else { return 1 }
        return rest[...end].count + rest[(end + 1)...].prefix { $0 == closing }.count
    }
}

extension Unicode.Scalar {
    /// What YAML may fold, add or take away.
    fileprivate var isBlank: Bool { self == " " || self == "\t" || self == "\n" || self == "\r" || self == "\u{FEFF}" }

    fileprivate var isOfWord: Bool { properties.isAlphabetic || self == "_" || ("0"..."9").contains(self) }
}

/// The lines in which what is not blank of a scalar is written, one after the other.
struct SolidLines {
    private var written: WrittenScalar

    init(_ node: YAMLNode, _ style: YAMLScalar.Style, _ source: SourceText) {
        written = WrittenScalar(node, style, source)
    }

    static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.isBlank }

    mutating func next() -> Int? { written.next()?.line }
}
