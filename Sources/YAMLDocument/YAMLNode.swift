/// A value in a YAML document that knows where it was written.
///
/// Aliases are expanded and merge keys applied, so a tree reads like plain data; shared parts are shared in memory too.
///
/// ```swift
/// let amount = parse.root?["dossier"]?["amount"]
/// amount?.text    // "1,703,200.00"
/// amount?.place   // Specs/x.yaml:7:11
/// ```
public struct YAMLNode: Sendable {
    /// The three shapes of a node.
    public enum Content: Sendable {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        case mapping([YAMLEntry])
    }

    /// What the node holds.
    public var content: Content

    /// Where the node is written: its anchor or tag if it has one, else its first character. A node that came through
    /// an alias or a merge key keeps the place where it was written; `aliasPlace` tells where it was called for.
    public var place: SourcePlace

    private var storedLength: UInt32

    // Few nodes have any of these, so they live behind one pointer.
    private var annotation: Annotation?

    private final class Annotation: Sendable {
        let tag: String?
        let aliasPlace: SourcePlace?
        let isPlaceholder: Bool

        init(tag: String?, aliasPlace: SourcePlace?, isPlaceholder: Bool = false) {
            self.tag = tag
            self.aliasPlace = aliasPlace
            self.isPlaceholder = isPlaceholder
        }
    }

    /// A node made by hand; the parser makes them in the same way.
    ///
    /// - Parameters:
    ///   - length: Unicode scalars to underline from `place` on, at least 1.
    ///   - tag: a tag as written, such as `!include`.
    ///   - aliasPlace: where the alias stands that brought the node here.
    public init(
        _ content: Content,
        place: SourcePlace,
        length: Int = 1,
        tag: String? = nil,
        aliasPlace: SourcePlace? = nil
    ) {
        self.content = content
        self.place = place
        storedLength = UInt32(clamping: max(1, length))
        if tag != nil || aliasPlace != nil { annotation = Annotation(tag: tag, aliasPlace: aliasPlace) }
    }

    /// A null that stands where something was already reported, so that readers pass over it in silence.
    static func placeholder(at place: SourcePlace) -> YAMLNode {
        var node = YAMLNode(.scalar(YAMLScalar(text: "", style: .plain)), place: place)
        node.annotation = Annotation(tag: nil, aliasPlace: nil, isPlaceholder: true)
        return node
    }

    /// Unicode scalars to underline from `place` on: the whole of a scalar or alias on one line, else 1.
    public var length: Int { Int(storedLength) }

    /// The tag as written: `!include`, `!!str`, or `nil` without one.
    public var tag: String? {
        get { annotation?.tag }
        set { annotation = Annotation(tag: newValue, aliasPlace: aliasPlace, isPlaceholder: isPlaceholder) }
    }

    /// Where the alias (or the merge key's alias) stands that brought this node here; `nil` for a node that is read
    /// where it is written.
    public var aliasPlace: SourcePlace? {
        get { annotation?.aliasPlace }
        set { annotation = Annotation(tag: tag, aliasPlace: newValue, isPlaceholder: isPlaceholder) }
    }

    /// Whether the parser put this node in place of something that it reported as an error.
    public var isPlaceholder: Bool { annotation?.isPlaceholder ?? false }
}

/// A scalar as the file gives it. What it means is asked of it; no number ever passes through binary floating point.
public struct YAMLScalar: Sendable, Hashable {
    /// How a scalar is written.
    public enum Style: Sendable {
        case plain, singleQuoted, doubleQuoted, literal, folded
    }

    /// The text with quotes, escapes, folding and indentation resolved.
    public var text: String
    /// How it is written, which decides what a plain word may mean.
    public var style: Style

    /// A scalar made by hand.
    public init(text: String, style: Style) {
        self.text = text
        self.style = style
    }

    /// Whether this is a plain `~`, `null` or nothing at all.
    public var isNull: Bool { style == .plain && (text.isEmpty || text == "~" || text == "null") }

    /// The value of a plain `true` or `false`. `yes`, `no`, `on` and `off` are text, as YAML 1.2 has it.
    public var boolean: Bool? {
        guard style == .plain else { return nil }
        switch text {
        case "true": return true
        case "false": return false
        default: return nil
        }
    }

    /// The value of a plain whole number that fits `Int`: an optional sign and ASCII digits.
    public var integer: Int? { style == .plain ? Int(text) : nil }
}

/// A key and its value in a mapping.
public struct YAMLEntry: Sendable {
    /// A scalar node.
    public var key: YAMLNode
    /// A node of any shape.
    public var value: YAMLNode

    /// An entry made by hand.
    public init(key: YAMLNode, value: YAMLNode) {
        self.key = key
        self.value = value
    }
}

extension YAMLNode {
    /// The scalar, if the node is one.
    public var scalar: YAMLScalar? {
        if case .scalar(let scalar) = content { scalar } else { nil }
    }

    /// The elements, if the node is a sequence.
    public var sequence: [YAMLNode]? {
        if case .sequence(let elements) = content { elements } else { nil }
    }

    /// The entries in the order written, merged ones last, if the node is a mapping.
    public var mapping: [YAMLEntry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    /// The text of a scalar in any style, numbers and `null` included; `nil` for lists and mappings.
    public var text: String? { scalar?.text }

    /// Whether the node is an untagged null.
    public var isNull: Bool { isResolved && scalar?.isNull == true }

    /// The value of an untagged plain `true` or `false`.
    public var boolean: Bool? { isResolved ? scalar?.boolean : nil }

    /// The value of an untagged plain whole number that fits `Int`.
    public var integer: Int? { isResolved ? scalar?.integer : nil }

    /// The value of `key`, if the node is a mapping that has it. Few keys are looked along; for many keys make an index.
    public subscript(key: String) -> YAMLNode? {
        mapping?.first { $0.key.text == key }?.value
    }

    /// The element at `index`, counted from 0, if the node is a sequence that reaches so far.
    public subscript(index: Int) -> YAMLNode? {
        guard let sequence, sequence.indices.contains(index) else { return nil }
        return sequence[index]
    }

    /// A tag of our own kind, such as `!include`, that only code which knows it may read past.
    var foreignTag: String? {
        guard let tag, tag != "!", !tag.hasPrefix("!!") else { return nil }
        return tag
    }

    // "!" and "!!str" say that a plain scalar is text; a foreign tag leaves its meaning to whoever knows the tag.
    private var isResolved: Bool {
        guard let tag else { return true }
        return tag.hasPrefix("!!") && tag != "!!str"
    }
}
