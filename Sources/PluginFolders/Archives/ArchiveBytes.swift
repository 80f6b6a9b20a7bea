internal import CZLib
internal import LocalFiles
internal import ReviewModel

/// The bytes of a file, unpacked on the way where gzip has packed it.
///
/// Nothing is unpacked before somebody asks for it, and no more than the limits allow.
struct ArchiveBytes {
    private let file: OutsideFile
    private let limits: ArchiveLimits
    private let inflater: Inflater?
    /// Where the file is read next.
    private var offset = 0
    /// What was unpacked and not asked for yet.
    private var pending: [UInt8] = []
    private var position = 0
    /// Unpacked so far.
    private var total = 0
    private var isAtEnd = false

    private static let pieceBytes = 1 << 17

    /// - Throws: ``FileError`` where the file cannot be read.
    init(_ file: OutsideFile, isPacked: Bool, _ limits: ArchiveLimits) throws(FileError) {
        (self.file, self.limits) = (file, limits)
        inflater = isPacked ? Inflater() : nil
    }

    /// The next bytes: as many as are asked for, or fewer where the file ends.
    mutating func next(_ count: Int) throws(FileError) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(count)
        while result.count < count {
            if position == pending.count {
                guard try fill() else { break }
            }
            let end = min(pending.count, position + count - result.count)
            result += pending[position..<end]
            position = end
        }
        return result
    }

    /// Reads what is packed to its end, where the checksum stands.
    mutating func finish() throws(FileError) {
        guard inflater != nil else { return }
        while try fill() {}
    }

    /// Brings more; `false` at the end.
    private mutating func fill() throws(FileError) -> Bool {
        (pending, position) = ([], 0)
        while pending.isEmpty, !isAtEnd {
            let piece = try file.bytes(from: offset, atMost: Self.pieceBytes)
            offset += piece.count
            if piece.isEmpty { isAtEnd = true }
            guard let inflater else {
                pending = piece
                break
            }
            if piece.isEmpty {
                guard inflater.isBetweenMembers else { throw FileError(file.path, reason: isCut, help: copyAgain) }
                break
            }
            guard
                inflater.unpack(
                    piece,
                    {
                        pending += $0; return total + pending.count <= limits.allBytes
                    }
                )
            else {
                if total + pending.count > limits.allBytes { throw isTooMuch(file.path, limits.allBytes) }
                throw FileError(file.path, reason: isDamaged, help: copyAgain)
            }
        }
        total += pending.count
        guard total <= limits.allBytes else { throw isTooMuch(file.path, limits.allBytes) }
        if inflater != nil, total > 1 << 20, total / max(1, offset) > limits.ratio {
            throw isBomb(file.path, limits.ratio)
        }
        return !pending.isEmpty
    }
}

/// What gzip has packed, unpacked piece by piece; a file may have several such stretches one after the other.
private final class Inflater {
    /// zlib remembers where it is.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private let isReady: Bool
    private(set) var isBetweenMembers = true

    init() {
        stream.initialize(to: z_stream())
        // 15 bits of window, and 16 for the header of gzip.
        isReady = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    }

    deinit {
        if isReady { inflateEnd(stream) }
        stream.deallocate()
    }

    /// Hands over what a piece unpacks to.
    ///
    /// - Returns: `false` where it is damaged, or where `body` has had enough.
    func unpack(_ piece: [UInt8], _ body: (ArraySlice<UInt8>) -> Bool) -> Bool {
        guard isReady else { return false }
        var piece = piece
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        return piece.withUnsafeMutableBufferPointer { source in
            stream.pointee.next_in = source.baseAddress
            stream.pointee.avail_in = UInt32(source.count)
            while true {
                // What follows the last stretch is padding, as tapes had it.
                if isBetweenMembers, stream.pointee.avail_in == 0 { return true }
                if isBetweenMembers, let next = stream.pointee.next_in, next.pointee == 0 { return true }
                isBetweenMembers = false
                var status = Z_OK
                let count = buffer.withUnsafeMutableBufferPointer { target in
                    stream.pointee.next_out = target.baseAddress
                    stream.pointee.avail_out = UInt32(target.count)
                    status = inflate(stream, Z_NO_FLUSH)
                    return target.count - Int(stream.pointee.avail_out)
                }
                guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else { return false }
                guard body(buffer[..<count]) else { return false }
                if status == Z_STREAM_END {
                    isBetweenMembers = true
                    guard inflateReset(stream) == Z_OK else { return false }
                }
                if stream.pointee.avail_in == 0, count < buffer.count { return true }
            }
        }
    }
}

/// What an archive with a plugin may have: more than a plugin with all its modules, less than fills a disk.
struct ArchiveLimits: Sendable {
    /// Of the file as it is.
    var archiveBytes = 256 << 20
    /// Files and folders.
    var entries = 20_000
    /// Of one file, unpacked.
    var entryBytes = 256 << 20
    /// Of everything, unpacked.
    var allBytes = 1 << 30
    /// How many times larger than packed it may be, beyond a mebibyte. Deflate reaches 1,032; programs and their texts stay
    /// below 20.
    var ratio = 200
    /// Folders within folders.
    var depth = 32
}

// MARK: - Messages

let copyAgain = LocalizedText(zh: "请重新下载或重新打包", en: "fetch it once more, or pack it again")
private let isCut = LocalizedText(zh: "文件不完整", en: "it is cut off")
private let isDamaged = LocalizedText(zh: "压缩数据已损坏", en: "what gzip has packed is damaged")

private func isTooMuch(_ path: String, _ limit: Int) -> FileError {
    FileError(
        path,
        reason: LocalizedText(
            zh: "解压后超过 \(limit >> 20) MiB",
            en: "it unpacks to more than \(limit >> 20) MiB"
        ),
        help: LocalizedText(zh: "请只打包插件自己的文件", en: "pack the plugin's own files only")
    )
}

private func isBomb(_ path: String, _ ratio: Int) -> FileError {
    FileError(
        path,
        reason: LocalizedText(
            zh: "解压后大到原来的 \(ratio) 倍以上，像是压缩炸弹",
            en: "it unpacks to more than \(ratio) times its size, as bombs do"
        )
    )
}
