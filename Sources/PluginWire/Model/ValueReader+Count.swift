internal import JSONDocument
internal import ReviewModel

extension ValueReader {
    /// How many there are of something: a whole number that is not negative.
    func count() -> Int? {
        guard let number = integer() else { return nil }
        if number >= 0 { return number }
        log.add(
            ConfigurationDiagnostic(
                code: "wire/negative-count",
                message: LocalizedText(
                    zh: "\(number) 是负数，个数不能为负",
                    en: "\(number) is less than nothing, where a count is expected"
                ),
                pointer: pointer
            )
        )
        return nil
    }
}
