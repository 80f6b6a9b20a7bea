internal import Glibc

/// How much a page is turned, as its lines of text say: seen along them, ink and blank rows part from each other as they do along no
/// other direction. For pages without long lines of tables, or turned so much that these are none any more.
struct TextSlope {
    /// The growth of a row's position along it; `nil` where nothing stands out.
    let slope: Double?

    /// Sheets that lie further askew lie on their side, or have no lines of text.
    private static let steepest = 0.36
    private static let coarse = 0.006
    private static let fine = 0.001
    /// By how much the best direction has to stand out from that of the sheet itself.
    private static let clearness = 1.25
    /// Picked evenly where there are more: photographs are full of ink.
    private static let mostPoints = 40_000

    init(_ picture: GrayPicture, dotsPerPoint: Double) {
        let points = Self.ink(of: picture, side: max(1, Int((dotsPerPoint * 1.5).rounded())))
        guard points.count >= 400 else {
            slope = nil
            return
        }
        let height = (points.map(\.y).max() ?? 0) + 1
        let width = (points.map(\.x).max() ?? 0) + 1
        func score(_ slope: Double) -> Double { Self.score(points, slope, width, height) }
        var best = (slope: 0.0, score: score(0))
        let straight = best.score
        func look(from start: Double, to end: Double, by step: Double) {
            for slope in stride(from: start, through: end, by: step) {
                let score = score(slope)
                if score > best.score { best = (slope, score) }
            }
        }
        look(from: -Self.steepest, to: Self.steepest, by: Self.coarse)
        let around = best.slope
        look(from: around - Self.coarse, to: around + Self.coarse, by: Self.fine)
        slope = best.score > straight * Self.clearness ? best.slope : nil
    }

    /// The squares of this side that have ink in them.
    private static func ink(of picture: GrayPicture, side: Int) -> [(x: Int, y: Int)] {
        var points: [(x: Int, y: Int)] = []
        picture.dots.withUnsafeBufferPointer { dots in
            for y in 0..<picture.height / side {
                for x in 0..<picture.width / side {
                    var count = 0
                    for row in y * side..<(y + 1) * side {
                        for column in x * side..<(x + 1) * side {
                            if dots[row * picture.width + column] < GrayPicture.ink { count += 1 }
                        }
                    }
                    if count * 5 >= side * side { points.append((x, y)) }
                }
            }
        }
        let step = points.count / mostPoints + 1
        return step == 1 ? points : stride(from: 0, to: points.count, by: step).map { points[$0] }
    }

    /// The sum of the squares of how much ink there is in each row of that slope.
    private static func score(_ points: [(x: Int, y: Int)], _ slope: Double, _ width: Int, _ height: Int) -> Double {
        let reach = Int(abs(slope) * Double(width)) + 1
        var rows = [Int](repeating: 0, count: height + 2 * reach + 1)
        for point in points { rows[point.y + reach - Int((slope * Double(point.x)).rounded())] += 1 }
        return rows.reduce(0.0) { $0 + Double($1 * $1) }
    }
}
