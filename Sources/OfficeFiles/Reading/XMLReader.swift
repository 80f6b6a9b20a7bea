internal import CExpat
internal import Glibc
internal import Groundwork

/// Looks at the elements of an XML part as they are read. What does not interest is ignored.
public protocol XMLHandler: AnyObject {
    /// An element begins. `attributes` live as long as this call.
    func begin(_ name: XMLName, _ attributes: XMLAttributes, _ reader: XMLReader) throws(OfficeFileError)
    /// Text; a text may come in several pieces.
    func text(_ text: String, _ reader: XMLReader) throws(OfficeFileError)
    /// An element ends, also one that is written as `<w:p/>`.
    func end(_ name: XMLName, _ reader: XMLReader) throws(OfficeFileError)
}

extension XMLHandler {
    public func text(_ text: String, _ reader: XMLReader) throws(OfficeFileError) {}
    public func end(_ name: XMLName, _ reader: XMLReader) throws(OfficeFileError) {}
}

/// Reads an XML part, piece by piece, and tells a handler of its elements.
///
///     try XMLReader.read(bytes, into: handler)
///
/// UTF-8 and UTF-16, with namespaces resolved. A document type (`<!DOCTYPE`) is refused: Office files have none, and with it
/// go entities that grow, and files that an entity names.
public final class XMLReader {
    private let parser: OpaquePointer
    private let limits: XMLLimits
    // The reader lives in the handler's callers only while they call; expat has its address.
    private unowned let handler: any XMLHandler
    private var error: OfficeFileError?
    private var (depth, byteCount) = (0, 0)
    private var names = NameCache()
    /// The number of the name that is being told of, from 0 in the order in which the part uses them: a handler need look at each
    /// name once. `nil` in a part with more names than any file has.
    public private(set) var nameNumber: Int?

    public init(_ handler: any XMLHandler, limits: XMLLimits = .part) throws(OfficeFileError) {
        guard let parser = XML_ParserCreateNS(nil, XML_Char(bitPattern: separator)) else { throw .noMemory }
        (self.parser, self.handler, self.limits) = (parser, handler, limits)
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser,
            { XMLReader.of($0)?.begin($1, $2) },
            { XMLReader.of($0)?.end($1) }
        )
        XML_SetCharacterDataHandler(parser) { XMLReader.of($0)?.text($1, Int($2)) }
        XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in XMLReader.of(data)?.fail(.hasDocumentType) }
    }

    deinit { XML_ParserFree(parser) }

    /// Reads a whole part.
    public static func read(
        _ bytes: [UInt8],
        into handler: any XMLHandler,
        limits: XMLLimits = .part
    ) throws(OfficeFileError) {
        let reader = try XMLReader(handler, limits: limits)
        var failure: OfficeFileError?
        bytes.withUnsafeBytes { whole in
            do throws(OfficeFileError) { try reader.feed(whole) } catch { failure = error }
        }
        if let failure { throw failure }
        try reader.finish()
    }

    /// Reads a part of a package as it is unpacked.
    public static func read(
        _ entry: ZipEntry,
        of zip: ZipReader,
        into handler: any XMLHandler,
        limits: XMLLimits = .part
    ) throws(OfficeFileError) {
        let reader = try XMLReader(handler, limits: limits)
        try zip.eachPiece(of: entry) { (piece) throws(OfficeFileError) in try reader.feed(piece) }
        try reader.finish()
    }

    /// The next bytes.
    public func feed(_ bytes: UnsafeRawBufferPointer) throws(OfficeFileError) {
        byteCount += bytes.count
        guard byteCount <= limits.bytes else { throw .xmlTooLong(limits.bytes) }
        try parse(bytes, isLast: false)
    }

    /// After the last bytes.
    public func finish() throws(OfficeFileError) {
        try parse(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true)
    }

    /// Where what is being told of begins and ends, in bytes from the part's start. An element that is written as `<w:p/>` ends
    /// where it ends.
    public var range: Range<Int> {
        let start = Int(XML_GetCurrentByteIndex(parser))
        return start..<start + Int(XML_GetCurrentByteCount(parser))
    }

    // MARK: What expat calls

    private static func of(_ data: UnsafeMutableRawPointer?) -> XMLReader? {
        data.map { Unmanaged<XMLReader>.fromOpaque($0).takeUnretainedValue() }
    }

    private func parse(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws(OfficeFileError) {
        if let error { throw error }
        let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        let status = XML_Parse(parser, start, Int32(clamping: bytes.count), isLast ? 1 : 0)
        if let error { throw error }
        guard status == XML_STATUS_OK else {
            let code = XML_GetErrorCode(parser)
            let reason = XML_ErrorString(code).map { String(cString: $0) } ?? ""
            let failure = OfficeFileError.badXML(Int(clamping: XML_GetCurrentLineNumber(parser)), reason)
            error = failure
            throw failure
        }
    }

    private func fail(_ reason: OfficeFileError) {
        if error == nil { error = reason }
        XML_StopParser(parser, 0)
    }

    private func begin(
        _ name: UnsafePointer<XML_Char>?,
        _ attributes: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?
    ) {
        guard error == nil, let name else { return }
        depth += 1
        if depth > limits.depth { return fail(.tooDeep(limits.depth)) }
        let known = known(name)
        do throws(OfficeFileError) {
            try handler.begin(known, XMLAttributes(attributes), self)
        } catch { fail(error) }
    }

    private func end(_ name: UnsafePointer<XML_Char>?) {
        guard error == nil, let name else { return }
        depth -= 1
        let known = known(name)
        do throws(OfficeFileError) { try handler.end(known, self) } catch { fail(error) }
    }

    private func known(_ name: UnsafePointer<XML_Char>) -> XMLName {
        nameNumber = names.number(name)
        return nameNumber.map { names.names[$0] } ?? XMLName(ofName: name)
    }

    private func text(_ start: UnsafePointer<XML_Char>?, _ count: Int) {
        guard error == nil, let start else { return }
        let bytes = UnsafeRawBufferPointer(start: start, count: count)
        do throws(OfficeFileError) { try handler.text(String(decoding: bytes, as: UTF8.self), self) } catch {
            fail(error)
        }
    }
}

/// Parts a namespace from a name; no XML name holds it.
private let separator: UInt8 = 1

/// The attributes of an element, as long as it is being told of.
public struct XMLAttributes {
    private let pairs: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?

    fileprivate init(_ pairs: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?) { self.pairs = pairs }

    /// The value of an attribute; most in workbooks have no namespace, those of Word have its own.
    public subscript(namespace: XMLNamespace, local: StaticString) -> String? {
        guard let pairs else { return nil }
        var index = 0
        while let name = pairs[index] {
            if isNamed(name, local), XMLNamespace(ofName: name) == namespace {
                return pairs[index + 1].map { String(cString: $0) }
            }
            index += 2
        }
        return nil
    }

    /// All of them, in their order; those that declare namespaces are none.
    public func forEach(_ body: (_ name: XMLName, _ value: String) -> Void) {
        var index = 0
        while let pairs, let name = pairs[index], let value = pairs[index + 1] {
            body(XMLName(ofName: name), String(cString: value))
            index += 2
        }
    }

    /// Whether the name ends with `local`, after the separator or as a whole.
    private func isNamed(_ name: UnsafePointer<XML_Char>, _ local: StaticString) -> Bool {
        let (length, count) = (strlen(name), local.utf8CodeUnitCount)
        guard length >= count, memcmp(name + (length - count), local.utf8Start, count) == 0 else { return false }
        return length == count || UInt8(bitPattern: name[length - count - 1]) == separator
    }
}

/// Names that were seen: of the thousands of elements of a part a few dozen names differ.
private struct NameCache {
    private(set) var names: [XMLName] = []
    /// The bytes of all of them, one name after another, and where each ends.
    private var (bytes, ends) = ([CChar](), [Int]())
    /// One more than the numbers of names, each where its hash or one of the next places leads; zero where there is none.
    private var places = [UInt16](repeating: 0, count: 1 << 11)

    /// More than any part of a file has; what comes beyond is not remembered, and the places never fill up.
    private static let maximum = 1_000

    /// The number of a name; `nil` for one beyond the thousand that are remembered.
    mutating func number(_ name: UnsafePointer<XML_Char>) -> Int? {
        let length = strlen(name)
        // The length and the last letters tell nearly all names apart.
        var place = length
        for offset in max(0, length - 6)..<length { place = place &* 31 &+ Int(name[offset]) }
        place &= places.count - 1
        while places[place] != 0 {
            let number = Int(places[place]) - 1
            let start = number == 0 ? 0 : ends[number - 1]
            if ends[number] - start == length,
                bytes.withUnsafeBytes({ $0.baseAddress.map { memcmp($0 + start, name, length) == 0 } ?? false })
            {
                return number
            }
            place = (place + 1) & (places.count - 1)
        }
        guard names.count < Self.maximum else { return nil }
        names.append(XMLName(ofName: name))
        bytes.append(contentsOf: UnsafeBufferPointer(start: name, count: length))
        ends.append(bytes.count)
        places[place] = UInt16(names.count)
        return names.count - 1
    }
}

extension XMLName {
    fileprivate init(ofName name: UnsafePointer<XML_Char>) {
        let local = strrchr(name, Int32(separator)).map { String(cString: $0 + 1) } ?? String(cString: name)
        self.init(XMLNamespace(ofName: name), local)
    }
}

extension XMLNamespace {
    fileprivate init(ofName name: UnsafePointer<XML_Char>) {
        guard let end = strrchr(name, Int32(separator)) else {
            self = .none
            return
        }
        let length = UnsafePointer(end) - name
        self =
            Self.addresses.first { address, _ in
                address.utf8CodeUnitCount == length && memcmp(address.utf8Start, name, length) == 0
            }?.1 ?? .other
    }
}

// MARK: - Messages

extension OfficeFileError {
    static let noMemory = OfficeFileError(reason: LocalizedText(zh: "内存不足", en: "memory is short"))

    static let hasDocumentType = OfficeFileError(
        reason: LocalizedText(
            zh: "其中的 XML 带有文档类型声明（<!DOCTYPE>），Office 文件没有这种内容，可能是恶意文件",
            en:
                "XML in it declares a document type (<!DOCTYPE>), which Office files never do: it may be meant to do harm"
        )
    )

    static func tooDeep(_ limit: Int) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(
                zh: "其中的 XML 嵌套超过 \(limit) 层",
                en: "XML in it has more than \(limit) elements inside each other"
            )
        )
    }

    static func xmlTooLong(_ limit: Int) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(
                zh: "其中的 XML 超过 \(limit) 字节",
                en: "XML in it is longer than \(limit) bytes"
            )
        )
    }

    static func badXML(_ line: Int, _ reason: String) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(
                zh: "其中的 XML 第 \(line) 行有误（\(reason)）",
                en: "XML in it is wrong in line \(line): \(reason)"
            ),
            help: LocalizedText(zh: "请在 Word 或 WPS 中打开并另存一份", en: "open it in Word or WPS and save it again")
        )
    }
}
