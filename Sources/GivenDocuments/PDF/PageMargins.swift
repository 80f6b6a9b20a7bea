internal import PDFPages

/// Where the text of a page begins and ends, left and right.
struct PageMargins {
    var left: Double
    var right: Double

    /// Those of each page. Pages of one size have one layout, so that a page of a few lines has the margins of the others.
    static func of(_ pages: [PageReading], _ isRunning: (PageLine, Int) -> Bool) -> [PageMargins] {
        var edges: [String: (left: [Double], right: [Double])] = [:]
        for (index, page) in pages.enumerated() {
            for case .line(let line) in page.pieces where !isRunning(line, index) {
                edges[key(page), default: ([], [])].left.append(line.left)
                edges[key(page), default: ([], [])].right.append(line.right)
            }
        }
        let margins = edges.mapValues { edges in
            PageMargins(left: -outermost(edges.left.map { -$0 }), right: outermost(edges.right))
        }
        return pages.map { margins[key($0)] ?? PageMargins(left: 0, right: $0.width) }
    }

    private static func key(_ page: PageReading) -> String { "\(Int(page.width))×\(Int(page.height))" }

    /// The largest of the edges that at least three lines reach, within two points.
    private static func outermost(_ edges: [Double]) -> Double {
        let sorted = edges.sorted(by: >)
        for (index, edge) in sorted.enumerated() where index + 2 < sorted.count && edge - sorted[index + 2] <= 2 {
            return edge
        }
        return sorted.first ?? 0
    }
}
