/// A text in the form in which wording is compared: full-width ASCII as ASCII, small variants as their plain sign, and
/// no blanks, for converted documents put blanks anywhere: `≥ ９０ ％` and `≥90%` are the same.
public func canonicalText(_ text: String) -> String {
    var result = ""
    result.unicodeScalars.reserveCapacity(text.unicodeScalars.count)
    for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
        result.unicodeScalars.append(canonical(scalar))
    }
    return result
}

private func canonical(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if let plain = variants[scalar] { return plain }
    guard (0xFF01...0xFF5E).contains(scalar.value) else { return scalar }
    return Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
}

private let variants: [Unicode.Scalar: Unicode.Scalar] = [
    "≧": "≥", "⩾": "≥", "﹥": ">", "≦": "≤", "⩽": "≤", "﹤": "<", "﹦": "=", "﹪": "%",
    "〜": "~", "∼": "~", "–": "-", "—": "-", "−": "-", "‐": "-",
]
