public import ReviewModel
public import ReviewPipeline

/// How a spec is previewed.
public struct PreviewOptions: Sendable {
    /// Where the reviews go, in which formats and which language.
    public var run = RunOptions()
    /// Whether the reviews stay at ``RunOptions/output``; else they are made in a folder that is gone with the preview.
    public var keepsFiles = false
    /// Where the page is shown; 0 for any port that is free.
    public var port = 0
    /// The language of the page.
    public var locale: Locale

    /// What is made where nothing else is asked for: nobody waits for files that he does not look at.
    public static let pageFormats = ["html"]

    public init(locale: Locale) { self.locale = locale }
}

/// Something that a preview has come to.
public enum PreviewEvent: Sendable {
    /// The page can be looked at.
    case opened(address: String)
    /// Something new is shown.
    case shown(PreviewState)
}

/// What of a spec is shown, in numbers.
public struct PreviewState: Sendable, Hashable {
    /// Counts what was shown, from 1.
    public var version: Int
    /// When, in local time: `15:04:05`.
    public var time: String
    /// What is wrong with the spec, or kept a review from being made or from being whole.
    public var errors: Int
    public var warnings: Int
    /// The findings of the review that was made; `nil` where none was.
    public var findings: [Severity: Int]?
}

/// Why there is no preview.
public struct PreviewError: Error, Sendable {
    public var message: LocalizedText
}
