internal import Glibc

/// A file that the settings of a step name, read whole: the host hands its absolute path.
public struct GivenFile: Sendable {
    public var bytes: [UInt8]

    /// Reads a file of at most `limit` bytes.
    public init(path: String, limit: Int) throws(GivenFileError) {
        guard let file = fopen(path, "r") else { throw .unreadable }
        defer { fclose(file) }
        var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
            bytes += buffer[..<count]
            if bytes.count > limit { throw .tooLarge }
        }
        if ferror(file) != 0 { throw .unreadable }
        self.bytes = bytes
    }
}

/// Why a file was not read.
public enum GivenFileError: Error, Sendable, Hashable { case unreadable, tooLarge }
