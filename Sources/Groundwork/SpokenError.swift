/// An error that says in both languages what went wrong and what to do: a plugin that throws it is quoted in the language of the reader.
public protocol SpokenError: Error {
    /// One sentence.
    var sentence: LocalizedText { get }
}
