internal import PluginRuntime
internal import ReviewModel
internal import SpecLoading

/// Looks whether the machine has the programs that a plugin needs.
///
/// - Throws: ``PluginAddError/lacking(name:_:)`` with a sentence for each that it has not.
func requireNeeds(of label: PluginLabel, _ catalog: PluginCatalog) async throws {
    var lacks: [LocalizedText] = []
    for need in label.needs {
        guard let path = catalog.path(ofProgram: need.program) else {
            lacks.append(isNotThere(need))
            continue
        }
        guard let requirement = need.requirement else { continue }
        let said = try await versionOfProgram(path)
        guard let version = said.version else {
            lacks.append(saysNoVersion(need, path, said.text))
            continue
        }
        if !requirement.allows(version) { lacks.append(isOther(need, path, version)) }
    }
    if !lacks.isEmpty { throw PluginAddError.lacking(name: label.name, lacks) }
}

// MARK: - Messages

private func isNotThere(_ need: PluginLabel.ProgramNeed) -> LocalizedText {
    LocalizedText(
        zh: "它需要 \(need.text)，PATH 上没有 \(need.program)；请先安装",
        en: "it needs \(need.text), and there is no \(need.program) on PATH; install it"
    )
}

private func isOther(_ need: PluginLabel.ProgramNeed, _ path: String, _ version: PluginVersion) -> LocalizedText {
    LocalizedText(
        zh: "它需要 \(need.text)，\(path) 的版本是 \(version)；请安装符合要求的版本",
        en: "it needs \(need.text), and \(path) is version \(version); install one that will do"
    )
}

private func saysNoVersion(_ need: PluginLabel.ProgramNeed, _ path: String, _ text: String) -> LocalizedText {
    LocalizedText(
        zh: "它需要 \(need.text)，\(path) --version 没有说明版本（\(quoted(text))）",
        en: "it needs \(need.text), and \(path) --version does not say which it is (\(quoted(text)))"
    )
}
