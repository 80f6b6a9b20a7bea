import ReviewFile
import ReviewModel
import Testing

@Suite("Pairing the reviews of two batches")
struct ReviewPairingTests {
    private func pairs(_ before: [ReviewPairing.Known], _ after: [ReviewPairing.Known]) -> [String] {
        let pairing = ReviewPairing(before, after)
        #expect(pairing.removed.count + pairing.pairs.count == before.count)
        #expect(pairing.added.count + pairing.pairs.count == after.count)
        return pairing.pairs.map { "\(before[$0.before].id) \(after[$0.after].id)" }
    }

    private func known(_ id: String, _ name: String = "", _ year: Int = 2026) -> ReviewPairing.Known {
        .init(id: id, project: name.isEmpty ? .null : ["name": .text(name), "year": .integer(year)])
    }

    @Test("reviews of one id belong together, and no year is looked at then")
    func ids() {
        let before = [known("a-2025"), known("a-2026"), known("b")]
        #expect(pairs(before, [known("b"), known("a-2026"), known("c")]) == ["b b", "a-2026 a-2026"])
    }

    @Test("ids that are the same but for the year belong together, where there is one on either side")
    func years() {
        let before = [known("2025-canteen"), known("road-12025")]
        #expect(pairs(before, [known("2026-canteen"), known("road-12026")]) == ["2025-canteen 2026-canteen"])
        #expect(pairs([known("a-2024"), known("a-2025")], [known("a-2026")]) == [])
    }

    @Test("projects that are the same but for the years in them belong together, whatever their ids")
    func projects() {
        let before = [known("x", "食堂 2025", 2025), known("y", "道路", 2025), known("u"), known("z", "桥", 2025)]
        let after = [known("p", "食堂 2026", 2026), known("q", "道路 1", 2026), known("v"), known("r", "桥", 2026)]
        #expect(pairs(before, after) == ["x p", "z r"])
    }
}
