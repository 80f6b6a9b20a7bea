/// How much renderers may hand over. A report with pictures stays far below all of it; what lies above fills a disk or a
/// mailbox, and the files of a review should still be something that one person can copy.
struct ArtifactLimits: Sendable {
    /// Bytes of one file.
    var bytesEach = 256 << 20
    /// Of one step: a folder that a person can still look through, and as much as a plugin may write by its own limits.
    var ofStep = Amount(files: 1000, bytes: 1 << 30)
    /// Of all steps of a run.
    var ofRun = Amount(files: 5000, bytes: 4 << 30)

    /// So many files, and so many bytes in them.
    struct Amount: Sendable {
        var (files, bytes): (Int, Int)

        init(files: Int, bytes: Int) { (self.files, self.bytes) = (files, bytes) }

        static let zero = Amount(files: 0, bytes: 0)

        /// What is left of `limit` beyond this.
        func left(of limit: Amount) -> Amount { Amount(files: limit.files - files, bytes: limit.bytes - bytes) }
    }
}
