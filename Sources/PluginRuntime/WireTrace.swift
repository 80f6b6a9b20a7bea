internal import Glibc
package import LocalFiles
internal import PluginWire
internal import ReviewModel
internal import Synchronization

/// Records the messages between the host and its plugins, one a line, as they come and go:
///
///     {"t":"0.003125","plugin":"round-number-check","dir":"to-plugin","line":"{\"jsonrpc\":…}"}
///
/// `t` counts seconds from the start of the run, `dir` is `to-plugin` or `to-host`. The file is written line by line, so
/// that it tells the whole story of a run that did not end well. Secrets of the spec are written as `***` in every spelling that ``SecretMask`` knows.
package final class WireTrace: Sendable {
    package enum Direction: String {
        case toPlugin = "to-plugin"
        case toHost = "to-host"
    }

    private let descriptor: Int32
    private let start = ContinuousClock.now
    private let secrets: SecretMask
    /// Lines must not mix.
    private let isWriting = Mutex(())

    /// Begins the file at `path`, replacing a trace that is there.
    ///
    /// - Throws: ``FileError`` where it cannot be written, or is anything else.
    package init(path: String, secrets: SecretMask = SecretMask()) throws(FileError) {
        if let head = FileSystem.head(of: FileSystem.realPath(path) ?? path, Self.beginning.count), !head.isEmpty,
            head != Self.beginning
        {
            throw FileError(path, reason: isNoTrace, help: nameAnother)
        }
        descriptor = try OutsideFile.openForWriting(path, permissions: 0o600)
        self.secrets = secrets
    }

    deinit { close(descriptor) }

    private static let beginning = Array("{\"t\":\"".utf8)

    package func note(_ plugin: String, _ direction: Direction, _ line: [UInt8]) {
        let elapsed = start.duration(to: .now).components
        let time = ExactDecimal(
            significand: Int128(elapsed.seconds) * 1_000_000 + Int128(elapsed.attoseconds / 1_000_000_000_000),
            places: 6
        )
        var line = line
        if line.last == UInt8(ascii: "\n") { line.removeLast() }
        line = secrets.masked(line: line)
        let entry = JSONWriter.inertLine([
            "t": .decimal(time), "plugin": .text(plugin), "dir": .text(direction.rawValue),
            "line": .text(String(decoding: line, as: UTF8.self)),
        ])
        isWriting.withLock { _ in writeAll(entry + [UInt8(ascii: "\n")]) }
    }

    /// A trace that cannot be written any more is no reason to fail a review.
    private func writeAll(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { return }
            rest = rest.dropFirst(max(0, count))
        }
    }
}

private let isNoTrace = LocalizedText(
    zh: "该文件已经存在，且不是通信记录，没有动它",
    en: "it is there already and is no trace, so it stands as it was"
)

private let nameAnother = LocalizedText(zh: "请换一个文件名，或先移走它", en: "name another file, or move it away")
