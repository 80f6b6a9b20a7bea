internal import ReviewModel

/// How near a total lies to the ends of the band that its verdict follows from.
struct VerdictEdges {
    /// From the lower end up to the total.
    var above: ExactDecimal?
    /// From the total up to the upper end.
    var below: ExactDecimal?
    /// The verdict that begins at the upper end.
    var next: LocalizedText?

    init(_ sheet: ScoreSheet) {
        guard let total = sheet.total, let verdict = sheet.verdict, let own = Self.ends(verdict.band) else { return }
        // The least and the most that can be had are nobody's decision.
        let others = sheet.bands.filter { $0.code != verdict.code }.compactMap { other in
            Self.ends(other.band).map { (other, $0) }
        }
        if others.contains(where: { $0.1.high == own.low }) { above = try? total - own.low }
        if let upper = others.first(where: { $0.1.low == own.high }) {
            below = try? own.high - total
            next = upper.0.name
        }
    }

    /// The ends of an interval, `[70, 90)`.
    static func ends(_ band: String) -> (low: ExactDecimal, high: ExactDecimal)? {
        let inside = band.drop { $0 == "[" || $0 == "(" }.prefix { $0 != "]" && $0 != ")" }
        let ends = inside.split(separator: ",").map { ExactDecimal(String($0.filter { !$0.isWhitespace })) }
        guard ends.count == 2, let low = ends[0], let high = ends[1] else { return nil }
        return (low, high)
    }
}
