import PluginKit
import ReportDocument

/// A picture of a report, read from its file.
struct PictureFile {
    /// As media types name it: `image/png`.
    let mediaType: String
    let bytes: [UInt8]

    /// How large a picture may be: a page that carries it inside must still be sent by mail.
    static let limit = 5 << 20

    enum Mistake: Error { case unreadable, tooLarge, notAPicture, tooManyDots }

    init(path: String) throws(Mistake) {
        let bytes: [UInt8]
        do throws(GivenFileError) {
            bytes = try GivenFile(path: path, limit: Self.limit).bytes
        } catch {
            throw error == .tooLarge ? .tooLarge : .unreadable
        }
        guard let header = PictureHeader(bytes) else { throw .notAPicture }
        guard header.isPrintable else { throw .tooManyDots }
        mediaType = header.format.mediaType
        self.bytes = bytes
    }

    /// The whole picture as an address.
    var dataAddress: String { "data:\(mediaType);base64," + Self.base64(bytes) }

    private static func base64(_ bytes: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let number = (0..<3).reduce(0) { $0 << 8 | ($1 < group.count ? Int(group[start + $1]) : 0) }
            for place in 0..<4 {
                let digit = digits[number >> (18 - 6 * place) & 0x3F]
                text.append(place <= group.count ? digit : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
