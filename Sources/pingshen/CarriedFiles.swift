internal import CHostFiles

extension CarriedFile {
    var allBytes: [UInt8] { Array(UnsafeBufferPointer(start: bytes, count: count)) }

    var text: String { String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self) }
}
