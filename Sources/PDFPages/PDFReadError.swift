/// Why a PDF file cannot be read.
public enum PDFReadError: Error, Sendable, Hashable {
    /// It is no PDF file, or too much of it is missing.
    case damaged
    /// It is encrypted, be it only against printing or copying.
    case hasPassword
    /// It has more pages than this.
    case tooManyPages(Int)
    /// It has more text or lines than a document has.
    case tooMuch
}
