internal import Glibc

/// A file that a renderer writes whole into its scratch directory.
public struct ScratchFile: Sendable {
    /// Relative to the scratch directory.
    public var name: String
    public var bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) { (self.name, self.bytes) = (name, bytes) }

    public init(name: String, text: String) { self.init(name: name, bytes: Array(text.utf8)) }

    /// Writes the file, replacing one of the same name.
    public func write(into directory: String) throws(ScratchFileError) {
        let path = directory + "/" + name
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw ScratchFileError(path: path, code: errno) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else {
                let error = ScratchFileError(path: path, code: errno)
                close(descriptor)
                throw error
            }
            rest = rest.dropFirst(written)
        }
        // A full disk may only show when the file is closed.
        guard close(descriptor) == 0 else { throw ScratchFileError(path: path, code: errno) }
    }
}

/// A file that could not be written.
public struct ScratchFileError: Error, CustomStringConvertible {
    public var path: String
    public var code: Int32

    public var description: String { "cannot write \"\(path)\": \(String(cString: strerror(code)))" }
}
