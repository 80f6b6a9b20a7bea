internal import Groundwork
internal import JSONDocument

/// One change that a template makes to the one that it extends.
///
///     - {replace: opinion, blocks: […]}
///     - {remove: annex-3}
///     - {before: opinion, blocks: […]}     also after
///     - {append: […]}                      also prepend
struct TemplateChange {
    private enum Kind: String, CaseIterable {
        case replace, remove, before, after, append, prepend

        var namesBlock: Bool { self != .append && self != .prepend }
    }

    private let kind: Kind
    private let id: String
    private let blocks: [TemplateBlock]

    /// The blocks with all changes made, in their order; a change that fits nothing is reported.
    static func apply(_ reader: ValueReader, to base: [TemplateBlock]) -> [TemplateBlock] {
        var blocks = base
        for reader in reader.list() {
            guard let record = reader.record() else { continue }
            let kinds = Kind.allCases.filter { record.record[$0.rawValue] != nil }
            guard let kind = kinds.first, kinds.count == 1 else {
                reader.log.add(unknownChange(at: reader.pointer))
                continue
            }
            let change = TemplateChange(kind, record)
            record.finish()
            guard let change else { continue }
            if !change.apply(to: &blocks) {
                let ids = blocks.flatMap(\.ids)
                reader.log.add(unknownId(change.id, among: ids, at: reader.pointer / kind.rawValue))
            }
        }
        return blocks
    }

    private init?(_ kind: Kind, _ record: RecordReader) {
        guard let value = record.required(kind.rawValue) else { return nil }
        self.kind = kind
        if kind.namesBlock {
            guard let id = value.text() else { return nil }
            self.id = id
            blocks = kind == .remove ? [] : record.required("blocks").map { TemplateReader().blocks($0) } ?? []
        } else {
            id = ""
            blocks = TemplateReader().blocks(value)
        }
    }

    /// `false` when no block has the id.
    private func apply(to blocks: inout [TemplateBlock]) -> Bool {
        switch kind {
        case .append: blocks += self.blocks
        case .prepend: blocks = self.blocks + blocks
        default:
            var changed: [TemplateBlock] = []
            var isFound = false
            for block in blocks {
                let (result, found) = applied(to: block)
                changed += result
                isFound = isFound || found
            }
            blocks = changed
            return isFound
        }
        return true
    }

    private func applied(to block: TemplateBlock) -> ([TemplateBlock], found: Bool) {
        switch block {
        case .named(id, _):
            switch kind {
            case .before: return (blocks + [block], true)
            case .after: return ([block] + blocks, true)
            default: return (blocks, true)
            }
        case .named(let id, var inner):
            let isFound = inner.changeInside { apply(to: &$0) }
            return ([.named(id, inner)], isFound)
        default:
            var inner = block
            let isFound = inner.changeInside { apply(to: &$0) }
            return ([inner], isFound)
        }
    }
}

extension TemplateBlock {
    /// Changes the blocks that stand inside this one; `false` when there are none or none was changed.
    fileprivate mutating func changeInside(_ change: (inout [TemplateBlock]) -> Bool) -> Bool {
        switch self {
        case .each(let repetition, var blocks):
            let isChanged = change(&blocks)
            self = .each(repetition, blocks: blocks)
            return isChanged
        case .when(let condition, var blocks, var otherwise):
            let (first, second) = (change(&blocks), change(&otherwise))
            self = .when(condition, blocks: blocks, otherwise: otherwise)
            return first || second
        default: return false
        }
    }

    /// Its id, and those of the blocks inside it.
    fileprivate var ids: [String] {
        switch self {
        case .named(let id, let block): [id] + block.ids
        case .each(_, let blocks): blocks.flatMap(\.ids)
        case .when(_, let blocks, let otherwise): (blocks + otherwise).flatMap(\.ids)
        default: []
        }
    }
}

// MARK: - Messages

private func unknownChange(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "template/unknown-change",
        message: LocalizedText(
            zh: "一处修改只能是 replace、remove、before、after、append、prepend 之一",
            en: "a change is one of replace, remove, before, after, append, prepend"
        ),
        pointer: pointer
    )
}

private func unknownId(_ id: String, among ids: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "template/unknown-id",
        message: LocalizedText(zh: "没有 id 为\"\(id)\"的内容块", en: "no block has the id \"\(id)\""),
        pointer: pointer,
        help: suggestion(for: id, among: ids)
            ?? LocalizedText(
                zh: "可用的有：\(ids.joined(separator: "、"))",
                en: "known here: \(ids.joined(separator: ", "))"
            )
    )
}
