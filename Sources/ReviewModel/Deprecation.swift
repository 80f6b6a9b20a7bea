/// Says that a part of a plugin goes: a role, a setting, a rule.
public struct Deprecation: Sendable, Hashable {
    /// The version of the plugin since which it should not be used; empty where nobody says since when.
    public var from: String
    /// The version from which it may not be used; `nil` where nobody has said so yet.
    public var until: String?
    /// What to use in its place: the name of another, or a sentence. Empty where there is nothing.
    public var instead: LocalizedText

    public init(from: String, until: String? = nil, instead: LocalizedText = LocalizedText("")) {
        (self.from, self.until, self.instead) = (from, until, instead)
    }

    /// How far a plugin of a version has come.
    public enum Stage: Sendable, Hashable {
        /// It is still what it was.
        case announced
        /// It works and should not be used.
        case discouraged
        /// It may not be used any more.
        case gone
    }

    /// Where a version cannot be compared, it is discouraged.
    public func stage(at version: String) -> Stage {
        guard let version = PluginVersion(version) else { return .discouraged }
        if let until = until.flatMap(PluginVersion.init), version >= until { return .gone }
        if let from = PluginVersion(from), version < from { return .announced }
        return .discouraged
    }

    /// Why this can be no deprecation, for the author of the plugin; `nil` where it can.
    public var whatIsWrong: String? {
        if from.isEmpty, until == nil { return nil }
        guard let first = PluginVersion(from) else { return "\(quoted(from)) is no version such as 1.2" }
        guard let until else { return nil }
        guard let last = PluginVersion(until) else { return "\(quoted(until)) is no version such as 2.0" }
        return first < last ? nil : "it ends with \(until), which is not behind \(from)"
    }

    /// Since when, until when, and what instead, in half a sentence.
    public var words: LocalizedText {
        let (endZh, endEn) = until.map { ("，\($0) 版起取消", ", goes with \($0)") } ?? ("", "")
        let (otherZh, otherEn) = instead == LocalizedText("") ? ("", "") : ("，请改用 \(instead.zh)", "; use \(instead.en)")
        let (startZh, startEn) = from.isEmpty ? ("", "") : ("自 \(from) 版起", " since \(from)")
        return LocalizedText(zh: "\(startZh)不再建议使用\(endZh)\(otherZh)", en: "deprecated\(startEn)\(endEn)\(otherEn)")
    }
}

extension Deprecation {
    /// A use of it, told as its stage has it: nothing, a warning, or an error.
    ///
    /// - Parameters:
    ///   - owner: what it is: the role "x", the setting "y".
    ///   - version: that of the plugin.
    public func diagnostic(
        of owner: LocalizedText,
        plugin: String,
        version: String,
        at pointer: JSONPointer
    ) -> ConfigurationDiagnostic? {
        let help = instead == LocalizedText("") ? nil : LocalizedText(zh: "请改用 \(instead.zh)", en: "use \(instead.en)")
        let name = quoted(plugin)
        switch stage(at: version) {
        case .announced: return nil
        case .discouraged:
            let (endZh, endEn) = until.map { ("，\($0) 版起取消", " and goes with \($0)") } ?? ("", "")
            let (startZh, startEn) =
                from.isEmpty ? ("在插件\(name)中", "in") : ("自插件\(name)的 \(from) 版起", "since version \(from) of")
            return ConfigurationDiagnostic(
                severity: .warning,
                code: "plugin/deprecated",
                message: LocalizedText(
                    zh: "\(owner.zh)\(startZh)不再建议使用\(endZh)",
                    en: "\(owner.en) is deprecated \(startEn) the plugin \(name)\(endEn)"
                ),
                pointer: pointer,
                help: help
            )
        case .gone:
            let end = until ?? from
            return ConfigurationDiagnostic(
                code: "plugin/gone",
                message: LocalizedText(
                    zh: "\(owner.zh)自插件\(name)的 \(end) 版起已取消，现为 \(version) 版",
                    en: "\(owner.en) is gone since version \(end) of the plugin \(name), which is \(version)"
                ),
                pointer: pointer,
                help: help ?? LocalizedText(zh: "请去掉", en: "remove it")
            )
        }
    }
}
