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
}
