import LocalFiles
import ReportDocument
import ReviewModel

/// The pictures of a document, each file once.
struct PictureStore {
    struct Image: Hashable {
        /// In pixels.
        var width: Int
        var height: Int
        var bytes: [UInt8]
        var format: PictureHeader.Format
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

    /// The picture of that file; `nil` where it cannot be shown, which ``problems`` then says.
    mutating func image(at path: String) -> Image? {
        if let index = known[path] { return images[index] }
        let bytes: [UInt8]
        do throws(FileError) { bytes = try FileSystem.read(path, atMost: Self.maximumBytes) } catch {
            problems.append(cannotShow(path, error.reason))
            return nil
        }
        guard let header = PictureHeader(bytes) else {
            problems.append(cannotShow(path, noPicture))
            return nil
        }
        guard header.isPrintable,
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

// MARK: - Messages

private func cannotShow(_ path: String, _ reason: LocalizedText) -> LocalizedText {
    LocalizedText(
        zh: "图片 \(quoted(FilePaths.name(of: path))) 未能放入报告：\(reason.zh)",
        en: "the picture \(quoted(FilePaths.name(of: path))) is not in the report: \(reason.en)"
    )
}

private let noPicture = LocalizedText(zh: "这不是 PNG 或 JPEG 图片", en: "it is neither PNG nor JPEG")

private func tooLarge(_ header: PictureHeader) -> LocalizedText {
    let side = PictureHeader.maximumSide
    return LocalizedText(
        zh: "图片太大（\(header.width)×\(header.height) 像素；每边最多 \(side)，全部图片合计最多 128 MiB）",
        en:
            "it is too large (\(header.width) by \(header.height) pixels; at most \(side) a side and 128 MiB for all pictures)"
    )
}
