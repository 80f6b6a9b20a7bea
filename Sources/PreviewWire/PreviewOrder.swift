public import JSONDocument

/// What the host tells the program that shows the preview, a line each on its standard input. The end of the input is the end of
/// the preview, so that nothing stays when the host is killed.
public enum PreviewOrder: Sendable, Hashable {
    /// The first: listen on this port, 0 for any, and answer those who know the token.
    case open(token: String, port: Int)
    /// What is shown from now on; nothing else is.
    case show(version: Int, pages: [ServedPage])
    /// Something new is being made.
    case busy
}

/// What the program answers, a line each on its standard output.
public enum PreviewAnswer: Sendable, Hashable {
    case listening(port: Int)
    /// Nothing can be shown: the number of the system's error.
    case failed(errno: Int32)
    /// Somebody has asked for the page itself, anew.
    case asked
}

extension PreviewOrder {
    public var value: Value {
        switch self {
        case .open(let token, let port): ["open": ["token": .text(token), "port": .integer(port)]]
        case .show(let version, let pages):
            ["show": ["version": .integer(version), "pages": .list(pages.map(\.value))]]
        case .busy: ["busy": true]
        }
    }

    /// `nil` for what is no order.
    public init?(_ value: Value) {
        if let open = value["open"], let token = open["token"]?.text, let port = open["port"]?.integer {
            self = .open(token: token, port: port)
        } else if let show = value["show"], let version = show["version"]?.integer, let list = show["pages"]?.list {
            let pages = list.compactMap(ServedPage.init)
            guard pages.count == list.count else { return nil }
            self = .show(version: version, pages: pages)
        } else if value["busy"] != nil {
            self = .busy
        } else {
            return nil
        }
    }
}

extension PreviewAnswer {
    public var value: Value {
        switch self {
        case .listening(let port): ["listening": .integer(port)]
        case .failed(let errno): ["failed": .integer(Int(errno))]
        case .asked: ["asked": true]
        }
    }

    /// `nil` for what is no answer.
    public init?(_ value: Value) {
        if let port = value["listening"]?.integer {
            self = .listening(port: port)
        } else if let errno = value["failed"]?.integer {
            self = .failed(errno: Int32(truncatingIfNeeded: errno))
        } else if value["asked"] != nil {
            self = .asked
        } else {
            return nil
        }
    }
}

extension ServedPage {
    fileprivate var value: Value {
        var record: Record = ["path": .text(path), "type": .text(mediaType), "trust": .text(trust.rawValue)]
        switch content {
        case .text(let text): record["text"] = .text(text)
        case .file(let file): record["file"] = .text(file)
        }
        return .record(record)
    }

    fileprivate init?(_ value: Value) {
        guard let path = value["path"]?.text, let type = value["type"]?.text,
            let trust = value["trust"]?.text.flatMap(Trust.init)
        else { return nil }
        if let text = value["text"]?.text {
            self.init(path, type, .text(text), trust)
        } else if let file = value["file"]?.text {
            self.init(path, type, .file(file), trust)
        } else {
            return nil
        }
    }
}
