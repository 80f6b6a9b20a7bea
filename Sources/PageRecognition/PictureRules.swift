internal import Glibc
internal import PDFPages

/// The lines that tables draw, found in the picture of a page: long stretches of ink that are thin the other way.
///
/// A sheet lies in a scanner a little askew, so that a line climbs from row to row; its stretches are joined, and how much the page is
/// turned is taken from them.
struct PictureRules: Sendable {
    private(set) var across: [Stroke] = []
    private(set) var down: [Stroke] = []

    /// Stretches of ink that touch each other: of a line across with its rows and, of one down, with its columns as `position`.
    struct Stroke: Sendable {
        var runs: [Run] = []

        struct Run: Sendable {
            var position: Int
            var start: Int
            var end: Int
        }

        var start: Int { runs.map(\.start).min() ?? 0 }
        var end: Int { runs.map(\.end).max() ?? 0 }
        var length: Int { end - start }

        /// Where it stands in the middle of its length, and how much its position grows with each dot of it.
        var line: (position: Double, slope: Double) {
            var (weight, sum, along) = (0.0, 0.0, 0.0)
            for run in runs {
                let (count, middle) = (Double(run.end - run.start), Double(run.start + run.end) / 2)
                weight += count
                sum += count * Double(run.position)
                along += count * middle
            }
            guard weight > 0 else { return (0, 0) }
            let (mean, center) = (sum / weight, along / weight)
            var (both, square) = (0.0, 0.0)
            for run in runs {
                let count = Double(run.end - run.start)
                let offset = Double(run.start + run.end) / 2 - center
                both += count * offset * (Double(run.position) - mean)
                // The stretch itself is spread along the line.
                square += count * (offset * offset + count * count / 12)
            }
            return (mean, square > 0 ? both / square : 0)
        }
    }

    /// Shorter ones are strokes of characters: a line of a heading has 22 points.
    private static let shortest = 30.0
    /// A thin line that climbs has a stretch in each row no longer than this.
    private static let shortestRun = 12.0
    private static let thickest = 3.5
    /// The picture of a page turned more than this is turned back; the lines of one turned less are straightened as they are read.
    private static let steepest = 0.03
    /// Strokes of one kind that are followed at once; pictures of dots and grids have no end of them.
    private static let most = 4_000

    /// How far beside a line its soft edge goes.
    private let edge: Int

    init(_ picture: GrayPicture, dotsPerPoint: Double) {
        edge = max(1, Int(0.7 * dotsPerPoint))
        let shortest = Int(Self.shortestRun * dotsPerPoint)
        let whole = Int(Self.shortest * dotsPerPoint)
        let gap = max(1, Int(0.5 * dotsPerPoint))
        let limit = Self.thickest * dotsPerPoint
        across = Self.strokes(Self.rowRuns(picture, shortest, gap), whole, limit)
        down = Self.strokes(Self.columnRuns(picture, shortest, gap), whole, limit)
    }

    // MARK: Stretches of ink

    private static func rowRuns(_ picture: GrayPicture, _ shortest: Int, _ gap: Int) -> [Stroke.Run] {
        var runs: [Stroke.Run] = []
        picture.dots.withUnsafeBufferPointer { dots in
            for row in 0..<picture.height {
                let base = row * picture.width
                var (start, last) = (-1, -1)
                func end() {
                    if start >= 0, last + 1 - start >= shortest {
                        runs.append(Stroke.Run(position: row, start: start, end: last + 1))
                    }
                }
                for column in 0..<picture.width where dots[base + column] < GrayPicture.ink {
                    if start < 0 || column - last > gap + 1 {
                        end()
                        start = column
                    }
                    last = column
                }
                end()
            }
        }
        return runs
    }

    private static func columnRuns(_ picture: GrayPicture, _ shortest: Int, _ gap: Int) -> [Stroke.Run] {
        var runs: [Stroke.Run] = []
        var starts = [Int](repeating: -1, count: picture.width)
        var lasts = starts
        func end(_ column: Int) {
            if starts[column] >= 0, lasts[column] + 1 - starts[column] >= shortest {
                runs.append(Stroke.Run(position: column, start: starts[column], end: lasts[column] + 1))
            }
        }
        picture.dots.withUnsafeBufferPointer { dots in
            for row in 0..<picture.height {
                let base = row * picture.width
                for column in 0..<picture.width where dots[base + column] < GrayPicture.ink {
                    if starts[column] < 0 || row - lasts[column] > gap + 1 {
                        end(column)
                        starts[column] = row
                    }
                    lasts[column] = row
                }
            }
        }
        for column in 0..<picture.width { end(column) }
        return runs.sorted { ($0.position, $0.start) < ($1.position, $1.start) }
    }

    // MARK: Strokes

    /// Stretches of neighbouring rows that overlap, as one; without those that are too short or too thick for a line.
    private static func strokes(_ runs: [Stroke.Run], _ shortest: Int, _ thickest: Double) -> [Stroke] {
        var (open, done) = ([Stroke](), [Stroke]())
        for run in runs {
            var (still, joined) = ([Stroke](), Stroke())
            for stroke in open {
                guard let last = stroke.runs.last, run.position - last.position <= 2 else {
                    done.append(stroke)
                    continue
                }
                let touches = stroke.runs.suffix(8).contains { other in
                    run.position - other.position <= 2 && run.start <= other.end + 3 && other.start <= run.end + 3
                }
                if touches { joined.runs += stroke.runs } else { still.append(stroke) }
            }
            joined.runs.append(run)
            open = still + [joined]
            if open.count + done.count > most { return [] }
        }
        return (done + open).filter { stroke in
            let ink = stroke.runs.reduce(0) { $0 + $1.end - $1.start }
            return stroke.length >= shortest && Double(ink) <= thickest * Double(max(1, stroke.length))
        }
    }

    // MARK: What they are for

    /// How much the page is turned, as the growth of a row's position along it; 0 where nothing says so, or where it is absurd.
    var slope: Double { abs(mean) <= Self.steepest ? mean : 0 }

    /// How much the page is turned, where that is so much that its picture has to be turned back before it is read; else `nil`.
    var tilt: Double? { abs(mean) > Self.steepest ? mean : nil }

    /// The same by its lines of text, where there is no long line of a table.
    func slopeOfText(in picture: GrayPicture, dotsPerPoint: Double) -> Double? {
        guard mean == 0, let slope = TextSlope(picture, dotsPerPoint: dotsPerPoint).slope else { return nil }
        return abs(slope) > Self.steepest ? slope : nil
    }

    /// What its long lines say.
    private var mean: Double {
        let long = across.filter { $0.runs.count > 0 }.sorted { $0.length > $1.length }.prefix(20)
        let total = long.reduce(0) { $0 + $1.length }
        guard total > 0 else { return 0 }
        return long.reduce(0.0) { $0 + $1.line.slope * Double($1.length) } / Double(total)
    }

    /// Paints them white.
    func erase(from picture: inout GrayPicture) {
        for run in across.flatMap(\.runs) {
            for row in max(0, run.position - edge)...min(picture.height - 1, run.position + edge) {
                for column in run.start..<run.end { picture.dots[row * picture.width + column] = 255 }
            }
        }
        for run in down.flatMap(\.runs) {
            for column in max(0, run.position - edge)...min(picture.width - 1, run.position + edge) {
                for row in run.start..<run.end { picture.dots[row * picture.width + column] = 255 }
            }
        }
    }

    /// As lines of a page that lies straight, in points.
    func lines(_ straighten: Straightening) -> [DrawnLine] {
        across.map { stroke in
            let (position, _) = stroke.line
            let middle = Double(stroke.start + stroke.end) / 2
            let point = straighten(middle, position)
            let half = Double(stroke.length) / 2 * straighten.scale
            return DrawnLine(isHorizontal: true, position: point.y, start: point.x - half, end: point.x + half)
        }
            + down.map { stroke in
                let (position, _) = stroke.line
                let middle = Double(stroke.start + stroke.end) / 2
                let point = straighten(position, middle)
                let half = Double(stroke.length) / 2 * straighten.scale
                return DrawnLine(isHorizontal: false, position: point.x, start: point.y - half, end: point.y + half)
            }
    }
}

/// From the dots of a picture to the points of a page that lies straight.
struct Straightening {
    var scale: Double
    var slope: Double

    func callAsFunction(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
        ((x + slope * y) * scale, (y - slope * x) * scale)
    }
}
