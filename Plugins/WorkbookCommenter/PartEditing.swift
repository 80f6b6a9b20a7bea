import Groundwork
import OfficeFiles

/// A part of a workbook in XML, and the few places where something is put in or taken out.
struct EditedPart {
    let name: String
    let bytes: [UInt8]
    let tokens: [XMLScanner.Token]
    private var changes: [(range: Range<Int>, text: String)] = []

    /// - Throws: ``OfficeFileError`` for what is no XML in UTF-8.
    init(_ name: String, _ bytes: [UInt8]) throws(OfficeFileError) {
        (self.name, self.bytes) = (name, bytes)
        var (scanner, tokens) = (try XMLScanner(bytes), [XMLScanner.Token]())
        while let token = try scanner.next() { tokens.append(token) }
        self.tokens = tokens
    }

    /// The prefix of the root element, with its colon; empty for none.
    var prefix: String { Self.prefix(of: tokens.first { $0.kind != .text }?.name ?? "") }

    static func prefix(of name: String) -> String { name.firstIndex(of: ":").map { String(name[...$0]) } ?? "" }

    /// A name without its prefix.
    static func local(_ name: String) -> String { name.split(separator: ":").last.map(String.init) ?? name }

    mutating func put(_ text: String, at position: Int) { changes.append((position..<position, text)) }

    mutating func remove(_ range: Range<Int>) { changes.append((range, "")) }

    mutating func replace(_ range: Range<Int>, by text: String) { changes.append((range, text)) }

    /// Puts something before the end tag of the first element of that name; one that is a single tag becomes two.
    ///
    /// - Returns: whether there is such an element.
    mutating func append(_ text: String, to element: String) -> Bool {
        guard let index = tokens.firstIndex(where: { $0.kind != .text && Self.local($0.name) == element }) else {
            return false
        }
        let token = tokens[index]
        if token.kind == .empty {
            changes.append((token.range.upperBound - 2..<token.range.upperBound, ">\(text)</\(token.name)>"))
            return true
        }
        guard let end = end(of: index) else { return false }
        put(text, at: tokens[end].range.lowerBound)
        return true
    }

    /// The index of the end tag of the element that begins at an index; the index itself where it is a single tag.
    func end(of index: Int) -> Int? {
        if tokens[index].kind == .empty { return index }
        var depth = 0
        for position in index..<tokens.count {
            switch tokens[position].kind {
            case .start: depth += 1
            case .end:
                depth -= 1
                if depth == 0 { return position }
            default: break
            }
        }
        return nil
    }

    /// The bytes from the beginning to the end of the element at an index.
    func range(of index: Int) -> Range<Int>? {
        end(of: index).map { tokens[index].range.lowerBound..<tokens[$0].range.upperBound }
    }

    /// The part with its changes.
    var edited: [UInt8] {
        var (result, position) = ([UInt8](), 0)
        result.reserveCapacity(bytes.count + changes.reduce(0) { $0 + $1.text.utf8.count })
        let sorted = changes.enumerated().sorted {
            ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
        }
        for (_, change) in sorted where change.range.lowerBound >= position {
            result += bytes[position..<change.range.lowerBound]
            result += change.text.utf8
            position = change.range.upperBound
        }
        return result + bytes[position...]
    }
}

/// The parts of a workbook, read as they are needed and written back where they were changed.
struct PackageEditing {
    let zip: ZipReader
    private(set) var patch = ZipPatch()

    init(_ zip: ZipReader) { self.zip = zip }

    /// A part as it is by now; `nil` where there is none.
    func bytes(_ name: String) throws(OfficeFileError) -> [UInt8]? {
        if let changed = patch[key(name)] { return changed }
        guard let entry = zip[name] else { return nil }
        guard entry.byteCount <= Self.maximumBytes else { throw .partTooLarge(name, Self.maximumBytes) }
        return try zip.bytes(of: entry)
    }

    func part(_ name: String) throws(OfficeFileError) -> EditedPart? {
        guard let bytes = try bytes(name) else { return nil }
        return try EditedPart(name, bytes)
    }

    mutating func set(_ name: String, _ bytes: [UInt8]) { patch[key(name)] = bytes }

    mutating func set(_ part: EditedPart) { set(part.name, part.edited) }

    /// A name that no part has: `xl/comments7.xml`.
    func freeName(_ stem: String, _ ending: String) -> String {
        var number = 1
        while zip["\(stem)\(number)\(ending)"] != nil || patch["\(stem)\(number)\(ending)"] != nil { number += 1 }
        return "\(stem)\(number)\(ending)"
    }

    /// Adds a relationship of a part and returns its id.
    mutating func relate(_ part: String, to target: String, _ kind: String) throws(OfficeFileError) -> String {
        let name = Self.relationships(of: part)
        let text = "Type=\"\(WorkbookParts.relationship)/\(kind)\" Target=\"/\(target)\"/>"
        guard var links = try self.part(name) else {
            let id = "rIdPingshen1"
            set(
                name,
                Array(
                    "\(WorkbookParts.declaration)<Relationships xmlns=\"\(WorkbookParts.package)\"><Relationship Id=\"\(id)\" \(text)</Relationships>"
                        .utf8
                )
            )
            return id
        }
        let ids = Set(links.tokens.compactMap { $0.attribute("Id") })
        var number = 1
        while ids.contains("rIdPingshen\(number)") { number += 1 }
        let id = "rIdPingshen\(number)"
        guard links.append("<\(links.prefix)Relationship Id=\"\(id)\" \(text)", to: "Relationships") else {
            throw .damagedPart(name)
        }
        set(links)
        return id
    }

    /// Says of which type a new part is.
    mutating func declare(_ element: String, unless known: (XMLScanner.Token) -> Bool) throws(OfficeFileError) {
        let name = "[Content_Types].xml"
        guard var types = try part(name) else { throw .damagedPart(name) }
        if types.tokens.contains(where: known) { return }
        guard types.append("<\(types.prefix)\(element)/>", to: "Types") else { throw .damagedPart(name) }
        set(types)
    }

    static func relationships(of part: String) -> String {
        let folder = part.lastIndex(of: "/").map { String(part[...$0]) } ?? ""
        return "\(folder)_rels/\(part.dropFirst(folder.count)).rels"
    }

    /// As the package writes it, whatever the case of its letters.
    private func key(_ name: String) -> String { zip[name]?.name ?? name }

    /// A sheet of more is read, and gets no notes.
    static let maximumBytes = 64 << 20
}

/// Addresses that stand in the parts of workbooks.
enum WorkbookParts {
    static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    static let relationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    static let package = "http://schemas.openxmlformats.org/package/2006/relationships"
    static let types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
}

// MARK: - Messages

extension OfficeFileError {
    static func damagedPart(_ name: String) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(zh: "其中的\(quoted(name))已损坏", en: "\(quoted(name)) in it is damaged"),
            help: LocalizedText(zh: "请在 Excel 或 WPS 中打开并另存一份", en: "open it in Excel or WPS and save it again")
        )
    }

    static func partTooLarge(_ name: String, _ limit: Int) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(
                zh: "其中的\(quoted(name))超过 \(limit >> 20) MiB",
                en: "\(quoted(name)) in it has more than \(limit >> 20) MiB"
            )
        )
    }
}
