internal import Glibc
internal import LocalFiles
internal import PluginWire
internal import Synchronization

extension PluginSession {
    /// Runs the process until it has ended and is reaped. Never throws: how it went is told to those who wait.
    func run() async {
        if let socket = settings.attachments[program.name] { return await runAttached(to: socket) }
        let readers = PipeLoop.Readers(
            output: { self.take($0) },
            error: { bytes in self.standardError.withLock { $0.push(bytes) } },
            outputEnded: { self.process.close() }
        )
        if let obstacle = program.obstacle() {
            end(obstacle)
            return await peer.stopServing()
        }
        let launch: PluginProcess.Launch
        do throws(FileError) { launch = try self.launch() } catch {
            end(.spawnFailed(error.sentence))
            return await peer.stopServing()
        }
        switch await process.run(launch, readers) {
        case .notStarted(let reason): end(reason)
        case .ended(let status): end(.crashed(status: status, during: state.withLock { $0.currentCall }))
        }
        await peer.stopServing()
    }

    func take(_ element: LineSplitter.Element) {
        if let trace = settings.trace, case .line(let line) = element { trace.note(program.name, .toHost, line) }
        do throws(ProtocolViolation) {
            try peer.receive(element)
        } catch {
            end(.violation(reason: error.sentence, line: error.line))
            process.stop()
        }
    }

    private func launch() throws(FileError) -> PluginProcess.Launch {
        let sandbox = settings.sandbox
        return PluginProcess.Launch(
            command: try sandbox?.wrap(program.command, of: program, folder: scratch, readable: settings.readable)
                ?? program.command,
            environment: .only(program.variables(scratch: scratch, passing: program.environment)),
            folder: scratch,
            limits: program.limits,
            isShutIn: sandbox != nil,
            countedFolders: [scratch] + (sandbox == nil ? [] : Sandbox.furtherFolders(of: scratch)),
            onExcess: { [weak self] in self?.end(.overLimit($0)) },
            caretaker: settings.caretaker
        )
    }
}

extension PluginProgram {
    /// Only what a program needs to run, and of the host's environment what is passed by name.
    func variables(scratch: String, passing names: [String]) -> [String: String] {
        var variables = ["HOME": scratch, "TMPDIR": scratch]
        // Byte-code beside a private copy would run in the place of what was locked.
        if copy != nil { variables["PYTHONDONTWRITEBYTECODE"] = "1" }
        for name in ["PATH", "LANG", "TZ", "LC_ALL", "LC_CTYPE", "LC_MESSAGES"] + names {
            if let value = FileSystem.environment(name) { variables[name] = value }
        }
        return variables
    }
}
