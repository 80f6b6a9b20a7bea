internal import LocalFiles
internal import PluginWire
public import ReviewModel

/// A recorded conversation: what `pingshen run --trace FILE` has written.
public struct Transcript: Sendable {
    /// One line of the wire.
    public struct Entry: Sendable {
        /// The line of the file, from 1.
        public var number: Int
        public var plugin: String
        public var isToPlugin: Bool
        /// The message as it was sent.
        public var line: String

        public init(number: Int, plugin: String, isToPlugin: Bool, line: String) {
            (self.number, self.plugin, self.isToPlugin, self.line) = (number, plugin, isToPlugin, line)
        }
    }

    public var entries: [Entry]

    public init(entries: [Entry]) { self.entries = entries }

    /// The plugins that take part, each once, in the order of their first message.
    public var plugins: [String] {
        entries.reduce(into: []) { names, entry in
            if !names.contains(entry.plugin) { names.append(entry.plugin) }
        }
    }

    /// The part of one plugin.
    public func conversation(with plugin: String) -> Transcript {
        Transcript(entries: entries.filter { $0.plugin == plugin })
    }

    /// Reads a trace file.
    public static func read(file path: String) throws -> Transcript {
        try read(FileSystem.read(path, atMost: maximumBytes))
    }

    /// A trace of a review of a hundred thousand lines stays far below.
    private static let maximumBytes = 1 << 30

    /// Reads the bytes of a trace file.
    ///
    /// - Throws: ``TranscriptError`` with the number of the first line that is none of a trace.
    public static func read(_ bytes: [UInt8]) throws(TranscriptError) -> Transcript {
        var entries: [Entry] = []
        for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
        where !line.isEmpty {
            guard let value = try? JSONReader.read(line), let plugin = value["plugin"]?.text,
                let direction = value["dir"]?.text, ["to-plugin", "to-host"].contains(direction),
                let text = value["line"]?.text
            else { throw TranscriptError(line: index + 1) }
            entries.append(
                Entry(number: index + 1, plugin: plugin, isToPlugin: direction == "to-plugin", line: text)
            )
        }
        return Transcript(entries: entries)
    }
}

/// A line that is not one of a trace.
public struct TranscriptError: Error, Sendable {
    public var line: Int

    public var message: LocalizedText {
        LocalizedText(
            zh: "第 \(line) 行不是 pingshen run --trace 写出的记录",
            en: "line \(line) is not one that `pingshen run --trace` has written"
        )
    }
}
