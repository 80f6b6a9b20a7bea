import Groundwork
import OfficeFiles

/// How a part writes the elements of Word: with which prefix, and in which of the namespaces that Word has had.
struct WordMarkup {
    /// The prefix of new elements and attributes, with its colon.
    let prefix: String
    /// What a new element has to say first; empty where the part has a prefix for Word's elements.
    let declaration: String
    /// The address of Word's namespace in this part.
    let namespace: String
    /// Where the root's start tag stands, and whether it is its end as well.
    let root: Range<Int>
    let isEmpty: Bool

    /// - Throws: ``OfficeFileError`` for a part that is not in UTF-8, or no XML.
    init(of part: [UInt8]) throws(OfficeFileError) {
        if let encoding = Self.declaredEncoding(part), !["utf-8", "utf8", "us-ascii"].contains(encoding) {
            throw .otherEncoding
        }
        var scanner = try XMLScanner(part)
        var root: XMLScanner.Token?
        while root == nil, let token = try scanner.next() { if token.kind != .text { root = token } }
        guard let root else { throw .otherEncoding }
        let own = root.name.firstIndex(of: ":").map { String(root.name[..<$0]) }
        namespace = root.attribute(own.map { "xmlns:" + $0 } ?? "xmlns") ?? XMLNamespace.word.address
        prefix = own.map { $0 + ":" } ?? "w:"
        declaration = own == nil ? " xmlns:w=\"\(namespace)\"" : ""
        (self.root, isEmpty) = (root.range, root.kind == .empty)
    }

    /// An element without content: `<w:commentRangeStart w:id="3"/>`.
    func mark(_ name: String, id: Int) -> String { "<\(prefix)\(name)\(declaration) \(prefix)id=\"\(id)\"/>" }

    /// The encoding that the first line names, in small letters.
    private static func declaredEncoding(_ part: [UInt8]) -> String? {
        let text = String(decoding: part.prefix(200), as: UTF8.self)
        guard let end = text.firstRange(of: "?>"), let start = text[..<end.lowerBound].firstRange(of: "encoding=")
        else {
            return nil
        }
        let value = text[start.upperBound..<end.lowerBound]
        guard let quote = value.first, quote == "\"" || quote == "'" else { return nil }
        return value.dropFirst().prefix { $0 != quote }.lowercased()
    }
}

// MARK: - Messages

extension OfficeFileError {
    static let otherEncoding = OfficeFileError(
        reason: LocalizedText(zh: "正文不是 UTF-8 编码", en: "its text is not in UTF-8"),
        help: LocalizedText(zh: "请在 Word 或 WPS 中打开并另存一份", en: "open it in Word or WPS and save it again")
    )
}
