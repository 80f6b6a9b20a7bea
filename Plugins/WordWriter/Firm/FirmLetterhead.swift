import OfficeFiles
import ReviewModel

/// A firm's document with the styles that the report takes from it.
struct FirmLetterhead {
    let document: FirmDocument
    let styles: FirmStyles

    /// - Throws: ``OfficeFileError`` for what cannot be used.
    init?(_ settings: WordSettings) throws(OfficeFileError) {
        guard let path = settings.letterhead else { return nil }
        document = try FirmDocument(file: path)
        styles = FirmStyles(document.styleList, chosen: settings.styles)
    }

    /// What is wrong with the settings, and what the firm's document lacks.
    static func diagnostics(_ settings: WordSettings) -> [ConfigurationDiagnostic] {
        do throws(OfficeFileError) {
            guard let letterhead = try FirmLetterhead(settings) else {
                return settings.styles.isEmpty ? [] : [stylesWithoutLetterhead]
            }
            let styles = letterhead.styles
            return styles.unknown.map { noStyle($0.role, $0.name, letterhead.document) }
                + styles.missing.map { missing($0) } + letterhead.document.remarks.map(\.diagnostic)
        } catch { return [unusable(error)] }
    }
}

// MARK: - Messages

private func unusable(_ error: OfficeFileError) -> ConfigurationDiagnostic {
    var diagnostic = ConfigurationDiagnostic(
        code: "word-writer/letterhead",
        message: LocalizedText(
            zh: "信笺文件不能用：\(error.reason.zh)",
            en: "the letterhead cannot be used: \(error.reason.en)"
        ),
        pointer: JSONPointer(["letterhead"]),
        help: error.help
    )
    diagnostic.isOfFile = true
    return diagnostic
}

private let stylesWithoutLetterhead = ConfigurationDiagnostic(
    code: "word-writer/styles-without-letterhead",
    message: LocalizedText(
        zh: "styles 指的是信笺文件中的样式，但没有写 letterhead",
        en: "styles name styles of a letterhead, and there is no letterhead"
    ),
    pointer: JSONPointer(["styles"])
)

private func noStyle(_ role: StyleRole, _ name: String, _ firm: FirmDocument)
    -> ConfigurationDiagnostic
{
    let known = firm.styleList.filter { $0.kind == role.kind.rawValue }.map(\.name)
    return ConfigurationDiagnostic(
        code: "word-writer/unknown-style",
        message: LocalizedText(
            zh: "信笺文件中没有名为 \(quoted(name)) 的样式",
            en: "the letterhead has no style called \(quoted(name))"
        ),
        pointer: JSONPointer(["styles", role.rawValue]),
        help: LocalizedText(zh: "其中有：\(listed(known))", en: "it has \(listed(known))")
    )
}

private func missing(_ role: StyleRole) -> ConfigurationDiagnostic {
    let names = role.names.joined(separator: "、")
    return ConfigurationDiagnostic(
        severity: .warning,
        code: "word-writer/missing-style",
        message: LocalizedText(
            zh: "信笺文件中没有用于 \(role.rawValue) 的样式（\(names)），用程序自带的",
            en: "the letterhead has no style for \(role.rawValue) (\(names)); the program's own is used"
        ),
        pointer: JSONPointer(["letterhead"]),
        help: LocalizedText(
            zh: "如有别的样式可用，请写 styles: {\(role.rawValue): 样式名}",
            en: "if another style is for it, write styles: {\(role.rawValue): its name}"
        )
    )
}
