internal import ArgumentParser
internal import ReviewModel

/// What a command says of itself, in the language that messages have.
func words(zh: String, en: String) -> String { LocalizedText(zh: zh, en: en)(Terminal.locale(nil)) }

extension ArgumentHelp {
    init(zh: String, en: String, valueName: String? = nil) { self.init(words(zh: zh, en: en), valueName: valueName) }
}

extension ValidationError {
    init(zh: String, en: String) { self.init(words(zh: zh, en: en)) }
}
