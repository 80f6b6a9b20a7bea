public import ReviewModel

/// What a call says besides its question: for which step it is made, in which language, and where there is room to work.
/// One process can so serve many reviews, one after another or side by side.
public struct CallFrame: Sendable, Hashable {
    /// The id of the step; empty when there is none, or from a host that does not say.
    public var step: String
    /// `nil` for that of `initialize`.
    public var locale: Locale?
    /// Absolute path of an existing, empty folder that belongs to this call.
    public var scratchDirectory: String?

    public init(step: String = "", locale: Locale? = nil, scratchDirectory: String? = nil) {
        (self.step, self.locale, self.scratchDirectory) = (step, locale, scratchDirectory)
    }

    init(_ record: RecordReader) {
        self.init(
            step: record.optional("step")?.text() ?? "",
            locale: record.optional("locale")?.text().flatMap(Locale.init),
            scratchDirectory: record.optional("scratchDirectory")?.text()
        )
    }

    func add(to record: inout Record) {
        record.setIfPresent("step", .text(step))
        record.setIfPresent("locale", Value(locale?.rawValue))
        record.setIfPresent("scratchDirectory", Value(scratchDirectory))
    }
}
