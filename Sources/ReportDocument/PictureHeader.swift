/// Kind and size of a picture, from its first bytes.
public struct PictureHeader: Sendable, Hashable {
    public enum Format: String, Sendable {
        case png
        case jpeg

        public var mediaType: String { "image/" + rawValue }
    }

    public var format: Format
    /// In pixels.
    public var width: Int
    public var height: Int

    /// On either side, in pixels: far above any scan of a page.
    public static let maximumSide = 20_000

    /// Whether it has sides, and none that is too long.
    public var isPrintable: Bool {
        (1...Self.maximumSide).contains(width) && (1...Self.maximumSide).contains(height)
    }

    /// `nil` for what is neither PNG nor JPEG.
    public init?(_ bytes: [UInt8]) {
        guard let header = Self.png(bytes) ?? Self.jpeg(bytes) else { return nil }
        self = header
    }

    private init(_ format: Format, _ width: Int, _ height: Int) {
        (self.format, self.width, self.height) = (format, width, height)
    }

    /// PNG (ISO/IEC 15948), 11.2.2: the first chunk is IHDR.
    private static func png(_ bytes: [UInt8]) -> PictureHeader? {
        guard bytes.count >= 33, bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
            bytes[12..<16].elementsEqual("IHDR".utf8)
        else { return nil }
        return PictureHeader(.png, number(bytes, 16, 4), number(bytes, 20, 4))
    }

    /// JPEG (ITU-T T.81), B.2: segments up to the first frame header.
    private static func jpeg(_ bytes: [UInt8]) -> PictureHeader? {
        guard bytes.starts(with: [0xFF, 0xD8, 0xFF]) else { return nil }
        var position = 2
        while position + 9 < bytes.count {
            guard bytes[position] == 0xFF else { return nil }
            switch bytes[position + 1] {
            case 0xFF: position += 1
            case 0x01, 0xD0...0xD7: position += 2
            // Frames: all of C0 to CF but tables of Huffman codes, an extension and arithmetic conditioning.
            case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
                return PictureHeader(.jpeg, number(bytes, position + 7, 2), number(bytes, position + 5, 2))
            default: position += 2 + max(2, number(bytes, position + 2, 2))
            }
        }
        return nil
    }

    private static func number(_ bytes: [UInt8], _ position: Int, _ count: Int) -> Int {
        bytes[position..<position + count].reduce(0) { $0 << 8 | Int($1) }
    }
}
