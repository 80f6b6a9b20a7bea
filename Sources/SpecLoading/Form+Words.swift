package import ReviewModel

extension Form {
    /// A place in a dossier as a person would say it who knows the form: `明细 第 3 行（L03）金额`, `项目 名称`; `nil` for what
    /// the form does not have.
    ///
    /// - Parameter dossier: for the keys of rows.
    package func words(for pointer: JSONPointer, in dossier: Dossier) -> LocalizedText? {
        switch pointer.tokens.first {
        case "tables" where pointer.tokens.count > 1: words(inTable: Array(pointer.tokens.dropFirst()), dossier)
        case "fields" where pointer.tokens.count > 1: words(forField: pointer.tokens.dropFirst(), among: fields)
        default: nil
        }
    }

    private func words(inTable tokens: [String], _ dossier: Dossier) -> LocalizedText? {
        guard let schema = tables.first(where: { $0.name == tokens[0] }) else { return nil }
        guard tokens.count > 1, let index = Int(tokens[1]) else { return schema.title }
        let key = schema.key.flatMap { dossier.table(schema.name)?.cell(row: index, column: $0).scalarText } ?? ""
        let column = tokens.count > 2 ? schema.cells.first { $0.column.name == tokens[2] }?.column.title : nil
        return rowWords(schema.title, number: index + 1, key: key, column: column)
    }

    private func words(forField path: ArraySlice<String>, among members: [FieldShape.Member]) -> LocalizedText? {
        guard let first = path.first, let member = members.first(where: { $0.name == first }) else { return nil }
        let rest = path.dropFirst()
        guard !rest.isEmpty else { return member.title }
        guard case .group(let inner) = member.shape else { return member.title }
        guard let below = words(forField: rest, among: inner) else { return member.title }
        return LocalizedText(zh: "\(member.title.zh) \(below.zh)", en: "\(member.title.en), \(below.en)")
    }
}

private func rowWords(_ table: LocalizedText, number: Int, key: String, column: LocalizedText?) -> LocalizedText {
    LocalizedText(
        zh: "\(table.zh) 第 \(number) 行" + (key.isEmpty ? "" : "（\(key)）") + (column.map { " \($0.zh)" } ?? ""),
        en: "\(table.en), row \(number)" + (key.isEmpty ? "" : " (\(key))") + (column.map { ", \($0.en)" } ?? "")
    )
}
