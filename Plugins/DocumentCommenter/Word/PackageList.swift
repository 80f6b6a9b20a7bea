import Groundwork
import OfficeFiles

/// A part that is a list, such as the relationships of another or the comments: elements are added at its end.
struct PackageList {
    private(set) var bytes: [UInt8]
    /// The prefix of its elements, with a colon; empty for none.
    let prefix: String
    private let name: String

    /// - Throws: ``OfficeFileError`` for what is no XML.
    init(_ bytes: [UInt8], named name: String) throws(OfficeFileError) {
        (self.bytes, self.name) = (bytes, name)
        var scanner = try XMLScanner(bytes)
        var root: XMLScanner.Token?
        while root == nil, let token = try scanner.next() { if token.kind != .text { root = token } }
        guard let root else { throw .damagedPart(name) }
        prefix = root.name.firstIndex(of: ":").map { String(root.name[...$0]) } ?? ""
        // A list with nothing in it may be written as one tag.
        if root.kind == .empty {
            let end = root.range.upperBound
            self.bytes.replaceSubrange(end - 2..<end, with: "></\(root.name)>".utf8)
        }
    }

    /// A list that a package has not yet.
    init(empty root: String, namespace: String, named name: String) {
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
        (bytes, self.name) = (Array("\(head)<\(root) xmlns=\"\(namespace)\"></\(root)>".utf8), name)
        prefix = ""
    }

    /// Puts elements before the list's end tag.
    mutating func add(_ elements: [UInt8]) throws(OfficeFileError) {
        guard let end = lastEndTag else { throw .damagedPart(name) }
        bytes.insert(contentsOf: elements, at: end)
    }

    func contains(_ text: String) -> Bool {
        let (whole, wanted) = (bytes.count, Array(text.utf8))
        guard let first = wanted.first, wanted.count <= whole else { return false }
        return (0...(whole - wanted.count)).contains { position in
            bytes[position] == first && bytes[position..<position + wanted.count].elementsEqual(wanted)
        }
    }

    private var lastEndTag: Int? {
        var position = bytes.count - 2
        while position >= 0 {
            if bytes[position] == UInt8(ascii: "<"), bytes[position + 1] == UInt8(ascii: "/") { return position }
            position -= 1
        }
        return nil
    }
}

// MARK: - Messages

extension OfficeFileError {
    static func damagedPart(_ name: String) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(zh: "其中的\(name)已损坏", en: "\(name) in it is damaged"),
            help: LocalizedText(zh: "请在 Word 或 WPS 中打开并另存一份", en: "open it in Word or WPS and save it again")
        )
    }
}
