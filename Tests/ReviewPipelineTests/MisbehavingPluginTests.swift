import Glibc
import LocalFiles
import PluginRuntime
import ReviewModel
import ReviewPipeline
import SpecLoading
import TemporarySpec
import Testing

@Suite("A plugin that misbehaves", .serialized)
struct MisbehavingPluginTests {
    private func options(_ spec: TemporarySpec, times: PluginTimes) -> RunOptions {
        var options = RunOptions()
        options.output = spec.folder + "/out"
        options.times = times
        return options
    }

    /// The one error of a run, and proof that nothing half-written and no process is left.
    private func failure(_ mode: String, step: String = "", times: PluginTimes = PluginTimes()) async -> PluginFailure?
    {
        let spec = TemporarySpec.misbehaving(mode, step: step)
        var failure: PluginFailure?
        do {
            _ = try await review(loadSpec(spec.path), options: options(spec, times: times))
        } catch RunError.failed(let failures) {
            #expect(failures.count == 1)
            #expect(failures.first?.steps == ["odd"])
            failure = failures.first?.failure
        } catch {
            Issue.record("\(mode): \(error)")
        }
        #expect(access(spec.folder + "/out/test", F_OK) != 0, "\(mode) left a review")
        return failure
    }

    @Test(
        "ends in one message that names it and what it was doing",
        arguments: [
            ("exit-at-once", "plugin \"odd\" ended during initialize (exit status 4)"),
            ("refuse", "plugin \"odd\" ended during initialize (exit status 3)"),
            ("exit-during-score", "plugin \"odd\" ended during scorer/score (exit status 5)"),
            ("signal-during-score", "plugin \"odd\" ended during scorer/score (signal 9)"),
            ("exit-quietly", "plugin \"odd\" ended during scorer/score (exit status 0)"),
            ("wrong-version", "plugin \"odd\" gave no usable answer to initialize: it chose version 7"),
            ("half-a-line", "plugin \"odd\" broke the protocol: not JSON"),
            ("bad-json", "plugin \"odd\" broke the protocol: not JSON: expected a key in double quotes"),
            ("byte-order-mark", "plugin \"odd\" broke the protocol: a byte order mark (U+FEFF) before the message"),
            ("not-utf8", "plugin \"odd\" broke the protocol: not JSON"),
            ("deep", "plugin \"odd\" broke the protocol: not JSON: nested too deeply"),
            ("unknown-id", "plugin \"odd\" broke the protocol: a reply to a request that was not made"),
            ("endless-line", "plugin \"odd\" broke the protocol: a line of more than 8388608 bytes"),
            (
                "nonsense",
                "plugin \"odd\" gave no usable answer to scorer/score: missing key \"severity\""
            ),
            ("error", "plugin \"odd\" refused scorer/score: no such town"),
        ]
    )
    func oneMessage(mode: String, beginning: String) async throws {
        let failure = try #require(await failure(mode))
        #expect(failure.message.en.hasPrefix(String(beginning.prefix(90))), "\(failure.message.en)")
        #expect(failure.message.zh.contains("\"odd\""))
        // What it says itself is in its own language.
        #expect(mode == "error" || englishWords(failure.message.zh).isEmpty, "\(failure.message.zh)")
    }

    @Test("that hangs is stopped when its time is up", arguments: ["hang", "ignore-term"])
    func hangs(mode: String) async throws {
        let failure = try #require(await failure(mode, times: shortTimes()))
        #expect(failure.message.en.contains("did not answer scorer/score"))
    }

    @Test("that never says hello is stopped")
    func silent() async throws {
        let failure = try #require(await failure("silent", times: shortTimes(start: .milliseconds(400))))
        #expect(failure.message.en.contains("did not answer initialize"))
    }

    @Test(
        "that points at a row or a column that is not there has made a mistake, and nothing stands at another place for it",
        arguments: [
            ("/tables/lines/1", "there is no row /tables/lines/1"),
            ("/tables/lines/-1/amount", "there is no row /tables/lines/-1/amount"),
            ("/tables/lines/first", "there is no row /tables/lines/first"),
            ("/tables/no/0", "there is no row /tables/no/0"),
            (
                "/tables/lines/0/amuont",
                "there is no column \"amuont\" for /tables/lines/0/amuont; the table has id, amount, share, on, tags"
            ),
        ]
    )
    func strayPointer(pointer: String, complaint: String) async throws {
        let spec = TemporarySpec.pipeline(
            "  odd: {use: odd, with: {pointer: \(pointer)}}",
            plugins: ["odd": "stray-pointer"]
        )
        let error = await #expect(throws: RunError.self) {
            try await review(loadSpec(spec.path), options: options(spec, times: PluginTimes()))
        }
        guard case .failed(let failures)? = error else { return }
        let message = failures.first?.failure.message.en
        #expect(
            message == "plugin \"odd\" gave no usable answer to scorer/score: "
                + "finding \"test/stray\": \(complaint)"
        )
    }

    @Test("that reads a table which is nearly one of the form is told of it, and runs")
    func misspeltTable() async throws {
        let spec = TemporarySpec.pipeline("  odd: {use: odd}", plugins: ["odd": "reads-misspelt"])
        let checked = try await validate(loadSpec(spec.path), options: options(spec, times: PluginTimes()))
        #expect(checked.loaded.diagnostics.map(\.severity) == [.warning])
        #expect(checked.loaded.diagnostics.first?.message.en.contains("reads the table \"lnes\"") == true)
        #expect(checked.loaded.diagnostics.first?.hint?.en == "did you mean \"lines\"?")
    }

    @Test("may point at a column of the form that the table lacks: that can be what it found")
    func absentColumn() async throws {
        let spec = TemporarySpec.pipeline(
            "  odd: {use: odd, with: {pointer: /tables/lines/0/share}}",
            plugins: ["odd": "stray-pointer"]
        )
        let outcome = try await review(loadSpec(spec.path), options: options(spec, times: PluginTimes()))
        #expect(outcome.review.findings.map(\.finding.rule) == ["test/stray"])
    }

    @Test(
        "that says what nobody can mean has made a mistake, by name",
        arguments: [
            ("{adjustments: [{subject: a, requested: 5, parts: [{kind: cut, amount: -100}]}]}", "the cut is -100"),
            (
                "{adjustments: [{subject: a, requested: 999999999999999999999999999999, parts: []}]}",
                "18 digits before the point"
            ),
            ("{findings: [{rule: host/step-failed, severity: info, message: m}]}", "the host's own"),
            ("{findings: [{rule: \"\u{FF28}\u{41E}ST/x\", severity: info, message: m}]}", "the host's own"),
            ("{scores: [{rater: review, total: -1, max: 5, items: [{code: A, max: 5, points: -1}]}]}", "has -1 points"),
        ]
    )
    func nonsense(assessment: String, complaint: String) async throws {
        let spec = TemporarySpec.pipeline(
            "  odd: {use: odd, with: {assessment: \(assessment)}}",
            plugins: ["odd": "says"]
        )
        let error = await #expect(throws: RunError.self) {
            try await review(loadSpec(spec.path), options: options(spec, times: PluginTimes()))
        }
        guard case .failed(let failures)? = error else { return }
        let message = failures.first?.failure.message.en ?? ""
        #expect(message.hasPrefix("plugin \"odd\" gave no usable answer to scorer/score: "))
        #expect(message.contains(complaint), "\(message)")
        let chinese = failures.first?.failure.message.zh ?? ""
        #expect(englishWords(chinese).isEmpty, "\(chinese)")
    }

    @Test(
        "that lists a rule by a name of the host's has failed its step",
        arguments: ["host/x", "h\u{43E}st/step-failed"]
    )
    func rulesOfTheHost(name: String) async throws {
        let spec = TemporarySpec(
            """
            pingshen: 1
            id: test
            \(TemporarySpec.form)
            tables: {lines: [{id: L1, amount: 5.00}]}
            rules: {test/ok: {severity: warning}}
            pipeline: {odd: {use: odd, with: {rule: "\(name)"}}}
            plugins: {odd: {command: ["\(buildFolder)/misbehaving-plugin", names-rules]}}
            """
        )
        let checked = try await validate(loadSpec(spec.path), options: options(spec, times: PluginTimes()))
        #expect(checked.failures.map(\.steps) == [["odd"]])
        let message = checked.failures.first?.failure.message.en ?? ""
        #expect(message.hasPrefix("plugin \"odd\" gave no usable answer to rules/list: rule \""), "\(message)")
    }

    @Test("an error text of any length is quoted as far as a person reads; the trace has it all")
    func longError() async throws {
        let spec = TemporarySpec.misbehaving("long-error")
        var options = options(spec, times: PluginTimes())
        options.trace = spec.folder + "/trace"
        let error = await #expect(throws: RunError.self) { try await review(loadSpec(spec.path), options: options) }
        guard case .failed(let failures)? = error else { return }
        for message in [failures.first?.failure.message.en ?? "", failures.first?.failure.message.zh ?? ""] {
            #expect(message.utf8.count < 4200)
            #expect(message.hasSuffix("错… (+86008 bytes)"), "\(message.suffix(40))")
        }
        let trace = try FileSystem.read(spec.folder + "/trace", atMost: 1 << 20)
        #expect(String(decoding: trace, as: UTF8.self).contains("错the end"))
        let settings = TemporarySpec.misbehaving("bad-settings-long")
        let checked = try await validate(loadSpec(settings.path), options: self.options(settings, times: PluginTimes()))
        #expect(checked.loaded.diagnostics.first?.message.en.hasSuffix("!… (+96007 bytes)") == true)
    }

    @Test(
        "that points at a line far beyond its own settings does no harm",
        arguments: ["/config/depth/line/9223372036854775807", "/tables/lines/0/id/line/9223372036854775807"]
    )
    func strayLine(pointer: String) async throws {
        let spec = TemporarySpec.pipeline(
            "  odd: {use: odd, with: {pointer: \(pointer), depth: text}}",
            plugins: ["odd": "stray-pointer"]
        )
        let outcome = try await review(loadSpec(spec.path), options: options(spec, times: PluginTimes()))
        #expect(outcome.review.findings.first?.locations.first?.line ?? 0 > 5)
    }

    @Test("that takes long to start may take as long as its step")
    func slowStart() async throws {
        let spec = TemporarySpec.misbehaving("slow-start", step: ", deadline_seconds: 60")
        let outcome = try await review(
            loadSpec(spec.path),
            options: options(spec, times: shortTimes(start: .milliseconds(1), idle: .seconds(20)))
        )
        #expect(outcome.review.findings.map(\.finding.rule) == ["test/ok"])
    }

    @Test("gets its last words quoted, however much it wrote")
    func lastWords() async throws {
        let failure = try #require(await failure("stderr-flood"))
        #expect(failure.standardError.last == "the last words")
        #expect(failure.standardError.count <= 12)
    }

    @Test(
        "in ways that do no harm is forgiven",
        arguments: ["behave", "stray", "no-line-end", "ignore-end", "never-ends", "read-after-reply", "two-replies"]
    )
    func forgiven(mode: String) async throws {
        let spec = TemporarySpec.misbehaving(mode)
        let outcome = try await review(
            loadSpec(spec.path),
            options: options(spec, times: shortTimes(idle: .seconds(20)))
        )
        let finding = try #require(outcome.review.findings.first)
        #expect(finding.finding.rule == "test/ok")
        #expect(finding.locations.first?.path == "tables.lines[0].amount")
        #expect(finding.locations.first?.line == 8)
    }

    @Test(
        "leaves no grandchild behind, not even one in a session of its own",
        arguments: ["grandchild", "own-session"]
    )
    func grandchild(mode: String) async throws {
        let spec = TemporarySpec.misbehaving(mode)
        let outcome = try await review(
            loadSpec(spec.path),
            options: options(spec, times: shortTimes(idle: .seconds(20)))
        )
        let pid = try #require(Int32(outcome.review.findings.first?.finding.message.en ?? ""))
        // The signal has been sent; the kernel may need a moment to carry it out.
        for _ in 0..<200 where kill(pid, 0) == 0 && !isZombie(pid) { usleep(5000) }
        #expect(kill(pid, 0) != 0 || isZombie(pid))
    }

    /// Whether the process is dead and only waits for its (new) parent.
    private func isZombie(_ pid: Int32) -> Bool {
        guard let file = fopen("/proc/\(pid)/stat", "r") else { return true }
        defer { fclose(file) }
        var buffer = [CChar](repeating: 0, count: 256)
        fgets(&buffer, 256, file)
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).contains(") Z ")
    }

    @Test(
        "may write nothing but plain files in its own folder",
        arguments: [
            "artifact-outside", "artifact-absolute", "artifact-link", "artifact-missing", "artifact-reserved",
            "artifact-pipe", "artifact-sparse",
        ]
    )
    func artifacts(mode: String) async throws {
        let spec = TemporarySpec.misbehaving(mode)
        await #expect(throws: RunError.self) {
            try await review(loadSpec(spec.path), options: options(spec, times: PluginTimes()))
        }
        #expect(names(in: spec.folder + "/out") == [])
    }

    @Test("is welcome when it writes a plain file")
    func plainArtifact() async throws {
        let spec = TemporarySpec.misbehaving("artifact")
        let outcome = try await review(loadSpec(spec.path), options: options(spec, times: PluginTimes()))
        #expect(outcome.files.map { $0.split(separator: "/").last ?? "" } == ["review.json", "report.md"])
        #expect(names(in: spec.folder + "/out") == ["test"])
    }

    private func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    @Test("settings that a plugin refuses are shown at their place in the YAML")
    func settings() async throws {
        let spec = TemporarySpec.misbehaving("bad-settings")
        let checked = try await validate(loadSpec(spec.path), options: options(spec, times: PluginTimes()))
        let text = checked.loaded.rendered(locale: .en, isColoured: false)
        #expect(text.contains("spec.yaml:10:38: error: no good"), "\(text)")
    }
}

/// English words that follow one another, as in a sentence, ahead of what is quoted of a line.
private func englishWords(_ chinese: String) -> [String] {
    let said = chinese.split(separator: "该行开头").first.map(String.init) ?? ""
    return said.matches(of: /[a-z]{2,} [a-z]{2,}/).map { String($0.output) }
}
