internal import LocalFiles
internal import ReviewModel

/// Reads a tar file: POSIX ustar and pax, and the long names of GNU tar (IEEE Std 1003.1-2017, pax, "ustar Interchange Format").
///
/// It holds files and folders. Everything else that tar knows is refused by its name: links, devices, pipes, sparse files.
struct TarReader {
    private var bytes: ArchiveBytes
    private let path: String
    private let limits: ArchiveLimits
    private var entryCount = 0

    private static let blockBytes = 512
    /// Headers that only describe the next entry: longer ones describe nothing.
    private static let maximumHeaderBytes = 1 << 16

    init(_ bytes: ArchiveBytes, _ path: String, _ limits: ArchiveLimits) {
        (self.bytes, self.path, self.limits) = (bytes, path, limits)
    }

    /// What stands before the bytes of an entry.
    private struct Header {
        var name: [UInt8]
        var size: Int
        var kind: UInt8
    }

    /// What an earlier header says of the next entry.
    private struct Announced {
        var name: [UInt8]?
        var size: Int?
    }

    /// Puts everything into a folder.
    mutating func unpack(into folder: HeldFolder) throws(FileError) {
        var announced = Announced()
        while let header = try header() {
            switch header.kind {
            case UInt8(ascii: "x"): try take(pax: try description(header), &announced)
            case UInt8(ascii: "g"): _ = try description(header)
            case UInt8(ascii: "L"):
                announced.name = Array(try description(header).prefix { $0 != 0 })
            default:
                try unpack(header, announced, into: folder)
                announced = Announced()
            }
        }
        try bytes.finish()
    }

    private mutating func unpack(_ header: Header, _ announced: Announced, into folder: HeldFolder) throws(FileError) {
        entryCount += 1
        guard entryCount <= limits.entries else { throw tooManyEntries(path, limits.entries) }
        let (raw, size) = (announced.name ?? header.name, announced.size ?? header.size)
        var kind = header.kind
        // Before there were types, a folder was a file whose name ends in a slash.
        if kind == 0 || kind == UInt8(ascii: "0") {
            kind = raw.last == UInt8(ascii: "/") ? UInt8(ascii: "5") : UInt8(ascii: "0")
        }
        let name = try ArchiveName.plain(raw, in: path, limits)
        switch kind {
        case UInt8(ascii: "0"), UInt8(ascii: "7"):
            guard let name else { throw oddName(path, raw) }
            try copy(size, to: name, in: folder)
        case UInt8(ascii: "5"):
            if let name { try makeFolders(name, in: folder) }
            try skip(size)
        default: throw refusedKind(path, raw, kind)
        }
    }

    private mutating func copy(_ size: Int, to name: String, in folder: HeldFolder) throws(FileError) {
        guard size <= limits.entryBytes else { throw entryTooLarge(path, name, size, limits.entryBytes) }
        var (left, failure) = (size, nil as FileError?)
        do {
            try folder.write(to: name) { write in
                while left > 0 {
                    let piece = try bytes.next(min(left, 1 << 17))
                    if piece.isEmpty { throw cutOff(path) }
                    try write(piece)
                    left -= piece.count
                }
            }
        } catch let error as FileError {
            failure = error
        } catch {
            failure = FileError(name)
        }
        if let failure { throw failure.isTaken ? twice(path, name) : failure }
        try skipPadding(after: size)
    }

    private mutating func skip(_ size: Int) throws(FileError) {
        var left = size
        while left > 0 {
            let piece = try bytes.next(min(left, 1 << 17))
            if piece.isEmpty { throw cutOff(path) }
            left -= piece.count
        }
        try skipPadding(after: size)
    }

    /// What fills the last block.
    private mutating func skipPadding(after size: Int) throws(FileError) {
        let rest = (Self.blockBytes - size % Self.blockBytes) % Self.blockBytes
        guard try bytes.next(rest).count == rest else { throw cutOff(path) }
    }
}

// MARK: - Headers

extension TarReader {
    /// The next header; `nil` at the end, which is a block of zeros.
    private mutating func header() throws(FileError) -> Header? {
        let block = try bytes.next(Self.blockBytes)
        guard block.count == Self.blockBytes else { throw cutOff(path) }
        if block.allSatisfy({ $0 == 0 }) { return nil }
        // Its own field counts as spaces.
        let sum = block.indices.reduce(0) { $0 + ((148..<156).contains($1) ? 0x20 : Int(block[$1])) }
        guard let told = Self.number(block[148..<156]), told == sum, let size = Self.number(block[124..<136]), size >= 0
        else { throw noTar(path) }
        var name = Array(block[0..<100].prefix { $0 != 0 })
        // GNU tar has other things where POSIX has the beginning of a long name.
        if Array(block[257..<263]) == Array("ustar\0".utf8), block[345] != 0 {
            name = Array(block[345..<500].prefix { $0 != 0 }) + [UInt8(ascii: "/")] + name
        }
        return Header(name: name, size: size, kind: block[156])
    }

    /// Octal digits, or a number in base 256 where they do not suffice.
    private static func number(_ field: ArraySlice<UInt8>) -> Int? {
        guard let first = field.first else { return nil }
        if first & 0x80 != 0 {
            // Eight bytes hold more than any file has.
            guard field.dropLast(7).dropFirst().allSatisfy({ $0 == 0 }), first == 0x80 else { return nil }
            return field.suffix(7).reduce(0) { $0 << 8 | Int($1) }
        }
        let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0 && $0 != 0x20 }
        guard digits.allSatisfy({ (0x30...0x37).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 << 3 | Int($1 - 0x30) }
    }

    /// The bytes of a header that describes the next entry.
    private mutating func description(_ header: Header) throws(FileError) -> [UInt8] {
        entryCount += 1
        guard entryCount <= limits.entries * 2 else { throw tooManyEntries(path, limits.entries) }
        guard header.size <= Self.maximumHeaderBytes else { throw noTar(path) }
        let text = try bytes.next(header.size)
        guard text.count == header.size else { throw cutOff(path) }
        try skipPadding(after: header.size)
        return text
    }

    /// Records of the form `LENGTH key=value`, each with a line feed.
    private mutating func take(pax text: [UInt8], _ announced: inout Announced) throws(FileError) {
        var rest = text[...]
        while !rest.isEmpty {
            guard let space = rest.firstIndex(of: 0x20),
                let length = Int(String(decoding: rest[..<space], as: UTF8.self)),
                length > space - rest.startIndex + 1, length <= rest.count,
                let equals = rest[space...].firstIndex(of: UInt8(ascii: "=")), equals < rest.startIndex + length
            else { throw noTar(path) }
            let key = String(decoding: rest[(space + 1)..<equals], as: UTF8.self)
            let value = rest[(equals + 1)..<(rest.startIndex + length - 1)]
            switch key {
            case "path": announced.name = Array(value)
            case "size":
                guard let size = Int(String(decoding: value, as: UTF8.self)), size >= 0 else { throw noTar(path) }
                announced.size = size
            case _ where key.hasPrefix("GNU.sparse"):
                throw refusedKind(path, announced.name ?? [], UInt8(ascii: "S"))
            default: break
            }
            rest = rest[(rest.startIndex + length)...]
        }
    }
}

// MARK: - Messages

private func cutOff(_ path: String) -> FileError {
    FileError(path, reason: LocalizedText(zh: "文件不完整", en: "it is cut off"), help: copyAgain)
}

private func noTar(_ path: String) -> FileError {
    FileError(
        path,
        reason: LocalizedText(zh: "其中的 tar 数据已损坏", en: "what it says as a tar file makes no sense"),
        help: copyAgain
    )
}

private func refusedKind(_ path: String, _ name: [UInt8], _ kind: UInt8) -> FileError {
    let what =
        switch kind {
        case UInt8(ascii: "1"): LocalizedText(zh: "硬链接", en: "a hard link")
        case UInt8(ascii: "2"), UInt8(ascii: "K"): LocalizedText(zh: "链接", en: "a link")
        case UInt8(ascii: "3"), UInt8(ascii: "4"): LocalizedText(zh: "设备", en: "a device")
        case UInt8(ascii: "6"): LocalizedText(zh: "命名管道", en: "a named pipe")
        case UInt8(ascii: "S"): LocalizedText(zh: "稀疏文件", en: "a sparse file")
        default: LocalizedText(zh: "未知种类的条目", en: "of a kind that is not known")
        }
    let name = quoted(String(decoding: name, as: UTF8.self))
    return FileError(
        path,
        reason: LocalizedText(
            zh: "其中的 \(name) 是\(what.zh)，插件中只能有文件和文件夹",
            en: "\(name) in it is \(what.en); a plugin has files and folders"
        ),
        help: LocalizedText(
            zh: "请放入文件本身再打包（tar --dereference）",
            en: "pack the files themselves (tar --dereference)"
        )
    )
}
