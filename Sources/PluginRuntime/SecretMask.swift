package import ReviewModel

/// Writes `***` where a text holds a secret, however the secret is spelt: as it is, with escapes of JSON (`\u0061`, also of
/// JSON within JSON), percent-encoded, in hexadecimal, or within base64 at any of its three alignments; and where a text was cut
/// in the middle of it.
///
/// A secret of few letters has a base64 that many texts hold; parts of base64 shorter than six letters are left alone.
package struct SecretMask: Sendable {
    private let patterns: [[Unicode.Scalar]]

    package init(_ secrets: [String] = []) {
        let texts = secrets.filter { !$0.isEmpty }.flatMap { [$0] + Self.encoded(Array($0.utf8)) }
        patterns = Set(texts).map { Array($0.unicodeScalars) }
            .sorted { $0.count != $1.count ? $0.count > $1.count : $0.lexicographicallyPrecedes($1) }
    }

    /// Whether there is nothing to mask.
    package var isEmpty: Bool { patterns.isEmpty }

    /// The text without the secrets.
    package func masked(_ text: String) -> String {
        if patterns.isEmpty { return text }
        return String(decoding: masked(Array(text.utf8), isJSON: false), as: UTF8.self)
    }

    /// The text in both languages without the secrets.
    package func masked(_ text: LocalizedText) -> LocalizedText {
        LocalizedText(zh: masked(text.zh), en: masked(text.en))
    }

    /// A line of the wire without the secrets; what was JSON stays JSON.
    package func masked(line: [UInt8]) -> [UInt8] {
        if patterns.isEmpty { return line }
        return masked(line, isJSON: (try? JSONReader.read(line)) != nil)
    }

    private func masked(_ bytes: [UInt8], isJSON: Bool) -> [UInt8] {
        var (result, position) = ([UInt8](), 0)
        result.reserveCapacity(bytes.count)
        bytes.withUnsafeBufferPointer { source in
            let spelling = SpelledText(bytes: source, isJSON: isJSON)
            while position < source.count {
                if let end = end(in: spelling, from: position) {
                    result += "***".utf8
                    position = end
                } else if source[position] == UInt8(ascii: "\\"), position + 1 < source.count {
                    // An escape is one thing: a secret that begins within it takes all of it.
                    if source[position + 1] != UInt8(ascii: "\\"), let end = end(in: spelling, from: position + 1) {
                        result += "***".utf8
                        position = end
                    } else {
                        result += source[position...position + 1]
                        position += 2
                    }
                } else {
                    result.append(source[position])
                    position += 1
                }
            }
        }
        return result
    }

    private func end(in text: SpelledText, from start: Int) -> Int? {
        for pattern in patterns {
            var ends = [start]
            var cut: Int?
            for (count, scalar) in pattern.enumerated() {
                if count >= Self.leastTold { cut = ends.first(where: text.isCut) ?? cut }
                ends = Array(Set(ends.flatMap { text.ends(of: scalar, at: $0) }))
                if ends.isEmpty { break }
            }
            if let end = ends.max() ?? cut { return end }
        }
        return nil
    }

    /// Letters of a secret that are still told where a text was cut within it: as many as any word may share with it.
    private static let leastTold = 4

    // MARK: - Encodings

    /// The secret in hexadecimal, and what of base64 it alone decides, at each alignment, in both alphabets.
    private static func encoded(_ secret: [UInt8]) -> [String] {
        let digits = secret.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        var texts = secret.count > 2 ? [digits, digits.uppercased()] : []
        for lead in 0..<3 {
            let text = base64(Array(repeating: 0, count: lead) + secret)
            let (first, last) = ((8 * lead + 5) / 6, 8 * (lead + secret.count) / 6)
            guard last - first >= 6 else { continue }
            let core = String(decoding: text[first..<last], as: UTF8.self)
            texts += [core, String(core.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })]
        }
        return texts
    }

    /// Without padding.
    private static func base64(_ bytes: [UInt8]) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        return (0..<(8 * bytes.count + 5) / 6).map { index in
            let (byte, shift) = (6 * index / 8, 6 * index % 8)
            let pair = UInt16(bytes[byte]) << 8 | (byte + 1 < bytes.count ? UInt16(bytes[byte + 1]) : 0)
            return alphabet[Int(pair >> UInt16(10 - shift)) & 63]
        }
    }
}

/// Bytes in which each character may be spelt in several ways.
private struct SpelledText {
    let bytes: UnsafeBufferPointer<UInt8>
    /// Whether a lone quotation mark or backslash is JSON's own.
    let isJSON: Bool

    /// Whether a text that was cut ends here, perhaps with a sign that says so.
    func isCut(at position: Int) -> Bool {
        position == bytes.count || bytes[position...].starts(with: "…".utf8)
    }

    /// Where `scalar` ends, in each way in which it may stand at `start`.
    func ends(of scalar: Unicode.Scalar, at start: Int) -> [Int] {
        guard start < bytes.count else { return [] }
        var ends: [Int] = []
        let own = scalar == "\"" || scalar == "\\"
        if !(isJSON && own), let end = end(of: Array(String(scalar).utf8), at: start) { ends.append(end) }
        switch bytes[start] {
        case UInt8(ascii: "%") where isJSON && own:
            if let end = end(of: Array(String(scalar).utf8), at: start) { ends.append(end) }
        case UInt8(ascii: "\\"): ends += escapedEnds(of: scalar, at: start)
        case UInt8(ascii: "+") where scalar == " ": ends.append(start + 1)
        default: break
        }
        return ends
    }

    /// Each byte as it is or percent-encoded, a percent sign perhaps percent-encoded itself.
    private func end(of utf8: [UInt8], at start: Int) -> Int? {
        var position = start
        for byte in utf8 {
            guard position < bytes.count else { return nil }
            if bytes[position] == UInt8(ascii: "%") {
                var digits = position + 1
                while digits + 3 < bytes.count, number(at: digits, digits: 2) == 0x25, byte != 0x25 { digits += 2 }
                if number(at: digits, digits: 2) == Int(byte) {
                    position = digits + 2
                    continue
                }
            }
            guard bytes[position] == byte else { return nil }
            position += 1
        }
        return position
    }

    /// Escapes of JSON; each further JSON around it doubles the backslashes, three times at most.
    private func escapedEnds(of scalar: Unicode.Scalar, at start: Int) -> [Int] {
        var count = 0
        while count < 8, start + count < bytes.count, bytes[start + count] == UInt8(ascii: "\\") { count += 1 }
        let after = start + count
        var ends = scalar == "\\" ? [2, 4, 8].filter { $0 <= count }.map { start + $0 } : []
        guard after < bytes.count else { return ends }
        if bytes[after] == UInt8(ascii: "u"), let end = codeEnd(of: scalar, at: after) { ends.append(end) }
        let letters: [Unicode.Scalar: Character] = [
            "\"": "\"", "/": "/", "\n": "n", "\t": "t", "\r": "r", "\u{8}": "b", "\u{C}": "f",
        ]
        if let letter = letters[scalar]?.asciiValue, bytes[after] == letter { ends.append(after + 1) }
        return ends
    }

    /// `u0061` from the `u` on, or two of them.
    private func codeEnd(of scalar: Unicode.Scalar, at start: Int) -> Int? {
        var position = start
        for (index, unit) in String(scalar).utf16.enumerated() {
            if index > 0 {
                while position < bytes.count, bytes[position] == UInt8(ascii: "\\") { position += 1 }
            }
            guard position < bytes.count, bytes[position] == UInt8(ascii: "u"),
                number(at: position + 1, digits: 4) == Int(unit)
            else { return nil }
            position += 5
        }
        return position
    }

    private func number(at start: Int, digits: Int) -> Int? {
        guard start + digits <= bytes.count else { return nil }
        var number = 0
        for position in start..<start + digits {
            guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue else { return nil }
            number = 16 * number + digit
        }
        return number
    }
}
