import Glibc
import ReviewModel
import TemporarySpec
import Testing

@testable import LocalFiles
@testable import PluginRuntime
@testable import ReviewPipeline
@testable import SpecLoading

@Suite("pingshen.lock", .serialized, .enabled(if: isBuildShown, "\(buildIsHidden)"))
struct PluginLockTests {
    /// A spec whose plugin is a script with a module beside it.
    private func script() -> TemporarySpec {
        let spec = TemporarySpec(
            """
            pingshen: 1
            id: test
            \(TemporarySpec.form)
            tables: {lines: [{id: L1, amount: 5.00}]}
            pipeline: {odd: {use: odd}}
            plugins: {odd: {command: [sh, ./bin/odd.sh], files: [./bin/lib.sh]}}
            """
        )
        mkdir(spec.folder + "/bin", 0o755)
        write(". \"${0%/*}/lib.sh\"\n", to: spec.folder + "/bin/odd.sh")
        write("exec '\(buildFolder)/misbehaving-plugin' \"$@\"\n", to: spec.folder + "/bin/lib.sh")
        return spec
    }

    private func write(_ text: String, to path: String) {
        let file = fopen(path, "w")
        fputs(text, file)
        fclose(file)
    }

    private func lock(_ spec: TemporarySpec) async throws -> String {
        try #require(try await lockPlugins(of: [loadSpec(spec.path)], catalog: PluginCatalog()).paths.first)
    }

    private func run(_ spec: TemporarySpec) async throws -> ReviewOutcome {
        var options = RunOptions()
        options.output = spec.folder + "/out"
        return try await review(loadSpec(spec.path), options: options)
    }

    private func refusal(_ spec: TemporarySpec) async throws -> String {
        do {
            _ = try await run(spec)
        } catch RunError.failed(let failures) {
            #expect(access(spec.folder + "/out", F_OK) != 0, "nothing is written")
            return try #require(failures.first).failure.message.en
        }
        Issue.record("the run was not refused")
        return ""
    }

    @Test("a locked script runs from a private copy, with the files beside it")
    func copied() async throws {
        let spec = script()
        let path = try await lock(spec)
        #expect(path == spec.folder + "/pingshen.lock")
        let text = String(decoding: try FileSystem.read(path, atMost: .max), as: UTF8.self)
        #expect(text.contains("odd.sh") && text.contains("lib.sh") && text.contains("version: \"1\""))
        #expect(try await run(spec).failures.isEmpty)
    }

    @Test(
        "what was changed after it was locked is not started; locking it anew allows it",
        arguments: ["odd.sh", "lib.sh"]
    )
    func changed(file: String) async throws {
        let spec = script()
        _ = try await lock(spec)
        let path = spec.folder + "/bin/" + file
        write(String(decoding: try FileSystem.read(path, atMost: .max), as: UTF8.self) + "# changed\n", to: path)
        let message = try await refusal(spec)
        #expect(message.hasPrefix("plugin \"odd\" is not what \(spec.folder)/pingshen.lock has locked"), "\(message)")
        #expect(message.contains(path) && message.contains("pingshen plugins lock SPEC"))
        _ = try await lock(spec)
        #expect(try await run(spec).failures.isEmpty)
    }

    @Test("libraries that lie with the built-in plugins are locked with each, and lie beside its private copy")
    func libraries() async throws {
        let spec = TemporarySpec(
            """
            pingshen: 1
            id: test
            \(TemporarySpec.form)
            tables: {lines: [{id: L1, amount: 5.00}]}
            pipeline: {odd: {use: odd}}
            """
        )
        let (plugin, library) = (spec.folder + "/host/pingshen-odd", spec.folder + "/host/lib/libodd.so.1")
        for folder in ["/host", "/host/lib"] { mkdir(spec.folder + folder, 0o755) }
        write(
            "#!/bin/sh\ncase $0 in \(spec.folder)/*) exit 71; esac\n[ -e \"${0%/*}/lib/libodd.so.1\" ] || exit 72\n"
                + "exec '\(buildFolder)/misbehaving-plugin' \"$@\"\n",
            to: plugin
        )
        chmod(plugin, 0o755)
        write("code", to: library)
        var options = RunOptions()
        options.catalog = PluginCatalog(hostFolder: spec.folder + "/host", searchPath: "/usr/bin:/bin")
        options.output = spec.folder + "/out"
        _ = try await lockPlugins(of: [loadSpec(spec.path)], catalog: options.catalog)
        #expect(try await review(loadSpec(spec.path), options: options).failures.isEmpty)
        write("other code", to: library)
        do {
            _ = try await review(loadSpec(spec.path), options: options)
            Issue.record("the run was not refused")
        } catch RunError.failed(let failures) {
            #expect(failures.first?.failure.message.en.contains("is locked") == true)
        }
    }

    @Test("a plugin that was never locked is not started where there is a lock, in a folder above too")
    func unknown() async throws {
        let spec = TemporarySpec.misbehaving("behave")
        write("pingshen: 1\nplugins: {}\n", to: spec.folder + "/pingshen.lock")
        #expect(try await refusal(spec).contains("is not in \(spec.folder)/pingshen.lock"))
        mkdir(spec.folder + "/town", 0o755)
        #expect(PluginLock.find(forSpec: spec.folder + "/town/spec.yaml") == [spec.folder + "/pingshen.lock"])
    }

    @Test("what replaces a program during a run is not what is started again")
    func replacedDuringRun() async throws {
        let mark = "/tmp/pingshen-once-\(UInt64.random(in: 0...UInt64.max))"
        defer { unlink(mark) }
        let spec = TemporarySpec(
            """
            pingshen: 1
            id: test
            \(TemporarySpec.form)
            tables: {lines: [{id: L1, amount: 5.00}]}
            pipeline: {odd: {use: odd, with: {own: \(mark)}}}
            plugins: {odd: {command: [sh, ./odd.sh, crash-once]}}
            """
        )
        let path = spec.folder + "/odd.sh"
        // It replaces itself before it crashes; a copy that is not locked would then fail.
        write(
            "[ \"$2\" = --plugin-manifest ] || { echo 'exit 77' > '\(path).new'; mv '\(path).new' '\(path)'; }\n"
                + "exec '\(buildFolder)/misbehaving-plugin' \"$@\"\n",
            to: path
        )
        _ = try await lock(spec)
        #expect(try await run(spec).failures.isEmpty)
        #expect(
            String(decoding: try FileSystem.read(path, atMost: .max), as: UTF8.self) == "exit 77\n",
            "it was replaced"
        )
    }

    @Test("a lock that cannot be understood is a mistake with its place")
    func unreadable() async throws {
        let spec = TemporarySpec.misbehaving("behave")
        write("pingshen: 2\nplugins:\n  odd: {version: 1, file: []}\n", to: spec.folder + "/pingshen.lock")
        do {
            _ = try await run(spec)
            Issue.record("the lock was taken")
        } catch RunError.invalid(let checked) {
            let text = checked.loaded.rendered(locale: .en, isColoured: false)
            #expect(text.contains("pingshen.lock:1:11: error: this version of the lock file is not known"), "\(text)")
            #expect(text.contains("unknown key \"file\"") && text.contains("\"files\""))
        }
    }

    @Test("locking another spec keeps what was locked before; one name for two programs is an error")
    func several() async throws {
        let spec = script()
        _ = try await lock(spec)
        let other =
            "pingshen: 1\nid: b\n\(TemporarySpec.form)\npipeline: {p: {use: plain}}\nplugins: {plain: {command: [\"\(buildFolder)/misbehaving-plugin\"]}}\n"
        write(other, to: spec.folder + "/other.yaml")
        _ = try await lockPlugins(of: [loadSpec(spec.folder + "/other.yaml")], catalog: PluginCatalog())
        #expect(try PluginLock.read(spec.folder + "/pingshen.lock").pins.map(\.name) == ["odd", "plain"])
        write(other.replacing("plain", with: "odd"), to: spec.folder + "/third.yaml")
        do {
            _ = try await lockPlugins(
                of: [loadSpec(spec.path), loadSpec(spec.folder + "/third.yaml")],
                catalog: PluginCatalog()
            )
            Issue.record("both were taken")
        } catch RunError.failed(let failures) {
            #expect(failures.first?.failure.message.en.contains("mean two programs") == true)
        }
    }
}
