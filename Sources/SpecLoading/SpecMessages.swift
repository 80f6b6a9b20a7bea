internal import ReviewModel

func unknownVersion(_ version: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "spec/version",
        message: LocalizedText(
            zh: "不支持的格式版本 \(version)（本程序支持 \(Spec.formatVersion)）",
            en: "unknown format version \(version); this program reads version \(Spec.formatVersion)"
        ),
        pointer: pointer,
        help: LocalizedText(
            zh: version > Spec.formatVersion ? "请更新 pingshen" : "请写 pingshen: \(Spec.formatVersion)",
            en: version > Spec.formatVersion ? "update pingshen" : "write pingshen: \(Spec.formatVersion)"
        )
    )
}

func takenID(_ id: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "spec/taken-id",
        message: LocalizedText(
            zh: "编号\(quoted(id))是批量评审存放汇总的文件夹名，评审结果会与之混在一起",
            en:
                "the id \(quoted(id)) is the name of the folder in which a batch keeps its own, beside those of the reviews"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "请改用其他编号", en: "give the spec another")
    )
}

func badID(_ id: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "spec/bad-id",
        message: LocalizedText(
            zh: "\(quoted(id))不能作为编号：只能用字母、数字、\"-\"、\"_\"和\".\"",
            en: "\(quoted(id)) cannot be an id: use letters, digits, \"-\", \"_\" and \".\""
        ),
        pointer: pointer,
        help: oddCharacterHint(in: id) ?? LocalizedText(zh: "它是输出文件夹的名称", en: "it names the folder of the output")
    )
}

func emptyCommand(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "spec/empty-command",
        message: LocalizedText(zh: "命令为空", en: "the command is empty"),
        pointer: pointer,
        help: LocalizedText(
            zh: "如 command: [python3, ./my_scorer.py]",
            en: "such as command: [python3, ./my_scorer.py]"
        )
    )
}

func badRequirement(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    let isVersion = PluginVersion(text) != nil
    return ConfigurationDiagnostic(
        code: "spec/bad-version",
        message: LocalizedText(
            zh: "\(quoted(text))没有说明要求什么版本：应为 =、>=、>、<=、< 或 ~> 加版本号，逗号表示“并且”",
            en:
                "\(quoted(text)) does not say which versions will do: expected =, >=, >, <=, < or ~> and a version, commas for \"and\""
        ),
        pointer: pointer,
        help: isVersion
            ? LocalizedText(
                zh: "请写 version: \"=\(text)\"（正是此版本）或 version: \">=\(text)\"（此版本或更新的）",
                en:
                    "write version: \"=\(text)\" for this one only, or version: \">=\(text)\" for this one and newer ones"
            ) : LocalizedText(zh: "如 \(VersionRequirement.example)", en: "such as \(VersionRequirement.example)")
    )
}

func duplicateStep(_ id: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "spec/duplicate-step",
        message: LocalizedText(zh: "步骤\(quoted(id))重复", en: "the step \(quoted(id)) stands twice"),
        pointer: pointer,
        help: LocalizedText(zh: "每一步须有不同的名称", en: "give every step a name of its own")
    )
}

func tooManySteps(_ count: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "spec/too-many-steps",
        message: LocalizedText(
            zh: "评审步骤有 \(count) 个，最多 \(Spec.maximumSteps) 个",
            en: "the pipeline has \(count) steps, at most \(Spec.maximumSteps) are taken"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "请把它分成几个 spec", en: "make several specs of it")
    )
}

func tooManyPlugins(_ count: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "spec/too-many-plugins",
        message: LocalizedText(
            zh: "插件有 \(count) 个，最多 \(Spec.maximumSteps) 个",
            en: "there are \(count) plugins, at most \(Spec.maximumSteps) are taken"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "请只写流程中用到的插件", en: "name those that the pipeline uses")
    )
}

func noDay(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "spec/no-day",
        message: LocalizedText(
            zh: "有豁免写了到期日，但没有写评审日期",
            en: "a waiver runs out some day, but the day of the review is not stated"
        ),
        pointer: pointer,
        help: LocalizedText(
            zh: "请写 as_of: 2026-01-31；同一份 spec 不应因运行的日子不同而结果不同",
            en: "add as_of: 2026-01-31; a spec must not change its result with the day it is run"
        )
    )
}
