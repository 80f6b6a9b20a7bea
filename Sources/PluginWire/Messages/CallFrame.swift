internal import JSONDocument
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

    /// Takes a member of a call that belongs to the frame; `false`, and nothing passed over, when it does not, or is no text.
    mutating func take(_ key: JSONKey, _ cursor: inout JSONCursor) -> Bool {
        guard cursor.kind == .text else { return false }
        switch key {
        case "step": step = cursor.text() ?? ""
        case "locale": locale = cursor.text().flatMap(Locale.init)
        case "scratchDirectory": scratchDirectory = cursor.text()
        default: return false
        }
        return true
    }

    /// The members, each with a comma before it.
    func encode(into writer: inout JSONWriter) {
        if !step.isEmpty {
            writer.write(raw: ",\"step\":")
            writer.write(text: step)
        }
        if let locale {
            writer.write(raw: ",\"locale\":")
            writer.write(text: locale.rawValue)
        }
        if let scratchDirectory {
            writer.write(raw: ",\"scratchDirectory\":")
            writer.write(text: scratchDirectory)
        }
    }
}
