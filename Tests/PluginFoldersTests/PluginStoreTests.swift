import ReviewModel
import SpecLoading
import Testing

@testable import PluginRuntime

@Suite("The folder of plugins")
struct PluginStoreTests {
    @Test("is what PINGSHEN_PLUGINS names, or lies in the user's data")
    func place() {
        func folder(_ environment: [String: String]) -> String? { PluginStore.folder { environment[$0] } }
        #expect(
            folder(["PINGSHEN_PLUGINS": "/srv/plugins", "XDG_DATA_HOME": "/data", "HOME": "/home/a"]) == "/srv/plugins"
        )
        #expect(
            folder(["PINGSHEN_PLUGINS": "", "XDG_DATA_HOME": "/data", "HOME": "/home/a"]) == "/data/pingshen/plugins"
        )
        #expect(folder(["XDG_DATA_HOME": "relative", "HOME": "/home/a"]) == "/home/a/.local/share/pingshen/plugins")
        #expect(folder([:]) == nil)
    }

    @Test(
        "a program's version is the first number with dots that it says",
        arguments: [
            ("Python 3.11.2", "3.11.2"), ("jq-1.6", "1.6"), ("v18.19.0", "18.19.0"),
            ("This is perl 5, version 36, subversion 0 (v5.36.0)", "5.36.0"), ("tool 7", "7"), ("1.2.3.4.5", "1.2.3.4"),
        ]
    )
    func versions(text: String, version: String) { #expect(PluginRuntime.version(in: text)?.description == version) }

    @Test("nothing that says no number has a version")
    func none() { #expect(version(in: "usage: tool [x]") == nil) }
}
