internal import Glibc

/// A picture of grey dots, as `pdftoppm -gray` paints a page.
struct GrayPicture: Sendable {
    let width: Int
    let height: Int
    /// From the upper left, row by row; 0 is black.
    var dots: [UInt8]

    /// Darker ones are ink: a hairline that lies between two rows of dots is half as dark as it was printed.
    static let ink: UInt8 = 190

    init(width: Int, height: Int, dots: [UInt8]) { (self.width, self.height, self.dots) = (width, height, dots) }

    /// - Returns: `nil` for what is no grey picture in the binary form of PGM.
    init?(pgm bytes: [UInt8]) {
        guard bytes.starts(with: Array("P5".utf8)) else { return nil }
        var (position, numbers) = (2, [Int]())
        while numbers.count < 3 {
            while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
            if position < bytes.count, bytes[position] == UInt8(ascii: "#") {
                while position < bytes.count, bytes[position] != 0x0A { position += 1 }
                continue
            }
            let digits = bytes[min(position, bytes.count)...].prefix { (0x30...0x39).contains($0) }
            guard (1...6).contains(digits.count), let number = Int(String(decoding: digits, as: UTF8.self)) else {
                return nil
            }
            numbers.append(number)
            position += digits.count
        }
        let (width, height) = (numbers[0], numbers[1])
        // One blank stands behind the head.
        guard width > 0, height > 0, numbers[2] == 255, bytes.count == position + 1 + width * height else { return nil }
        self.init(width: width, height: height, dots: Array(bytes[(position + 1)...]))
    }

    /// Takes out what is no ink, and specks: dots that have hardly any ink around them. A point of small print has five dots each way.
    ///
    /// Paper that is not quite white, and dust, cost a recogniser most of its characters.
    mutating func clean(dotsPerPoint: Double) {
        let radius = Int(0.75 * dotsPerPoint)
        let side = 2 * radius + 1
        let least = radius < 2 ? 0 : side * side / 5
        var counts = [Int](repeating: 0, count: width)
        let ink = dots.map { $0 < Self.ink }
        for row in -radius..<height {
            let (entering, leaving) = (row + radius, row - radius - 1)
            for column in 0..<width {
                if entering < height, ink[entering * width + column] { counts[column] += 1 }
                if leaving >= 0, ink[leaving * width + column] { counts[column] -= 1 }
            }
            if row < 0 { continue }
            var around = counts.prefix(min(radius, width)).reduce(0, +)
            for column in 0..<width {
                if column + radius < width { around += counts[column + radius] }
                if column - radius - 1 >= 0 { around -= counts[column - radius - 1] }
                if !ink[row * width + column] || around < least { dots[row * width + column] = 255 }
            }
        }
    }

    /// The same picture, turned about its middle so that what climbs by `slope` lies straight; what comes in at the corners is white.
    func straightened(_ slope: Double) -> GrayPicture {
        let turn = Turn(slope: slope, width: Double(width), height: Double(height))
        var straight = GrayPicture(width: width, height: height, dots: [UInt8](repeating: 255, count: dots.count))
        dots.withUnsafeBufferPointer { from in
            straight.dots.withUnsafeMutableBufferPointer { to in
                for row in 0..<height {
                    for column in 0..<width {
                        let (x, y) = turn.source(Double(column), Double(row))
                        let (left, top) = (Int(x.rounded(.down)), Int(y.rounded(.down)))
                        guard left >= 0, top >= 0, left + 1 < width, top + 1 < height else { continue }
                        let (across, down) = (x - Double(left), y - Double(top))
                        let base = top * width + left
                        let upper = Double(from[base]) * (1 - across) + Double(from[base + 1]) * across
                        let lower = Double(from[base + width]) * (1 - across) + Double(from[base + width + 1]) * across
                        to[row * width + column] = UInt8(upper * (1 - down) + lower * down)
                    }
                }
            }
        }
        return straight
    }

    var pgm: [UInt8] { Array("P5\n\(width) \(height)\n255\n".utf8) + dots }
}

/// From the dots of a picture that was put straight to those of the one that was scanned.
struct Turn: Sendable {
    private let sine: Double
    private let cosine: Double
    private let middle: (x: Double, y: Double)

    init(slope: Double, width: Double, height: Double) {
        let angle = atan(slope)
        (sine, cosine, middle) = (sin(angle), cos(angle), (width / 2, height / 2))
    }

    func source(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
        let (across, down) = (x - middle.x, y - middle.y)
        return (middle.x + cosine * across - sine * down, middle.y + sine * across + cosine * down)
    }
}
