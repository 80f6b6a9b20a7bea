extension ExactDecimal: LosslessStringConvertible, CustomStringConvertible {
    /// Reads `-12.50`, `+3`, `.5` is refused: digits, optionally a point and more digits, nothing else.
    ///
    /// Thousands separators, exponents and blanks are refused; at most ``maximumDigits`` digits and ``maximumPlaces``
    /// decimal places are accepted. The number keeps its decimal places.
    public init?(_ text: String) {
        self.init(utf8: text.utf8)
    }

    /// The same, from UTF-8 bytes.
    public init?(utf8 bytes: some Collection<UInt8>) {
        var rest = bytes[...]
        let negative = rest.first == UInt8(ascii: "-")
        if negative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        var (significand, digits, places, inFraction) = (Int128(0), 0, 0, false)
        for byte in rest {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                significand = significand * 10 + Int128(byte - UInt8(ascii: "0"))
                if significand != 0 || inFraction { digits += 1 }
                if inFraction { places += 1 }
                if digits > Self.maximumDigits || places > Self.maximumPlaces { return nil }
            case UInt8(ascii: ".") where !inFraction:
                inFraction = true
            default:
                return nil
            }
        }
        let first = rest.first ?? UInt8(ascii: ".")
        guard first != UInt8(ascii: "."), !(inFraction && places == 0) else { return nil }
        self.init(significand: negative ? -significand : significand, places: places)
    }

    /// Plain digits with the number's own decimal places: `14017700.00`, `-0.5`.
    public var description: String {
        let digits = String(significand.magnitude)
        let sign = isNegative ? "-" : ""
        if places == 0 { return sign + digits }
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        return sign + padded.dropLast(places) + "." + padded.suffix(places)
    }
}

extension ExactDecimal {
    /// Thousands separators in the whole part, the decimal places as they are: `14,017,700.00`.
    public var grouped: String {
        let written = Array(description.utf8)
        let (start, point) = (isNegative ? 1 : 0, written.firstIndex(of: UInt8(ascii: ".")) ?? written.count)
        if point - start <= 3 { return String(decoding: written, as: UTF8.self) }
        var grouped: [UInt8] = []
        grouped.reserveCapacity(written.count + written.count / 3)
        for (position, byte) in written.enumerated() {
            if position > start, position < point, (point - position) % 3 == 0 { grouped.append(UInt8(ascii: ",")) }
            grouped.append(byte)
        }
        return String(decoding: grouped, as: UTF8.self)
    }
}

extension ExactDecimal {
    /// Reads a decimal that may carry thousands separators where they belong: `1,703,200.00`, but not `1,70`.
    public init?(grouped text: String) {
        guard text.contains(",") else {
            self.init(text)
            return
        }
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let groups = parts[0].split(separator: ",", omittingEmptySubsequences: false)
        let first = groups[0].drop { $0 == "-" || $0 == "+" }
        guard (1...3).contains(first.count), groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
        self.init(groups.joined() + (parts.count == 2 ? "." + parts[1] : ""))
    }
}
