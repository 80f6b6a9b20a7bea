internal import LocalFiles
public import PluginRuntime
internal import ReviewModel
public import SpecLoading

/// Writes `pingshen.lock` for the plugins of `specs`, as they are now. Plugins that are locked already and that none of
/// the specs uses stay locked as they were.
///
/// - Returns: the path of the lock: the one that the first spec is under, or a new one beside it.
/// - Throws: ``RunError``.
public func lockPlugins(of specs: [LoadedSpec], catalog: PluginCatalog) async throws -> String {
    guard let first = specs.first else { return PluginLock.fileName }
    let known = PluginLock.find(forSpec: first.path)
    let path = known ?? FilePaths.resolve(PluginLock.fileName, besideFile: FileSystem.absolute(first.path))
    var lock = try known.map(PluginLock.read) ?? PluginLock(path: path, pins: [])
    var programs: [String: PluginProgram] = [:]
    for loaded in specs {
        guard let spec = loaded.spec, !loaded.hasErrors else { throw RunError.invalid(CheckedSpec(loaded: loaded)) }
        for step in spec.steps {
            do throws(PluginFailure) {
                let program = try catalog.program(step.plugin, commands: spec.plugins)
                if let other = programs[program.name], other.command != program.command {
                    throw PluginFailure(plugin: program.name, .ambiguous(other.file, program.file))
                }
                programs[program.name] = program
            } catch {
                throw RunError.failed([StepFailure([step.id], error)])
            }
        }
    }
    var digests = DigestCache()
    defer { digests.save() }
    for program in programs.values.sorted(by: { $0.name < $1.name }) {
        do {
            let manifest = try await manifest(of: program)
            let files = try program.pinnedFiles.map {
                PluginLock.File(path: $0, sha256: try digests.sha256(ofFile: $0))
            }
            lock.pins.removeAll { $0.name == program.name }
            lock.pins.append(PluginLock.Pin(name: program.name, version: manifest.version, files: files))
        } catch let failure as PluginFailure {
            throw RunError.failed([StepFailure([], failure)])
        } catch let error as FileError {
            throw RunError.failed([
                StepFailure([], PluginFailure(plugin: program.name, .spawnFailed(error.description)))
            ])
        }
    }
    do throws(FileError) { try lock.write() } catch { throw RunError.output(cannotWrite(error)) }
    return path
}
