/// One sentence in both languages of the project: what a finance office reads, and English beside it.
public struct LocalizedText: Sendable, Hashable {
    public var zh: String
    public var en: String

    public init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }

    /// The same wording in both languages: names, figures.
    public init(_ text: String) {
        self.init(zh: text, en: text)
    }

    public func callAsFunction(_ locale: Locale) -> String {
        locale == .zh ? zh : en
    }
}

/// The language that a reader is addressed in.
public enum Locale: String, Sendable, CaseIterable {
    case zh, en
}
