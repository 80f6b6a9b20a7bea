/// One value as JSON text that has been checked, within bytes that are shared: nothing is made of it until somebody asks.
///
///     let text = try JSONText(line)
///     text.value                                // everything, as a tree
///     text.read { cursor in … }                 // what is asked for, straight from the bytes
public struct JSONText: Sendable, Hashable {
    /// The value is a part of these.
    package let bytes: [UInt8]
    package let range: Range<Int>
    /// In ``bytes``.
    private let jumps: JSONJumps

    /// Checks the bytes; blanks around the value are allowed.
    ///
    /// - Throws: what ``JSONReader`` finds wrong.
    public init(_ bytes: [UInt8], maximumDepth: Int = JSONReader.defaultDepth) throws(JSONSyntaxError) {
        let jumps = bytes.withUnsafeBufferPointer { JSONCheck.jumps($0, maximumDepth: maximumDepth) }
        if jumps == nil { _ = try JSONReader.read(bytes, maximumDepth: maximumDepth) }
        (self.bytes, range, self.jumps) = (bytes, bytes.indices, jumps ?? JSONJumps())
    }

    /// Whether the quick check takes the bytes by itself; it must take just what ``JSONReader`` takes.
    package static func passesCheck(_ bytes: [UInt8], maximumDepth: Int = JSONReader.defaultDepth) -> Bool {
        bytes.withUnsafeBufferPointer { JSONCheck.jumps($0, maximumDepth: maximumDepth) } != nil
    }

    /// The text of a value.
    public init(_ value: Value) { self.init(checked: JSONWriter.line(value)) }

    /// Bytes that a writer has made.
    package init(checked bytes: [UInt8]) { self.init(bytes, bytes.indices, JSONJumps()) }

    private init(_ bytes: [UInt8], _ range: Range<Int>, _ jumps: JSONJumps) {
        (self.bytes, self.range, self.jumps) = (bytes, range, jumps)
    }

    public var byteCount: Int { range.count }

    /// Everything, as a tree.
    public var value: Value {
        (try? JSONReader.read(bytes[range], maximumDepth: .max)) ?? .null
    }

    /// Walks through the text.
    package func read<Result, Failure: Error>(
        _ body: (inout JSONCursor) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let result = bytes.withUnsafeBufferPointer { buffer -> Swift.Result<Result, Failure> in
            var cursor = JSONCursor(UnsafeBufferPointer(rebasing: buffer[range]), jumps: jumps, at: range.lowerBound)
            do throws(Failure) { return .success(try body(&cursor)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// A part that a cursor has passed over.
    package func part(_ part: Range<Int>) -> JSONText {
        let start = range.lowerBound
        return JSONText(bytes, start + part.lowerBound..<start + part.upperBound, jumps)
    }

    /// Calls `body` for each element of a list, with the cursor at it; `body` must read or skip it.
    package func forEachElement(_ body: (inout JSONCursor) -> Void) {
        read { cursor in
            _ = cursor.elements { cursor in
                body(&cursor)
                return true
            }
        }
    }

    /// The same text, however it stands in its bytes.
    public static func == (left: JSONText, right: JSONText) -> Bool {
        left.bytes[left.range].elementsEqual(right.bytes[right.range])
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(range.count) }
}
