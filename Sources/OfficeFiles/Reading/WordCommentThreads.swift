internal import Groundwork

/// Reads which comments answer others and which are resolved: a part of its own, written by Word since 2013, by LibreOffice and WPS.
final class WordCommentThreads: XMLHandler {
    private struct Entry {
        var parent: String?
        var isResolved: Bool
    }

    /// By the id of a comment's last paragraph.
    private var entries: [String: Entry] = [:]

    func begin(_ name: XMLName, _ attributes: XMLAttributes, _ reader: XMLReader) throws(OfficeFileError) {
        guard name.local == "commentEx", let paragraph = attributes[.word2012, "paraId"] else { return }
        entries[paragraph] = Entry(
            parent: attributes[.word2012, "paraIdParent"],
            isResolved: ["1", "true", "on"].contains(attributes[.word2012, "done"])
        )
    }

    /// Answers are one level deep in Word; whoever answers an answer answers the first comment of the thread.
    func apply(to comments: inout [WordComment]) {
        var ids: [String: Int] = [:]
        for (index, comment) in comments.enumerated() {
            if let paragraph = comment.lastParagraph { ids[paragraph] = index }
        }
        for index in comments.indices {
            guard let paragraph = comments[index].lastParagraph, let entry = entries[paragraph] else { continue }
            comments[index].isResolved = entry.isResolved
            guard let first = first(of: entry), let parent = ids[first], parent != index else { continue }
            comments[index].answers = comments[parent].id
            if entries[first]?.isResolved == true { comments[index].isResolved = true }
        }
    }

    /// The paragraph that the thread of an answer begins with.
    private func first(of entry: Entry) -> String? {
        var (paragraph, steps) = (entry.parent, 0)
        // A file may say that two comments answer each other.
        while let parent = paragraph.flatMap({ entries[$0]?.parent }), steps < 100 {
            (paragraph, steps) = (parent, steps + 1)
        }
        return paragraph
    }
}
