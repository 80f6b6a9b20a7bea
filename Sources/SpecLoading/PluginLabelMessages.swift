internal import ReviewModel

/// What is said of a `plugin.yaml`.
enum PluginLabelMessages {
    static func noTags(_ tag: String) -> LocalizedText {
        LocalizedText(
            zh: "plugin.yaml 中不能使用 \(tag)：插件的说明只此一个文件",
            en: "plugin.yaml has no \(tag): what it says stands in this one file"
        )
    }

    static func unknownFormat(_ version: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
        ConfigurationDiagnostic(
            code: "plugin/format",
            message: LocalizedText(zh: "不支持的格式版本 \(version)", en: "unknown format version \(version)"),
            pointer: pointer,
            help: LocalizedText(
                zh: version > PluginLabel.formatVersion ? "请更新 pingshen" : "请写 pingshen: \(PluginLabel.formatVersion)",
                en: version > PluginLabel.formatVersion
                    ? "update pingshen" : "write pingshen: \(PluginLabel.formatVersion)"
            )
        )
    }

    static func badName(_ name: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
        ConfigurationDiagnostic(
            code: "plugin/name",
            message: LocalizedText(
                zh: "\(quoted(name)) 不能作插件名：只用小写字母、数字和连字符，以字母开头，最多 60 个字符",
                en:
                    "\(quoted(name)) is no name for a plugin: lower-case letters, digits and hyphens, a letter first, 60 at most"
            ),
            pointer: pointer,
            help: LocalizedText(zh: "如 unit-price-check", en: "such as unit-price-check")
        )
    }

    static func badVersion(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
        let isNumber = ExactDecimal(text) != nil && text.contains(".")
        return ConfigurationDiagnostic(
            code: "plugin/version",
            message: isNumber
                ? LocalizedText(
                    zh: "\(text) 对 YAML 来说是数字，1.10 会读成 1.1",
                    en: "\(text) is a number to YAML, which reads 1.10 as 1.1"
                ) : LocalizedText(zh: "\(quoted(text)) 不是版本号", en: "\(quoted(text)) is no version"),
            pointer: pointer,
            help: LocalizedText(
                zh: isNumber ? "请写三段或加引号：\(text).0，\"\(text)\"" : "如 1.2.0，1.2.0-rc.1",
                en: isNumber ? "write three numbers, or quotes: \(text).0, \"\(text)\"" : "such as 1.2.0 or 1.2.0-rc.1"
            )
        )
    }

    static func badLine(_ limit: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
        ConfigurationDiagnostic(
            code: "plugin/line",
            message: LocalizedText(
                zh: "此处应为一行文字，1 到 \(limit) 个字",
                en: "expected one line of 1 to \(limit) characters"
            ),
            pointer: pointer
        )
    }

    static func badAddress(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
        ConfigurationDiagnostic(
            code: "plugin/homepage",
            message: LocalizedText(zh: "\(quoted(text)) 不是网址", en: "\(quoted(text)) is no address of a page"),
            pointer: pointer,
            help: LocalizedText(zh: "如 https://example.org/unit-check", en: "such as https://example.org/unit-check")
        )
    }

    static func unknownProtocol(_ number: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
        let known = PluginLabel.knownProtocols.map(String.init).joined(separator: ", ")
        return ConfigurationDiagnostic(
            code: "plugin/protocol",
            message: LocalizedText(
                zh: "本程序不支持插件协议的第 \(number) 版（支持：\(known)）",
                en: "this program does not speak version \(number) of the plugin protocol; it speaks: \(known)"
            ),
            pointer: pointer,
            help: number > (PluginLabel.knownProtocols.max() ?? 0)
                ? LocalizedText(zh: "请更新 pingshen", en: "update pingshen") : nil
        )
    }

    static func leadsOut(_ path: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
        ConfigurationDiagnostic(
            code: "plugin/outside",
            message: LocalizedText(
                zh: "\(quoted(path)) 通到插件文件夹之外，别的机器上没有",
                en: "\(quoted(path)) leads out of the plugin's folder, and other machines do not have it"
            ),
            pointer: pointer,
            help: LocalizedText(
                zh: "插件自己的文件写成 ./ 开头的路径；机器上的程序只写名称，并写进 needs",
                en: "name the plugin's own files by ./ and programs of the machine by their names, under needs as well"
            )
        )
    }

    static func isNotThere(_ path: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
        ConfigurationDiagnostic(
            code: "plugin/no-file",
            message: LocalizedText(
                zh: "插件文件夹中没有 \(quoted(path))",
                en: "there is no \(quoted(path)) in the plugin's folder"
            ),
            pointer: pointer,
            help: LocalizedText(zh: "请检查路径；链接不算", en: "check the path; links do not count")
        )
    }

    static func badProgram(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
        ConfigurationDiagnostic(
            code: "plugin/program",
            message: LocalizedText(
                zh: "\(quoted(text)) 既不是 PATH 上的程序名，也不是 ./ 开头的路径",
                en: "\(quoted(text)) is neither the name of a program on PATH nor a path that begins with ./"
            ),
            pointer: pointer,
            help: LocalizedText(
                zh: "如 command: [python3, ./my_check.py]",
                en: "such as command: [python3, ./my_check.py]"
            )
        )
    }

    static func isRelative(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
        ConfigurationDiagnostic(
            code: "plugin/relative",
            message: LocalizedText(
                zh: "\(quoted(text)) 是插件文件夹中的文件，但插件不在那里启动",
                en: "\(quoted(text)) is a file of the plugin's folder, from where it is not started"
            ),
            pointer: pointer,
            help: LocalizedText(zh: "请写 ./\(text)", en: "write ./\(text)")
        )
    }

    static func emptyCommand(at pointer: JSONPointer) -> ConfigurationDiagnostic {
        ConfigurationDiagnostic(
            code: "plugin/empty-command",
            message: LocalizedText(zh: "命令为空", en: "the command is empty"),
            pointer: pointer,
            help: LocalizedText(
                zh: "如 command: [python3, ./my_check.py]",
                en: "such as command: [python3, ./my_check.py]"
            )
        )
    }

    static func tooManyFiles(_ count: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
        ConfigurationDiagnostic(
            code: "plugin/too-many-files",
            message: LocalizedText(
                zh: "列了 \(count) 个，最多 \(PluginLabel.maximumFiles) 个",
                en: "\(count) are named, where at most \(PluginLabel.maximumFiles) are expected"
            ),
            pointer: pointer,
            help: LocalizedText(zh: "请写文件夹", en: "name folders")
        )
    }

    static func badNeed(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
        ConfigurationDiagnostic(
            code: "plugin/need",
            message: LocalizedText(
                zh: "\(quoted(text)) 看不出需要什么：应为程序名，后面可写版本要求",
                en:
                    "\(quoted(text)) does not say what is needed: expected a program's name, perhaps with the versions that will do"
            ),
            pointer: pointer,
            help: LocalizedText(zh: "如 jq，python3 >= 3.9", en: "such as jq, or python3 >= 3.9")
        )
    }
}
