public import ReviewModel

/// `initialize`: the first message. The host offers versions, the plugin picks one and says what it is.
public struct Initialize: WireRequest {
    public static let method = "initialize"
    public static let asker = Asker.host
    public static let summary = "the handshake"
    public var protocolVersions: [Int]
    public var hostName: String
    public var hostVersion: String
    public var locale: Locale
    public var limits: WireLimits
    public var capabilities: Set<Capability>

    public init(
        protocolVersions: [Int] = supportedProtocolVersions,
        hostName: String,
        hostVersion: String,
        locale: Locale,
        limits: WireLimits = .standard,
        capabilities: Set<Capability> = .host
    ) {
        self.protocolVersions = protocolVersions
        self.hostName = hostName
        self.hostVersion = hostVersion
        self.locale = locale
        self.limits = limits
        self.capabilities = capabilities
    }

    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let versions = record.required("protocolVersions") else { return nil }
        let host = record.optional("host")?.value
        self.init(
            protocolVersions: versions.list().compactMap { $0.integer() },
            hostName: host?["name"]?.text ?? "",
            hostVersion: host?["version"]?.text ?? "",
            locale: record.optional("locale")?.text().flatMap(Locale.init) ?? .zh,
            limits: record.optional("limits").flatMap(WireLimits.init(wire:)) ?? .standard,
            capabilities: record.optional("capabilities").flatMap(Set.init(wire:)) ?? []
        )
    }

    public var wire: Value {
        [
            "protocolVersions": .list(protocolVersions.map(Value.integer)),
            "host": ["name": .text(hostName), "version": .text(hostVersion)], "locale": .text(locale.rawValue),
            "limits": limits.wire, "capabilities": capabilities.wire,
        ]
    }

    /// What the plugin answers.
    public struct Response: WireValue {
        public var protocolVersion: Int
        public var manifest: PluginManifest
        public var limits: WireLimits
        public var capabilities: Set<Capability>

        public init(
            protocolVersion: Int,
            manifest: PluginManifest,
            limits: WireLimits = .standard,
            capabilities: Set<Capability> = .both
        ) {
            self.protocolVersion = protocolVersion
            self.manifest = manifest
            self.limits = limits
            self.capabilities = capabilities
        }

        public init?(wire reader: ValueReader) {
            guard let record = reader.record(), let version = record.required("protocolVersion")?.integer(),
                let manifest = PluginManifest(wire: reader)
            else { return nil }
            self.init(
                protocolVersion: version,
                manifest: manifest,
                limits: record.optional("limits").flatMap(WireLimits.init(wire:)) ?? .standard,
                capabilities: record.optional("capabilities").flatMap(Set.init(wire:)) ?? []
            )
        }

        public var wire: Value {
            [
                "protocolVersion": .integer(protocolVersion), "plugin": manifest.identity,
                "roles": Value(wire: manifest.roles), "limits": limits.wire,
                "capabilities": capabilities.wire,
            ]
        }
    }

    /// The error of a plugin that speaks none of the offered versions: which side to update, and how.
    public static func noCommonVersion(requested: [Int], plugin: String) -> RPCError {
        let newest = requested.max() ?? 0
        let side = newest < (supportedProtocolVersions.min() ?? 1) ? "pingshen" : "the plugin \"\(plugin)\""
        return RPCError(
            .versionNotSupported,
            "\(plugin) speaks protocol \(supportedProtocolVersions), the host offers \(requested)",
            kind: .user,
            help: "update \(side) to a release that speaks a common version of the protocol"
        )
    }
}

extension WireLimits: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        let standard = WireLimits.standard
        self.init(
            lineBytes: record.optional("lineBytes")?.integer() ?? standard.lineBytes,
            depth: record.optional("depth")?.integer() ?? standard.depth,
            requestsInFlight: record.optional("requestsInFlight")?.integer() ?? standard.requestsInFlight
        )
        guard lineBytes > 0, depth > 0, requestsInFlight > 0 else { return nil }
    }

    public var wire: Value {
        [
            "lineBytes": .integer(lineBytes), "depth": .integer(depth), "requestsInFlight": .integer(requestsInFlight),
        ]
    }
}
