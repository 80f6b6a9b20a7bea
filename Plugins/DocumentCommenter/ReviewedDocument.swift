import Groundwork
import OfficeFiles
import PDFFiles
import PluginKit
import ReviewModel

/// A document that was given, whatever its name says that it is.
struct ReviewedDocument {
    enum Content {
        case word(CommentedDocument)
        case pdf(AnnotatedPDF)
    }

    enum Kind { case word, pdf }

    let content: Content

    /// Bytes of a file. A PDF of 500 pages with pictures stays below it; for a Word file the zip reader has limits of its own.
    private static let maximumBytes = 128 << 20

    init(_ path: String, author: String) throws(UnreadableDocument) {
        let bytes: [UInt8]
        do throws(GivenFileError) { bytes = try GivenFile(path: path, limit: Self.maximumBytes).bytes } catch {
            throw error == .tooLarge ? .tooLarge(Self.maximumBytes) : .unreadable
        }
        if Self.isPDF(bytes) {
            do throws(PDFError) { content = .pdf(try AnnotatedPDF(bytes, author: author)) } catch {
                throw UnreadableDocument(reason: error.reason, help: error.help)
            }
        } else {
            do throws(OfficeFileError) { content = .word(try CommentedDocument(bytes, author: author)) } catch {
                throw UnreadableDocument(reason: error.reason, help: error.help)
            }
        }
    }

    var kind: Kind {
        switch content {
        case .word: .word
        case .pdf: .pdf
        }
    }

    /// The document with comments. Changes can be proposed in a Word file only.
    func copy(with comments: [DocumentComment], suggests: Bool) throws(UnreadableDocument) -> [UInt8] {
        switch content {
        case .word(let document):
            do throws(OfficeFileError) { return try document.adding(comments, suggests: suggests) } catch {
                throw UnreadableDocument(reason: error.reason, help: error.help)
            }
        case .pdf(let document):
            do throws(PDFError) { return try document.adding(comments) } catch {
                throw UnreadableDocument(reason: error.reason, help: error.help)
            }
        }
    }

    /// A PDF may have something before its head.
    private static func isPDF(_ bytes: [UInt8]) -> Bool {
        let (head, mark) = (bytes.prefix(1_024), Array("%PDF-".utf8))
        return head.indices.contains { head[$0...].starts(with: mark) }
    }
}

extension ReviewedDocument.Kind {
    var mediaType: String {
        switch self {
        case .word: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .pdf: "application/pdf"
        }
    }

    /// `report.reviewed.docx` for `report.docx`, and for a copy that was made so.
    func copyName(_ name: String) -> String {
        let ending = self == .pdf ? ".pdf" : ".docx"
        let original = originalName(name)
        let base = original.lowercased().hasSuffix(ending) ? String(original.dropLast(ending.count)) : original
        return base + ".reviewed" + ending
    }
}

/// Why no comments can be written into a document.
struct UnreadableDocument: Error {
    var reason: LocalizedText
    var help: LocalizedText?
}

// MARK: - Messages

extension UnreadableDocument {
    fileprivate static let unreadable = UnreadableDocument(
        reason: LocalizedText(zh: "文件无法读取", en: "the file cannot be read")
    )

    fileprivate static func tooLarge(_ limit: Int) -> UnreadableDocument {
        UnreadableDocument(
            reason: LocalizedText(zh: "文件超过 \(limit) 字节", en: "the file has more than \(limit) bytes")
        )
    }
}
