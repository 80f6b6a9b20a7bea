internal import Glibc
internal import ReviewModel

/// What the library that reads the command line says by itself, in Chinese: the heads of a help, and what is wrong with words that were
/// typed. What our own commands say is Chinese already.
struct ParserWords {
    /// Columns of the terminal.
    let width: Int

    /// Columns that the library leaves for the names of options before what they mean.
    private static let indent = 26

    /// Has the library write each entry as one line: it counts letters where Chinese ones take two columns, and breaks at blanks alone.
    init() {
        width = Self.columns
        setenv("COLUMNS", "100000", 1)
    }

    private static var columns: Int {
        if let told = Terminal.environment("COLUMNS").flatMap(Int.init), told > 0 { return max(40, told) }
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return max(40, Int(size.ws_col))
    }

    /// A help, or what is wrong with its usage, line by line.
    func inChinese(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let line = Self.translated(String(line))
            return wrapped(line)
        }.joined(separator: "\n")
    }

    // MARK: - Words

    private static func translated(_ line: String) -> String {
        if let rest = line.afterPrefix("OVERVIEW: ") { return rest }
        for (english, chinese) in heads {
            if let rest = line.afterPrefix(english) { return chinese + (rest.isEmpty ? "" : problem(rest)) }
        }
        return entry(line)
    }

    private static let heads = [
        ("USAGE: ", "用法："), ("Usage: ", "用法："), ("ARGUMENTS:", "参数："), ("OPTIONS:", "选项："), ("SUBCOMMANDS:", "命令："),
        ("Help:  ", "说明："), ("Error: ", "错误："),
    ]

    /// An entry of a list, or what the end of a help leads to.
    private static func entry(_ line: String) -> String {
        if let (_, command, _) = line.between("  See '", "' for detailed help.") { return "  各命令的详细说明：\(command)" }
        if let (_, command, _) = line.between("  See '", "' for more information.") { return "  详细说明：\(command)" }
        var line = line
        for (english, chinese) in sentences where line.hasSuffix(english) {
            line = String(line.dropLast(english.count)) + chinese
        }
        guard let open = line.lastRange(of: " ("), line.hasSuffix(")") else { return line }
        let parts = line[open.upperBound...].dropLast().split(separator: "; ").map(String.init)
        let told = parts.map { part in
            if let value = part.afterPrefix("default: ") { return "默认：\(value)" }
            if let values = part.afterPrefix("values: ") { return "可用：\(values.replacing(", ", with: "、"))" }
            return part
        }
        return told == parts ? line : line[..<open.lowerBound] + "（\(told.joined(separator: "；"))）"
    }

    private static let sentences = [
        ("Show help information.", "显示说明。"), ("Show the version.", "显示版本。"),
        ("Show subcommand help information.", "显示某个命令的说明。"),
    ]

    /// What is wrong with a word that was typed.
    private static func problem(_ text: String) -> String {
        if let (_, option, rest) = text.between("Unknown option '", "'") {
            let meant = rest.between(". Did you mean '", "'?").map { "，是不是 \($0.inside)？" }
            return "没有选项 \(option)" + (meant ?? "")
        }
        if let (_, option, _) = text.between("Missing value for '", "'") { return "选项后面缺少值：\(option)" }
        if let (_, argument, _) = text.between("Missing expected argument '", "'") { return "缺少 \(argument)" }
        if let (_, arguments, _) = text.between("Missing one of: '", "'") { return "应写其中之一：\(arguments)" }
        if let (_, argument, _) = text.between("Unexpected argument '", "'") { return "多余的内容：\(argument)" }
        if let list = text.firstRange(of: " unexpected arguments: '") {
            let arguments = String(text[list.upperBound...]).beforeSuffix("'")
            return "多余的内容：\(arguments.replacing("', '", with: "、"))"
        }
        if let (_, option, rest) = text.between("The option '", "' does not take any value, but '") {
            return "选项 \(option) 不带值，不能写 \(rest.beforeSuffix("' was specified."))"
        }
        if let (_, value, rest) = text.between("The value '", "' is invalid") { return invalid(value, rest) }
        if let (_, again, first) = text.between("Value to be set with flag '", "' had already been set with flag '") {
            return "\(first.beforeSuffix("'")) 与 \(again) 只能写一个"
        }
        if let option = text.afterPrefix("Invalid option: ") { return "没有选项 \(option)" }
        return text == "Missing required subcommand." ? "缺少命令" : text
    }

    /// ` for '--fail-on <…>'. Please provide one of 'blocker', 'error' or 'info'.`
    private static func invalid(_ value: String, _ rest: String) -> String {
        let place = rest.between(" for '", "'")
        let values = rest.between("Please provide one of ", ".", from: .anywhere)?.inside
        let known = values.map { list in
            let list = list.replacing(" and ", with: ", ").replacing(" or ", with: ", ").replacing("'", with: "")
            return "，可用：\(list.replacing(", ", with: "、"))"
        }
        return (place.map { "\($0.inside) 不能是 \(value)" } ?? "不能是 \(value)") + (known ?? "")
    }

    // MARK: - Lines

    /// A line in as many as the terminal needs; what stands beside a name stays beside it.
    private func wrapped(_ line: String) -> String {
        guard line.columns > width else { return line }
        let own = line.prefix { $0 == " " }.count
        var lines: [String] = [""]
        // Behind a name the text begins where the library puts it.
        let isEntry = own == 2 && line.count > Self.indent
        let hanging = own >= Self.indent || isEntry ? Self.indent : line.hasPrefix("用法：") ? 7 : own
        var (used, isStart) = (0, true)
        for word in line.words {
            let columns = word.columns
            if used + columns > width, !isStart {
                lines.append(String(repeating: " ", count: hanging))
                used = hanging
                if word == " " { continue }
            }
            lines[lines.count - 1] += word
            used += columns
            isStart = used <= hanging
        }
        return lines.map { $0.withoutBlanksAtEnd }.joined(separator: "\n")
    }
}

extension String {
    fileprivate enum Beginning { case here, anywhere }

    fileprivate func afterPrefix(_ prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }

    fileprivate func beforeSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }

    fileprivate func lastRange(of text: String) -> Range<Index>? { ranges(of: text).last }

    /// What stands between two texts, the first of which is where this one begins unless it may be anywhere. A quote within reaches to
    /// the last one that ends a word.
    fileprivate func between(
        _ first: String,
        _ last: String,
        from beginning: Beginning = .here
    ) -> (before: String, inside: String, after: String)? {
        guard let open = firstRange(of: first), beginning == .anywhere || open.lowerBound == startIndex,
            let close = self[open.upperBound...].ranges(of: last).first
        else { return nil }
        return (
            String(self[..<open.lowerBound]), String(self[open.upperBound..<close.lowerBound]),
            String(self[close.upperBound...])
        )
    }

    /// Columns of a terminal: Chinese letters and signs take two.
    fileprivate var columns: Int { unicodeScalars.reduce(0) { $0 + ($1.value < 0x2E80 ? 1 : 2) } }

    fileprivate var withoutBlanksAtEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }

    /// What may not be parted: a word between blanks, a blank, a Chinese letter with the signs that follow it.
    fileprivate var words: [String] {
        var words: [String] = []
        var isOpen = false
        for character in self {
            let isWide = character.unicodeScalars.allSatisfy { $0.value >= 0x2E80 }
            if isWide, "，。；：、）》？！……".contains(character), let last = words.last, last != " " {
                words[words.count - 1] = last + String(character)
                isOpen = false
            } else if isWide || character == " " {
                words.append(String(character))
                isOpen = "（《".contains(character)
            } else if isOpen, !words.isEmpty {
                words[words.count - 1] += String(character)
            } else {
                words.append(String(character))
                isOpen = true
            }
        }
        return words
    }
}
