internal import LocalFiles
internal import ReviewModel

/// What a whole review was made from, and what came of it: where all of that is as it was, it need not be made again.
struct ReviewRecord: Sendable {
    var item: BatchItem
    var sources: [Surroundings.Source]
    /// What shows of files among the ``sources`` that they were not touched since, by path; of those that could be changed without a
    /// trace nothing.
    var identities: [String: String] = [:]
    var outputs: [Output]

    /// A file in the review's folder.
    struct Output: Sendable {
        var path: String
        var sha256: String
        /// By what shows that it was not touched since; another is no proof that it was.
        var identity: String
    }

    /// Why a review has to be made.
    enum Reason: Sendable, Hashable {
        case noRecord
        case changed(Surroundings.Source)
        case outputChanged(String)
    }

    /// Whether it is a record of the spec at `path` that says of everything whether it has changed. A record that somebody has made
    /// up, or that was moved here, does not keep a review from being made.
    func isOf(_ path: String) -> Bool {
        let known = Set(sources.map(\.kind))
        return item.spec == path && known.isSuperset(of: [.host, .options, .environment, .lock])
            && sources.contains { $0.kind == .file && FilePaths.normalised($0.name) == FilePaths.normalised(path) }
    }

    /// The first thing that is not as it was.
    ///
    /// - Parameter folder: of the review.
    func difference(_ surroundings: Surroundings, in folder: String) -> Reason? {
        for source in sources {
            if source.kind == .file, let known = identities[source.name],
                surroundings.identity(of: source.name) == known
            {
                continue
            }
            if surroundings.digest(of: source) != source.digest { return .changed(source) }
        }
        for output in outputs {
            let path = folder + "/" + output.path
            if FileIdentity(path)?.text == output.identity { continue }
            // Copied from elsewhere, it may be the same all the same.
            let digest = try? OutsideFile(path, atMost: Self.maximumOutputBytes).sha256()
            if digest != output.sha256 { return .outputChanged(path) }
        }
        return nil
    }

    /// What a review may write (Docs/PROTOCOL.md), and `review.json` itself.
    private static let maximumOutputBytes = 1 << 30
}

extension ReviewRecord {
    private static let version = 2

    init?(_ bytes: [UInt8]) {
        guard let value = try? JSONReader.read(bytes), value["version"]?.integer == Self.version,
            let item = value["item"].flatMap({ BatchItem(kept: $0) }),
            let sources = value["sources"]?.list, let outputs = value["outputs"]?.list
        else { return nil }
        self.init(item: item, sources: sources.compactMap(Self.source), outputs: outputs.compactMap(Self.output))
        for source in sources {
            guard let words = source.list, words.count == 4, let name = words[1].text else { continue }
            identities[name] = words[3].text
        }
        guard self.sources.count == sources.count, self.outputs.count == outputs.count,
            self.outputs.contains(where: { $0.path == "review.json" }), !item.id.isEmpty, !item.id.contains("/")
        else { return nil }
    }

    var bytes: [UInt8] {
        let sources = sources.map { source -> Value in
            let known = source.kind == .file ? identities[source.name].map { [Value.text($0)] } : nil
            return .list([.text(source.kind.rawValue), .text(source.name), .text(source.digest)] + (known ?? []))
        }
        let outputs = outputs.map { output -> Value in
            [.text(output.path), .text(output.sha256), .text(output.identity)]
        }
        return JSONWriter.line([
            "version": .integer(Self.version), "item": item.kept, "sources": .list(sources), "outputs": .list(outputs),
        ])
    }

    private static func source(_ value: Value) -> Surroundings.Source? {
        guard let words = value.list?.compactMap(\.text), words.count == 3 || words.count == 4,
            let kind = Surroundings.Source.Kind(rawValue: words[0])
        else { return nil }
        return Surroundings.Source(kind: kind, name: words[1], digest: words[2])
    }

    private static func output(_ value: Value) -> Output? {
        guard let words = value.list?.compactMap(\.text), words.count == 3 else { return nil }
        return Output(path: words[0], sha256: words[1], identity: words[2])
    }
}
