internal import LocalFiles
public import ReviewFile
public import ReviewModel

/// A review that cannot be read, with what is wrong.
public struct ReviewFileError: Error, Sendable {
    public var path: String
    public var message: LocalizedText

    public init(path: String, message: LocalizedText) { (self.path, self.message) = (path, message) }
}

/// A review of a hundred thousand lines with a finding for each stays below.
let maximumReviewBytes = 512 << 20

/// Reads `review.json`, or that of a review's folder.
///
/// - Parameter unwanted: members of the file that the caller does not look at.
public func readReview(
    _ path: String,
    without unwanted: Set<String> = []
) throws(ReviewFileError) -> RecordedReview {
    let file = FileSystem.isFolder(path) ? path + "/review.json" : path
    let bytes: [UInt8]
    do throws(FileError) {
        bytes = try FileSystem.read(file, atMost: maximumReviewBytes)
    } catch {
        throw ReviewFileError(path: file, message: cannotRead(error))
    }
    do throws(UnreadableReview) {
        return unwanted.isEmpty
            ? try RecordedReview.read(bytes) : try RecordedReview.read(bytes, without: unwanted)
    } catch {
        throw ReviewFileError(path: file, message: error.message)
    }
}

private func cannotRead(_ error: FileError) -> LocalizedText {
    LocalizedText(
        zh: "无法读取：\(error.reason.zh)" + (error.help.map { "；\($0.zh)" } ?? ""),
        en: "cannot be read: \(error.reason.en)" + (error.help.map { "; \($0.en)" } ?? "")
    )
}
