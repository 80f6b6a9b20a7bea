internal import ReviewModel
internal import SpecLoading

extension Spec {
    /// The plugins whose version is not one that the spec will do with.
    ///
    /// - Parameter versions: what the plugins say of themselves, by name; others have not been asked.
    func versionMistakes(_ versions: [String: String]) -> [ConfigurationDiagnostic] {
        plugins.compactMap { plugin in
            guard let requirement = plugin.version, let text = versions[plugin.name] else { return nil }
            let pointer = JSONPointer(["plugins", plugin.name, "version"])
            guard let version = PluginVersion(text) else {
                return cannotBeCompared(plugin.name, text, requirement, at: pointer)
            }
            return requirement.allows(version) ? nil : isOtherVersion(plugin.name, version, requirement, at: pointer)
        }
    }
}

// MARK: - Messages

private func isOtherVersion(
    _ plugin: String,
    _ version: PluginVersion,
    _ requirement: VersionRequirement,
    at pointer: JSONPointer
) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "plan/plugin-version",
        message: LocalizedText(
            zh: "插件\(quoted(plugin))的版本是 \(version)，此处要求 \(requirement)",
            en: "the plugin \(quoted(plugin)) is version \(version), where \(requirement) is asked for"
        ),
        pointer: pointer,
        help: LocalizedText(
            zh: "请安装符合要求的版本（pingshen plugins add），或改写此处的要求",
            en: "install a version that will do (pingshen plugins add), or change what is asked for here"
        )
    )
}

private func cannotBeCompared(
    _ plugin: String,
    _ version: String,
    _ requirement: VersionRequirement,
    at pointer: JSONPointer
) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "plan/plugin-version",
        message: LocalizedText(
            zh: "插件\(quoted(plugin))自称版本 \(quoted(version))，无法与 \(requirement) 比较",
            en:
                "the plugin \(quoted(plugin)) says that its version is \(quoted(version)), which cannot be held against \(requirement)"
        ),
        pointer: pointer,
        help: LocalizedText(
            zh: "版本应为 1.2.0 这样的数字；请更换插件的版本，或去掉此处的要求",
            en:
                "versions are numbers such as 1.2.0; get another version of the plugin, or remove what is asked for here"
        )
    )
}
