public import Groundwork

/// A mistake in a plugin's settings. The host turns the pointer (into the settings) into a place in the YAML.
public struct ConfigurationDiagnostic: Sendable, Hashable {
    public var severity: Severity
    public var code: String
    public var message: LocalizedText
    public var pointer: JSONPointer
    /// Whether the pointer leads into what the spec gives, `/fields/…` or `/tables/…`, and not into the settings.
    public var isOfGiven = false
    /// Whether the pointer leads to a path, and what is wrong is wrong in that file: it is told of the file, which somebody handed over,
    /// and not of the line that names it.
    public var isOfFile = false
    public var help: LocalizedText?
    /// Where in the text that stands at the pointer; `nil` for the text as a whole, and for what is no text.
    public var place: TextPlace?

    public init(
        severity: Severity = .error,
        code: String,
        message: LocalizedText,
        pointer: JSONPointer,
        help: LocalizedText? = nil
    ) {
        self.severity = severity
        self.code = code
        self.message = message
        self.pointer = pointer
        self.help = help
    }

    /// The message, with the place in the text where there is one: for where the text itself is not shown.
    public var placedMessage: LocalizedText {
        guard let place else { return message }
        return LocalizedText(
            zh: "\(message.zh)（文字的第 \(place.line) 行第 \(place.column) 列）",
            en: "\(message.en) (line \(place.line), column \(place.column) of the text)"
        )
    }
}
