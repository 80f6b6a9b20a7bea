/// A decimal numeral without its plus sign and its thousands commas, or `nil` when it is not one.
///
/// ```text
/// numeral  = [ "+" | "-" ] whole [ "." digits ]
/// whole    = digits | 1–3 digits, then one or more of: "," three digits
/// ```
func normalizedDecimal(_ text: some StringProtocol) -> String? {
    var rest = text.utf8[...]
    var result = ""
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
        if sign == UInt8(ascii: "-") { result = "-" }
        rest = rest.dropFirst()
    }
    let parts = rest.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, parts.count == 1 || isDigits(parts[1]) else { return nil }

    let groups = whole.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard groups.allSatisfy(isDigits) else { return nil }
    if groups.count > 1 {
        guard groups[0].count <= 3, groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
    }
    for group in groups { result += String(decoding: group, as: UTF8.self) }
    if parts.count == 2 { result += "." + String(decoding: parts[1], as: UTF8.self) }
    return result
}

private func isDigits(_ bytes: some Collection<UInt8>) -> Bool {
    !bytes.isEmpty && bytes.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
}
