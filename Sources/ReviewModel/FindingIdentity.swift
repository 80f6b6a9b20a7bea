extension [LocatedFinding] {
    /// Gives every finding an id that stays the same from run to run: it follows from the rule, what it is about and the kind
    /// of place, not from lines, wording or figures. So a waiver keeps its finding when a line is inserted above it, and two
    /// reviews can be compared.
    ///
    /// Findings that are alike in all of that are told apart by their order: `3f2a…`, `3f2a…-2`.
    public func identified() -> [LocatedFinding] {
        var counts: [String: Int] = [:]
        return map { finding in
            var identified = finding
            let key = finding.finding.identityKey
            counts[key, default: 0] += 1
            let number = counts[key] ?? 1
            identified.id = fingerprint(key) + (number > 1 ? "-\(number)" : "")
            return identified
        }
    }

    /// The ids that findings had under former names of their rules, by their positions.
    ///
    /// - Parameter rules: the former names, by those of now.
    public func formerIDs(_ rules: [String: [String]]) -> [Int: [String]] {
        var (counts, ids) = ([String: Int](), [Int: [String]]())
        for (position, finding) in enumerated() {
            for rule in rules[finding.finding.rule] ?? [] {
                let key = finding.finding.identityKey(of: rule)
                counts[key, default: 0] += 1
                let number = counts[key] ?? 1
                ids[position, default: []].append(fingerprint(key) + (number > 1 ? "-\(number)" : ""))
            }
        }
        return ids
    }
}

extension Finding {
    fileprivate var identityKey: String { identityKey(of: rule) }

    /// Rule, subject and the first place without its row numbers.
    fileprivate func identityKey(of rule: String) -> String {
        [rule, subject, spots.first?.kind ?? ""].joined(separator: "\u{1F}")
    }
}

extension Spot {
    /// The kind of place, without the numbers that change when a row is put in above it.
    fileprivate var kind: String {
        func words(_ pointer: JSONPointer) -> [String] { pointer.tokens.filter { Int($0) == nil } }
        let parts =
            switch self {
            case .value(let pointer): words(pointer)
            case .line(let pointer, _, _): words(pointer) + ["line"]
            case .place(.text(let file, _, _)), .place(.page(let file, _, _)): [originalName(file)]
            case .place(.cell(let file, let sheet, let address)): [originalName(file), sheet, address.columnLetters]
            case .place(.paragraph(let file, let heading, _)): [originalName(file)] + heading
            case .place(.tableCell(let file, let table, _, let column)): [originalName(file), table, String(column)]
            }
        return parts.joined(separator: "/")
    }
}

/// FNV-1a of 64 bits, of which twelve hexadecimal digits are kept: enough to tell the findings of a review apart.
private func fingerprint(_ text: String) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 {
        hash ^= UInt64(byte)
        hash = hash &* 0x0100_0000_01B3
    }
    let digits = String(hash, radix: 16)
    return String((String(repeating: "0", count: 16 - digits.count) + digits).prefix(12))
}
