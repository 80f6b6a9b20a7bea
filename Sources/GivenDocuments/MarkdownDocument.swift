internal import Groundwork
internal import OfficeFiles

enum MarkdownDocument {
    static func read(_ text: PlainText, named file: String) throws(UnreadableDocument) -> GivenDocument {
        throw .unknown
    }
}
enum HTMLDocument {
    static func read(_ text: PlainText, named file: String) throws(UnreadableDocument) -> GivenDocument {
        throw .unknown
    }
}
