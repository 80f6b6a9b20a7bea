public import GivenDocuments
public import ReviewModel

extension GivenLoss.Kind {
    /// How much it matters to a review that this was lost: text that nobody has read may say anything.
    public var severity: Severity {
        switch self {
        case .scannedPage, .unknownCharacters, .table: .error
        case .hiddenText, .recognised, .trackedChanges: .warning
        case .guessedEncoding, .pictures: .info
        }
    }
}
