public import Groundwork
public import JSONDocument

/// A text of a template, parsed: plain text, names to print, sections.
public struct Wording: Sendable {
    public let source: String
    /// Where the text stands, in the settings or in the dossier.
    public let pointer: JSONPointer
    let parts: [Part]

    indirect enum Part: Sendable {
        case text(String)
        case value(NamePath)
        /// Printed once for each element of a list, once for anything else that is there.
        case section(NamePath, parts: [Part])
        /// Printed when the section is not.
        case inverted(NamePath, parts: [Part])
        /// A note at the foot of the page, called from here: `{{#footnote()}}…{{/footnote()}}`.
        case footnote([Part])
    }

    /// Parses `source` and reports every mistake in it to `log`. What is right of it can be printed all the same.
    public init(_ source: String, at pointer: JSONPointer, log: DiagnosticLog) {
        self.source = source
        self.pointer = pointer
        guard WordingParser.hasTags(source) || WordingParser.hasWideBraces(source) else {
            parts = source.isEmpty ? [] : [.text(source)]
            return
        }
        var parser = WordingParser(source)
        parts = parser.parse()
        for mistake in parser.mistakes { log.add(mistake.diagnostic(at: pointer)) }
    }

    /// Whether it prints the same wherever it stands.
    public var isPlain: Bool {
        parts.allSatisfy { if case .text = $0 { true } else { false } }
    }

    /// Whether it is one name and nothing else: what it prints is that value.
    var isOneValue: Bool {
        if parts.count == 1, case .value = parts[0] { true } else { false }
    }

    /// Whether a text holds tags.
    public static func hasTags(_ text: String) -> Bool { WordingParser.hasTags(text) }

    /// The first part of every name in it, sections' insides included.
    public var firstNames: Set<String> {
        var names = Set<String>()
        collect(parts, &names)
        return names
    }

    private func collect(_ parts: [Part], _ names: inout Set<String>) {
        for part in parts {
            switch part {
            case .text: break
            case .value(let path): names.formUnion(path.firstNames)
            case .section(let path, let parts), .inverted(let path, let parts):
                names.formUnion(path.firstNames)
                collect(parts, &names)
            case .footnote(let parts): collect(parts, &names)
            }
        }
    }
}

extension NamePath {
    /// Its first part, and what follows `tables.`, also of names that its forms add; nothing for a name of the element at hand alone.
    var firstNames: [String] {
        let added = addedNames.flatMap(\.firstNames)
        guard start == .scopes else { return added }
        return Array(parts.prefix(parts.first == "tables" ? 2 : 1)) + added
    }
}

extension ValueReader {
    /// A text with tags; reports anything but text, and every mistake in the tags.
    public func wording() -> Wording? {
        text().map { Wording($0, at: pointer, log: log) }
    }
}
