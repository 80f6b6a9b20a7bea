internal import Glibc
internal import LocalFiles

/// A program that runs files of others: which of its options change nothing about what runs.
struct Interpreter {
    enum Kind {
        case known(Interpreter)
        /// It starts or loads what its words say, in more ways than are understood here.
        case unknowable
    }

    enum Option: Equatable {
        case plain
        /// The next word is its value.
        case takesValue
        /// A folder of modules stands after these characters, or is the next word.
        case folder(prefix: String)
    }

    /// What has rules of its own for where modules are found.
    enum Family: Sendable, Hashable {
        case python, node, other
    }

    var name: String
    var family = Family.other
    /// Letters that may stand together after one stroke.
    fileprivate var letters = ""
    /// Letters whose value loads nothing.
    fileprivate var valued = ""
    /// Letters that name a folder of modules.
    fileprivate var folders = ""
    fileprivate var words: Set<String> = []
    /// Options that end with `=` and a number.
    fileprivate var numbers: [String] = []
    /// A folder can be run that has one of these.
    var starters: [String] = []

    /// The interpreter of that path, by its name or by that of the file that it leads to; `nil` for any other program.
    static func called(_ path: String) -> Kind? {
        for name in names(of: path) {
            if unknowable.contains(name) || name.hasPrefix("ld-linux") || name.hasPrefix("ld-") && name.hasSuffix(".so")
            {
                return .unknowable
            }
            if let family = families[name] ?? families.first(where: { isVersion(name, of: $0.key) })?.value,
                var interpreter = known[family]
            {
                interpreter.name = name
                return .known(interpreter)
            }
        }
        return nil
    }

    /// `python3.13t`, `python3.11-dbg`, `bash-static`, `perl5.36-x86_64-linux-gnu`: the same program, built another way.
    private static func isVersion(_ name: String, of family: String) -> Bool {
        guard name.hasPrefix(family) else { return false }
        let rest = name.dropFirst(family.count)
        return rest.first?.isNumber == true || ["-dbg", "-debug", "-static", "-minimal"].contains(rest)
    }

    /// Whether it is `env`, which starts another program.
    static func isEnvironment(_ path: String) -> Bool { names(of: path).contains("env") }

    private static func names(of path: String) -> [String] {
        [name(of: path)] + (FileSystem.realPath(path).map { [name(of: $0)] } ?? [])
    }

    /// `python` of `/usr/bin/python3.11`.
    static func name(of path: String) -> String {
        let name = FilePaths.name(of: path)
        let short = String(name.reversed().drop { $0.isNumber || $0 == "." || $0 == "-" }.reversed())
        return short.isEmpty ? name : short
    }

    /// What kind of option a word is; `nil` for one that may change what runs.
    func option(_ text: String) -> Option? {
        if words.contains(text) { return .plain }
        if numbers.contains(where: { text.hasPrefix($0) && text.dropFirst($0.count).allSatisfy(\.isNumber) }) {
            return .plain
        }
        let rest = text.dropFirst()
        guard let first = rest.first, first != "-" else { return nil }
        if folders.contains(first) { return .folder(prefix: "-\(first)") }
        if valued.contains(first) { return rest.count == 1 ? .takesValue : .plain }
        guard rest.dropLast().allSatisfy({ letters.contains($0) }), let last = rest.last else { return nil }
        // `-euo pipefail`: a value belongs to the last of several letters.
        return letters.contains(last) ? .plain : valued.contains(last) ? .takesValue : nil
    }
}

// MARK: - Which there are

extension Interpreter {
    private static let known: [String: Interpreter] = [
        "python": Interpreter(
            name: "python",
            family: .python,
            letters: "bBdEIOPqRsSuvx",
            valued: "W",
            starters: ["__main__.py"]
        ),
        "shell": Interpreter(
            name: "sh",
            letters: "aefhkmnuvxp",
            valued: "o",
            words: ["--posix", "--norc", "--noprofile"]
        ),
        "perl": Interpreter(name: "perl", letters: "wWtTUX", folders: "I"),
        "ruby": Interpreter(name: "ruby", letters: "wUv", folders: "I"),
        "node": Interpreter(
            name: "node",
            family: .node,
            words: ["--no-warnings", "--no-deprecation", "--trace-warnings", "--enable-source-maps"],
            numbers: ["--max-old-space-size=", "--max-semi-space-size=", "--stack-size="],
            starters: ["package.json", "index.js"]
        ),
        "plain": Interpreter(name: ""),
    ]

    private static let families: [String: String] = [
        "python": "python", "pypy": "python", "sh": "shell", "bash": "shell", "dash": "shell", "ash": "shell",
        "ksh": "shell", "mksh": "shell", "zsh": "shell", "perl": "perl", "ruby": "ruby", "node": "node",
        "nodejs": "node",
        "php": "plain", "lua": "plain", "luajit": "plain", "Rscript": "plain", "tclsh": "plain", "julia": "plain",
        "guile": "plain", "fish": "plain", "csh": "plain", "tcsh": "plain",
    ]

    /// Launchers, runners of packages, tools that build, and interpreters whose words are not understood here.
    private static let unknowable: Set<String> = Set(
        """
        nice nohup timeout setsid stdbuf ionice taskset chrt time xargs find sudo doas su runuser setpriv chroot unshare nsenter
        bwrap firejail systemd-run script expect watch flock parallel make ninja just ssh docker podman nerdctl kubectl npx npm
        yarn pnpm bun bunx deno uv uvx pipx pip poetry pipenv pdm rye hatch conda mamba micromamba java dotnet mono wine go
        cargo swift gradle mvn sbt scala kotlin groovy clojure clj runghc ghci ocaml racket sbcl elixir erl escript iex awk gawk mawk
        nawk sed ed vi vim emacs gdb strace ltrace valgrind busybox toybox tmux screen socat pwsh nu elvish swipl octave Rscript.bin
        R ts-node tsx coffee wish ipython irb psql catchsegv linux32 linux64 setarch numactl proot fakeroot dbus-run-session
        xvfb-run pyenv rbenv nvm asdf mise direnv nix nix-shell guix flatpak snap
        """.split(whereSeparator: \.isWhitespace).map(String.init)
    )
}

/// Variables by which code is loaded, or by which a language or a library decides what to load: those that are known for it,
/// folders in which programs look for what is theirs, and names that no variable has which is only a value.
enum LoadingVariables {
    static func contains(_ name: String) -> Bool {
        if harmless.contains(name) { return false }
        return exact.contains(name) || prefixes.contains { name.hasPrefix($0) } || !isPlain(name)
    }

    /// A shell takes `BASH_FUNC_printf%%` for a function.
    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.first.map { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    private static let prefixes = [
        "LD_", "PYTHON", "NODE_", "NPM_", "npm_", "PERL", "RUBY", "LUA_", "JULIA_", "GUILE_", "XDG_", "BASH_", "R_",
        "TCL", "TK_",
        "OPENSSL_", "SSL_", "GIO_", "GTK_", "QT_", "GST_", "DOTNET_", "COMPlus_", "CORECLR_", "MALLOC_", "GIT_",
        "fish_",
        "CARGO_", "CONDA_", "VIRTUAL_ENV", "NLS", "LIBXML_", "MAGICK_", "GS_",
    ]
    private static let exact: Set<String> = [
        "ENV", "ZDOTDIR", "FPATH", "SHELLOPTS", "BASHOPTS", "GEM_HOME", "GEM_PATH", "BUNDLE_GEMFILE",
        "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "PHPRC", "PHP_INI_SCAN_DIR",

        "GCONV_PATH", "GLIBC_TUNABLES", "HOME", "LOCPATH", "PS4",
        "PROMPT_COMMAND", "IFS", "CDPATH", "SHELL", "NLSPATH", "HOSTALIASES", "RES_OPTIONS", "TERMINFO", "TERMCAP",
        "EDITOR", "PAGER",
        "CURL_HOME", "XMLCATALOG", "SGML_CATALOG_FILES", "CLASSPATH", "USERPROFILE", "APPDATA",
    ]
    private static let harmless: Set<String> = [
        "PYTHONUNBUFFERED", "PYTHONHASHSEED", "PYTHONIOENCODING", "PYTHONUTF8", "PYTHONDONTWRITEBYTECODE",
        "PYTHONOPTIMIZE", "PYTHONWARNINGS", "PYTHONFAULTHANDLER", "NODE_ENV", "NODE_NO_WARNINGS", "PERL_UNICODE",
        "SSL_CERT_FILE", "SSL_CERT_DIR",
    ]
}

/// The first line of a script.
enum ScriptStart {
    /// The words after `#!`: the interpreter and at most one more, as Linux takes the line apart. `nil` for what is no script.
    static func interpreterLine(of path: String) -> [String]? {
        guard let real = FileSystem.realPath(path), FileSystem.isRegularFile(real) else { return nil }
        let descriptor = open(real, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: maximumBytes)
        let count = read(descriptor, &bytes, bytes.count)
        guard count > 2, bytes.starts(with: Array("#!".utf8)) else { return nil }
        let line = bytes[2..<count].prefix { $0 != UInt8(ascii: "\n") && $0 != 0 }
        return String(decoding: line, as: UTF8.self)
            .split(maxSplits: 1, whereSeparator: { $0 == " " || $0 == "\t" })
            .map { String($0.reversed().drop { $0 == " " || $0 == "\t" || $0 == "\r" }.reversed()) }
            .filter { !$0.isEmpty }
    }

    /// BINPRM_BUF_SIZE: Linux looks no further.
    private static let maximumBytes = 256
}
