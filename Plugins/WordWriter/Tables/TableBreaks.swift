import ReportDocument

/// Where the pages of a table may break so that no row loses its labels.
///
/// A cell merged over rows prints once, at its top: after a page break its rows would stand without a label, and nobody knows
/// where a page of another machine breaks. So rows that share a merged cell are kept on one page as long as they are short;
/// longer ones are parted into pieces that stay together, and what is merged over pieces is printed in each of them.
struct TableBreaks: Hashable {
    /// Whether the row stays on the page of the one after it.
    private(set) var keepsNext: [Bool]
    /// Whether cells that reach into this row from above begin anew here.
    private(set) var beginsAnew: [Bool]

    /// - Parameters:
    ///   - spans: for each row, how many rows each of its cells covers, itself included.
    ///   - heights: of the rows, in any unit.
    ///   - limit: what may be kept together, in the same unit.
    ///   - most: what may be kept together where less would cut a smaller cell inside of a larger one; half as much again unless it is said.
    init(spans: [[Int]], heights: [Int], limit: Int, most: Int? = nil) {
        let count = spans.count
        (keepsNext, beginsAnew) = (
            [Bool](repeating: false, count: count), [Bool](repeating: false, count: count)
        )
        // How many cells are merged over the border above a row.
        var crossing = [Int](repeating: 0, count: count + 1)
        for (row, cells) in spans.enumerated() {
            for span in cells where span > 1 {
                for border in row + 1..<min(row + span, count) { crossing[border] += 1 }
            }
        }
        var start = 0
        while start < count {
            let end = (start + 1...count).first { $0 == count || crossing[$0] == 0 } ?? count
            part(start..<end, crossing, heights, limit, most ?? limit * 3 / 2)
            start = end
        }
    }

    /// Parts rows that merged cells tie together.
    private mutating func part(_ rows: Range<Int>, _ crossing: [Int], _ heights: [Int], _ limit: Int, _ most: Int) {
        var first = rows.lowerBound
        while first < rows.upperBound {
            let end = self.end(from: first, rows.upperBound, crossing, heights, limit, most)
            for row in first..<end - 1 { keepsNext[row] = true }
            if end < rows.upperBound { beginsAnew[end] = true }
            first = end
        }
    }

    /// Where the piece that begins at `first` ends: at the end if that is within the limit, else at the last border that
    /// fewest cells are merged over, in the second half of what fits. Rather than that a smaller cell inside of a larger one is cut, or
    /// a row left over, more is kept together.
    private func end(
        from first: Int,
        _ upper: Int,
        _ crossing: [Int],
        _ heights: [Int],
        _ limit: Int,
        _ most: Int
    ) -> Int {
        var (height, last) = (0, first)
        while last < upper, last == first || height + heights[last] <= limit {
            height += heights[last]
            last += 1
        }
        if last == upper { return upper }
        var (best, sum) = (last, height)
        for border in stride(from: last, to: first, by: -1) {
            if sum * 2 < height { break }
            if crossing[border] < crossing[best] { best = border }
            sum -= heights[border - 1]
        }
        var (further, taller) = (last, height)
        while further < upper, taller + heights[further] <= most {
            taller += heights[further]
            further += 1
            if crossing[further] < crossing[best] {
                best = further
                break
            }
        }
        return best
    }

    /// Lets pages part these rows from each other: what is merged over them begins anew in each.
    mutating func release(_ rows: Range<Int>) {
        for row in rows { keepsNext[row] = false }
        for row in rows.dropFirst() { beginsAnew[row] = true }
    }

    /// Keeps the row with the next one as well.
    mutating func keep(_ row: Int) { keepsNext[row] = true }
}
