import ReviewModel

/// Names something of the model outside a text: a list to repeat over, a condition, the value of a bar.
///
/// Written like a name in a text, transforms of lists included: `lines`, `organisations.applicant`, `reversed(cuts)`.
struct ListPath: Hashable, Sendable {
    let name: String
    let transforms: [String]
    let pointer: JSONPointer

    /// What the path names in `scope`; `nil` when there is no such name. Only the last part may be absent silently.
    func node(in scope: Scope) -> ModelNode? {
        let parts = name.split(separator: ".").map(String.init)
        guard let first = parts.first, var node = scope.node(named: first) else {
            report(in: scope)
            return nil
        }
        for (position, part) in parts.enumerated().dropFirst() {
            guard let member = node.record?[part] else {
                if position < parts.count - 1 || node.record == nil { report(in: scope) }
                return nil
            }
            node = member
        }
        return transforms.reversed().reduce(node) { transformed($0, by: $1) }
    }

    private func report(in scope: Scope) {
        scope.names.add(.init(name: name, pointer: pointer, line: 1, column: 1))
    }

    private func transformed(_ node: ModelNode, by transform: String) -> ModelNode {
        let elements = node.elements
        switch transform {
        case "reversed": return .list(elements.reversed())
        case "first": return elements.first ?? .nothing
        case "last": return elements.last ?? .nothing
        case "count": return .integer(elements.count)
        case "empty": return .flag(elements.isEmpty)
        default: return node
        }
    }
}

extension ValueReader {
    /// A path; reports anything that is not written like a name.
    func listPath() -> ListPath? {
        guard let text = text() else { return nil }
        guard let (name, transforms) = call(trimmed(text[...])), !name.isEmpty, name != "." else {
            log.add(notAPath(text, at: pointer))
            return nil
        }
        for unknown in transforms where !ModelList.forms.contains(unknown) {
            log.add(unknownTransform(unknown, at: pointer))
        }
        return ListPath(name: name, transforms: transforms, pointer: pointer)
    }
}

// MARK: - Messages

private func notAPath(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "template/path",
        message: LocalizedText(zh: "\"\(text)\"不是名称", en: "\"\(text)\" is not a name"),
        pointer: pointer,
        help: LocalizedText(zh: "写法如 lines、declaration.payment_steps", en: "write lines or declaration.payment_steps")
    )
}

private func unknownTransform(_ name: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "template/path",
        message: LocalizedText(zh: "列表没有格式\"\(name)\"", en: "lists have no transform \"\(name)\""),
        pointer: pointer,
        help: suggestion(for: name, among: ModelList.forms)
    )
}
