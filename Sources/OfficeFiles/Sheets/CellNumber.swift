package import ExactNumbers
internal import Glibc
package import Groundwork

/// The numbers of cells as people typed them, and the days that they stand for.
package enum CellNumber {
    /// The decimal that a person typed, or that a program shows.
    ///
    /// Spreadsheets compute with binary numbers of 15 to 17 digits and store 17: a typed 14,017,700.30 is
    /// `14017700.300000001` in the file. Fifteen significant digits give back what was typed, always.
    ///
    /// - Returns: `nil` for what is no number, or has more than 18 decimal places.
    package static func decimal(_ stored: UnsafeBufferPointer<UInt8>) -> ExactDecimal? {
        if let plain = plain(stored) { return plain }
        var digits = Array(stored)
        guard !digits.isEmpty, digits.count <= 400, digits.allSatisfy(isOfNumber) else { return nil }
        digits.append(0)
        var isWhole = false
        let number = digits.withUnsafeBufferPointer { digits in
            digits.baseAddress.map { start in
                start.withMemoryRebound(to: CChar.self, capacity: digits.count) { start in
                    var end: UnsafeMutablePointer<CChar>?
                    let number = strtod(start, &end)
                    isWhole = end.map { start.distance(to: $0) == digits.count - 1 } ?? false
                    return number
                }
            } ?? .nan
        }
        return isWhole && number.isFinite ? decimal(number) : nil
    }

    /// The number with 15 significant digits.
    package static func decimal(_ number: Double) -> ExactDecimal? {
        if number == 0 { return .zero }
        var text = [CChar](repeating: 0, count: 32)
        let count = withVaList([number]) { vsnprintf(&text, text.count, "%.14e", $0) }
        // `-1.40177003000000e+07`: a digit, a point, fourteen digits, the exponent.
        let written = text.prefix(Int(count)).map { UInt8(bitPattern: $0) }
        guard let mark = written.firstIndex(of: UInt8(ascii: "e")),
            var exponent = Int(String(decoding: written[(mark + 1)...], as: UTF8.self))
        else { return nil }
        var significand = Int128(0)
        for byte in written[..<mark] where byte >= UInt8(ascii: "0") {
            significand = significand * 10 + Int128(byte - UInt8(ascii: "0"))
        }
        exponent -= 14
        while significand % 10 == 0, exponent < 0 { (significand, exponent) = (significand / 10, exponent + 1) }
        guard exponent >= -ExactDecimal.maximumPlaces, exponent <= 15 else { return nil }
        for _ in 0..<max(0, exponent) { significand *= 10 }
        return ExactDecimal(significand: number < 0 ? -significand : significand, places: max(0, -exponent))
    }

    /// Digits and a point, without arithmetic of binary numbers where that cannot make a difference.
    ///
    /// At most 15 significant digits: the binary number nearest to these shows them again. 16 or 17 are that number to half a
    /// digit, so they round as it does, unless the rest is just a half.
    private static func plain(_ stored: UnsafeBufferPointer<UInt8>) -> ExactDecimal? {
        guard let first = stored.first, stored.count <= 40 else { return nil }
        let isNegative = first == UInt8(ascii: "-")
        var (digits, number, places, isNumber) = (0, Int64(0), -1, false)
        for position in (isNegative ? 1 : 0)..<stored.count {
            let digit = stored[position] &- UInt8(ascii: "0")
            if digit < 10 {
                isNumber = true
                if number > 0 || digit > 0 { digits += 1 }
                if digits > 17 { return nil }
                number = number &* 10 &+ Int64(digit)
                if places >= 0 { places += 1 }
            } else if stored[position] == UInt8(ascii: "."), places < 0, isNumber {
                places = 0
            } else {
                return nil
            }
        }
        guard isNumber, places != 0, places <= ExactDecimal.maximumPlaces || digits > 15 else { return nil }
        if digits > 15 {
            guard places >= digits - 15 else { return nil }
            let unit: Int64 = digits == 16 ? 10 : 100
            let rest = number % unit
            guard rest != unit / 2 else { return nil }
            number = number / unit + (rest > unit / 2 ? 1 : 0)
            places -= digits - 15
            while places > 0, number % 10 == 0 { (number, places) = (number / 10, places - 1) }
            guard places <= ExactDecimal.maximumPlaces else { return nil }
        }
        return ExactDecimal(significand: Int128(isNegative ? -number : number), places: max(0, places))
    }

    private static func isOfNumber(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10 || [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+")].contains(byte)
            || byte | 0x20 == UInt8(ascii: "e")
    }

    // MARK: Days

    /// The day that a number of days stands for; its fraction, the time of day, is dropped.
    ///
    /// - Parameter from1904: whether the workbook counts from 1904-01-01 as day 0, as those of old Macintoshes do, and not from
    ///   1900-01-01 as day 1. There, day 60 is 1900-02-29, which never was: it is no day here either.
    package static func day(_ serial: ExactDecimal, from1904: Bool) -> CalendarDate? {
        guard !serial.isNegative, serial < 3_000_000 else { return nil }
        var whole = Int(serial.significand)
        for _ in 0..<serial.places { whole /= 10 }
        if from1904 { return CalendarDate(dayNumber: whole - 24_107) }
        if whole == 60 || whole == 0 { return nil }
        return CalendarDate(dayNumber: whole - (whole < 60 ? 25_568 : 25_569))
    }
}
