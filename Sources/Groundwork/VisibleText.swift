extension String {
    /// The text with everything made visible that a terminal would act on instead of showing it: control characters, and the
    /// marks that reverse or join lines. Line feeds and tabs stay.
    ///
    /// Text of plugins and documents goes through here before it is printed: an escape sequence in a project's name must
    /// not clear the screen that a reviewer reads.
    public var withVisibleControls: String {
        guard unicodeScalars.contains(where: { $0.isActedOn && $0 != "\n" && $0 != "\t" }) else { return self }
        var text = ""
        for scalar in unicodeScalars {
            if scalar.isActedOn, scalar != "\n", scalar != "\t" {
                text += scalar.visibleForm
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}

extension Unicode.Scalar {
    /// Whether a terminal would act on this scalar instead of showing it: controls, and the marks that reverse or join lines.
    public var isActedOn: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// What is shown in its place: `\u{202E}`.
    public var visibleForm: String { "\\u{\(String(value, radix: 16, uppercase: true))}" }
}

extension UnsafeBufferPointer<UInt8> {
    /// The scalar at `position` of this UTF-8, and its bytes, if a terminal would act on it (``Unicode/Scalar/isActedOn``).
    /// Writers of bytes ask for it; most bytes are answered by one comparison.
    public func actedOn(at position: Int) -> (scalar: Unicode.Scalar, count: Int)? {
        let (lead, rest) = (self[position], count - position)
        let value: UInt32
        let length: Int
        switch lead {
        case 0..<0x20, 0x7F: (value, length) = (UInt32(lead), 1)
        case 0xC2, 0xD8:
            guard rest > 1 else { return nil }
            (value, length) = (UInt32(lead & 0x1F) << 6 | UInt32(self[position + 1] & 0x3F), 2)
        case 0xE2:
            guard rest > 2 else { return nil }
            value = 0x2000 | UInt32(self[position + 1] & 0x3F) << 6 | UInt32(self[position + 2] & 0x3F)
            length = 3
        default: return nil
        }
        guard let scalar = Unicode.Scalar(value), scalar.isActedOn else { return nil }
        return (scalar, length)
    }
}
