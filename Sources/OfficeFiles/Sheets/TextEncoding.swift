internal import Glibc
internal import Groundwork
internal import LocalFiles

/// How the bytes of a text stand for characters.
package enum TextEncoding: String, Sendable, CaseIterable {
    case utf8 = "UTF-8"
    case gb18030 = "GB18030"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"

    /// How many bytes at the start of a file only say this.
    var mark: [UInt8] {
        switch self {
        case .utf8: [0xEF, 0xBB, 0xBF]
        case .gb18030: []
        case .utf16LittleEndian: [0xFF, 0xFE]
        case .utf16BigEndian: [0xFE, 0xFF]
        }
    }
}

/// Whether bytes are UTF-8, as they come. A GBK text is hardly ever: but only the whole of a file says so, for few words may well be.
struct UTF8Check {
    private(set) var isValid = true
    /// How many characters of several bytes there were before anything was wrong.
    private(set) var wideCharacters = 0
    /// How many bytes were read before the one that is wrong.
    private(set) var validBytes = 0
    private var (open, low, high) = (0, UInt8(0x80), UInt8(0xBF))

    mutating func read(_ bytes: UnsafeRawBufferPointer) {
        guard isValid, let start = bytes.baseAddress else { return }
        var position = 0
        while position < bytes.count {
            // Eight letters at a time.
            if open == 0 {
                while position + 8 <= bytes.count,
                    (start + position).loadUnaligned(as: UInt64.self) & 0x8080_8080_8080_8080 == 0
                {
                    position += 8
                }
                if position == bytes.count { break }
            }
            guard take(bytes[position]) else {
                isValid = false
                break
            }
            position += 1
        }
        validBytes += position
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        if open > 0 {
            guard (low...high).contains(byte) else { return false }
            (open, low, high) = (open - 1, 0x80, 0xBF)
            if open == 0 { wideCharacters += 1 }
            return true
        }
        switch byte {
        case 0..<0x80: break
        case 0xC2...0xDF: open = 1
        case 0xE0: (open, low) = (2, 0xA0)
        case 0xED: (open, high) = (2, 0x9F)
        case 0xE1...0xEF: open = 2
        case 0xF0: (open, low) = (3, 0x90)
        case 0xF4: (open, high) = (3, 0x8F)
        case 0xF1...0xF3: open = 3
        default: return false
        }
        return true
    }

    /// Whether it was all, and ended with a whole character.
    var isWhole: Bool { isValid && open == 0 }

    /// Whether it is UTF-8 that was damaged: no text in another encoding begins with so many of its characters.
    var isDamaged: Bool { !isWhole && wideCharacters >= 20 }
}

/// Turns bytes of another encoding into UTF-8, piece by piece, with the C library's iconv.
final class TextConversion {
    private let converter: iconv_t
    /// Bytes that begin a character whose rest has not come.
    private var rest: [UInt8] = []
    private let encoding: TextEncoding

    init(_ encoding: TextEncoding) throws(OfficeFileError) {
        let converter = iconv_open("UTF-8", encoding.rawValue)
        guard let converter, converter != iconv_t(bitPattern: -1) else { throw .noConversion(encoding) }
        (self.converter, self.encoding) = (converter, encoding)
    }

    deinit { iconv_close(converter) }

    /// The next bytes as UTF-8.
    ///
    /// - Throws: ``OfficeFileError`` for bytes that no character has.
    func convert(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws(OfficeFileError) -> [UInt8] {
        var input = rest + bytes
        var output = [UInt8](repeating: 0, count: input.count * 2 + 16)
        var (inputLeft, outputLeft) = (input.count, output.count)
        let status = input.withUnsafeMutableBytes { source in
            output.withUnsafeMutableBytes { target in
                var from = source.baseAddress?.assumingMemoryBound(to: CChar.self)
                var to = target.baseAddress?.assumingMemoryBound(to: CChar.self)
                return iconv(converter, &from, &inputLeft, &to, &outputLeft)
            }
        }
        // Three bytes of one encoding are at most four of UTF-8, so room is never short.
        if status == -1, errno != EINVAL { throw .notInEncoding(encoding) }
        rest = Array(input.suffix(inputLeft))
        guard !isLast || rest.isEmpty else { throw .notInEncoding(encoding) }
        output.removeLast(outputLeft)
        return output
    }
}

// MARK: - Messages

extension OfficeFileError {
    static func noConversion(_ encoding: TextEncoding) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(
                zh: "本机不能转换编码 \(encoding.rawValue)",
                en: "this system cannot convert \(encoding.rawValue)"
            ),
            help: LocalizedText(zh: "请另存为 UTF-8", en: "save it as UTF-8")
        )
    }

    /// - Parameter line: of the first byte that is wrong.
    static func damagedText(line: Int) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(
                zh: "文字是 UTF-8 编码，但第 \(line) 行有损坏的字节",
                en: "it is text in UTF-8, of which line \(line) has bytes that are damaged"
            ),
            help: LocalizedText(
                zh: "请重新导出或重新复制一份；确实是其他编码时，用设置 encoding 写明",
                en:
                    "export or copy it once more; if it really is in another encoding, name that with the setting encoding"
            )
        )
    }

    static func notInEncoding(_ encoding: TextEncoding) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(
                zh: "既不是 UTF-8，也不是 \(encoding.rawValue) 编码的文字",
                en: "it is text neither in UTF-8 nor in \(encoding.rawValue)"
            ),
            help: LocalizedText(
                zh: "请在 Excel 中另存为\"CSV UTF-8\"，或用设置 encoding 写明编码",
                en: "save it as \"CSV UTF-8\" in Excel, or name its encoding with the setting encoding"
            )
        )
    }
}
