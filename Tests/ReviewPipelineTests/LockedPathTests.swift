import Glibc
import ReviewModel
import TemporarySpec
import Testing

@testable import LocalFiles
@testable import PluginRuntime
@testable import ReviewPipeline
@testable import SpecLoading

@Suite("A lock holds, whatever the path looks like", .serialized, .enabled(if: isBuildShown, "\(buildIsHidden)"))
struct LockedPathTests {
    /// A way to start a plugin that is spread over files.
    struct Arrangement: CustomTestStringConvertible, Sendable {
        var name: String
        /// As the spec has it.
        var command: String
        var files: [String: String]
        var links: [String: String] = [:]
        /// Each is changed once.
        var changed: [String]

        var testDescription: String { name }
    }

    private static let python = "import os, sys\nos.execv('\(buildFolder)/misbehaving-plugin', ['p'] + sys.argv[1:])\n"
    private static let shell = "exec '\(buildFolder)/misbehaving-plugin' \"$@\"\n"
    private static let perl = "exec { '\(buildFolder)/misbehaving-plugin' } 'p', @ARGV;\n"

    private static let arrangements: [Arrangement] = [
        Arrangement(
            name: "a script that is a link",
            command: "[python3, ./odd.py]",
            files: ["real/odd-1.2.py": python],
            links: ["odd.py": "real/odd-1.2.py"],
            changed: ["real/odd-1.2.py"]
        ),
        Arrangement(
            name: "a script behind a linked folder, with a module beside it",
            command: "[python3, ./current/odd.py], files: [./current/work.py]",
            files: ["v2/odd.py": "import work\n", "v2/work.py": python],
            links: ["current": "v2"],
            changed: ["v2/odd.py", "v2/work.py"]
        ),
        Arrangement(
            name: "a linked script, with a module beside what it leads to",
            command: "[python3, ./odd.py], files: [./real/work.py]",
            files: ["real/odd.py": "import work\n", "real/work.py": python],
            links: ["odd.py": "real/odd.py"],
            changed: ["real/odd.py", "real/work.py"]
        ),
        Arrangement(
            name: "a linked script that finds its library beside the link",
            command: "[sh, ./bin/odd], files: [./bin/work.sh]",
            files: ["real/odd": ". \"${0%/*}/work.sh\"\n", "bin/work.sh": shell],
            links: ["bin/odd": "../real/odd"],
            changed: ["real/odd", "bin/work.sh"]
        ),
        Arrangement(
            name: "a folder with __main__.py",
            command: "[python3, ./odd]",
            files: [
                "odd/__main__.py": "from parts import work\n", "odd/parts/__init__.py": "", "odd/parts/work.py": python,
            ],
            changed: ["odd/__main__.py", "odd/parts/work.py", "odd/parts/__init__.py"]
        ),
        Arrangement(
            name: "a linked folder with a linked module",
            command: "[python3, ./odd]",
            files: ["real/__main__.py": "import work\n", "lib/work.py": python],
            links: ["odd": "real", "real/work.py": "../lib/work.py"],
            changed: ["real/__main__.py", "lib/work.py"]
        ),
        Arrangement(
            name: "a folder of modules beside a script",
            command: "[python3, ./odd.py], files: [./parts]",
            files: ["odd.py": "from parts import work\n", "parts/work.py": python],
            changed: ["odd.py", "parts/work.py"]
        ),
        Arrangement(
            name: "a folder of modules given as an option",
            command: "[perl, -w, -I, ./lib, ./odd.pl]",
            files: ["odd.pl": "use Work; Work::go();\n", "lib/Work.pm": "package Work; sub go { \(perl) }\n1;\n"],
            changed: ["odd.pl", "lib/Work.pm"]
        ),
        Arrangement(
            name: "an interpreter started by env",
            command: "[env, ODD=1, python3, -u, ./odd.py]",
            files: ["odd.py": python],
            changed: ["odd.py"]
        ),
        Arrangement(
            name: "a script that names its interpreter",
            command: "[./odd]",
            files: ["odd": "#!/usr/bin/env -S python3 -u\n" + python],
            changed: ["odd"]
        ),
        Arrangement(
            name: "an executable with a file that it is given",
            command: "[./odd, behave, ./table.txt]",
            files: ["odd": "#!/bin/sh\n" + shell, "table.txt": "1\n"],
            changed: ["odd", "table.txt"]
        ),
        Arrangement(
            name: "a file after an equals sign",
            command: "[sh, ./odd.sh, behave, --table=FOLDER/table.txt]",
            files: ["odd.sh": "case $2 in --table=*/plugins/*) ;; *) exit 4 ;; esac\n" + shell, "table.txt": "1\n"],
            changed: ["odd.sh", "table.txt"]
        ),
        Arrangement(
            name: "a file behind the letter of an option, and one behind @",
            command: "[sh, ./odd.sh, behave, -fFOLDER/table.txt, '@FOLDER/more.txt']",
            files: [
                "odd.sh": "case $2$3 in -f*/plugins/*@*/plugins/*) ;; *) exit 4 ;; esac\n" + shell,
                "table.txt": "1\n", "more.txt": "2\n",
            ],
            changed: ["odd.sh", "table.txt", "more.txt"]
        ),
        Arrangement(
            name: "an interpreter under a name of the plugin's own",
            command: "[./bin/odd, ./odd.py]",
            files: ["odd.py": python],
            links: ["bin/odd": machinePython],
            changed: ["odd.py"]
        ),
        Arrangement(
            name: "a link to a link to an interpreter, in a linked folder",
            command: "[./now/odd, -u, ./odd.py]",
            files: ["odd.py": python],
            links: ["now": "bin", "bin/odd": "../other", "other": machinePython],
            changed: ["odd.py"]
        ),
        Arrangement(
            name: "a folder of modules in which a link leads to an interpreter",
            command: "[python3, ./odd.py], files: [./parts]",
            files: ["odd.py": "from parts import work\n", "parts/work.py": python],
            links: ["parts/shell": "/bin/sh"],
            changed: ["odd.py", "parts/work.py"]
        ),
        Arrangement(
            name: "env under a name of the plugin's own",
            command: "[./e, ODD=1, python3, ./odd.py]",
            files: ["odd.py": python],
            links: ["e": "/usr/bin/env"],
            changed: ["odd.py"]
        ),
        Arrangement(
            name: "perl under another interpreter's name, with a folder of modules",
            command: "[./python3, -I, ./lib, ./odd.pl]",
            files: ["odd.pl": "use Work; Work::go();\n", "lib/Work.pm": "package Work; sub go { \(perl) }\n1;\n"],
            links: ["python3": "/usr/bin/perl"],
            changed: ["odd.pl", "lib/Work.pm"]
        ),
        Arrangement(
            name: "a script that is called like an interpreter",
            command: "[./python3, behave]",
            files: ["python3": "#!/bin/sh\n" + shell],
            changed: ["python3"]
        ),
    ]

    private static let machinePython = "/usr/bin/python3"

    private func spec(_ arrangement: Arrangement) -> TemporarySpec {
        let spec = TemporarySpec(
            """
            pingshen: 1
            id: test
            \(TemporarySpec.form)
            tables: {lines: [{id: L1, amount: 5.00}]}
            pipeline: {odd: {use: odd}}
            plugins: {odd: {command: \(arrangement.command)}}
            """
        )
        write(
            String(decoding: (try? FileSystem.read(spec.path, atMost: .max)) ?? [], as: UTF8.self)
                .replacing("FOLDER", with: spec.folder),
            to: spec.path
        )
        for name in Array(arrangement.files.keys) + Array(arrangement.links.keys) {
            try? FileSystem.makeFolder(FilePaths.folder(of: spec.folder + "/" + name))
        }
        for (name, text) in arrangement.files { write(text, to: spec.folder + "/" + name) }
        for (name, target) in arrangement.links { symlink(target, spec.folder + "/" + name) }
        return spec
    }

    private func write(_ text: String, to path: String) {
        let file = fopen(path, "w")
        fputs(text, file)
        fclose(file)
        chmod(path, 0o755)
    }

    private func lock(_ spec: TemporarySpec) async throws -> [String] {
        try await lockPlugins(of: [loadSpec(spec.path)], catalog: PluginCatalog()).paths
    }

    private func run(_ spec: TemporarySpec, by path: String? = nil) async throws -> ReviewOutcome {
        var options = RunOptions()
        options.output = spec.folder + "/out"
        return try await review(loadSpec(path ?? spec.path), options: options)
    }

    private func refusal(_ body: () async throws -> Void) async throws -> String {
        do {
            try await body()
        } catch RunError.failed(let failures) {
            return try #require(failures.first).failure.message.en
        } catch RunError.invalid(let checked) {
            return checked.loaded.rendered(locale: .en, isColoured: false)
        }
        return "it was not refused"
    }

    @Test("what runs is what is locked, and a change to any file of it is noticed", arguments: arrangements)
    func arrangement(_ arrangement: Arrangement) async throws {
        let spec = spec(arrangement)
        _ = try await lock(spec)
        #expect(try await run(spec).failures.isEmpty)
        for name in arrangement.changed {
            let path = spec.folder + "/" + name
            let text = String(decoding: try FileSystem.read(path, atMost: .max), as: UTF8.self)
            write(text + "\n", to: path)
            let message = try await refusal { _ = try await run(spec) }
            #expect(message.hasPrefix("plugin \"odd\" is not what "), "\(name): \(message)")
            write(text, to: path)
        }
        #expect(try await run(spec).failures.isEmpty)
    }

    @Test("a file that is added to a locked folder, or renamed in it, is noticed; byte-code never runs")
    func folder() async throws {
        let spec = spec(try #require(Self.arrangements.first { $0.name == "a folder with __main__.py" }))
        _ = try await lock(spec)
        try FileSystem.makeFolder(spec.folder + "/odd/__pycache__")
        write("no byte-code", to: spec.folder + "/odd/__pycache__/parts.cpython-311.pyc")
        #expect(try await run(spec).failures.isEmpty)
        rename(spec.folder + "/odd/parts/__init__.py", spec.folder + "/odd/parts/json.py")
        #expect(try await refusal { _ = try await run(spec) }.contains("locked under another name"))
        rename(spec.folder + "/odd/parts/json.py", spec.folder + "/odd/parts/__init__.py")
        rename(spec.folder + "/odd/parts/work.py", spec.folder + "/odd/work.py")
        #expect(try await refusal { _ = try await run(spec) }.contains("locked under another name"), "moved up")
        rename(spec.folder + "/odd/work.py", spec.folder + "/odd/parts/work.py")
        write("", to: spec.folder + "/odd/os.py")
        #expect(try await refusal { _ = try await run(spec) }.contains("3 file(s) are locked, it has 4"))
    }

    /// A plugin whose command begins with a link of its own to the machine's Python.
    private func linked(_ target: String = machinePython) -> TemporarySpec {
        spec(
            Arrangement(
                name: "",
                command: "[./bin/odd, ./odd.py]",
                files: ["odd.py": Self.python],
                links: ["bin/odd": target],
                changed: []
            )
        )
    }

    /// The command that the locked plugin of a spec is started with.
    private func command(_ spec: TemporarySpec) throws -> [String] {
        var pinned = PinnedPrograms(try PluginLock.find(forSpec: spec.path).map(PluginLock.read), scratch: spec.folder)
        let commands = try #require(loadSpec(spec.path).spec).plugins
        return try pinned.pinned(PluginCatalog().program("odd", commands: commands)).command
    }

    @Test("what lies beside a link to an interpreter, whenever it is put there, does not run")
    func linkedInterpreter() async throws {
        let spec = linked()
        let version = FilePaths.name(of: FileSystem.realPath(Self.machinePython) ?? Self.machinePython)
        let library = spec.folder + "/lib/\(version)"
        try FileSystem.makeFolder(library + "/site-packages")
        write("import sys; sys.exit(9)\n", to: library + "/site-packages/odd.pth")
        _ = try await lock(spec)
        #expect(try command(spec)[0] == Self.machinePython, "the machine's own name for it")
        #expect(try await run(spec).failures.isEmpty)
        // A landmark by which Python knows its own library.
        write("raise SystemExit(9)\n", to: library + "/os.py")
        write("raise SystemExit(9)\n", to: library + "/site-packages/sitecustomize.py")
        #expect(try await run(spec).failures.isEmpty)
        for place in ["bin/pyvenv.cfg", "pyvenv.cfg"] {
            write("home = /usr/bin\n", to: spec.folder + "/" + place)
            #expect(try await refusal { _ = try await run(spec) }.contains("\(place)"))
            // More than is read of it: Python has no such limit.
            write("home = /usr/bin\n" + String(repeating: "#\n", count: 40_000), to: spec.folder + "/" + place)
            #expect(try await refusal { _ = try await run(spec) }.contains("Python may read it all the same"))
            unlink(spec.folder + "/" + place)
        }
        #expect(try await run(spec).failures.isEmpty)
    }

    @Test(
        "a link that leads to another program than when it was locked is noticed",
        arguments: ["/usr/bin/perl", "/bin/sh", "/usr/bin/env", "/bin/cat", "../odd.py"]
    )
    func turnedLink(target: String) async throws {
        let spec = linked()
        let path = try #require(try await lock(spec).first)
        #expect(
            try PluginLock.read(path).pins.first?.files.map(\.path) == [
                spec.folder + "/odd.py", spec.folder + "/bin/odd",
            ]
        )
        unlink(spec.folder + "/bin/odd")
        symlink(target, spec.folder + "/bin/odd")
        let message = try await refusal { _ = try await run(spec) }
        #expect(message.hasPrefix("plugin \"odd\" "), "\(message)")
        if target.hasSuffix("perl") { #expect(message.contains("it leads to /usr/bin/perl"), "\(message)") }
        unlink(spec.folder + "/bin/odd")
        symlink(Self.machinePython, spec.folder + "/bin/odd")
        #expect(try await run(spec).failures.isEmpty)
    }

    @Test(
        "a first line, or env -S, that names a link to an interpreter is not locked: the kernel starts it where it lies"
    )
    func linkInFirstLine() async throws {
        let spec = linked()
        let link = spec.folder + "/bin/odd"
        for line in ["#!\(link)", "#! \(link) -u", "#!/usr/bin/env -S \(link) -u"] {
            write(line + "\n" + Self.python, to: spec.folder + "/odd.py")
            for command in ["[./odd.py]", "[env, ./odd.py]"] {
                let text = String(decoding: try FileSystem.read(spec.path, atMost: .max), as: UTF8.self)
                write(text.replacing("[./bin/odd, ./odd.py]", with: command), to: spec.path)
                let message = try await refusal { _ = try await lock(spec) }
                #expect(message.contains(link) && message.contains("cannot be locked"), "\(line): \(message)")
                write(text, to: spec.path)
            }
        }
    }

    /// Whether a plugin's folder may have another name for the machine's Python.
    private static let mayLink: Bool = {
        let spec = TemporarySpec("")
        return FileSystem.realPath(machinePython).map { link($0, spec.folder + "/odd") == 0 } ?? false
    }()

    @Test("a hard link to an interpreter is that interpreter: its options are read as such", .enabled(if: mayLink))
    func hardLink() async throws {
        let spec = linked()
        unlink(spec.folder + "/bin/odd")
        link(try #require(FileSystem.realPath(Self.machinePython)), spec.folder + "/bin/odd")
        _ = try await lock(spec)
        #expect(try command(spec)[0].hasPrefix("/usr/bin/python3"))
        #expect(try await run(spec).failures.isEmpty)
        write("home = /usr/bin\n", to: spec.folder + "/bin/pyvenv.cfg")
        #expect(try await refusal { _ = try await run(spec) }.contains("pyvenv.cfg"))
        unlink(spec.folder + "/bin/pyvenv.cfg")
        let text = String(decoding: try FileSystem.read(spec.path, atMost: .max), as: UTF8.self)
        write(text.replacing("./odd.py]", with: "-m, odd]"), to: spec.path)
        #expect(try await refusal { _ = try await lock(spec) }.contains("the option -m of python"))
    }

    @Test(
        "what somebody puts beside the private copy, or into it, does not run",
        arguments: ["os.py", "sitecustomize.py", "__pycache__/work.cpython-311.pyc", "work.py"]
    )
    func besideTheCopy(file: String) async throws {
        let spec = spec(try #require(Self.arrangements.first { $0.name.hasPrefix("a linked script, with a module") }))
        _ = try await lock(spec)
        var pinned = PinnedPrograms(try PluginLock.find(forSpec: spec.path).map(PluginLock.read), scratch: spec.folder)
        let named = try #require(loadSpec(spec.path).spec).plugins
        let program = try PluginCatalog().program("odd", commands: named)
        let copy = try #require(try pinned.pinned(program).copy)
        let path = copy + "/real/" + file
        chmod(copy + "/real", 0o700)
        try FileSystem.makeFolder(FilePaths.folder(of: path))
        unlink(path)
        write("raise SystemExit(9)\n", to: path)
        #expect(try await run(spec).failures.isEmpty)
        let known = file == "work.py"
        #expect(FileSystem.exists(path) == known, "the copy is made anew")
        #expect(FileSystem.names(in: copy + "/real") == ["odd.py", "work.py"], "Python leaves no byte-code there")
        FileSystem.remove(copy)
    }

    @Test(
        "a plugin of a locked spec that is called or tested by itself is what was locked; any other is nobody's affair"
    )
    func byItself() async throws {
        let spec = spec(Self.arrangements[0])
        _ = try await lock(spec)
        let loaded = loadSpec(spec.path)
        let program = try PluginCatalog().program("odd", commands: #require(loaded.spec).plugins)
        #expect(try pinned(program, under: loaded, scratch: spec.folder).copy != nil)
        write("# changed\n", to: spec.folder + "/real/odd-1.2.py")
        #expect(throws: RunError.self) { try pinned(program, under: loaded, scratch: spec.folder) }
        let other = try PluginCatalog().program(namedOrStartedBy: program.command)
        #expect(try pinned(other, under: loaded, scratch: spec.folder).copy == nil)
    }

    @Test(
        "a command that does not show which files run is not locked, and the message says what to do",
        arguments: [
            ("[python3, -m, http.server]", "the option -m of python may load other code"),
            ("[python3, -c, 'print(1)']", "the option -c of python"),
            ("[python3, -ic, 'print(1)']", "the option -ic of python"),
            ("[python3, -X, 'pycache_prefix=/tmp', ./odd.py]", "the option -X of python"),
            ("[python3]", "python is given no script"),
            ("[python3, odd.py]", "write a path that begins with ./"),
            ("[python3, ./empty]", "has no __main__.py"),
            ("[python3, ./none.py]", "there is no file"),
            ("[sh, -c, ./odd.py]", "the option -c of sh"),
            ("[sh, -s]", "the option -s of sh"),
            ("[sh, ./empty]", "is a folder, which sh cannot run"),
            ("[perl, -e, '1']", "the option -e of perl"),
            ("[perl, -MOdd, ./odd.py]", "the option -MOdd of perl"),
            ("[perl, -Ilib, ./odd.py]", "write a path that begins with ./"),
            ("[env, -S, 'sh -c x']", "the option -c of sh"),
            ("[env, 'PYTHONPATH=/tmp', python3, ./odd.py]", "the variable PYTHONPATH decides which code is loaded"),
            ("[env, 'PATH=/tmp', python3, ./odd.py]", "the variable PATH"),
            ("[nice, python3, ./odd.py]", "starts other programs"),
            ("[timeout, '5', ./odd.py]", "starts other programs"),
            ("[xargs, ./odd.py]", "starts other programs"),
            ("[./looks-harmless, -m, odd]", "the option -m of python"),
            ("[./first-line]", "the option -c of sh"),
            ("[./foreign]", "names interpreter and script"),
            ("[./from-here]", "names interpreter and script"),
            ("[./sh, -c, ./odd.py]", "names interpreter and script"),
            ("[./python3, -E, '1']", "the option -E of perl"),
            ("[./gentle, ./odd.py]", "starts other programs"),
            ("[./e, -S, 'sh -c x']", "the option -c of sh"),
            ("[python3, ./odd.py], environment: [PYTHONPATH]", "its environment passes PYTHONPATH on"),
            ("[python3, ./odd.py], environment: [LD_PRELOAD]", "its environment passes LD_PRELOAD on"),
            ("[env, 'HOME=/tmp', python3, ./odd.py]", "the variable HOME decides which code is loaded"),
            ("[python3, ./odd.py], environment: [HOME]", "its environment passes HOME on"),
            ("[python3, ./odd.py], environment: [XDG_CONFIG_HOME]", "its environment passes XDG_CONFIG_HOME on"),
            (
                "[python3, ./odd.py], environment: ['BASH_FUNC_printf%%']",
                "its environment passes BASH_FUNC_printf%% on"
            ),
            ("[python3, ./odd.py], environment: ['printf()']", "its environment passes printf() on"),
            ("[python3, ./odd.py], files: [./none.py]", "there is no file"),
            ("[python3, ./odd.py], files: [./pipe]", "a named pipe"),
        ]
    )
    func unknowable(command: String, expected: String) async throws {
        let arrangement = Arrangement(
            name: "",
            command: command,
            files: [
                "odd.py": Self.python, "empty/x": "", "first-line": "#!/usr/bin/env -S sh -c\n",
                "foreign": "#!/var/tmp/odd\n", "from-here": "#!../../../../../../../../bin/sh\n",
                "sh": "#!/var/tmp/odd\n",
            ],
            links: [
                "looks-harmless": FileSystem.realPath("/usr/bin/python3") ?? "/usr/bin/python3",
                "python3": "/usr/bin/perl", "gentle": "/usr/bin/nice", "e": "/usr/bin/env",
            ],
            changed: []
        )
        let spec = spec(arrangement)
        mkfifo(spec.folder + "/pipe", 0o600)
        let message = try await refusal { _ = try await lock(spec) }
        #expect(message.contains(expected.replacing("names interpreter", with: "name interpreter")), "\(message)")
        #expect(!FileSystem.exists(spec.folder + "/pingshen.lock"))
        // Under a lock that knows the name, nothing of the kind is started either.
        write("pingshen: 1\nplugins: {odd: {version: x, files: []}}\n", to: spec.folder + "/pingshen.lock")
        let refused = try await refusal { _ = try await run(spec) }
        #expect(refused.hasPrefix("plugin \"odd\" "), "\(refused)")
    }

    @Test("other interpreters are read by their own rules, also where they are not installed")
    func interpreters() throws {
        let spec = TemporarySpec("", files: ["package.json": "{}", "odd.js": "", "odd.rb": "", "data.txt": ""])
        func read(_ words: String) -> String {
            let words = words.replacing("FOLDER", with: spec.folder).split(separator: " ").map(String.init)
            do throws(Unlockable) {
                let parts = try CommandFiles(words, searchPath: ["/usr/bin"]).parts
                return parts.map { part in
                    "\(part.word) \(part.prefix)\(part.path)" + (part.machineName.map { " -> \($0)" } ?? "")
                }.joined(separator: ", ")
                    .replacing(spec.folder, with: "FOLDER")
            } catch {
                return error.reason.en
            }
        }
        #expect(read("/usr/bin/node --no-warnings --max-old-space-size=64 FOLDER") == "3 FOLDER")
        #expect(read("/usr/bin/node18 FOLDER/odd.js FOLDER/data.txt") == "1 FOLDER/odd.js, 2 FOLDER/data.txt")
        #expect(read("/usr/bin/node -r FOLDER/odd.js FOLDER/odd.js").contains("the option -r of node"))
        #expect(read("/usr/bin/node --import=FOLDER/odd.js FOLDER/odd.js").contains("the option --import="))
        #expect(read("/usr/bin/ruby3.1 -w -IFOLDER FOLDER/odd.rb") == "2 -IFOLDER, 3 FOLDER/odd.rb")
        #expect(read("/usr/bin/bash -euo pipefail FOLDER/odd.rb") == "3 FOLDER/odd.rb")
        #expect(read("/usr/bin/php -d x=y FOLDER/odd.rb").contains("the option -d of php"))
        #expect(read("/usr/bin/python3.13t -m odd").contains("the option -m of python3.13t"))
        #expect(read("/usr/bin/python3-dbg -m odd").contains("the option -m of python3-dbg"))
        #expect(read("/usr/bin/perl5.36-x86_64-linux-gnu -e 1").contains("the option -e of perl"))
        #expect(read("/usr/bin/shellcheck FOLDER/odd.rb") == "0 /usr/bin/shellcheck, 1 FOLDER/odd.rb")
        #expect(read("/lib/x86_64-linux-gnu/ld-2.31.so FOLDER/odd.rb").contains("starts other programs"))
        #expect(read("/usr/bin/npx odd").contains("starts other programs"))
        #expect(read("/lib64/ld-linux-x86-64.so.2 FOLDER/odd.rb").contains("starts other programs"))
        #expect(read("/usr/bin/env --chdir=/ FOLDER/odd.rb").contains("the option --chdir=/ of env"))
        #expect(read("/usr/bin/env -u X A=1 /usr/bin/ruby -- FOLDER/odd.rb") == "6 FOLDER/odd.rb")
        // Where something else stands before the stroke, the path has begun before it.
        let words = "FOLDER/odd.rb -fFOLDER/data.txt @FOLDER/data.txt --a=FOLDER/data.txt -x=@FOLDER/data.txt"
        #expect(read("/usr/bin/ruby \(words)").split(separator: ",").count == 5)
        #expect(
            read("/usr/bin/ruby FOLDER/odd.rb --in=./tmp -f./tmp a/tmp 1/tmp - / -/tmp http://tmp")
                == "1 FOLDER/odd.rb, 7 /"
        )
        for (name, target) in ["sh": "/bin/sh", "e": "/usr/bin/env"] { symlink(target, spec.folder + "/" + name) }
        #expect(
            read("FOLDER/sh FOLDER/odd.rb").hasPrefix("0 FOLDER/sh -> /usr/bin/sh, 1 ")
                || FileSystem.realPath("/bin") == "/bin"
        )
        #expect(read("FOLDER/e -i FOLDER/sh FOLDER/odd.rb").hasPrefix("0 FOLDER/e -> /usr/bin/env, 2 FOLDER/sh -> /"))
        #expect(read("FOLDER/ruby FOLDER/odd.rb") == "0 FOLDER/ruby, 1 FOLDER/odd.rb", "one of the town's own")
    }

    @Test(
        "a lock that is a link counts; one that is a folder, a pipe or leads nowhere lets nothing start",
        arguments: ["link", "folder", "pipe", "nowhere"]
    )
    func oddLock(kind: String) async throws {
        let spec = spec(Self.arrangements[0])
        let path = spec.folder + "/pingshen.lock"
        switch kind {
        case "folder": mkdir(path, 0o755)
        case "pipe": mkfifo(path, 0o600)
        case "nowhere": symlink("gone.lock", path)
        default:
            write("pingshen: 1\nplugins: {}\n", to: spec.folder + "/town.lock")
            symlink("town.lock", path)
            #expect(try await refusal { _ = try await run(spec) }.contains("is not in \(path)"))
            _ = try await lock(spec)
            #expect(try PluginLock.read(spec.folder + "/town.lock").pins.map(\.name) == ["odd"], "the link stays")
            #expect(try await run(spec).failures.isEmpty)
            return
        }
        let message = try await refusal { _ = try await run(spec) }
        #expect(message.contains("pingshen.lock"), "\(message)")
        #expect(!FileSystem.exists(spec.folder + "/out"))
        #expect(try await refusal { _ = try await lock(spec) }.contains("pingshen.lock"), "nor is it overwritten")
    }

    @Test("of a spec that is reached by a link, the lock where it lies counts, and the one where the link stands")
    func linkedSpec() async throws {
        let spec = spec(Self.arrangements[0])
        let town = spec.folder + "/town"
        mkdir(town, 0o755)
        // As it is seen from the link's folder.
        for name in ["odd.py", "real"] { symlink("../" + name, town + "/" + name) }
        symlink("../spec.yaml", town + "/linked.yaml")
        #expect(
            try await lockPlugins(of: [loadSpec(town + "/linked.yaml")], catalog: PluginCatalog()).paths == [
                spec.folder + "/pingshen.lock"
            ]
        )
        #expect(try await run(spec, by: town + "/linked.yaml").failures.isEmpty)
        write("pingshen: 1\nplugins: {}\n", to: town + "/pingshen.lock")
        let message = try await refusal { _ = try await run(spec, by: town + "/linked.yaml") }
        #expect(message.contains("is not in \(town)/pingshen.lock"), "\(message)")
        let both = try await lockPlugins(of: [loadSpec(town + "/linked.yaml")], catalog: PluginCatalog()).paths
        #expect(both == [town + "/pingshen.lock", spec.folder + "/pingshen.lock"])
        write("pingshen: 1\nplugins: {}\n", to: spec.folder + "/pingshen.lock")
        let other = try await refusal { _ = try await run(spec, by: town + "/linked.yaml") }
        #expect(other.contains("is not in \(spec.folder)/pingshen.lock"), "\(other)")
    }

    @Test("a plugin that is being locked sees no variable of the user's, runs in a folder of its own, from its copy")
    func stranger() async throws {
        setenv("PINGSHEN_TEST_PASSED", "1", 1)
        let spec = spec(
            Arrangement(
                name: "",
                command: "[sh, ./odd.sh], environment: [PINGSHEN_TEST_PASSED]",
                files: [
                    "odd.sh":
                        "[ \"$1\" != --plugin-manifest ] || [ -z \"$PINGSHEN_TEST_PASSED$USER$LOGNAME$MAIL\" ] || exit 4\n"
                        + "[ \"$PWD\" = \"$TMPDIR\" ] || exit 5\ncase $0 in */plugins/*) ;; *) exit 6 ;; esac\n"
                        + Self.shell
                ],
                changed: []
            )
        )
        setenv("USER", "somebody", 1)
        _ = try await lock(spec)
        #expect(try await run(spec).failures.isEmpty)
    }

    @Test("a module that nobody named is missed when the plugin is locked, not later")
    func missing() async throws {
        let spec = spec(
            Arrangement(
                name: "",
                command: "[python3, ./odd.py]",
                files: ["odd.py": "import work\n", "work.py": Self.python],
                changed: []
            )
        )
        let refusal = try await refusal { _ = try await lock(spec) }
        #expect(refusal.hasPrefix("plugin \"odd\" ended during --plugin-manifest (exit status 1)"), "\(refusal)")
    }
}
