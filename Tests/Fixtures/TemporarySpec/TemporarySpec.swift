internal import Glibc
package import PluginRuntime
internal import ReviewModel

/// A spec in a folder of its own, gone with the test.
package final class TemporarySpec: Sendable {
    package let folder: String
    package let path: String

    /// - Parameter files: further files beside `spec.yaml`, by name.
    package init(_ text: String, files: [String: String] = [:]) {
        var template = Array("/tmp/pingshen-test-XXXXXX".utf8CString)
        folder = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "/nowhere"
        }
        path = folder + "/spec.yaml"
        for (name, text) in files.merging(["spec.yaml": text], uniquingKeysWith: { $1 }) {
            let file = fopen(folder + "/" + name, "w")
            fputs(text, file)
            fclose(file)
        }
    }

    deinit {
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("rm"), strdup("-rf"), strdup(folder), nil]
        var pid = pid_t()
        posix_spawnp(&pid, "rm", nil, nil, &arguments, nil)
        waitpid(pid, nil, 0)
        for argument in arguments { free(argument) }
    }

    package static let form = """
        form: {form: test, fields: {project: {fields: {name: {type: text}}}}, tables: {lines: {key: id, columns:
          {id: {type: text, required: true}, amount: {type: decimal, unit: CNY}, share: {type: decimal, unit: percent},
           on: {type: date}, tags: {type: texts}}}}}
        """

    /// A spec with that pipeline; every plugin is the misbehaving one, in the mode given.
    package static func pipeline(
        _ pipeline: String,
        plugins: [String: String],
        lines: String = "[{id: L1, amount: 5.00}]"
    ) -> TemporarySpec {
        let commands = plugins.sorted { $0.key < $1.key }.map { name, mode in
            "  \(name): {command: [\"\(buildFolder)/misbehaving-plugin\", \(mode)]}"
        }
        return TemporarySpec(
            "pingshen: 1\nid: test\n\(TemporarySpec.form)\ntables: {lines: \(lines)}\npipeline:\n\(pipeline)\nplugins:\n"
                + commands.joined(separator: "\n") + "\n"
        )
    }

    /// A spec whose one step is taken by the misbehaving plugin in `mode`.
    package static func misbehaving(_ mode: String, step: String = "", plugin: String = "") -> TemporarySpec {
        TemporarySpec(
            """
            pingshen: 1
            id: test
            \(form)
            fields: {project: {name: Test}}
            tables:
              lines: [{id: L1, amount: 5.00}]
            pipeline:
              odd: {use: odd, with: {depth: {er: 1}}\(step)}
            plugins:
              odd: {command: ["\(buildFolder)/misbehaving-plugin", \(mode)]\(plugin)}
            """
        )
    }
}

/// Where the built executables are: beside the running tests.
package let buildFolder: String = {
    guard let path = realpath("/proc/self/exe", nil) else { return "." }
    defer { free(path) }
    return String(String(cString: path).split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 })
}()

/// Whether the sandbox shows the built executables; scripts that start one of them without naming it need that.
package let isBuildShown = !["/tmp/", "/var/tmp/", "/run/"].contains { buildFolder.hasPrefix($0) }

/// Why tests are skipped that need ``isBuildShown``.
package let buildIsHidden = "the programs were built in a folder that the sandbox hides"

/// Limits short enough for tests that wait for them.
///
/// What a test expects to happen has all the time of a busy machine; only what it expects never to happen is short.
package func shortTimes(start: Duration = .seconds(10), idle: Duration = .seconds(1)) -> PluginTimes {
    var times = PluginTimes()
    times.start = start
    times.idle = idle
    times.cancel = .milliseconds(100)
    times.shutdown = .milliseconds(300)
    times.terminate = .milliseconds(200)
    return times
}
