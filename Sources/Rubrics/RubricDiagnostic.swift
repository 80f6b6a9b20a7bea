internal import ReviewModel

/// What is wrong with a rubric. `code` stands under `rubric/`.
func rubricDiagnostic(
    _ code: String,
    _ zh: String,
    _ en: String,
    at pointer: JSONPointer,
    severity: Severity = .error,
    help: LocalizedText? = nil
) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        severity: severity,
        code: "rubric/" + code,
        message: LocalizedText(zh: zh, en: en),
        pointer: pointer,
        help: help
    )
}
