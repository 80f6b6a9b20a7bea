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
                + (styles.missing.isEmpty ? [] : [missing(styles.missing)])
                + letterhead.document.remarks.map(\.diagnostic)
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

/// Told once for all of them: a letterhead without a contents' style mostly lacks several, and none of that is a mistake.
private func missing(_ roles: [StyleRole]) -> ConfigurationDiagnostic {
    func listed(_ locale: Locale) -> String {
        let names = roles.map { "\($0.purpose(locale)) \($0.rawValue)" }
        return names.joined(separator: locale == .zh ? "、" : ", ")
    }
    let example = roles.first?.rawValue ?? StyleRole.body.rawValue
    return ConfigurationDiagnostic(
        severity: .warning,
        code: "word-writer/missing-style",
        message: LocalizedText(
            zh: "信笺文件没有这些用途的样式，用程序自带的：\(listed(.zh))",
            en: "the letterhead has no style for \(listed(.en)); the program's own is used"
        ),
        pointer: JSONPointer(["letterhead"]),
        help: LocalizedText(
            zh: "不必处理；信笺中另有样式可用的，在这一步写 styles: {\(example): 样式名}",
            en:
                "nothing needs to be done; if another of its styles is for one, write styles: {\(example): its name} in this step"
        )
    )
}

extension StyleRole {
    /// What a style is for, of those that a firm is told of.
    fileprivate func purpose(_ locale: Locale) -> String {
        let (zh, en) =
            switch self {
            case .title: ("标题", "the title")
            case .heading1, .heading2, .heading3, .heading4: ("各级标题", "headings")
            case .caption: ("题注", "captions")
            case .contents1, .contents2, .contents3, .contents4: ("目录", "contents")
            case .footnoteText: ("脚注", "notes")
            case .table: ("表格", "tables")
            default: ("正文", "text")
            }
        return locale == .zh ? zh : en
    }
}
