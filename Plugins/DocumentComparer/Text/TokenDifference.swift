/// Where two passages differ, token by token.
struct TokenDifference {
    /// A stretch that is not the same: from the old passage, from the new one, or both.
    struct Hunk: Hashable {
        var old: Range<Int>
        var new: Range<Int>
    }

    private(set) var hunks: [Hunk] = []

    /// More comparisons than this, and what lies between the equal ends is one stretch: thousands of tokens without a mark between
    /// them are no sentence.
    private static let limit = 1_000_000

    init(_ old: ArraySlice<Token>, _ new: ArraySlice<Token>) {
        var (a, b) = (old, new)
        while let x = a.first, let y = b.first, x.saysTheSame(as: y) { (a, b) = (a.dropFirst(), b.dropFirst()) }
        while let x = a.last, let y = b.last, x.saysTheSame(as: y) { (a, b) = (a.dropLast(), b.dropLast()) }
        if a.isEmpty && b.isEmpty { return }
        if a.isEmpty || b.isEmpty || a.count * b.count > Self.limit {
            hunks = [Hunk(old: a.indices, new: b.indices)]
        } else {
            search(a, b)
        }
    }

    /// The longest common subsequence.
    private mutating func search(_ a: ArraySlice<Token>, _ b: ArraySlice<Token>) {
        let (x, y) = (Array(a), Array(b))
        let width = y.count + 1
        var best = [Int32](repeating: 0, count: (x.count + 1) * width)
        for i in x.indices.reversed() {
            for j in y.indices.reversed() {
                best[i * width + j] =
                    x[i].saysTheSame(as: y[j])
                    ? best[(i + 1) * width + j + 1] + 1
                    : max(best[(i + 1) * width + j], best[i * width + j + 1])
            }
        }
        var (i, j, start) = (0, 0, (0, 0))
        func close(_ hunks: inout [Hunk]) {
            guard start != (i, j) else { return }
            hunks.append(
                Hunk(
                    old: a.startIndex + start.0..<a.startIndex + i,
                    new: b.startIndex + start.1..<b.startIndex + j
                )
            )
        }
        while i < x.count, j < y.count {
            if x[i].saysTheSame(as: y[j]) {
                close(&hunks)
                (i, j) = (i + 1, j + 1)
                start = (i, j)
            } else if best[(i + 1) * width + j] >= best[i * width + j + 1] {
                i += 1
            } else {
                j += 1
            }
        }
        (i, j) = (x.count, y.count)
        close(&hunks)
    }
}
