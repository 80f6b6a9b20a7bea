internal import LocalFiles
internal import PluginWire
public import ReviewModel

/// A review that cannot be read, with what is wrong.
public struct ReviewFileError: Error, Sendable {
    public var path: String
    public var message: LocalizedText
}

/// A review of a hundred thousand lines with a finding for each stays below.
let maximumReviewBytes = 512 << 20

/// Reads `review.json`, or that of a review's folder.
public func readReview(_ path: String) throws(ReviewFileError) -> Review {
    let file = FileSystem.isFolder(path) ? path + "/review.json" : path
    do {
        return try Review.read(JSONReader.read(FileSystem.read(file, atMost: maximumReviewBytes)), of: "review.json")
    } catch let error as FileError {
        throw ReviewFileError(
            path: file,
            message: cannotRead(error)
        )
    } catch let error as RPCError {
        throw ReviewFileError(
            path: file,
            message: LocalizedText(zh: "不是评审结果：\(error.message)", en: "is no review: \(error.message)")
        )
    } catch {
        throw ReviewFileError(
            path: file,
            message: LocalizedText(zh: "不是 JSON：\(error)", en: "is not JSON: \(error)")
        )
    }
}

private func cannotRead(_ error: FileError) -> LocalizedText {
    LocalizedText(
        zh: "无法读取：\(error.reason.zh)" + (error.help.map { "；\($0.zh)" } ?? ""),
        en: "cannot be read: \(error.reason.en)" + (error.help.map { "; \($0.en)" } ?? "")
    )
}
