import Testing

/// In a world of its own, where the test may mount folders of its own and nothing outside sees it.
@Suite("What is mounted in a folder that is tidied away", .enabled(if: mayMount, "nobody may mount anything here"))
struct MountTests {
    private let folder = TemporaryFolder()

    init() {
        _ = shell("mkdir '\(folder.path)/kept' '\(folder.path)/tmp'; chmod 755 '\(folder.path)/kept'")
        write("somebody's", to: folder.path + "/kept/file")
    }

    /// A plugin that mounts the kept folder in its own one, two folders deep, and a file beside it, before it does what `mode` says.
    private func writeSpec(_ mode: String) {
        write(
            """
            #!/bin/sh
            mkdir -p "$TMPDIR/a/b/trap" && : > "$TMPDIR/file"
            mount --bind '\(folder.path)/kept' "$TMPDIR/a/b/trap" && mount --bind '\(folder.path)/kept/file' "$TMPDIR/file" || exit 1
            : > '\(folder.path)/mounted'
            exec '\(buildFolder)/misbehaving-plugin' \(mode)
            """,
            to: folder.path + "/plugin"
        )
        write(
            """
            pingshen: 1
            id: mounted
            form: {form: test, fields: {}, tables: {lines: {key: id, columns: {id: {type: text}, amount: {type: decimal}}}}}
            tables: {lines: [{id: a, amount: 5}]}
            pipeline: {odd: {use: odd}}
            plugins: {odd: {command: ["\(folder.path)/plugin"]}}
            """,
            to: folder.path + "/spec.yaml"
        )
    }

    /// Runs `words` where `/tmp` and everything else is as here, but what is mounted is seen nowhere else; `RUN` is a review.
    private func trial(_ words: String) -> CommandResult {
        let run = "pingshen run '\(folder.path)/spec.yaml' --locale en --out '\(folder.path)/out'"
        let script = "export TMPDIR='\(folder.path)/tmp'\n" + words.replacing("RUN", with: run)
        write(script, to: folder.path + "/trial")
        return shell("chmod +x '\(folder.path)/plugin'; \(privateWorld) sh '\(folder.path)/trial'")
    }

    private func expectKept() {
        #expect(read(folder.path + "/kept/file") == "somebody's")
        #expect(shell("stat -c %a '\(folder.path)/kept'").output == "755\n")
    }

    @Test("is not gone into, but told; the review is there, the rest is removed")
    func told() {
        writeSpec("behave")
        let result = trial("RUN")
        #expect(result.status == 73, "\(result.errors)")
        #expect(result.errors.contains("something is mounted there, which was neither entered nor removed"))
        #expect(result.errors.contains("umount"))
        #expect(!read(folder.path + "/out/mounted/review.json").isEmpty)
        expectKept()
        // What carried the mounts is all that is left: here, where nothing is mounted, an empty folder and an empty file.
        #expect(shell("find '\(folder.path)/tmp' -type f | wc -l").output == "1\n")
    }

    @Test("is left by the one that tidies up after a host that was killed")
    func killed() {
        writeSpec("hang")
        let result = trial(
            """
            RUN & host=$!
            until [ -e '\(folder.path)/mounted' ]; do kill -0 $host || exit 9; sleep 0.02; done
            kill -9 $host; wait $host
            # Who tidies up is known by its TMPDIR, as plugins are.
            found() { env -u TMPDIR grep -qszF "TMPDIR=$TMPDIR" /proc/[0-9]*/environ; }
            for i in $(seq 3000); do found || exit 0; sleep 0.02; done
            exit 1
            """
        )
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        expectKept()
    }
}

private let privateWorld = "unshare --user --map-root-user --mount --propagation private"
private let mayMount =
    shell(
        "\(privateWorld) sh -c 'mkdir /tmp/pingshen-mount-$$ && mount -t tmpfs none /tmp/pingshen-mount-$$; "
            + "s=$?; umount /tmp/pingshen-mount-$$; rmdir /tmp/pingshen-mount-$$; exit $s'"
    ).status == 0
