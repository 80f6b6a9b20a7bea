internal import Glibc
internal import ReviewModel
internal import Synchronization

/// Results go to standard output, words for people to standard error. Whatever text comes from a plugin or a document, a
/// terminal shows it and does not act on it.
enum Terminal {
    static func result(_ text: String) { result(bytes: Array((text.withVisibleControls + "\n").utf8)) }

    /// The path of a file that was written, a line whatever is in it.
    static func result(path: String) { result(path.inOneLine) }

    static func result(bytes: [UInt8]) {
        lost.withLock { lost in
            if lost == nil, let code = write(bytes, to: STDOUT_FILENO) { lost = code }
        }
    }

    /// A document as JSON, ending in a line feed.
    static func result(_ document: LongValue) {
        try? JSONWriter.document(document) { result(bytes: $0) }
    }

    /// Why results were lost, as an error number: nothing is written after what could not be. A reader who has gone (`EPIPE`)
    /// has seen enough.
    static var loss: Int32? { lost.withLock { $0 == EPIPE ? nil : $0 } }

    /// Whether whoever read the results has gone, or they cannot be written any more.
    static var isClosed: Bool { lost.withLock { $0 != nil } }

    private static let lost = Mutex<Int32?>(nil)

    /// Gives the three standard descriptors something to stand for where the program was started without them: a file that is
    /// opened later would get the number, and what is meant for people would be written into it. Such results are lost.
    static func open() {
        for (number, flags) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
        where fcntl(number, F_GETFD) < 0 {
            // The lowest number that is free, which is this one.
            _ = Glibc.open("/dev/null", flags)
        }
    }

    static func say(_ text: String) { say(painted: text.withVisibleControls) }

    /// Says what ``paint(_:_:)`` has coloured.
    static func say(painted text: String) { _ = write(Array((text + "\n").utf8), to: STDERR_FILENO) }

    /// Puts a line in the place of the one that was written last with this, which ended in no line feed; none for an empty text.
    static func overwrite(_ text: String) {
        _ = write(Array(("\r" + text.withVisibleControls + "\u{1B}[K").utf8), to: STDERR_FILENO)
    }

    /// An error. What it quotes may have several lines: those after the first are indented, so that none of them is taken for another
    /// message.
    static func error(_ text: String) {
        let text = text.withVisibleControls.replacing("\n", with: "\n  ")
        say(painted: paint(errorWord(locale(nil)), "1;31") + (locale(nil) == .zh ? "" : " ") + text)
    }

    static var isColoured: Bool {
        isatty(STDERR_FILENO) == 1 && environment("NO_COLOR") == nil && environment("TERM") != "dumb"
    }

    static func paint(_ text: String, _ code: String) -> String {
        let text = text.withVisibleControls
        return isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    static func bold(_ text: String) -> String { paint(text, "1") }

    /// The language of messages: as asked for, here or on the command line, else by the usual variables, else English.
    static func locale(_ asked: Locale?) -> Locale {
        if let asked = asked ?? optioned { return asked }
        let language = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap(environment).first { !$0.isEmpty } ?? ""
        return language.hasPrefix("zh") ? .zh : .en
    }

    /// What the option `--locale` says, for what is said before or after a command reads its own.
    private static let optioned: Locale? = {
        let words = CommandLine.arguments.dropFirst().prefix { $0 != "--" }
        for (word, next) in zip(words, words.dropFirst() + [""]) {
            if word == "--locale" { return Locale(rawValue: next) }
            if word.hasPrefix("--locale=") { return Locale(rawValue: String(word.dropFirst("--locale=".count))) }
        }
        return nil
    }()

    static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    /// Returns why not everything could be written, as an error number.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN {
                // Whoever shares the terminal or pipe may have made it one that does not wait.
                var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&wait, 1, -1)
                continue
            }
            guard count > 0 else { return errno }
            rest = rest.dropFirst(count)
        }
        return nil
    }
}

// MARK: - Messages

private let errorWord = LocalizedText(zh: "错误：", en: "error:")
