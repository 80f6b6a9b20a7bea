internal import BudgetLines

/// A text in the form in which wording is compared: full-width ASCII as ASCII, small variants as their plain sign, and
/// no blanks, for converted documents put blanks anywhere: `≥ ９０ ％` and `≥90%` are the same.
public func canonicalText(_ text: String) -> String {
    let scalars = text.unicodeScalars
    // Most texts are so already, and need not be written anew.
    guard let first = scalars.firstIndex(where: { $0.isBlank || canonical($0) != $0 }) else { return text }
    var result = String.UnicodeScalarView(scalars[..<first])
    for scalar in scalars[first...] where !scalar.isBlank { result.append(canonical(scalar)) }
    return String(result)
}

private func canonical(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    // Chinese, which most scalars are.
    if ("\u{4E00}"..."\u{9FFF}").contains(scalar) { return scalar }
    return switch scalar {
    case "≧", "⩾": "≥"
    case "﹥": ">"
    case "≦", "⩽": "≤"
    case "﹤": "<"
    case "﹦": "="
    case "﹪": "%"
    case "〜", "∼": "~"
    case "–", "—", "−", "‐": "-"
    case "\u{FF01}"..."\u{FF5E}": Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
    default: scalar
    }
}
