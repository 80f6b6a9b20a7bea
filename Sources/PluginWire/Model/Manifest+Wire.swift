public import ReviewModel

/// The versions of the protocol that this library speaks.
public let supportedProtocolVersions = [1]

extension PluginManifest: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let plugin = record.required("plugin")?.record(),
            let name = plugin.required("name")?.text()
        else { return nil }
        self.init(
            name: name,
            version: plugin.optional("version")?.text() ?? "0",
            description: plugin.optional("description")?.text() ?? "",
            // A kind of role that another age knows is none of ours, and no reason to refuse the rest.
            roles: record.required("roles")?.list().filter(\.isKnownRole).compactMap(RoleDescription.init(wire:)) ?? []
        )
        kit = plugin.optional("kit")?.text() ?? ""
    }

    public var wire: Value {
        [
            "protocolVersions": .list(supportedProtocolVersions.map(Value.integer)), "plugin": identity,
            "roles": Value(wire: roles),
        ]
    }

    var identity: Value {
        var record: Record = ["name": .text(name), "version": .text(version), "description": .text(description)]
        record.setIfPresent("kit", .text(kit))
        return .record(record)
    }
}

extension ValueReader {
    fileprivate var isKnownRole: Bool { value["kind"]?.text.map { RoleKind(rawValue: $0) != nil } ?? true }
}

extension RoleDescription: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(),
            let kind = record.required("kind")?.oneOf(RoleKind.allCases.map(\.rawValue)).flatMap(RoleKind.init),
            let name = record.required("name")?.text()
        else { return nil }
        self.init(
            kind: kind,
            name: name,
            summary: record.optional("summary")?.text() ?? "",
            reads: record.optional("reads")?.texts() ?? [],
            requires: record.optional("requires")?.texts() ?? [],
            writes: record.optional("writes")?.texts() ?? [],
            reviewParts: record.optional("review")?.texts(),
            takes: record.optional("takes")?.texts() ?? [],
            onRequest: record.optional("onRequest")?.texts() ?? [],
            finds: record.optional("finds")?.boolean() ?? false,
            takesForm: record.optional("form")?.boolean() ?? false,
            fieldSetting: record.optional("fields")?.text(),
            configSchema: record.optional("configSchema")?.value ?? .null,
            idempotent: record.optional("idempotent")?.boolean() ?? true
        )
        deprecation = record.deprecation()
    }

    public var wire: Value {
        var record: Record = [
            "kind": .text(kind.rawValue), "name": .text(name), "summary": .text(summary), "reads": Value(reads),
        ]
        record.setIfPresent("requires", Value(requires))
        record.setIfPresent("writes", Value(writes))
        if let reviewParts { record["review"] = Value(reviewParts) }
        record.setIfPresent("takes", Value(takes))
        record.setIfPresent("onRequest", Value(onRequest))
        if finds { record["finds"] = .boolean(true) }
        if takesForm { record["form"] = .boolean(true) }
        if let fieldSetting { record["fields"] = .text(fieldSetting) }
        record.setIfPresent("configSchema", configSchema)
        record["idempotent"] = .boolean(idempotent)
        deprecation?.add(to: &record)
        return .record(record)
    }
}
