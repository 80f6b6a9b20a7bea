import ReviewModel
import SpecLoading
import Testing

@testable import LocalFiles
@testable import PluginFolders
@testable import PluginRuntime

@Suite("Adding a plugin", .serialized)
struct AddingTests {
    /// A plugin that tells its manifest, and nothing else: whether it conforms is the affair of the test that it is given.
    private static func script(_ name: String, _ version: String) -> String {
        """
        if [ "$1" = --plugin-manifest ]; then
          echo '{"protocolVersions":[1],"plugin":{"name":"\(name)","version":"\(version)","description":"d"},"roles":[]}'
        fi

        """
    }

    private static func label(_ version: String, needs: String = "", name: String = "odd") -> String {
        """
        pingshen: 1
        name: \(name)
        version: \(version)
        licence: MIT
        summary: says nothing
        protocol: 1
        command: [sh, ./odd.sh]
        needs: [\(needs)]

        """
    }

    private let place: Workplace
    private let store: PluginStore
    private let catalog: PluginCatalog

    init() throws {
        place = try Workplace()
        try FileSystem.makeFolder(place.path + "/host")
        store = PluginStore(folder: place.path + "/data/plugins")
        catalog = PluginCatalog(hostFolder: place.path + "/host", store: store)
    }

    @discardableResult
    private func folder(_ version: String, says: String? = nil, needs: String = "", name: String = "odd") throws
        -> String
    {
        try place.write(Self.label(version, needs: needs, name: name), "odd/plugin.yaml")
        try place.write(Self.script(name, says ?? version), "odd/odd.sh")
        return place.path + "/odd"
    }

    private func add(_ source: String, failing: Int = 0) async throws -> AddedPlugin {
        try await addPlugin(from: source, to: store, catalog: catalog) { _ in failing }
    }

    private func refusal(_ source: String, failing: Int = 0) async -> String {
        do {
            _ = try await add(source, failing: failing)
        } catch let error as PluginAddError {
            switch error {
            case .invalid(let loaded): return loaded.rendered(locale: .en, isColoured: false)
            case .unusable(let sentence): return sentence.en
            case .unreadable(let error), .cannotWrite(let error): return error.sentence.en
            case .failed(let failure): return failure.message.en
            case .nonconforming(_, let count): return "\(count) failed"
            case .lacking(_, let lacks): return lacks.map(\.en).joined(separator: "\n")
            }
        } catch {
            return "\(error)"
        }
        return "it was installed"
    }

    /// What is in the folder of plugins, hidden names as well.
    private var names: [String] { FileSystem.names(in: store.folder) }

    @Test("puts its files into the folder of plugins, where every spec finds it")
    func new() async throws {
        let added = try await add(try folder("1.0.0"))
        #expect(added.change == .new && added.hidden == nil)
        #expect(names == ["odd"])
        let program = try #require(catalog.lookUp("odd"))
        #expect(program.origin == .installed && program.installation == added.installation)
        #expect(try await manifest(of: program).version == "1.0.0")
        #expect(catalog.all().map(\.name).contains("odd"))
    }

    @Test("once more changes nothing; another version takes the place of the first, and says which that was")
    func again() async throws {
        let source = try folder("1.0.0")
        #expect(try await add(source).change == .new)
        #expect(try await add(source).change == .none)
        try folder("1.1.0")
        #expect(try await add(source).change == .replaced("1.0.0"))
        try place.write("# changed\n" + Self.script("odd", "1.1.0"), "odd/odd.sh")
        #expect(try await add(source).change == .replaced("1.1.0"))
        try folder("1.0.0")
        #expect(try await add(source).change == .replaced("1.1.0"))
        #expect(names == ["odd"])
        #expect(try await manifest(of: #require(catalog.lookUp("odd"))).version == "1.0.0")
    }

    @Test("that fails its checks leaves nothing behind, and the earlier version where it was")
    func failing() async throws {
        let source = try folder("1.0.0")
        #expect(await refusal(source, failing: 2) == "2 failed")
        #expect(names == [])
        _ = try await add(source)
        try folder("2.0.0")
        #expect(await refusal(source, failing: 1) == "1 failed")
        #expect(names == ["odd"])
        #expect(catalog.lookUp("odd")?.installation?.version == "1.0.0")
    }

    @Test("of which plugin.yaml says another name or version than the plugin is refused")
    func otherNames() async throws {
        #expect(
            await refusal(try folder("1.0.0", says: "1.0")).contains(
                "says version: \"1.0.0\", and the plugin itself \"1.0\""
            )
        )
        try place.write(Self.script("other", "1.0.0"), "odd/odd.sh")
        #expect(await refusal(place.path + "/odd").contains("says name: \"odd\", and the plugin itself \"other\""))
        try place.write("exit 3\n", "odd/odd.sh")
        #expect(await refusal(place.path + "/odd").contains("plugin \"odd\" cannot be started"))
    }

    @Test("is refused where it has the name of a built-in one, no plugin.yaml, or a wrong one")
    func unusable() async throws {
        let source = try folder("1.0.0")
        try place.write("", "host/pingshen-odd")
        FileSystem.makeExecutable(place.path + "/host/pingshen-odd")
        #expect(await refusal(source).contains("there is a built-in plugin \"odd\""))
        #expect(await refusal(place.path + "/host").contains("there is no plugin.yaml in"))
        #expect(await refusal(place.path + "/nowhere").contains("nowhere"))
        try place.write("name: [", "odd/plugin.yaml")
        #expect(await refusal(source).contains("\(source)/plugin.yaml:"))
        #expect(names == [])
    }

    @Test("needs programs of the machine, and says which are missing or too old")
    func needs() async throws {
        try place.write("echo 'tool-like 1.6.2 (2020)'\n", "bin/tool")
        FileSystem.makeExecutable(place.path + "/bin/tool", shebang: true)
        let catalog = PluginCatalog(
            hostFolder: place.path + "/host",
            searchPath: place.path + "/bin:" + (FileSystem.environment("PATH") ?? ""),
            store: store
        )
        func refusal(_ needs: String) async throws -> [String] {
            do {
                _ = try await addPlugin(from: folder("1.0.0", needs: needs), to: store, catalog: catalog) { _ in 0 }
                return []
            } catch PluginAddError.lacking(_, let lacks) {
                return lacks.map(\.en)
            }
        }
        #expect(try await refusal("tool >= 1.6, \"tool ~>1.6, <2\"").isEmpty)
        let lacks = try await refusal("tool >= 2, no-such-program, sh")
        #expect(lacks.count == 2)
        #expect(lacks.first?.contains("it needs tool >= 2, and \(place.path)/bin/tool is version 1.6.2") == true)
        #expect(lacks.last?.contains("it needs no-such-program, and there is no no-such-program on PATH") == true)
    }

    @Test("from an archive is the same as from its folder, be plugin.yaml at the top or in the one folder")
    func archive() async throws {
        let (label, script) = (Self.label("1.0.0"), Self.script("odd", "1.0.0"))
        let flat = RawTar([.init("plugin.yaml", label), .init("odd.sh", script)])
        let deep = RawTar([.init("odd-1.0.0/plugin.yaml", label), .init("odd-1.0.0/odd.sh", script)])
        #expect(try await add(try place.write(flat.packed, "flat.tar.gz")).change == .new)
        #expect(try await add(try place.write(deep.bytes, "deep.tar")).change == .none)
        let two = RawTar([.init("a/plugin.yaml", label), .init("b/odd.sh", script)])
        #expect(await refusal(try place.write(two.bytes, "two.tar")).contains("there is no plugin.yaml in"))
        let hostile = RawTar([.init("plugin.yaml", label), .init("odd.sh", script), .init("../../odd/x", "x")])
        #expect(await refusal(try place.write(hostile.bytes, "hostile.tar")).contains("a name that is not allowed"))
        #expect(names == ["odd"])
    }

    @Test("takes the files that it names, without byte-code and without the links of npm; other links are refused")
    func files() async throws {
        let source = try folder("1.0.0")
        try place.write(Self.label("1.0.0") + "files: [odd.sh, node_modules]\n", "odd/plugin.yaml")
        try place.write("x", "odd/node_modules/a/index.js")
        try place.write("x", "odd/node_modules/a/__pycache__/b.pyc")
        try place.write("x", "odd/.git/config")
        try FileSystem.makeFolder(source + "/node_modules/.bin")
        FileSystem.makeLink(source + "/node_modules/.bin/a", to: "../a/index.js")
        let added = try await add(source)
        #expect(added.installation.files.keys.sorted() == ["node_modules/a/index.js", "odd.sh", "plugin.yaml"])
        FileSystem.makeLink(source + "/node_modules/a/b.js", to: "/etc/passwd")
        #expect(await refusal(source).contains("\"node_modules/a/b.js\" in it is a link"))
    }

    @Test("what has been changed, removed or put into its folder since is not started, until it is added anew")
    func changed() async throws {
        let source = try folder("1.0.0")
        let files = try await add(source).installation.filesFolder
        func message() async throws -> String {
            do { _ = try await manifest(of: #require(catalog.lookUp("odd"))) } catch let failure as PluginFailure {
                return failure.message.en
            }
            return ""
        }
        FileSystem.makeWritable(files)
        try FileSystem.write(Array("x".utf8), to: files + "/more.sh")
        #expect(try await message().contains("more.sh does not belong to it"))
        FileSystem.remove(files + "/more.sh")
        #expect(try await message() == "")
        FileSystem.remove(files + "/odd.sh")
        #expect(try await message().contains("odd.sh is missing"))
        FileSystem.makeLink(files + "/odd.sh", to: source + "/odd.sh")
        #expect(try await message().contains("odd.sh has been changed"), "a link to the same bytes is no file of it")
        #expect(try await add(source).change == .replaced("1.0.0"))
        #expect(try await message() == "")
        try FileSystem.write(Array("{}".utf8), to: store.place(of: "odd") + "/installed.json")
        #expect(try await message().contains("no record of an installation that can be read"))
        #expect(try await add(source).change == .repaired)
    }

    @Test("in a folder that others may write to is not started, nor is any added there")
    func openFolder() async throws {
        let source = try folder("1.0.0")
        _ = try await add(source)
        FileSystem.setMode(store.folder, 0o777)
        #expect(await refusal(source).contains("chmod go-w"))
        let program = try #require(catalog.lookUp("odd"))
        await #expect(throws: PluginFailure.self) { try await manifest(of: program) }
    }

    @Test("is undone by removing it; what a program that was killed has left goes with the next")
    func removed() async throws {
        let source = try folder("1.0.0")
        try FileSystem.makeFolder(store.folder + "/.adding-left/plugin")
        FileSystem.setMode(store.folder, 0o700)
        _ = try await add(source)
        #expect(names == ["odd"])
        #expect(try removePlugin("odd", from: store) == "1.0.0")
        #expect(names == [] && catalog.lookUp("odd") == nil)
        #expect(throws: PluginAddError.self) { try removePlugin("odd", from: store) }
        #expect(throws: PluginAddError.self) { try removePlugin("../odd", from: store) }
        #expect(FileSystem.exists(source))
    }

    @Test("a spec's own command comes before it; without a command the spec's other words are added to it")
    func ownCommand() async throws {
        _ = try await add(try folder("1.0.0"))
        let own = PluginCommand(name: "odd", command: ["sh", place.path + "/odd/odd.sh"])
        #expect(try catalog.program("odd", commands: [own]).origin == .spec)
        var words = PluginCommand(name: "odd", command: [])
        (words.environment, words.files) = (["LANG"], [place.path + "/odd"])
        let program = try catalog.program("odd", commands: [words])
        #expect(program.origin == .installed && program.environment == ["LANG"])
        #expect(program.companions == [store.place(of: "odd") + "/plugin", place.path + "/odd"])
    }
}

extension FileSystem {
    fileprivate static func makeLink(_ path: String, to target: String) { symlinkForTests(path, target) }

    fileprivate static func setMode(_ path: String, _ mode: UInt32) { chmodForTests(path, mode) }

    fileprivate static func makeExecutable(_ path: String, shebang: Bool = false) {
        if shebang, let bytes = try? read(path, atMost: 1 << 20) {
            try? write(Array("#!/bin/sh\n".utf8) + bytes, to: path)
        }
        chmodForTests(path, 0o755)
    }
}
