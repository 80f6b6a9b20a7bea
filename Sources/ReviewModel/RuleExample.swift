extension Rule {
    /// A small dossier with what the rule says of it: part of the manual, and a test.
    ///
    ///     .bad(
    ///         """
    ///         tables:
    ///           lines:
    ///             - {id: L1, group: 餐箱, quantity: 2, unit_price: 500.00, amount: ↓999.00}
    ///         """,
    ///         zh: "…", en: "…"
    ///     )
    public struct Example: Sendable, Hashable {
        /// What a spec would say, in its own YAML, without its head: `fields`, `tables`, `rules`, and `pipeline` where the
        /// step has settings or needs others. ``mark`` stands before each place that a finding of the rule points at first.
        public var spec: String
        /// The messages of the rule's findings, in order; none where the rule has nothing to say.
        public var messages: [LocalizedText]

        /// Stands before the value that is found fault with.
        public static let mark: Character = "↓"

        public init(_ spec: String, messages: [LocalizedText]) { (self.spec, self.messages) = (spec, messages) }

        /// A dossier in which the rule finds one thing.
        public static func bad(_ spec: String, zh: String, en: String) -> Example {
            Example(spec, messages: [LocalizedText(zh: zh, en: en)])
        }

        /// A dossier in which the rule finds several things.
        public static func bad(_ spec: String, _ messages: LocalizedText...) -> Example {
            Example(spec, messages: messages)
        }

        /// A dossier that the rule is content with, most telling where it is close to a bad one.
        public static func good(_ spec: String) -> Example { Example(spec, messages: []) }
    }
}
