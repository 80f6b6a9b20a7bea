public import ReviewModel

extension TargetTaxonomy {
    /// Reads a taxonomy from settings:
    ///
    ///     version: "2021"
    ///     source: 财预〔2021〕101号
    ///     kinds:
    ///       - code: cost
    ///         name: {zh: 成本, en: cost}
    ///         parts:
    ///           - {code: economic_cost, name: {zh: 经济成本, en: economic cost}}
    ///         places:
    ///           - {level1: 成本指标, level2: 经济成本指标, part: economic_cost}
    ///           - {level1: 产出指标, level2: 成本指标, version: older}
    public init?(_ reader: ValueReader) {
        guard let record = reader.record(), let list = record.required("kinds") else { return nil }
        kinds = list.list().compactMap(Self.kind)
        version = record.optional("version")?.text() ?? ""
        source = record.optional("source")?.text() ?? ""
        record.finish()
        if list.value == .list([]) { reader.log.add(noKinds(at: list.pointer)) }
        lint(reader, list.pointer)
    }

    private static func kind(_ reader: ValueReader) -> TargetKind? {
        guard let record = reader.record(), let code = record.required("code")?.text(),
            let places = record.required("places")
        else { return nil }
        let name = record.optional("name")?.localizedText() ?? LocalizedText(code)
        let parts = record.optional("parts")?.list().compactMap(part) ?? []
        record.finish()
        return TargetKind(
            code: code,
            name: name,
            parts: parts,
            places: places.list().compactMap { place($0, parts.map(\.code)) }
        )
    }

    private static func part(_ reader: ValueReader) -> TargetKind.Part? {
        guard let record = reader.record(), let code = record.required("code")?.text() else { return nil }
        let name = record.optional("name")?.localizedText() ?? LocalizedText(code)
        record.finish()
        return TargetKind.Part(code, name)
    }

    private static func place(_ reader: ValueReader, _ parts: [String]) -> TargetKind.Place? {
        guard let record = reader.record() else { return nil }
        let (level1, level2) = (record.required("level1")?.text(), record.required("level2")?.text())
        let version = record.optional("version")?.text() ?? ""
        let part = record.optional("part")?.oneOf(parts) ?? ""
        record.finish()
        guard let level1, let level2 else { return nil }
        return TargetKind.Place(level1, level2, version: version, part: part)
    }

    /// A place belongs to one kind, a code to one entry.
    private func lint(_ reader: ValueReader, _ pointer: JSONPointer) {
        var (codes, places) = (Set<String>(), [TargetKind.Place: String]())
        for (position, kind) in kinds.enumerated() {
            if !codes.insert(kind.code).inserted {
                reader.log.add(duplicateKind(kind.code, at: pointer / position / "code"))
            }
            for (inner, part) in kind.parts.enumerated() where !codes.insert(part.code).inserted {
                reader.log.add(duplicateKind(part.code, at: pointer / position / "parts" / inner / "code"))
            }
            for place in kind.places {
                let bare = TargetKind.Place(place.level1, place.level2)
                if let other = places[bare] {
                    reader.log.add(sharedPlace(place, other, kind.code, at: pointer / position / "places"))
                }
                places[bare] = kind.code
            }
        }
    }
}

// MARK: - Messages

private func noKinds(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "taxonomy/no-kinds",
        message: LocalizedText(zh: "目标分类没有任何类别", en: "the taxonomy has no kinds"),
        pointer: pointer,
        help: LocalizedText(zh: "请列出 kinds，或删去 taxonomy 使用默认分类", en: "list the kinds, or leave the taxonomy out")
    )
}

private func duplicateKind(_ code: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "taxonomy/duplicate-kind",
        message: LocalizedText(zh: "目标类别\"\(code)\"重复", en: "the kind \"\(code)\" stands twice"),
        pointer: pointer,
        help: LocalizedText(zh: "请合并为一项，列出全部 places", en: "merge them into one with all its places")
    )
}

private func sharedPlace(
    _ place: TargetKind.Place,
    _ first: String,
    _ second: String,
    at pointer: JSONPointer
) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "taxonomy/shared-place",
        message: LocalizedText(
            zh: "\"\(place.level1) / \(place.level2)\"同时属于\"\(first)\"和\"\(second)\"",
            en: "\"\(place.level1) / \(place.level2)\" belongs to both \"\(first)\" and \"\(second)\""
        ),
        pointer: pointer,
        help: LocalizedText(zh: "请只保留一处", en: "keep one of them")
    )
}
