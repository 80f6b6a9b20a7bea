import LocalFiles
import ReviewModel

/// The pictures of a document, each file once.
struct PictureStore {
    struct Image: Hashable {
        /// In pixels.
        var width: Int
        var height: Int
        var bytes: [UInt8]
        var format: ImageHeader.Format
        /// From 1, in the order of their first use.
        var number: Int

        var name: String { "report-image\(number).\(format.rawValue)" }
        var relationship: String { "rIdReportImage\(number)" }
    }

    private(set) var images: [Image] = []
    /// What could not be shown, and why.
    private(set) var problems: [LocalizedText] = []
    private var known: [String: Int] = [:]

    /// A photograph at 600 dots an inch over a whole page has less.
    static let maximumBytes = 32 << 20
    /// Of all pictures of a report.
    static let maximumTotal = 128 << 20
    /// On either side, in pixels.
    static let maximumSide = 20_000

    /// The picture of that file; `nil` where it cannot be shown, which ``problems`` then says.
    mutating func image(at path: String) -> Image? {
        if let index = known[path] { return images[index] }
        let bytes: [UInt8]
        do throws(FileError) { bytes = try FileSystem.read(path, atMost: Self.maximumBytes) } catch {
            problems.append(cannotShow(path, error.reason))
            return nil
        }
        guard let header = ImageHeader(bytes) else {
            problems.append(cannotShow(path, noPicture))
            return nil
        }
        guard (1...Self.maximumSide).contains(header.width),
            (1...Self.maximumSide).contains(header.height),
            images.reduce(bytes.count, { $0 + $1.bytes.count }) <= Self.maximumTotal
        else {
            problems.append(cannotShow(path, tooLarge(header)))
            return nil
        }
        known[path] = images.count
        let image = Image(
            width: header.width,
            height: header.height,
            bytes: bytes,
            format: header.format,
            number: images.count + 1
        )
        images.append(image)
        return image
    }
}

/// Kind and size of a picture, from its first bytes.
struct ImageHeader: Hashable {
    enum Format: String {
        case png
        case jpeg

        var mediaType: String { "image/" + rawValue }
    }

    var format: Format
    /// In pixels.
    var width: Int
    var height: Int

    /// `nil` for what is neither PNG nor JPEG.
    init?(_ bytes: [UInt8]) {
        guard let header = Self.png(bytes) ?? Self.jpeg(bytes) else { return nil }
        self = header
    }

    private init(_ format: Format, _ width: Int, _ height: Int) {
        (self.format, self.width, self.height) = (format, width, height)
    }

    /// PNG (ISO/IEC 15948), 11.2.2: the first chunk is IHDR.
    private static func png(_ bytes: [UInt8]) -> ImageHeader? {
        guard bytes.count >= 33, bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
            bytes[12..<16].elementsEqual("IHDR".utf8)
        else { return nil }
        return ImageHeader(.png, number(bytes, 16, 4), number(bytes, 20, 4))
    }

    /// JPEG (ITU-T T.81), B.2: segments up to the first frame header.
    private static func jpeg(_ bytes: [UInt8]) -> ImageHeader? {
        guard bytes.starts(with: [0xFF, 0xD8, 0xFF]) else { return nil }
        var position = 2
        while position + 9 < bytes.count {
            guard bytes[position] == 0xFF else { return nil }
            switch bytes[position + 1] {
            case 0xFF: position += 1
            case 0x01, 0xD0...0xD7: position += 2
            // Frames: all of C0 to CF but tables of Huffman codes, an extension and arithmetic conditioning.
            case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
                return ImageHeader(.jpeg, number(bytes, position + 7, 2), number(bytes, position + 5, 2))
            default: position += 2 + max(2, number(bytes, position + 2, 2))
            }
        }
        return nil
    }

    private static func number(_ bytes: [UInt8], _ position: Int, _ count: Int) -> Int {
        bytes[position..<position + count].reduce(0) { $0 << 8 | Int($1) }
    }
}

// MARK: - Messages

private func cannotShow(_ path: String, _ reason: LocalizedText) -> LocalizedText {
    LocalizedText(
        zh: "图片 \(quoted(FilePaths.name(of: path))) 未能放入报告：\(reason.zh)",
        en: "the picture \(quoted(FilePaths.name(of: path))) is not in the report: \(reason.en)"
    )
}

private let noPicture = LocalizedText(zh: "这不是 PNG 或 JPEG 图片", en: "it is neither PNG nor JPEG")

private func tooLarge(_ header: ImageHeader) -> LocalizedText {
    let side = PictureStore.maximumSide
    return LocalizedText(
        zh: "图片太大（\(header.width)×\(header.height) 像素；每边最多 \(side)，全部图片合计最多 128 MiB）",
        en:
            "it is too large (\(header.width) by \(header.height) pixels; at most \(side) a side and 128 MiB for all pictures)"
    )
}
