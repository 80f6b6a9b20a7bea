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
                text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
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
        case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
