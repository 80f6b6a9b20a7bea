/// A node about to be read as something: the node, the way to it, and the log for what is wrong with it.
///
/// Every method that reads returns the value, or reports one error and returns `nil`. A caller reads on either way, so
/// that one run shows every mistake.
///
/// ```swift
/// let log = DiagnosticLog(parse.diagnostics)
/// guard let root = parse.root, let spec = YAMLReader(root, log: log).mapping() else { return log.diagnostics }
/// let town = spec.required("town")?.text()
/// let amount = spec.required("amount")?.decimalText()
/// spec.finish()
/// ```
///
/// A node with a tag of the document's own, such as `!include`, is read only through ``tagged(_:)``; the other methods
/// report it as `yaml/unknown-tag`. A node that the parser put in place of a mistake is passed over in silence: `nil` and no second error.
public struct YAMLReader {
    /// The node to be read.
    public let node: YAMLNode
    /// The way to it from the root, for messages and pointers.
    public let path: YAMLPath
    /// Where mistakes are reported.
    public let log: DiagnosticLog

    /// A reader of a document's root.
    public init(_ node: YAMLNode, log: DiagnosticLog) {
        self.init(node, path: .root, log: log)
    }

    /// A reader of a node further down.
    public init(_ node: YAMLNode, path: YAMLPath, log: DiagnosticLog) {
        self.node = node
        self.path = path
        self.log = log
    }

    /// Whether the node is an explicit or empty null, for callers that allow it.
    public var isNull: Bool { node.isNull }

    /// The node as a mapping.
    ///
    /// - Parameter what: what the mapping is, for the message; its path when `nil`.
    /// - Returns: `nil` after `yaml/wrong-type`.
    public func mapping(_ what: String? = nil) -> MappingReader? {
        guard case .mapping(let entries) = node.content, node.foreignTag == nil else {
            wrongType(.mapping, what)
            return nil
        }
        return MappingReader(entries, of: self)
    }

    /// A reader for each element of a sequence.
    ///
    /// - Returns: `nil` after `yaml/wrong-type`.
    public func sequence() -> [YAMLReader]? {
        guard case .sequence(let elements) = node.content, node.foreignTag == nil else {
            wrongType(.sequence)
            return nil
        }
        return elements.enumerated().map { index, element in
            YAMLReader(element, path: path.appending(.index(index)), log: log)
        }
    }

    /// The text of a scalar. Numbers are text too, as written; a plain `true`, `false` or null is not.
    ///
    /// - Returns: `nil` after `yaml/wrong-type`.
    public func text() -> String? {
        guard let scalar = node.scalar, node.foreignTag == nil, !node.isNull, node.boolean == nil else {
            wrongType(.text)
            return nil
        }
        return scalar.text
    }

    /// A plain whole number in ASCII digits that fits `Int`, with an optional sign.
    ///
    /// - Returns: `nil` after `yaml/wrong-type`.
    public func integer() -> Int? {
        guard let value = node.integer else {
            wrongType(.integer)
            return nil
        }
        return value
    }

    /// A plain `true` or `false`, nothing else.
    ///
    /// - Returns: `nil` after `yaml/wrong-type`.
    public func boolean() -> Bool? {
        guard let value = node.boolean else {
            wrongType(.boolean)
            return nil
        }
        return value
    }

    /// A decimal number, plain or quoted, without its thousands commas: `"1,703,200.00"` is `1703200.00`.
    ///
    /// The number is an optional sign, ASCII digits with commas either nowhere or before every third digit, and an
    /// optional fraction. Zeros are kept as written; a plus sign is dropped. Never passes through binary floating point.
    ///
    /// - Returns: `nil` after `yaml/wrong-type`.
    public func decimalText() -> String? {
        guard let text = numeral, let decimal = normalizedDecimal(text) else {
            wrongType(.decimal)
            return nil
        }
        return decimal
    }

    /// A number of percent with or without its sign: `95.04%` and `95.04` both are `95.04`.
    ///
    /// - Returns: `nil` after `yaml/wrong-type`.
    public func percentText() -> String? {
        guard let text = numeral, let percent = normalizedDecimal(text.hasSuffix("%") ? text.dropLast() : text[...])
        else {
            wrongType(.percent)
            return nil
        }
        return percent
    }

    /// One of a few words.
    ///
    /// - Returns: `nil` after `yaml/wrong-type` or, with "did you mean", `yaml/unknown-value`.
    public func oneOf(_ allowed: [String]) -> String? {
        guard let text = text() else { return nil }
        if allowed.contains(text) { return text }
        let meant = nearestSpelling(of: text, among: allowed)
        error("yaml/unknown-value", .unknownValue(text, subject(), allowed: allowed, meant: meant))
        return nil
    }

    /// The node without the given tag, to be read on; `nil`, and nothing reported, when it has another tag or none.
    ///
    /// ```swift
    /// if let name = reader.tagged("!include")?.text() { … }
    /// ```
    public func tagged(_ tag: String) -> YAMLReader? {
        guard node.tag == tag else { return nil }
        var untagged = node
        untagged.tag = nil
        return YAMLReader(untagged, path: path, log: log)
    }

    /// Reports an error of the caller's own that underlines this node.
    public func error(_ code: String, _ wording: Diagnostic.Wording) {
        log.error(code, at: node, wording)
    }

    /// Reports a warning of the caller's own that underlines this node.
    public func warning(_ code: String, _ wording: Diagnostic.Wording) {
        log.warning(code, at: node, wording)
    }

    private var numeral: Substring? {
        guard node.foreignTag == nil, let text = node.text else { return nil }
        return text[...]
    }

    private func subject(_ what: String? = nil) -> Diagnostic.Subject {
        if let what { return .named(what) }
        return path.components.isEmpty ? .document : .named(path.description)
    }

    private func wrongType(_ expected: Diagnostic.Expectation, _ what: String? = nil) {
        if node.isPlaceholder { return }
        if let tag = node.foreignTag {
            return error("yaml/unknown-tag", .unknownTag(tag, subject(what)))
        }
        error("yaml/wrong-type", .wrongType(subject(what), expected, found: node))
    }
}
