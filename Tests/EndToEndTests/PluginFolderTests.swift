import PluginWire
import ReviewModel
import Testing

/// What somebody does who writes a plugin, hands it out, and uses it elsewhere.
@Suite("A plugin that is handed out")
struct PluginFolderTests {
    private let folder = TemporaryFolder()

    /// In the test's own folder, with a home and a folder of plugins of its own.
    private func at(_ command: String, locale: String = "C.UTF-8") -> CommandResult {
        shell(
            // By which Python would leave no byte-code wherever it runs.
            "unset PYTHONDONTWRITEBYTECODE; cd '\(folder.path)' && \(command)",
            environment: "LANG=\(locale) HOME='\(folder.path)/home' XDG_DATA_HOME="
        )
    }

    private var store: String { "\(folder.path)/home/.local/share/pingshen/plugins" }

    /// The scaffold's own spec without `plugins:`, in another folder.
    private func makeTown() {
        _ = at("mkdir -p home town && sed '/^plugins:/,/^$/d' unit-check/example.yaml > town/spec.yaml")
    }

    @Test(
        "is written by plugins new, added from its folder, used elsewhere without a word, upgraded from an archive, removed"
    )
    func life() throws {
        _ = at("mkdir -p home && pingshen plugins new unit-check")
        makeTown()
        let unknown = at("pingshen validate town/spec.yaml")
        #expect(unknown.status == 2 && unknown.errors.contains("no plugin \"unit-check\""), "\(unknown.errors)")

        let added = at("pingshen plugins add unit-check")
        #expect(added.status == 0 && added.output == store + "/unit-check\n", "\(added.output)\(added.errors)")
        #expect(added.errors.contains("installed unit-check 0.1.0; specs may say: use: unit-check"))
        let run = at("cd town && pingshen run spec.yaml")
        #expect(run.status == 0 && run.errors.contains("1 warning"), "\(run.errors)")
        let listed = at("pingshen plugins list | grep unit-check")
        #expect(listed.output.contains("0.1.0  installed  scorer"))
        #expect(listed.output.hasSuffix("(MIT, \(store)/unit-check)\n"))

        #expect(
            at("pingshen plugins lock town/spec.yaml").errors.contains("not covered, of unit-check: the interpreter ")
        )
        _ = at(
            "sed -i 's/0\\.1\\.0/0.2.0/' unit-check/unit_check.py unit-check/plugin.yaml && tar czf u.tar.gz unit-check"
        )
        let upgraded = at("pingshen plugins add u.tar.gz --locale zh")
        #expect(upgraded.status == 0 && upgraded.errors.contains("已升级 unit-check：0.1.0 → 0.2.0"), "\(upgraded.errors)")
        let locked = at("cd town && pingshen run spec.yaml")
        #expect(locked.status == 3 && locked.errors.contains("0.1.0 → 0.2.0"), "\(locked.errors)")
        #expect(at("pingshen plugins lock town/spec.yaml").errors.contains("unit-check 0.2.0: 0.1.0 → 0.2.0"))
        #expect(at("cd town && pingshen run spec.yaml").status == 0)

        #expect(at("pingshen plugins remove unit-check").errors == "removed unit-check 0.2.0\n")
        #expect(at("ls -A '\(store)'").output == "")
        #expect(at("pingshen plugins remove unit-check").status == 2)
    }

    @Test("that does what the protocol does not allow is not installed, and the check that failed is shown")
    func nonconforming() {
        _ = at(
            "mkdir -p home && pingshen plugins new unit-check && sed -i 's/unit-check.round/no rule/' unit-check/unit_check.py"
        )
        let result = at("pingshen plugins add unit-check")
        #expect(result.status == 3 && result.output.contains("FAILED   "), "\(result.output)\(result.errors)")
        #expect(result.errors.contains("check(s) and was not installed"))
        #expect(at("ls -A '\(store)'").output == "")
    }

    @Test("with a wrong plugin.yaml is told so at its line, in both languages")
    func wrongLabel() {
        _ = at(
            "mkdir -p home && pingshen plugins new unit-check && sed -i 's/^licence/license/' unit-check/plugin.yaml"
        )
        let english = at("pingshen plugins add unit-check/")
        #expect(
            english.status == 2 && english.errors.contains("unit-check/plugin.yaml:8:1: error: unknown key \"license\"")
        )
        #expect(english.errors.contains("did you mean \"licence\"?"), "\(english.errors)")
        #expect(at("pingshen plugins add unit-check", locale: "zh_CN.UTF-8").errors.contains("未知的键"))
    }

    @Test("asked for in a version that it has not is told at the place, by validate and by run")
    func version() {
        _ = at("mkdir -p home && pingshen plugins new unit-check")
        makeTown()
        #expect(at("pingshen plugins add unit-check").status == 0)
        write(
            read(folder.path + "/town/spec.yaml") + "plugins:\n  unit-check: {version: \">=1.2\"}\n",
            to: folder.path + "/town/spec.yaml"
        )
        for command in ["validate", "run"] {
            let result = at("cd town && pingshen \(command) spec.yaml")
            #expect(result.status == 2, "\(command)")
            #expect(
                result.errors.contains(
                    ":25: error: the plugin \"unit-check\" is version 0.1.0, where >=1.2 is asked for"
                )
            )
        }
        _ = at("sed -i 's/>=1.2/~>0.1/' town/spec.yaml")
        #expect(at("cd town && pingshen run spec.yaml").status == 0)
    }

    @Test("leaves nothing in the folder of plugins when its test is interrupted", arguments: ["TERM", "KILL"])
    func interrupted(signal: String) {
        _ = at("mkdir -p home odd")
        write(
            "pingshen: 1\nname: odd\nversion: 1.0.0\nlicence: MIT\nsummary: waits\nprotocol: 1\ncommand: [sh, ./odd.sh]\n",
            to: folder.path + "/odd/plugin.yaml"
        )
        write("echo > '\(folder.path)/started'\nwhile :; do sleep 1; done\n", to: folder.path + "/odd/odd.sh")
        // The threads of tests block SIGCHLD, which the shell waits for when its child has not ended yet.
        let result = at(
            """
            pingshen plugins add odd & host=$!
            until [ -e '\(store)'/.adding-*/plugin/odd.sh ]; do kill -0 $host || exit 9; done
            kill -\(signal) $host; while grep -qs '^State:.[^Z]' /proc/$host/status; do sleep 0.05; done; wait $host; echo "ended with $?"; ls '\(store)'
            pingshen plugins add nowhere; ls -A '\(store)'
            """
        )
        #expect(result.output == "ended with \(signal == "TERM" ? 130 : 137)\n", "\(result.output)\(result.errors)")
    }

    @Test("built-in plugins have the version of the host, by which a lock tells an upgrade from a change")
    func builtIn() throws {
        let version = shell("pingshen --version").output.split(separator: "\n").first.map(String.init) ?? ""
        let listed = try #require(
            shell("pingshen plugins list --json", environment: "PINGSHEN_PLUGINS=/nowhere PATH='\(buildFolder)'").json?
                .list
        )
        let builtIn = listed.filter { $0["origin"]?.text == "built-in" }
        #expect(builtIn.count > 10)
        for plugin in builtIn { #expect(plugin["plugin"]?["version"]?.text == version) }
    }
}
