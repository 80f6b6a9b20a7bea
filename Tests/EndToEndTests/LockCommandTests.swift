import Testing

@Suite("pingshen plugins lock")
struct LockCommandTests {
    /// Starts `plugins lock` on a plugin that ignores every polite signal, computes for ever and has a child in a session of
    /// its own, does `what` to the host (`$host`), and tells when nothing of it is left, and the host's status.
    private func lockLooping(_ what: String) -> CommandResult {
        let folder = TemporaryFolder()
        // Found by their words, for in a sandbox they have other numbers and can write nothing here.
        let name = "odd-\(UInt32.random(in: 0...UInt32.max))"
        write(
            "trap '' TERM INT HUP\nsetsid sh -c 'while :; do sleep 1; done # \(name)' &\nwhile :; do :; done\n",
            to: folder.path + "/\(name).sh"
        )
        write(
            """
            pingshen: 1
            id: test
            form: {form: t, fields: {project: {fields: {name: {type: text}}}}, tables: {lines: {columns: {id: {type: text}}}}}
            pipeline: {odd: {use: odd}}
            plugins: {odd: {command: [sh, ./\(name).sh]}}
            """,
            to: folder.path + "/spec.yaml"
        )
        let pattern = "[o]" + name.dropFirst()
        return shell(
            """
            pingshen plugins lock '\(folder.path)/spec.yaml' &
            host=$!
            until pgrep -f '^sh -c while.*\(pattern)' > '\(folder.path)/found'; do kill -0 $host || exit 9; done
            \(what)
            wait $host
            echo "ended with $?"
            while pgrep -f '\(pattern)'; do sleep 0.05; done
            ls -A '\(folder.path)' | grep -c lock
            """
        )
    }

    @Test("leaves nothing running when it is interrupted while the plugin computes, and writes no lock")
    func interrupted() {
        let result = lockLooping("kill -TERM $host")
        #expect(result.output.contains("ended with 130"), "\(result.errors)")
        #expect(result.output.hasSuffix("\n0\n"), "\(result.output)")
    }

    @Test("leaves nothing running when it is killed")
    func killed() {
        let result = lockLooping("kill -KILL $host")
        #expect(result.output.contains("ended with 137"), "\(result.errors)")
        #expect(result.output.hasSuffix("\n0\n"), "\(result.output)")
    }
}
