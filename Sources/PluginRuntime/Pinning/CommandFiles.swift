internal import LocalFiles
internal import ReviewModel

/// Which files run when a command is started, read from its words.
///
/// A lock that misses a file holds nothing, so the words are understood or refused: an interpreter's options are those
/// that are known to load nothing, a program that starts another one is not taken for a plugin.
struct CommandFiles {
    /// A word that names a file or a folder, perhaps after something else: `--model=/srv/model.json`.
    struct Part {
        var word: Int
        var prefix: String
        var path: String
        /// Whether it is a program of the machine that is started by way of the plugin's own files: the interpreter of a
        /// virtual environment.
        var isOfMachine = false
        /// The machine's name for the program that a name of the plugin's own leads to.
        var machineName: String?
    }

    /// In the order of the words.
    private(set) var parts: [Part] = []
    /// What an interpreter loads without a word of the command.
    private(set) var modules = ModuleFolders()
    /// What runs besides, and is the machine's.
    private(set) var uncovered: Uncovered?
    private let words: [String]
    private let searchPath: [String]

    /// - Parameter words: an absolute path, then arguments.
    /// - Throws: ``Unlockable`` where the words do not tell which files run.
    init(_ words: [String], searchPath: [String]) throws(Unlockable) {
        (self.words, self.searchPath) = (words, searchPath)
        try read(0, words.enumerated().map { ($0.offset, $0.element) }, depth: 0)
        parts.sort { $0.word < $1.word }
    }

    /// A word with its place in the command; those that a `#!` line or `env -S` bring have none.
    private typealias Word = (index: Int?, text: String)

    /// An `env` that starts an `env`, a script that is run by a script: more than anyone writes.
    private static let maximumDepth = 4

    private mutating func read(_ start: Int, _ words: [Word], depth: Int) throws(Unlockable) {
        guard depth < Self.maximumDepth, start < words.count else { throw Unlockable(startsNothing()) }
        let program = words[start]
        // What a link is called says nothing: what it leads to is started.
        let machineName = MachineProgram.name(behind: program.text)
        let called = machineName ?? program.text
        // Nor does what a script of the plugin's own is called.
        if !isOfMachine(program.text), ScriptStart.interpreterLine(of: program.text) != nil {
            return try readProgram(words, start, depth)
        }
        if Interpreter.isEnvironment(called) {
            try addInterpreter(program, machineName)
            return try readEnvironment(words, from: start + 1, depth)
        }
        switch Interpreter.called(called) {
        case .unknowable: throw Unlockable(startsOthers(program.text))
        case .known(let interpreter):
            let environment = interpreter.family == .python ? try VirtualEnvironment(around: program.text) : nil
            if let environment {
                try addEnvironment(environment, program, machineName)
            } else {
                try addInterpreter(program, machineName)
            }
            uncovered = .interpreter(program.text, interpreter.family, environment)
            try readArguments(of: interpreter, words, from: start + 1)
        case nil: try readProgram(words, start, depth)
        }
    }

    /// A program of its own: an executable, or a script that says in its first line who runs it.
    private mutating func readProgram(_ words: [Word], _ start: Int, _ depth: Int) throws(Unlockable) {
        let program = words[start]
        guard let line = ScriptStart.interpreterLine(of: program.text) else {
            // One that a first line names belongs to the machine; what else is started belongs to the plugin.
            if program.index != nil { try add(program) }
            uncovered = .libraries
            return try addPaths(words[(start + 1)...])
        }
        guard let interpreter = line.first, FilePaths.isAbsolute(interpreter), isOfMachine(interpreter) else {
            throw Unlockable(foreignInterpreter(program.text, line.first ?? ""))
        }
        let started = line.map { (index: nil as Int?, text: $0) } + words[start...]
        try read(0, started, depth: depth + 1)
    }

    private mutating func readEnvironment(_ words: [Word], from start: Int, _ depth: Int) throws(Unlockable) {
        var words = words
        var position = start
        while position < words.count {
            let text = words[position].text
            if let split = splitString(words, position) {
                // The kernel and env itself know quotes and variables there; a plugin hardly does.
                guard !split.text.contains(where: { "\"'\\$".contains($0) }) else {
                    throw Unlockable(option("env", text))
                }
                let parts = split.text.split(whereSeparator: \.isWhitespace).map {
                    (index: nil as Int?, text: String($0))
                }
                words.replaceSubrange(position..<position + split.count, with: parts)
            } else if ["-", "-i", "--ignore-environment"].contains(text) {
                position += 1
            } else if ["-u", "--unset"].contains(text) {
                position += 2
            } else if text.hasPrefix("-") {
                throw Unlockable(option("env", text))
            } else if let equals = text.firstIndex(of: "=") {
                let variable = String(text[..<equals])
                if variable == "PATH" || LoadingVariables.contains(variable) { throw Unlockable(loads(variable)) }
                position += 1
            } else {
                break
            }
        }
        guard position < words.count else { throw Unlockable(startsNothing()) }
        let program = words[position].text
        if !program.contains("/") {
            guard let folder = searchPath.first(where: { FileSystem.isExecutable($0 + "/" + program) }) else {
                throw Unlockable(isNotThere(program))
            }
            // Found on PATH: it belongs to the machine, unless it is a script or no interpreter.
            words[position].text = folder + "/" + program
        }
        try read(position, words, depth: depth + 1)
    }

    /// The text of `-S text`, `-Stext` or `--split-string=text`, and of how many words it is.
    private func splitString(_ words: [Word], _ position: Int) -> (text: String, count: Int)? {
        let text = words[position].text
        if ["-S", "--split-string"].contains(text) {
            return position + 1 < words.count ? (words[position + 1].text, 2) : nil
        }
        for prefix in ["-S", "--split-string="] where text.hasPrefix(prefix) {
            return (String(text.dropFirst(prefix.count)), 1)
        }
        return nil
    }

    private mutating func readArguments(
        of interpreter: Interpreter,
        _ words: [Word],
        from start: Int
    ) throws(Unlockable) {
        var position = start
        while position < words.count, words[position].text.hasPrefix("-") {
            let text = words[position].text
            if text == "--" {
                position += 1
                break
            }
            switch interpreter.option(text) {
            case .plain: position += 1
            case .takesValue: position += 2
            case .folder(let prefix):
                // `-I/lib`, or `-I` and then the folder.
                if text.count > prefix.count {
                    try add(words[position], after: prefix)
                } else {
                    guard position + 1 < words.count else { throw Unlockable(option(interpreter.name, text)) }
                    position += 1
                    try add(words[position])
                }
                position += 1
            case nil: throw Unlockable(option(interpreter.name, text))
            }
        }
        guard position < words.count else { throw Unlockable(noScript(interpreter.name)) }
        let script = words[position]
        guard script.text.hasPrefix("/") else { throw Unlockable(isRelative(script.text)) }
        if FileSystem.isFolder(script.text) {
            guard interpreter.starters.contains(where: { FileSystem.mayExist(script.text + "/" + $0) }) else {
                throw Unlockable(startsNoFolder(interpreter, script.text))
            }
        }
        try add(script)
        if interpreter.family == .node { modules.addNode(around: script.text) }
        try addPaths(words[(position + 1)...])
    }

    /// The interpreter of a virtual environment is started from the copy, where it finds the copy's modules.
    private mutating func addEnvironment(
        _ environment: VirtualEnvironment,
        _ program: Word,
        _ machineName: String?
    ) throws(Unlockable) {
        guard let index = program.index else { throw Unlockable(standsInEnvironment(program.text)) }
        var part = Part(word: index, prefix: "", path: program.text)
        // What is a file of the environment's own is locked as one.
        part.isOfMachine = isOfMachine(program.text)
        part.machineName = part.isOfMachine ? machineName : nil
        parts.append(part)
        try modules.add(environment)
    }

    /// A program of the machine that has a name of the plugin's own is started by the machine's: beside the plugin's, interpreters
    /// look for settings and modules that nobody has locked. Which one it leads to is locked.
    private mutating func addInterpreter(_ program: Word, _ machineName: String?) throws(Unlockable) {
        guard let machineName else {
            if !isOfMachine(program.text) { try add(program) }
            return
        }
        if let index = program.index {
            parts.append(Part(word: index, prefix: "", path: program.text, machineName: machineName))
        } else if !searchPath.contains(FilePaths.folder(of: program.text)) {
            throw Unlockable(stands(program.text))
        }
    }

    /// What arguments name: a script that is given a folder of modules or a model runs by them.
    private mutating func addPaths(_ words: ArraySlice<Word>) throws(Unlockable) {
        for word in words {
            guard let slash = word.text.firstIndex(of: "/") else { continue }
            let prefix = String(word.text[..<slash])
            if Self.mayStandBeforePath(prefix), isFileOrFolder(String(word.text[slash...])) {
                try add(word, after: prefix)
            }
        }
    }

    /// `/file`, `name=/file`, `@/file`, `-f/file`; where anything else stands before a stroke, the path has begun before it.
    private static func mayStandBeforePath(_ prefix: String) -> Bool {
        guard let last = prefix.last else { return true }
        if last == "=" || last == "@" { return true }
        return prefix.first == "-" && prefix.dropFirst().allSatisfy { $0.isASCII && $0.isLetter } && prefix.count > 1
    }

    private func isFileOrFolder(_ path: String) -> Bool {
        guard let real = FileSystem.realPath(path) else { return false }
        return FileSystem.isRegularFile(real) || FileSystem.isFolder(real)
    }

    private mutating func add(_ word: Word, after prefix: String = "") throws(Unlockable) {
        let path = String(word.text.dropFirst(prefix.count))
        guard path.hasPrefix("/") else { throw Unlockable(isRelative(path)) }
        // A word that is not the command's own cannot be made to lead to a copy.
        guard let index = word.index else { throw Unlockable(stands(path)) }
        parts.append(Part(word: index, prefix: prefix, path: path))
    }

    /// Whether a program belongs to the machine, which updates it: on PATH, or where systems install theirs.
    private func isOfMachine(_ path: String) -> Bool {
        searchPath.contains(FilePaths.folder(of: path)) || MachineProgram.isInstalled(path)
    }
}

/// Why nobody can say which files run.
struct Unlockable: Error {
    /// Half a sentence, with what to do.
    var reason: LocalizedText

    init(_ reason: LocalizedText) { self.reason = reason }
}

// MARK: - Messages

private func startsNothing() -> LocalizedText {
    LocalizedText(
        zh: "看不出它的 command 最终启动哪个程序；请直接写出解释器和脚本",
        en:
            "its command does not show which program is started in the end; name the interpreter and the script directly"
    )
}

private func startsOthers(_ program: String) -> LocalizedText {
    LocalizedText(
        zh: "\(program) 会启动别的程序，无法知道是哪些文件；请在 command 中直接写插件自己的程序，或解释器和脚本",
        en:
            "\(program) starts other programs, and which files run cannot be known; name the plugin's own program in its "
            + "command, or an interpreter and a script"
    )
}

private func option(_ interpreter: String, _ text: String) -> LocalizedText {
    LocalizedText(
        zh: "\(interpreter) 的选项 \(text) 可能载入别的代码，无法知道是哪些文件；请去掉它，把脚本写成文件或文件夹的路径（如 ./folder），所用的模块写在 files: 下",
        en:
            "the option \(text) of \(interpreter) may load other code, and which files run cannot be known; leave it out, name "
            + "the script as a file or a folder (./folder), and its modules under files:"
    )
}

private func loads(_ variable: String) -> LocalizedText {
    LocalizedText(
        zh: "环境变量 \(variable) 决定载入哪些代码，锁不住；请去掉它，把所用的模块写在 files: 下",
        en:
            "the variable \(variable) decides which code is loaded, and cannot be locked; leave it out, and name the modules "
            + "under files:"
    )
}

private func noScript(_ interpreter: String) -> LocalizedText {
    LocalizedText(
        zh: "\(interpreter) 没有指定脚本；请写出脚本的路径，如 ./script",
        en: "\(interpreter) is given no script; name one by its path, ./script"
    )
}

private func isRelative(_ path: String) -> LocalizedText {
    LocalizedText(
        zh: "\"\(path)\" 看不出是哪个文件；请写成 ./ 开头的路径",
        en: "\"\(path)\" does not say which file it is; write a path that begins with ./"
    )
}

private func isNotThere(_ name: String) -> LocalizedText {
    LocalizedText(zh: "PATH 上没有 \(name)", en: "there is no \(name) on PATH")
}

private func stands(_ path: String) -> LocalizedText {
    LocalizedText(
        zh: "\(path) 写在脚本首行或 env -S 中，锁不住；请写进 command",
        en: "\(path) stands in a script's first line or in env -S, and cannot be locked; name it in command"
    )
}

private func standsInEnvironment(_ interpreter: String) -> LocalizedText {
    LocalizedText(
        zh: "脚本首行的解释器 \(interpreter) 属于一个虚拟环境，其模块锁不住；请在 command 中写出解释器和脚本",
        en:
            "a script's first line leads to \(interpreter), the interpreter of a virtual environment, whose modules cannot be "
            + "locked that way; name interpreter and script in command"
    )
}

private func foreignInterpreter(_ script: String, _ interpreter: String) -> LocalizedText {
    LocalizedText(
        zh: "\(script) 首行所写的解释器 \(interpreter) 不属于系统，锁不住；请在 command 中写出解释器和脚本",
        en:
            "the first line of \(script) names \(interpreter), which is none of the machine's and cannot be locked; name "
            + "interpreter and script in command"
    )
}

private func startsNoFolder(_ interpreter: Interpreter, _ folder: String) -> LocalizedText {
    let names = interpreter.starters.joined(separator: ", ")
    if names.isEmpty {
        return LocalizedText(
            zh: "\(folder) 是文件夹，\(interpreter.name) 不能运行文件夹；请写出脚本的路径",
            en: "\(folder) is a folder, which \(interpreter.name) cannot run; name the script in it"
        )
    }
    return LocalizedText(
        zh: "文件夹 \(folder) 中没有 \(names)，\(interpreter.name) 无从运行",
        en: "the folder \(folder) has no \(names), which \(interpreter.name) would start with"
    )
}
