import OfficeFiles

/// Cells that are there to be overwritten: they begin with 例：, as `pingshen init` writes them, numbers too.
enum ExampleMark {
    static let zh = "例："
    static let en = "e.g. "

    private static let marks = [zh, "例:", en].map { Array($0.utf8) }

    static func begins(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        // Nearly no text begins with either letter.
        guard let first = text.first, first == 0xE4 || first == 0x65 else { return false }
        return marks.contains { text.starts(with: $0) }
    }
}
