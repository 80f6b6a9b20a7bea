// How texts of one report or form are held against each other. What is said of bytes is in TextBytes.swift.

extension String {
    /// The folded text without punctuation: what two wordings share that say the same.
    public var words: String {
        String(folded.unicodeScalars.filter(\.isWord))
    }

    /// Whether the text is `name` with some characters left out: 养老服务中心 of 望舒镇社区养老服务中心.
    public func isShortForm(of name: String) -> Bool {
        var rest = name[...]
        for character in self {
            guard let position = rest.firstIndex(of: character) else { return false }
            rest = rest[rest.index(after: position)...]
        }
        return true
    }
}

extension Unicode.Scalar {
    @inlinable public var isDigit: Bool { ("0"..."9").contains(self) }

    /// White space of Unicode.
    @inlinable public var isBlank: Bool {
        switch value {
        case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    /// Neither punctuation nor a symbol; ① to ⑳ count.
    fileprivate var isWord: Bool {
        // Most are Chinese, and need no look-up.
        if ("\u{4E00}"..."\u{9FFF}").contains(self) || ("①"..."⑳").contains(self) { return true }
        return switch properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
            false
        default: true
        }
    }
}

extension Collection<Unicode.Scalar> {
    public var string: String { String(String.UnicodeScalarView(self)) }
}
