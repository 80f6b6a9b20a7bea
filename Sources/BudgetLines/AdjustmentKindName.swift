package import ReviewModel

extension Adjustment.Kind {
    /// What print calls it where the form has no name for it.
    package func name(_ locale: Locale) -> String {
        let name =
            switch self {
            case .cut: LocalizedText(zh: "核减", en: "cut")
            case .deferral: LocalizedText(zh: "缓付", en: "deferral")
            case .increase: LocalizedText(zh: "核增", en: "increase")
            }
        return name(locale)
    }
}
