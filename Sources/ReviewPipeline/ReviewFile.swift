internal import LocalFiles
internal import PluginWire
public import ReviewModel

/// A review that cannot be read, with what is wrong.
public struct ReviewFileError: Error, Sendable {
    public var path: String
    public var message: LocalizedText
}

/// Reads `review.json`, or that of a review's folder.
public func readReview(_ path: String) throws(ReviewFileError) -> Review {
    let file = FileSystem.isFolder(path) ? path + "/review.json" : path
    do {
        return try Review.read(JSONReader.read(FileSystem.read(file)), of: "review.json")
    } catch let error as FileError {
        throw ReviewFileError(
            path: file,
            message: LocalizedText(zh: "无法读取：\(error.reason)", en: "cannot be read: \(error.reason)")
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
