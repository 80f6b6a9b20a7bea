import OfficeFiles
import ReviewModel

/// Which style of a firm's document each of ours becomes: one that the settings name, else one of the usual names. What it has
/// none for gets the house's.
struct FirmStyles {
    private(set) var ids = StyleIDs()
    /// What the firm's document has no style for.
    private(set) var added: [StyleRole] = []
    /// Names in the settings that the firm's document has not.
    private(set) var unknown: [(role: StyleRole, name: String)] = []
    /// The type of its running text.
    private var running: StyleIDs.Face?

    /// - Parameter chosen: names of styles by role, as the settings have them.
    init(_ styles: [FirmStyle], chosen: [StyleRole: String] = [:]) {
        running = styles.first { $0.isDefault && $0.kind == StyleRole.Kind.paragraph.rawValue }.map {
            StyleIDs.Face(size: $0.size, font: $0.font)
        }
        var taken = Set(styles.map(\.id))
        func find(_ name: String, _ role: StyleRole) -> FirmStyle? {
            styles.first { $0.kind == role.kind.rawValue && $0.name.lowercased() == name.lowercased() }
        }
        for role in StyleRole.allCases {
            if let name = chosen[role] {
                if let style = find(name, role) {
                    take(style, role)
                    continue
                }
                unknown.append((role, name))
            }
            if let style = role.names.lazy.compactMap({ find($0, role) }).first {
                take(style, role)
                continue
            }
            var id = role.id
            while !taken.insert(id).inserted { id += "1" }
            ids.own[role] = id
            added.append(role)
        }
        running = ids.types[.body] ?? ids.types[.normal] ?? running
        ids.running = running
        ids.centresSubtitle = added.contains(.coverTitle) && !added.contains(.coverSubtitle)
        // A heading outside the contents counts as the one that it looks like.
        for role in added where role.likeness.map({ ids.counted.contains($0) && !added.contains($0) }) == true {
            ids.counted.insert(role)
        }
    }

    private mutating func take(_ style: FirmStyle, _ role: StyleRole) {
        ids.own[role] = style.id
        if style.isCounted { ids.counted.insert(role) }
        ids.types[role] = StyleIDs.Face(size: style.size, font: style.font)
        if StyleRole.headings.contains(role),
            !role.names.contains(where: { $0.lowercased() == style.name.lowercased() })
        {
            ids.headingNames[role] = style.name
        }
    }

    /// Those of ``added`` that a firm is told of: Word has a style of its own for the purpose.
    var missing: [StyleRole] {
        let told: Set<StyleRole> = [
            .body, .title, .heading1, .heading2, .heading3, .heading4, .caption, .contents1, .contents2,
            .footnoteText,
            .table,
        ]
        return added.filter(told.contains)
    }

    /// The added styles as elements of `w:styles`.
    ///
    /// - Parameter house: in the type of the firm.
    func definitions(_ house: HouseStyle) -> String {
        let part = StylesPart(house: house)
        return added.map { role in
            // The firm's own heading is what a heading outside the contents is to look like.
            let likeness = role.likeness.flatMap { added.contains($0) ? nil : $0 }
            // What leads into the firm's running text is indented as that is.
            let running = role == .lead && !added.contains(.body) ? StyleRole.body : nil
            return part.definition(role, id: ids[role], isFirm: true, like: likeness, running: running) { ids[$0] }
        }.joined()
    }
}
