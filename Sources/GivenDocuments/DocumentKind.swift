internal import LocalFiles

/// What a document is, as its first bytes say; only what is text may be told apart by its name.
public enum DocumentKind: String, Sendable, Hashable, CaseIterable {
    case word, pdf, html, markdown, text
    /// A package of Office that is no Word file, as far as that can be seen before it is opened.
    case otherPackage
    /// An Office file of the old kind, or one with a password: a container of OLE.
    case container
    case richText
    case picture
    /// Bytes that are no text.
    case unknown

    /// - Parameters:
    ///   - start: the first bytes of the file, some thousands where it has so many.
    ///   - name: the file's name, for what is text.
    public init(_ start: some Collection<UInt8>, name: String) {
        self = Self.magic(start) ?? Self.text(start, name)
    }

    private static func magic(_ start: some Collection<UInt8>) -> DocumentKind? {
        let known: [([UInt8], DocumentKind)] = [
            ([0x50, 0x4B, 0x03, 0x04], .word), ([0x50, 0x4B, 0x05, 0x06], .otherPackage),
            ([0xD0, 0xCF, 0x11, 0xE0], .container), (Array("{\\rtf".utf8), .richText),
            ([0xFF, 0xD8, 0xFF], .picture), ([0x89, 0x50, 0x4E, 0x47], .picture), (Array("GIF8".utf8), .picture),
            ([0x49, 0x49, 0x2A, 0x00], .picture), ([0x4D, 0x4D, 0x00, 0x2A], .picture),
            (Array("BM".utf8) + [0], .picture),
        ]
        if let kind = known.first(where: { start.starts(with: $0.0) })?.1 { return kind }
        // Programs may put something before the head of a PDF file; readers look for it in the first kilobyte.
        let head = Array(start.prefix(1_024)), mark = Array("%PDF-".utf8)
        let isPDF = head.indices.contains { head[$0] == mark[0] && head[$0...].starts(with: mark) }
        return isPDF ? .pdf : nil
    }

    private static func text(_ start: some Collection<UInt8>, _ name: String) -> DocumentKind {
        let isWide = start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF])
        if !isWide, start.contains(where: { $0 == 0 }) { return .unknown }
        let name = name.lowercased()
        if [".md", ".markdown"].contains(where: name.hasSuffix) { return .markdown }
        if [".html", ".htm", ".xhtml"].contains(where: name.hasSuffix) { return .html }
        let text = String(decoding: start.prefix(4_096).filter { $0 != 0 && $0 < 0x7F }, as: UTF8.self).lowercased()
        let head = text.drop(while: \.isWhitespace)
        let isHTML =
            ["<!doctype html", "<html", "<head", "<body", "<table", "<meta"].contains(where: head.hasPrefix)
            || head.hasPrefix("<?xml") && head.prefix(600).contains("<html")
        return isHTML ? .html : .text
    }

    /// What the file of that path is.
    ///
    /// - Throws: ``UnreadableDocument`` for what cannot be opened.
    public static func of(_ path: String) throws(UnreadableDocument) -> DocumentKind {
        let start: [UInt8]
        do throws(FileError) {
            start = try OutsideFile(path, atMost: GivenDocument.maximumBytes).bytes(from: 0, atMost: 8_192)
        } catch { throw UnreadableDocument(error) }
        if start.isEmpty { throw .empty }
        return DocumentKind(start, name: path)
    }
}
