public import Groundwork
internal import JSONDocument
internal import ReportDocument

/// A name outside a text: a list to repeat over, a condition, the value of a bar. Written like a name in a text, forms of
/// lists included: `lines`, `organisations.applicant`, `reversed(cuts)`.
public struct PlacedPath: Sendable {
    public var path: NamePath
    public var pointer: JSONPointer
    /// Whether it is all that stands there; a name in a longer condition has a place of its own.
    var isWhole = true

    init(path: NamePath, pointer: JSONPointer, isWhole: Bool = true) {
        (self.path, self.pointer, self.isWhole) = (path, pointer, isWhole)
    }
}

extension ValueReader {
    /// A path; reports anything that is not written like a name.
    func path() -> PlacedPath? {
        guard let text = text() else { return nil }
        do throws(NamePath.Mistake) {
            let path = try NamePath(Blanks.trimmed(text[...]), at: TextPlace(line: 1, column: 1))
            guard path.start == .scopes else { throw .malformed }
            if let form = path.forms.first(where: { !$0.isOfList }) { throw .unknownForm(form.rawValue) }
            return PlacedPath(path: path, pointer: pointer)
        } catch {
            log.add(diagnostic(error, text, at: pointer))
            return nil
        }
    }

    private func diagnostic(
        _ mistake: NamePath.Mistake,
        _ text: String,
        at pointer: JSONPointer
    ) -> ConfigurationDiagnostic {
        switch mistake {
        case .malformed: notAPath(text, at: pointer)
        case .unknownForm(let form): notOfLists(form, at: pointer)
        case .lacksText(let form), .takesNoText(let form): notOfLists(form.rawValue, at: pointer)
        }
    }
}

// MARK: - Messages

private func notAPath(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "template/path",
        message: LocalizedText(zh: "\"\(text)\"不是名称", en: "\"\(text)\" is not a name"),
        pointer: pointer,
        help: Wording.hasTags(text)
            ? LocalizedText(zh: "此处写名称本身，不加 {{ }}", en: "write the name itself here, without {{ }}")
            : LocalizedText(zh: "写法如 lines、project.name", en: "write lines or project.name")
    )
}

private func notOfLists(_ name: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "template/path",
        message: LocalizedText(zh: "列表没有格式\"\(name)\"", en: "lists have no form \"\(name)\""),
        pointer: pointer,
        help: suggestion(for: name, among: ValueForm.allCases.filter(\.isOfList).map(\.rawValue))
    )
}
