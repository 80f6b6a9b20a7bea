import Testing

@Suite("When the host is killed")
struct OrphanTests {
    /// Ignores every polite signal and the end of its input, and has a child in a session of its own.
    private static let stubborn = """
        trap '' TERM INT HUP
        setsid sh -c 'echo $$ > child; while :; do sleep 1; done' &
        echo $$ > parent
        while :; do sleep 1; done
        """

    @Test(
        "nothing is left of a plugin that was tested, inspected or replayed, whatever it has started",
        arguments: ["test", "inspect", "replay FILE"]
    )
    func killed(command: String) {
        let folder = TemporaryFolder()
        // The working directory of a tested plugin is its own, hence the absolute paths.
        let script = Self.stubborn.replacing("child", with: folder.path + "/child")
            .replacing("parent", with: folder.path + "/parent")
        write(script, to: folder.path + "/plugin.sh")
        let hello = #"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{}}"#
        let reply = #"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"#
        write(
            """
            {"t":"0.000001","plugin":"p","dir":"to-plugin","line":"\(hello)"}
            {"t":"0.000002","plugin":"p","dir":"to-host","line":"\(reply)"}

            """,
            to: folder.path + "/trace"
        )
        let words = command.replacing("FILE", with: folder.path + "/trace")
        let result = shell(
            """
            pingshen plugins \(words) -- sh '\(folder.path)/plugin.sh' &
            host=$!
            until [ -s '\(folder.path)/parent' ] && [ -s '\(folder.path)/child' ]; do kill -0 $host || exit 9; done
            kill -9 $host
            for process in $(cat '\(folder.path)/parent' '\(folder.path)/child'); do
                while [ -r /proc/$process/stat ] && ! grep -q ') Z ' /proc/$process/stat; do sleep 0.05; done
                echo gone
            done
            """
        )
        #expect(result.output.hasSuffix("gone\ngone\n"), "\(result.errors)")
    }

    @Test(
        "nor of anything else in the first moments, whatever had begun",
        arguments: [
            "run SPEC --out OUT", "validate SPEC", "rules list SPEC", "plugins test -- PLUGIN",
            "plugins inspect -- PLUGIN",
        ]
    )
    func killedEarly(command: String) {
        let folder = TemporaryFolder()
        write(
            "#!/bin/sh\n" + Self.stubborn.replacing("> child", with: "").replacing("> parent", with: ""),
            to: folder.path + "/plugin"
        )
        write(
            """
            pingshen: 1
            id: killed
            form: {form: test, fields: {}, tables: {}}
            pipeline: {odd: {use: odd}}
            plugins: {odd: {command: ["\(folder.path)/plugin"]}}
            """,
            to: folder.path + "/spec.yaml"
        )
        let words = command.replacing("SPEC", with: "'\(folder.path)/spec.yaml'")
            .replacing("OUT", with: "'\(folder.path)/out'").replacing("PLUGIN", with: "'\(folder.path)/plugin'")
        // Ten moments of the first 60 ms. Processes are found by their TMPDIR, the one that looks after them too.
        let result = shell(
            """
            chmod +x '\(folder.path)/plugin'; mkdir '\(folder.path)/tmp'; export TMPDIR='\(folder.path)/tmp'
            for moment in 0 .006 .012 .018 .024 .03 .036 .042 .048 .06; do
                pingshen \(words) > /dev/null 2>&1 & host=$!
                sleep $moment; kill -9 $host; wait $host 2> /dev/null
                for i in $(seq 500); do
                    [ -z "$(ls -A "$TMPDIR")" ] && ! grep -qszF "TMPDIR=$TMPDIR/" /proc/[0-9]*/environ && break; sleep 0.02
                done
                ls -A "$TMPDIR"; grep -lszF "TMPDIR=$TMPDIR/" /proc/[0-9]*/environ
            done
            ls -A '\(folder.path)/out' 2> /dev/null; true
            """
        )
        #expect(result.output == "", "\(result.errors)")
    }
}
