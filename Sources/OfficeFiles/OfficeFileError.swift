public import Groundwork

/// What is wrong with an Office file, and the next step.
public struct OfficeFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Half a sentence, to stand after the file's name and a colon.
    public var reason: LocalizedText
    public var help: LocalizedText?

    public init(reason: LocalizedText, help: LocalizedText? = nil) { (self.reason, self.help) = (reason, help) }

    public var description: String { reason.en }
}

// MARK: - Messages

extension OfficeFileError {
    static let saveAgain = LocalizedText(
        zh: "请在 Word、Excel 或 WPS 中打开，另存为 .docx 或 .xlsx 后再用",
        en: "open it in Word, Excel or WPS and save it as .docx or .xlsx"
    )

    static func cannotPack(_ what: String) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(
                zh: what.isEmpty ? "无法打包文件" : "无法打包\(quoted(what))",
                en: what.isEmpty ? "the file cannot be packed" : "cannot pack \(quoted(what))"
            )
        )
    }

    package static let noZip = OfficeFileError(
        reason: LocalizedText(
            zh: "这不是 Office 文件（.docx、.xlsx 本质上是 zip 压缩包，此文件不是）",
            en: "it is no Office file (.docx and .xlsx are zip files, and this is none)"
        ),
        help: saveAgain
    )

    package static let isEmpty = OfficeFileError(
        reason: LocalizedText(zh: "文件是空的（0 字节），没有内容可读", en: "the file is empty (0 bytes)"),
        help: LocalizedText(
            zh: "多半没有复制完或没有保存；请重新取得这份文件",
            en: "it was probably not copied or not saved; get it once more"
        )
    )

    static let isCut = OfficeFileError(
        reason: LocalizedText(zh: "文件不完整或已损坏", en: "the file is cut off or damaged"),
        help: LocalizedText(zh: "请重新复制或重新另存一份", en: "copy it once more, or save it again")
    )

    static let hasPassword = OfficeFileError(
        reason: LocalizedText(zh: "文件设有打开密码", en: "the file can be opened with a password only"),
        help: LocalizedText(zh: "请去掉密码后另存一份", en: "save a copy without a password")
    )

    package static let isOldFormat = OfficeFileError(
        reason: LocalizedText(
            zh: "这是旧格式的 Office 或 WPS 文件（.doc、.xls、.wps 或 .et）",
            en: "it is a file of Office or WPS of the old kind (.doc, .xls, .wps or .et)"
        ),
        help: saveAgain
    )

    static func tooLarge(_ count: Int, _ limit: Int) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(
                zh: "文件有 \(count) 字节，最多 \(limit) 字节",
                en: "the file has \(count) bytes, where at most \(limit) are expected"
            )
        )
    }

    static func tooManyEntries(_ count: Int, _ limit: Int) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(
                zh: "压缩包内有 \(count) 个文件，最多 \(limit) 个",
                en: "there are \(count) files in it, where at most \(limit) are expected"
            )
        )
    }

    static func entryTooLarge(_ name: String, _ count: Int, _ limit: Int) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(
                zh: "其中的\(quoted(name))解压后有 \(count) 字节，最多 \(limit) 字节",
                en: "\(quoted(name)) in it unpacks to \(count) bytes, where at most \(limit) are expected"
            )
        )
    }

    static func allTooLarge(_ limit: Int) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(
                zh: "全部解压后超过 \(limit) 字节",
                en: "all that is in it unpacks to more than \(limit) bytes"
            )
        )
    }

    static func bomb(_ name: String, _ ratio: Int) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(
                zh: "其中的\(quoted(name))解压后大到原来的 \(ratio) 倍，像是压缩炸弹",
                en: "\(quoted(name)) in it unpacks to \(ratio) times its size, as zip bombs do"
            )
        )
    }

    static func twice(_ name: String) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(
                zh: "压缩包内有两个文件同名：\(quoted(name))",
                en: "two files in it have one name: \(quoted(name))"
            ),
            help: saveAgain
        )
    }

    static func noFile(_ name: String) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(
                zh: "其中的\(quoted(name))是链接或设备，不是文件",
                en: "\(quoted(name)) in it is a link or a device, where a file is expected"
            ),
            help: saveAgain
        )
    }

    static func encrypted(_ name: String) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(zh: "其中的\(quoted(name))已加密", en: "\(quoted(name)) in it is encrypted"),
            help: LocalizedText(zh: "请去掉密码后另存一份", en: "save a copy without a password")
        )
    }

    static func oddName(_ name: String) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(
                zh: "其中有文件名不能用：\(quoted(name))",
                en: "a file in it has a name that is not allowed: \(quoted(name))"
            ),
            help: saveAgain
        )
    }

    static func oddCompression(_ name: String) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(
                zh: "其中的\(quoted(name))用了 Office 文件不用的压缩方法",
                en: "\(quoted(name)) in it is compressed in a way that Office files do not use"
            ),
            help: saveAgain
        )
    }

    static func damaged(_ name: String) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(zh: "其中的\(quoted(name))已损坏", en: "\(quoted(name)) in it is damaged"),
            help: LocalizedText(zh: "请重新复制或重新另存一份", en: "copy it once more, or save it again")
        )
    }

    static func missing(_ name: String) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(zh: "其中没有\(quoted(name))", en: "there is no \(quoted(name)) in it"),
            help: saveAgain
        )
    }
}
