/// Numbers the different keys of many rows from 0 on, in the order in which they come. A key is the bytes that a
/// ``KeyEncoder`` makes of one or several values; all keys stand in one buffer, so that a row costs no allocation.
struct KeyTable {
    /// Numbers of keys at the places that their hashes ask for, or -1. Empty until there is a key.
    private var slots: [Int32] = []
    private var hashes: [UInt64] = []
    private var ends: [Int] = []
    private var bytes: [UInt8] = []
    // Rows come from outside: nobody shall be able to choose keys that collide.
    private static let seed = UInt64.random(in: .min ... .max)

    var count: Int { ends.count }

    var byteCount: Int { slots.count * 4 + hashes.count * 16 + bytes.count }

    /// The number of a key, or `nil` where it was never added.
    func find(_ key: [UInt8]) -> Int? {
        if slots.isEmpty { return nil }
        let found = slots[position(of: key, hash(key))]
        return found < 0 ? nil : Int(found)
    }

    /// The number of a key, and whether it is new.
    mutating func add(_ key: [UInt8]) -> (number: Int, isNew: Bool) {
        if slots.isEmpty { slots = Array(repeating: -1, count: 16) }
        let hash = hash(key)
        let position = position(of: key, hash)
        if slots[position] >= 0 { return (Int(slots[position]), false) }
        let number = count
        slots[position] = Int32(number)
        hashes.append(hash)
        bytes.append(contentsOf: key)
        ends.append(bytes.count)
        if count * 2 > slots.count { grow() }
        return (number, true)
    }

    private func position(of key: [UInt8], _ hash: UInt64) -> Int {
        let mask = slots.count - 1
        var position = Int(truncatingIfNeeded: hash) & mask
        while slots[position] >= 0, !isEqual(Int(slots[position]), key, hash) { position = (position + 1) & mask }
        return position
    }

    private func isEqual(_ number: Int, _ key: [UInt8], _ hash: UInt64) -> Bool {
        guard hashes[number] == hash else { return false }
        let start = number == 0 ? 0 : ends[number - 1]
        guard ends[number] - start == key.count else { return false }
        return bytes.withUnsafeBufferPointer { mine in
            key.withUnsafeBufferPointer { theirs in
                for index in 0..<theirs.count where mine[start + index] != theirs[index] { return false }
                return true
            }
        }
    }

    private mutating func grow() {
        let mask = slots.count * 4 - 1
        slots = Array(repeating: -1, count: mask + 1)
        for number in hashes.indices {
            var position = Int(truncatingIfNeeded: hashes[number]) & mask
            while slots[position] >= 0 { position = (position + 1) & mask }
            slots[position] = Int32(number)
        }
    }

    private func hash(_ key: [UInt8]) -> UInt64 {
        key.withUnsafeBytes { key in
            var (hash, position) = (Self.seed ^ UInt64(key.count), 0)
            while position + 8 <= key.count {
                hash = Self.mixed(hash ^ key.loadUnaligned(fromByteOffset: position, as: UInt64.self))
                position += 8
            }
            var rest: UInt64 = 0
            for byte in key[position...] { rest = rest << 8 | UInt64(byte) }
            return Self.mixed(Self.mixed(hash ^ rest))
        }
    }

    private static func mixed(_ word: UInt64) -> UInt64 {
        let product = word.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low
    }
}
