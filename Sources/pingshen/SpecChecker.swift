internal import ArgumentParser
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

/// Checks one document after the other and remembers the worst that was found.
final class SpecChecker {
    private let reporter: Reporter
    private var options = RunOptions()
    private var worst: ExitCode?

    init(_ shared: SharedOptions) {
        reporter = Reporter(locale: Terminal.locale(shared.locale))
        options.locale = shared.locale
        options.observer = PluginReporter(isVerbose: shared.verbose)
    }

    func check(_ document: LoadedSpec, named name: String) async throws {
        let options = options
        do {
            let checked = try await interruptible { try await ReviewPipeline.validate(document, options: options) }
            reporter.list(checked)
            if checked.loaded.hasErrors {
                worst = worst ?? .invalidSpec
            } else if !checked.failures.isEmpty {
                worst = worst ?? .pluginFailed
            } else {
                Terminal.result(nothingWrong(name)(reporter.locale))
            }
        } catch let error as RunError {
            worst = reporter.report(error, isReview: false)
        }
    }

    /// Ends the command with the exit code that the worst document deserves.
    func finish() throws {
        if let worst { throw worst }
    }
}

// MARK: - Messages

private func nothingWrong(_ name: String) -> LocalizedText { LocalizedText(zh: "\(name)：没有错误", en: "\(name): ok") }
