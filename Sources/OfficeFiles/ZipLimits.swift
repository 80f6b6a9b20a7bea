/// What a zip file from outside may have.
public struct ZipLimits: Sendable, Hashable {
    /// Of the file as it is.
    public var archiveBytes: Int
    public var entries: Int
    /// Of one entry, unpacked.
    public var entryBytes: Int
    /// Of all entries together, unpacked.
    public var allBytes: Int
    /// How many times larger than packed an entry may be that has more than a megabyte. Deflate reaches 1,032; a
    /// worksheet of equal rows stays below 100.
    public var ratio: Int

    public init(archiveBytes: Int, entries: Int, entryBytes: Int, allBytes: Int, ratio: Int) {
        (self.archiveBytes, self.entries, self.entryBytes) = (archiveBytes, entries, entryBytes)
        (self.allBytes, self.ratio) = (allBytes, ratio)
    }

    /// For documents that people have written: a report of some hundred pages with its pictures has a tenth of this.
    public static let document = ZipLimits(
        archiveBytes: 64 << 20,
        entries: 5_000,
        entryBytes: 128 << 20,
        allBytes: 256 << 20,
        ratio: 300
    )
}

/// A file in a zip file.
public struct ZipEntry: Sendable, Hashable {
    /// Its path, parted by `/`: `word/document.xml`.
    public var name: String
    /// Unpacked, as the zip file says; no more than that is ever read.
    public var byteCount: Int
    let index: UInt64
}
