import Glibc
import PluginWire
import ReviewModel
import TemporarySpec
import Testing

@testable import LocalFiles
@testable import PluginRuntime
@testable import ReviewPipeline
@testable import SpecLoading

private let python = "/usr/bin/python3"
private let node = "/usr/bin/node"
private let hasPython = FileSystem.isExecutable(python)
private let hasNode = FileSystem.isExecutable(node)

@Suite(
    "A lock covers the modules that an interpreter loads",
    .serialized,
    .enabled(if: isBuildShown, "\(buildIsHidden)")
)
struct LockedModuleTests {
    private static let work = "import os, sys\nos.execv('\(buildFolder)/misbehaving-plugin', ['p'] + sys.argv[1:])\n"

    private func spec(_ command: String, _ files: [String: String]) throws -> TemporarySpec {
        let spec = TemporarySpec(
            """
            pingshen: 1
            id: test
            \(TemporarySpec.form)
            tables: {lines: [{id: L1, amount: 5.00}]}
            pipeline: {odd: {use: odd}}
            plugins: {odd: {command: \(command)}}
            """
        )
        for (name, text) in files {
            let path = spec.folder + "/" + name
            try FileSystem.makeFolder(FilePaths.folder(of: path))
            try FileSystem.write(Array(text.utf8), to: path)
        }
        return spec
    }

    /// A virtual environment as `python3 -m venv` makes one, with one module.
    private func environment(_ command: String, _ more: [String: String] = [:]) throws -> (TemporarySpec, String) {
        let name = FilePaths.name(of: FileSystem.realPath(python) ?? python)
        let modules = "venv/lib/\(name)/site-packages"
        let spec = try spec(
            command,
            ["venv/pyvenv.cfg": "home = /usr/bin\n", modules + "/work.py": Self.work, "odd.py": "import work\n"]
                .merging(
                    more.map { ($0.key.replacing("MODULES", with: modules), $0.value) }
                ) { $1 }
        )
        try FileSystem.makeFolder(spec.folder + "/venv/bin")
        symlink(python, spec.folder + "/venv/bin/python")
        symlink("lib", spec.folder + "/venv/lib64")
        return (spec, spec.folder + "/" + modules)
    }

    private func lock(_ spec: TemporarySpec, _ catalog: PluginCatalog = PluginCatalog()) async throws -> LockReport {
        try await lockPlugins(of: [loadSpec(spec.path)], catalog: catalog)
    }

    private func run(_ spec: TemporarySpec, _ catalog: PluginCatalog = PluginCatalog()) async throws -> ReviewOutcome {
        var options = RunOptions()
        options.output = spec.folder + "/out"
        options.catalog = catalog
        return try await review(loadSpec(spec.path), options: options)
    }

    private func refusal(_ body: () async throws -> Void) async throws -> String {
        do { try await body() } catch RunError.failed(let failures) { return failures.first?.failure.message.en ?? "" }
        return "it was not refused"
    }

    private func append(_ text: String, to path: String) throws {
        let old = FileSystem.exists(path) ? try FileSystem.read(path, atMost: 1 << 20) : []
        try FileSystem.write(old + Array(text.utf8), to: path)
    }

    @Test(
        "of a virtual environment: they run from the copy, and what is changed or added among them is noticed",
        .enabled(if: hasPython)
    )
    func environment() async throws {
        let (spec, modules) = try environment("[./venv/bin/python, ./odd.py]")
        let report = try await lock(spec)
        let plugin = try #require(report.plugins.first)
        #expect(plugin.folders == [modules] && plugin.fileCount == 4)
        #expect(plugin.uncovered?.en.hasPrefix("the interpreter /usr/bin/python3") == true)
        #expect(plugin.uncovered?.en.contains("modules that the system has") == false)
        let text = String(decoding: try FileSystem.read(report.paths[0], atMost: 1 << 20), as: UTF8.self)
        #expect(text.contains("- {folder: \"\(modules)\", files: 1, sha256: "))
        #expect(try await run(spec).failures.isEmpty)
        var pinned = PinnedPrograms(try PluginLock.find(forSpec: spec.path).map(PluginLock.read), scratch: spec.folder)
        let program = try PluginCatalog().program("odd", commands: #require(loadSpec(spec.path).spec).plugins)
        let copy = try pinned.pinned(program)
        #expect(copy.command[0] == copy.copy.map { $0 + "/venv/bin/python" })

        try append("\n", to: modules + "/work.py")
        #expect(try await refusal { _ = try await run(spec) }.contains("\(modules) (1 files, locked 1; sha256 "))
        try FileSystem.write(Array(Self.work.utf8), to: modules + "/work.py")
        #expect(try await run(spec).failures.isEmpty)
        try append("", to: modules + "/sitecustomize.py")
        #expect(try await refusal { _ = try await run(spec) }.contains("\(modules) (2 files, locked 1; sha256 "))
        FileSystem.remove(modules + "/sitecustomize.py")
        try append("include-system-site-packages = true\n", to: spec.folder + "/venv/pyvenv.cfg")
        #expect(try await refusal { _ = try await run(spec) }.contains("pyvenv.cfg (sha256"))
        #expect(try await lock(spec).plugins.first?.uncovered?.en.contains("modules that the system has") == true)
        unlink(spec.folder + "/venv/bin/python")
        symlink("/usr/bin/perl", spec.folder + "/venv/bin/python")
        #expect(try await refusal { _ = try await run(spec) }.hasPrefix("plugin \"odd\" is not what "))
    }

    @Test(
        "of a virtual environment must lie in it: an editable install, or a path that leads elsewhere, is not locked",
        .enabled(if: hasPython),
        arguments: [
            ("MODULES/__editable__.mine-1.pth", "/tmp\n"), ("MODULES/mine.egg-link", "/tmp\n"),
            ("MODULES/far.pth", "/tmp\n"), ("MODULES/far.pth", "/nowhere/at/all \n"),
            ("MODULES/far.pth", "sub\u{2028}deep\n"),
            ("venv/pyvenv.cfg", "home = /tmp/elsewhere/bin\n"),
            ("MODULES/far.pth", "# where\n../../../../..\n"),
        ]
    )
    func leadingOut(name: String, text: String) async throws {
        let (spec, _) = try environment("[./venv/bin/python, ./odd.py]", [name: text])
        #expect(try await refusal { _ = try await lock(spec) }.contains("which cannot be locked"))
    }

    @Test(
        "of a virtual environment are locked by a path that leads back into it, or by code in it",
        .enabled(if: hasPython)
    )
    func leadingBack() async throws {
        let files = ["MODULES/near.pth": "import sys\nparts\nnowhere\n", "MODULES/parts/more.py": ""]
        let (spec, _) = try environment("[./venv/bin/python, ./odd.py]", files)
        #expect(try await lock(spec).plugins.first?.fileCount == 6)
        #expect(try await run(spec).failures.isEmpty)
    }

    @Test(
        "of an environment that a script's first line names are not locked; the message says what is",
        .enabled(if: hasPython)
    )
    func firstLine() async throws {
        let (spec, _) = try environment("[./odd.py]")
        let text = "#!\(spec.folder)/venv/bin/python\nimport work\n"
        try FileSystem.write(Array(text.utf8), to: spec.folder + "/odd.py")
        chmod(spec.folder + "/odd.py", 0o755)
        #expect(try await refusal { _ = try await lock(spec) }.contains("name interpreter and script in command"))
    }

    @Test("of Node: those in node_modules beside the script and above it, and package.json", .enabled(if: hasNode))
    func nodeModules() async throws {
        let start =
            "require('child_process').spawn('\(buildFolder)/misbehaving-plugin', process.argv.slice(2), {stdio: 'inherit'})"
        let spec = try spec(
            "[\(node), ./plugins/odd.js]",
            [
                "plugins/odd.js": "require('near'); require('far')\n",
                "plugins/node_modules/near/index.js": "\n",
                "node_modules/far/index.js": start + "\n", "node_modules/far/package.json": "{\"name\": \"far\"}\n",
                "package.json": "{\"type\": \"commonjs\"}\n",
            ]
        )
        let plugin = try #require(try await lock(spec).plugins.first)
        #expect(plugin.folders == [spec.folder + "/plugins/node_modules", spec.folder + "/node_modules"])
        #expect(plugin.fileCount == 5)
        #expect(try await run(spec).failures.isEmpty)
        for name in [
            "plugins/node_modules/near/index.js", "node_modules/far/index.js", "package.json", "plugins/odd.js",
        ] {
            let path = spec.folder + "/" + name
            let bytes = try FileSystem.read(path, atMost: 1 << 20)
            try append(" ", to: path)
            #expect(try await refusal { _ = try await run(spec) }.hasPrefix("plugin \"odd\" is not what "), "\(name)")
            try FileSystem.write(bytes, to: path)
        }
        #expect(try await run(spec).failures.isEmpty)
    }

    @Test("that an earlier release did not lock are named, with what to type", .enabled(if: hasPython))
    func earlierLock() async throws {
        let (spec, modules) = try environment("[./venv/bin/python, ./odd.py]")
        let path = try #require(try await lock(spec).paths.first)
        let lines = String(decoding: try FileSystem.read(path, atMost: 1 << 20), as: UTF8.self).split(separator: "\n")
        let earlier =
            lines.filter { !$0.contains("pyvenv.cfg") && !$0.contains("folder:") && !$0.contains("bin/python") }.joined(
                separator: "\n"
            ) + "\n"
        try FileSystem.write(Array(earlier.utf8), to: path)
        let message = try await refusal { _ = try await run(spec) }
        #expect(
            message.contains(
                "it loads \(spec.folder)/venv/pyvenv.cfg, \(spec.folder)/venv/bin/python, \(modules) as well, which the lock"
            )
        )
        #expect(message.hasSuffix("lock it anew with: pingshen plugins lock SPEC"))
    }

    @Test("and a line feed in the name of one does not stand for the next", .enabled(if: hasPython))
    func lineFeeds() async throws {
        // By their checksums, so that lines of forged names would be sorted as the lines of files are.
        let contents = (0..<4).map { "# \($0)\n" }
        let sorted = contents.map { (sha256(Array($0.utf8)), $0) }.sorted { $0.0 < $1.0 }
        let (spec, modules) = try environment(
            "[./venv/bin/python, ./odd.py]",
            ["MODULES/n1\n\(sorted[1].0) evil.py": sorted[0].1, "MODULES/n2": sorted[2].1, "MODULES/n3": sorted[3].1]
        )
        _ = try await lock(spec)
        for name in ["n1\n\(sorted[1].0) evil.py", "n2", "n3"] { FileSystem.remove(modules + "/" + name) }
        for (name, content) in zip(["n1", "evil.py", "n2\n\(sorted[3].0) n3"], sorted) {
            try FileSystem.write(Array(content.1.utf8), to: modules + "/" + name)
        }
        #expect(try await refusal { _ = try await run(spec) }.contains("find out who changed it"))
    }

    @Test(
        "and what a program is at a moment: scripts beside its own, and where its links lead",
        .enabled(if: hasPython)
    )
    func state() throws {
        let spec = try spec(
            "[sh]",
            ["plugin/odd.py": "import work\n", "plugin/work.py": "a = 1\n", "plugin/notes.txt": "x"]
        )
        symlink(python, spec.folder + "/tool")
        func state() throws -> String? {
            let program = try PluginCatalog().program(namedOrStartedBy: [
                spec.folder + "/tool", spec.folder + "/plugin/odd.py",
            ])
            return try ProgramFiles(program).state(of: program) { sha256(try FileSystem.read($0, atMost: 1 << 30)) }
        }
        let first = try state()
        #expect(first != nil)
        try append("more", to: spec.folder + "/plugin/notes.txt")
        try FileSystem.makeFolder(spec.folder + "/plugin/out/town")
        try append("{}", to: spec.folder + "/plugin/out/town/review.json")
        #expect(try state() == first)
        try append("a = 2\n", to: spec.folder + "/plugin/work.py")
        let second = try state()
        #expect(second != first)
        unlink(spec.folder + "/tool")
        symlink("/bin/sh", spec.folder + "/tool")
        #expect(try state() != second)
    }

    @Test(
        "and a built-in plugin that came with another release is told by both versions; other bytes of the same are not excused"
    )
    func upgradedHost() async throws {
        let host = try spec("[sh]", [:])
        let program = host.folder + "/pingshen-odd"
        try FileSystem.write(Array("#!/bin/sh\nexec '\(buildFolder)/misbehaving-plugin' \"$@\"\n".utf8), to: program)
        chmod(program, 0o755)
        let catalog = PluginCatalog(hostFolder: host.folder, store: nil)
        let spec = TemporarySpec(
            """
            pingshen: 1
            id: test
            \(TemporarySpec.form)
            tables: {lines: [{id: L1, amount: 5.00}]}
            pipeline: {odd: {use: odd}}
            """
        )
        let path = try #require(try await lock(spec, catalog).paths.first)
        let text = String(decoding: try FileSystem.read(path, atMost: 1 << 20), as: UTF8.self)
        let version = try #require(text.split(separator: "\n").first { $0.contains("version:") })
        try append("# a newer one\n", to: program)
        try FileSystem.write(Array(text.replacing(version, with: "    version: \"0.0.9\"").utf8), to: path)
        let upgraded = try await refusal { _ = try await run(spec, catalog) }
        #expect(
            upgraded.contains(
                "version 0.0.9 is locked, and this pingshen brings \(hostVersion) (0.0.9 → \(hostVersion))"
            )
        )
        try FileSystem.write(Array(text.replacing(version, with: "    version: \"\(hostVersion)\"").utf8), to: path)
        #expect(try await refusal { _ = try await run(spec, catalog) }.contains("find out who changed it"))
    }
}

@Suite("A version that a spec asks for", .serialized)
struct AskedVersionTests {
    private func mistakes(_ requirement: String) async throws -> [String] {
        let spec = TemporarySpec.misbehaving("behave", plugin: ", version: \"\(requirement)\"")
        do {
            try await validate(spec)
        } catch RunError.invalid(let checked) {
            return checked.loaded.diagnostics.map { "\($0.place.line ?? 0) \($0.code) \($0.message.en)" }
        }
        return []
    }

    private func validate(_ spec: TemporarySpec) async throws {
        var options = RunOptions()
        options.output = spec.folder + "/out"
        _ = try await review(loadSpec(spec.path), options: options)
    }

    @Test("is held against what the plugin says of itself, with its place")
    func held() async throws {
        #expect(try await mistakes(">=1").isEmpty)
        let found = try await mistakes(">=1, <1.0.0")
        #expect(found.count == 1 && found[0].contains("plan/plugin-version the plugin \"odd\" is version "), "\(found)")
        #expect(found.first?.hasSuffix("where >=1, <1.0.0 is asked for") == true)
    }

    @Test("of the protocol in a plugin.yaml is one that the wire speaks")
    func protocols() { #expect(PluginLabel.knownProtocols == supportedProtocolVersions) }

    @Test("is held when plugins are locked, and nothing is written then")
    func locked() async throws {
        let spec = TemporarySpec.misbehaving("behave", plugin: ", version: \"=77\"")
        await #expect(throws: RunError.self) {
            try await lockPlugins(of: [loadSpec(spec.path)], catalog: PluginCatalog())
        }
        #expect(PluginLock.find(forSpec: spec.path).isEmpty)
    }
}
