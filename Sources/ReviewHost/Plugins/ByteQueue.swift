/// Lines on their way to one writer. Pushing never waits, so that whoever speaks is never held up by a slow reader.
struct ByteQueue: Sendable {
    let elements: AsyncStream<[UInt8]>
    private let input: AsyncStream<[UInt8]>.Continuation

    init() {
        (elements, input) = AsyncStream.makeStream(of: [UInt8].self)
    }

    func push(_ line: [UInt8]) { input.yield(line) }

    func finish() { input.finish() }

    func waitForFinish() async {
        for await _ in elements {}
    }
}
