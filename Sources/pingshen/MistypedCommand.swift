internal import ArgumentParser
internal import ReviewModel

/// A first word that is no command: what was probably meant, in the language of the locale.
struct MistypedCommand {
    let word: String
    /// The commands before it: `pingshen`, or `pingshen plugins`.
    let path: [String]
    let known: [String]

    /// - Parameter arguments: those of the program, without its own name; `nil` where all commands among them are known.
    init?(_ arguments: [String], of root: any ParsableCommand.Type) {
        var (command, path, rest) = (root, ["pingshen"], arguments[...])
        while !command.configuration.subcommands.isEmpty {
            // Options come in any order, and the help is told of every command.
            guard let word = rest.first, !word.hasPrefix("-"), word != "help" else { return nil }
            guard let next = command.configuration.subcommands.first(where: { Self.name($0) == word }) else {
                self.word = word
                self.path = path
                known = command.configuration.subcommands.map(Self.name)
                return
            }
            (command, rest) = (next, rest.dropFirst())
            path.append(word)
        }
        return nil
    }

    private static func name(_ command: any ParsableCommand.Type) -> String { command._commandName }

    /// What to say, with the command to type.
    var message: LocalizedText {
        let line = path.joined(separator: " ")
        if path.count == 1, [".yaml", ".yml"].contains(where: word.lowercased().hasSuffix) {
            return LocalizedText(
                zh: "缺少命令。评审请用：\(line) run \(word)；只检查请用：\(line) validate \(word)",
                en: "the command is missing; to review: \(line) run \(word); only to check: \(line) validate \(word)"
            )
        }
        let near = nearest(to: word.withPlainCharacters, among: known)
        let list = known.joined(separator: ", ")
        return LocalizedText(
            zh: "没有命令\"\(word)\"。" + (near.map { "是不是 \(line) \($0)？" } ?? "可用的命令：\(list)"),
            en: "there is no command \"\(word)\"; "
                + (near.map { "did you mean \(line) \($0)?" } ?? "the commands are: \(list)")
        )
    }
}

/// An option that begins with a dash of texts, `—out` or `－－out`: programs that write texts make one of two hyphens.
struct MistypedDash {
    let word: String
    private let meant: String

    /// - Parameter arguments: `nil` where none of them begins so.
    init?(_ arguments: [String]) {
        let dashes: Set<Character> = ["—", "–", "－", "―", "‐", "−"]
        let mistyped = arguments.prefix { $0 != "--" }.first { word in
            guard let first = word.first else { return false }
            let rest = word.drop { dashes.contains($0) || $0 == "-" }
            let isName = rest.first.map { $0.isASCII && $0.isLetter } ?? false
            return isName && word.prefix { dashes.contains($0) || $0 == "-" }.contains(where: dashes.contains)
                && (dashes.contains(first) || first == "-")
        }
        guard let mistyped else { return nil }
        word = mistyped
        let name = mistyped.drop { dashes.contains($0) || $0 == "-" }
        meant = (name.count == 1 ? "-" : "--") + name
    }

    var message: LocalizedText {
        LocalizedText(
            zh: "\"\(word)\"以全角或文字的横线开头。选项用半角连字符：\(meant)",
            en: "\"\(word)\" begins with a dash of texts; options begin with hyphens: \(meant)"
        )
    }
}
