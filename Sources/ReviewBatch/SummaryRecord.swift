internal import LocalFiles
internal import ReviewModel

/// What a summary was made from and which files it came to: while all of that is as it was, it need not be made again.
///
/// Kept beside the records of the reviews, in `OUT/batch/.cache`. Files count by what shows that they were changed; a copy of the
/// same bytes costs a summary, no more.
public struct SummaryRecord: Sendable {
    private let path: String
    private let sources: String

    /// - Parameters:
    ///   - folder: where the summary goes.
    ///   - reviews: the files that it is made from.
    ///   - words: whatever else it depends on.
    public init(in folder: String, reviews: [String], words: [String]) {
        path = folder + "/.cache/summary"
        // Looked at before they are read: what is changed meanwhile does not fit the record.
        let files = reviews.map { $0 + "\u{0}" + (FileIdentity($0)?.text ?? "") }
        sources = sha256(Array(([hostDigest()] + words + files).joined(separator: "\u{0}\n").utf8))
    }

    /// The summary's files, where they stand as they were written, from the same sources.
    public var standing: [String]? {
        guard let bytes = try? FileSystem.read(path, atMost: Self.maximumBytes),
            let value = try? JSONReader.read(bytes),
            value["version"]?.integer == Self.version, value["sources"]?.text == sources,
            let files = value["files"]?.list, let others = value["others"]?.list
        else { return nil }
        let known = (files + others).compactMap { file in file.list?.compactMap(\.text) }
        guard !files.isEmpty, known.count == files.count + others.count,
            known.allSatisfy({ $0.count == 2 && FileIdentity($0[0])?.text == $0[1] })
        else { return nil }
        return known.prefix(files.count).map { $0[0] }
    }

    /// Keeps that the summary stands in these files; where that cannot be, it is made again next time.
    ///
    /// - Parameter others: files that it has written besides, of which nobody is told.
    public func keep(_ files: [String], besides others: [String] = []) {
        func known(_ files: [String]) -> Value {
            .list(files.map { file -> Value in [.text(file), .text(FileIdentity(file)?.text ?? "")] })
        }
        let record: Value = [
            "version": .integer(Self.version), "sources": .text(sources), "files": known(files),
            "others": known(others),
        ]
        try? FileSystem.makeFolder(FilePaths.folder(of: path))
        try? FileSystem.replace(path, with: JSONWriter.line(record))
    }

    private static let version = 2
    /// Some ten files, and two a review.
    private static let maximumBytes = 64 << 20
}
