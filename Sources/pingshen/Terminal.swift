internal import Glibc
internal import ReviewModel

/// Results go to standard output, words for people to standard error. Whatever text comes from a plugin or a document, a
/// terminal shows it and does not act on it.
enum Terminal {
    static func result(_ text: String) { write(Array((text.withVisibleControls + "\n").utf8), to: STDOUT_FILENO) }

    static func result(bytes: [UInt8]) { write(bytes, to: STDOUT_FILENO) }

    /// A document as JSON, ending in a line feed.
    static func result(_ document: LongValue) {
        try? JSONWriter.document(document) { write($0, to: STDOUT_FILENO) }
    }

    static func say(_ text: String) { say(painted: text.withVisibleControls) }

    /// Says what ``paint(_:_:)`` has coloured.
    static func say(painted text: String) { write(Array((text + "\n").utf8), to: STDERR_FILENO) }

    /// An error in one line, the word `error` kept in both languages so that tools find it.
    static func error(_ text: String) { say(painted: paint("error:", "1;31") + " " + text.withVisibleControls) }

    static var isColoured: Bool {
        isatty(STDERR_FILENO) == 1 && environment("NO_COLOR") == nil && environment("TERM") != "dumb"
    }

    static func paint(_ text: String, _ code: String) -> String {
        let text = text.withVisibleControls
        return isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    static func bold(_ text: String) -> String { paint(text, "1") }

    /// The language of messages: as asked for, else by the usual variables, else English.
    static func locale(_ asked: Locale?) -> Locale {
        if let asked { return asked }
        let language = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap(environment).first { !$0.isEmpty } ?? ""
        return language.hasPrefix("zh") ? .zh : .en
    }

    static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
