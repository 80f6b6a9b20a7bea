package import PluginRuntime
internal import ReviewModel
package import ReviewPipeline
package import SpecLoading

extension PluginBench {
    /// One review on this bench. Where a plugin failed that had served another review, or died, the review is made once more with
    /// new processes, so that what comes of it is what `run` would have made.
    package func review(_ loaded: LoadedSpec, _ options: RunOptions) async throws -> ReviewOutcome {
        var options = options
        options.bench = self
        let first: Result<ReviewOutcome, any Error>
        do { first = .success(try await ReviewPipeline.review(loaded, options: options)) } catch {
            first = .failure(error)
        }
        guard isWorthAnother(first), !Task.isCancelled else { return try first.get() }
        await clear()
        options.steps = nil
        return try await ReviewPipeline.review(loaded, options: options)
    }

    private func isWorthAnother(_ result: Result<ReviewOutcome, any Error>) -> Bool {
        let failures: [StepFailure]
        switch result {
        case .success(let outcome): failures = outcome.failures
        case .failure(RunError.failed(let found)): failures = found
        case .failure(RunError.invalid(let checked)): failures = checked.failures
        case .failure: return false
        }
        guard !failures.isEmpty, course.mayBeRepeated else { return false }
        return course.hadKept || failures.contains { $0.failure.isCrash }
    }
}

/// A review that was ended because its time was up.
struct TookTooLong: Error {
    var seconds: Int64

    var message: LocalizedText {
        LocalizedText(
            zh: "评审超过 \(seconds) 秒，已中止；可用 --deadline 放宽",
            en: "the review took longer than \(seconds) s and was ended; --deadline allows more"
        )
    }
}

/// Runs `body`, and cancels it when its time is up.
///
/// - Throws: ``TookTooLong``, and what `body` throws.
func within<Result: Sendable>(
    _ limit: Duration?,
    _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    guard let limit else { return try await body() }
    return try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: limit)
            return nil
        }
        defer { group.cancelAll() }
        guard let result = try await group.next() ?? nil else {
            throw TookTooLong(seconds: limit.components.seconds)
        }
        return result
    }
}
