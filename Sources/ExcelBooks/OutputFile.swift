internal import Glibc

/// A new file that is written from its beginning to its end.
final class OutputFile {
    private let path: String
    private var descriptor: Int32
    private(set) var position = 0

    init(_ path: String) throws(ExcelError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .system(path, errno) }
    }

    deinit { if descriptor >= 0 { Glibc.close(descriptor) } }

    func write(_ bytes: [UInt8]) throws(ExcelError) {
        let error: ExcelError? = bytes.withUnsafeBytes { buffer in
            do throws(ExcelError) { try write(buffer) } catch { return error }
            return nil
        }
        if let error { throw error }
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(ExcelError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { throw .system(path, errno) }
        }
        position += bytes.count
    }

    func close() throws(ExcelError) {
        let status = Glibc.close(descriptor)
        descriptor = -1
        if status != 0 { throw .system(path, errno) }
    }
}

/// All bytes of a file.
func contents(_ path: String) throws(ExcelError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(path, errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system(path, errno) }
    let size = Int(status.st_size)
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        while count < size {
            let result = read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
            if result > 0 { count += result } else if result == 0 || errno != EINTR { break }
        }
    }
    guard bytes.count == size else { throw .system(path, EIO) }
    return bytes
}
