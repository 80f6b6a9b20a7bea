internal import Glibc
package import ReviewModel

/// Bytes of XML that grow at their end. An array would ask at every append whether it is alone.
package final class RowText {
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    package private(set) var count = 0

    package init(capacity: Int = 1 << 12) {
        self.capacity = max(capacity, 64)
        start = .allocate(capacity: self.capacity)
    }

    deinit { start.deallocate() }

    package var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

    package func removeAll() { count = 0 }

    /// Room for so many bytes more.
    @inline(__always)
    private func reserve(_ more: Int) {
        if count + more > capacity { grow(more) }
    }

    @inline(never)
    private func grow(_ more: Int) {
        let larger = max(2 * capacity, count + more)
        let fresh = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        fresh.update(from: start, count: count)
        start.deallocate()
        (start, capacity) = (fresh, larger)
    }

    @inline(__always)
    package func append(_ byte: UInt8) {
        reserve(1)
        start[count] = byte
        count += 1
    }

    @inline(__always)
    package func append(_ word: StaticString) {
        let length = word.utf8CodeUnitCount
        reserve(length)
        memcpy(start + count, word.utf8Start, length)
        count += length
    }

    package func append(_ other: UnsafeBufferPointer<UInt8>) {
        guard let source = other.baseAddress else { return }
        reserve(other.count)
        memcpy(start + count, source, other.count)
        count += other.count
    }

    /// A text, with what XML reads as markup escaped.
    package func append(escaped text: String) {
        var text = text
        text.withUTF8 { utf8 in
            // Every byte may become five.
            reserve(5 * utf8.count)
            var position = count
            for byte in utf8 {
                switch byte {
                case UInt8(ascii: "&"): position += put("&amp;", position)
                case UInt8(ascii: "<"): position += put("&lt;", position)
                case UInt8(ascii: ">"): position += put("&gt;", position)
                default:
                    start[position] = byte
                    position += 1
                }
            }
            count = position
        }
    }

    private func put(_ word: StaticString, _ position: Int) -> Int {
        memcpy(start + position, word.utf8Start, word.utf8CodeUnitCount)
        return word.utf8CodeUnitCount
    }

    package func append(_ number: Int) {
        if number < 0 { append(UInt8(ascii: "-")) }
        append(digits: UInt64(number.magnitude), atLeast: 1)
    }

    /// A number that a spreadsheet holds, as people write it: its value as a double is the nearest there is, as a spreadsheet
    /// takes it when it is typed.
    package func append(_ number: ExactDecimal) {
        let plain = number.withoutTrailingZeros
        if plain.isNegative { append(UInt8(ascii: "-")) }
        let digits = UInt64(truncatingIfNeeded: plain.significand.magnitude)
        guard plain.places > 0 else { return append(digits: digits, atLeast: 1) }
        let unit = wholeUnits[plain.places]
        append(digits: digits / unit, atLeast: 1)
        append(UInt8(ascii: "."))
        append(digits: digits % unit, atLeast: plain.places)
    }

    private func append(digits number: UInt64, atLeast least: Int) {
        reserve(24)
        var (rest, length) = (number, 1)
        while rest >= 10 {
            rest /= 10
            length += 1
        }
        length = max(length, least)
        var position = count + length
        rest = number
        while position > count {
            position -= 1
            start[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        count += length
    }
}

private let wholeUnits: [UInt64] = (0...ExactDecimal.maximumPlaces).map { places in
    (0..<places).reduce(UInt64(1)) { power, _ in power * 10 }
}
