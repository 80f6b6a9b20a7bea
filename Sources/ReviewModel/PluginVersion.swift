/// The version of a plugin: one to four whole numbers parted by dots, `1.2.0`, perhaps with what comes before a release,
/// `1.2.0-rc.1`, or a build, `1.2.0+20261129`.
///
/// The order is that of Semantic Versioning 2.0.0, section 11: by the numbers, where a number that is not there is 0; what comes
/// before a release is older than it; a build says nothing of the order.
public struct PluginVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// As it is written.
    public let description: String
    /// Without zeros at the end.
    let numbers: [Int]
    /// What stands behind the hyphen, dot by dot.
    let beginnings: [String]
    /// How many numbers are written.
    let writtenCount: Int

    /// `nil` for what is no version.
    public init?(_ text: String) {
        let withoutBuild = text.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
        guard let main = withoutBuild.first, withoutBuild.count == 1 || Self.areWords(withoutBuild[1]) else {
            return nil
        }
        let parts = main.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let written = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard (1...4).contains(written.count), written.allSatisfy(Self.isNumber),
            parts.count == 1 || Self.areWords(parts[1])
        else { return nil }
        description = text
        writtenCount = written.count
        let numbers = written.compactMap { Int($0) }
        self.numbers = Array(numbers.reversed().drop { $0 == 0 }.reversed())
        beginnings = parts.count == 1 ? [] : parts[1].split(separator: ".").map(String.init)
    }

    public static func == (left: PluginVersion, right: PluginVersion) -> Bool {
        left.numbers == right.numbers && left.beginnings == right.beginnings
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(numbers)
        hasher.combine(beginnings)
    }

    public static func < (left: PluginVersion, right: PluginVersion) -> Bool {
        if left.numbers != right.numbers { return left.numbers.lexicographicallyPrecedes(right.numbers) }
        // What comes before a release is older than it.
        if left.beginnings.isEmpty || right.beginnings.isEmpty {
            return !left.beginnings.isEmpty && right.beginnings.isEmpty
        }
        return left.beginnings.lexicographicallyPrecedes(right.beginnings, by: precedes)
    }

    /// Numbers by their size and before words, words by their bytes.
    private static func precedes(_ left: String, _ right: String) -> Bool {
        switch (isNumber(left[...]) ? Int(left) : nil, isNumber(right[...]) ? Int(right) : nil) {
        case (let left?, let right?): left < right
        case (.some, nil): true
        case (nil, .some): false
        case (nil, nil): left.utf8.lexicographicallyPrecedes(right.utf8)
        }
    }

    /// Digits that fit an `Int` whatever they are.
    private static func isNumber(_ text: Substring) -> Bool {
        (1...9).contains(text.utf8.count)
            && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// Words of letters, digits and hyphens, parted by dots.
    private static func areWords(_ text: Substring) -> Bool {
        text.utf8.count <= 100
            && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { word in
                !word.isEmpty
                    && word.utf8.allSatisfy { byte in
                        switch byte {
                        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                            true
                        default: false
                        }
                    }
            }
    }
}

/// Which versions will do: `>=1.2`, `~>1.4`, `>=1.2, <2`.
public struct VersionRequirement: Sendable, Hashable, CustomStringConvertible {
    /// As it is written.
    public let description: String
    private let bounds: [Bound]

    fileprivate struct Bound: Sendable, Hashable {
        var relation: Relation
        var version: PluginVersion
    }

    /// Longer ones first, for they begin like shorter ones.
    fileprivate enum Relation: String, CaseIterable {
        case atLeast = ">="
        case atMost = "<="
        case compatible = "~>"
        case equal = "="
        case above = ">"
        case below = "<"
    }

    /// What one may look like, for messages.
    public static let example = "\">=1.2\", \"~>1.4\", \">=1.2, <2\", \"=1.3.0\""

    /// More than anybody means.
    private static let maximumBounds = 8

    /// `nil` for what is none: each part is a relation and a version, `,` stands for "and".
    public init?(_ text: String) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count <= Self.maximumBounds else { return nil }
        var bounds: [Bound] = []
        for part in parts {
            let part = part.drop { $0 == " " }
            guard let relation = Relation.allCases.first(where: { part.hasPrefix($0.rawValue) }) else { return nil }
            let rest = part.dropFirst(relation.rawValue.count).drop { $0 == " " }.reversed().drop { $0 == " " }
                .reversed()
            guard let version = PluginVersion(String(rest)) else { return nil }
            bounds.append(Bound(relation: relation, version: version))
        }
        (description, self.bounds) = (text, bounds)
    }

    /// Whether a version will do.
    public func allows(_ version: PluginVersion) -> Bool { bounds.allSatisfy { $0.allows(version) } }
}

extension VersionRequirement.Bound {
    fileprivate func allows(_ other: PluginVersion) -> Bool {
        switch relation {
        case .equal: other == version
        case .atLeast: other >= version
        case .atMost: other <= version
        case .above: other > version
        case .below: isBelow(other, version.numbers, version.beginnings)
        case .compatible: other >= version && isBelow(other, next, [])
        }
    }

    /// What comes before release 2 is not below 2 to anybody who says so: it is 2 already.
    private func isBelow(_ other: PluginVersion, _ numbers: [Int], _ beginnings: [String]) -> Bool {
        if !beginnings.isEmpty { return other < version }
        return other.numbers.lexicographicallyPrecedes(numbers)
    }

    /// The first that is no longer compatible: of `1.4` it is 2, of `1.4.2` it is 1.5, of `1` it is 2.
    private var next: [Int] {
        let written = version.numbers + Array(repeating: 0, count: max(0, version.writtenCount - version.numbers.count))
        var kept = Array(written.prefix(max(1, version.writtenCount - 1)))
        kept[kept.count - 1] += 1
        return kept
    }
}
