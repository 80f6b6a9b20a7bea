/// The text of a file that does not say its encoding: UTF-8 if all of it is, else GB18030; UTF-16 with a mark at its start.
///
///     let text = try PlainText(bytes)
public struct PlainText: Sendable, Hashable {
    public var text: String
    /// Whether its encoding was taken for granted: a text that is no UTF-8 is read as GB18030.
    public var isGuessed = false

    /// - Throws: ``OfficeFileError`` for bytes that are text in neither.
    public init(_ bytes: [UInt8]) throws(OfficeFileError) {
        let marked = [TextEncoding.utf16LittleEndian, .utf16BigEndian].first { bytes.starts(with: $0.mark) }
        var check = UTF8Check()
        if marked == nil { bytes.withUnsafeBytes { check.read($0) } }
        if marked == nil, check.isWhole {
            text = String(decoding: bytes.dropFirst(bytes.starts(with: TextEncoding.utf8.mark) ? 3 : 0), as: UTF8.self)
            return
        }
        let encoding = marked ?? .gb18030
        let conversion = try TextConversion(encoding)
        let rest = Array(bytes.dropFirst(encoding.mark.count))
        var result: Result<[UInt8], OfficeFileError> = .success([])
        rest.withUnsafeBytes { whole in
            do throws(OfficeFileError) { result = .success(try conversion.convert(whole, isLast: true)) } catch {
                result = .failure(error)
            }
        }
        (text, isGuessed) = (String(decoding: try result.get(), as: UTF8.self), marked == nil)
    }
}
