internal import Dispatch
internal import Glibc
internal import JSONDocument
internal import PreviewServer
internal import PreviewWire
internal import Synchronization

/// Shows what its standard input says, a line each, and ends with it. Started by `pingshen preview`.
@main
enum PreviewProgram {
    static func main() async {
        guard isatty(STDIN_FILENO) == 0 else {
            write("pingshen-preview is a part of pingshen; run `pingshen preview SPEC`.\n".utf8, to: STDERR_FILENO)
            exit(64)
        }
        signal(SIGPIPE, SIG_IGN)
        let output = Mutex(())
        await obey(orders()) { answer in
            output.withLock { _ in write(JSONWriter.line(answer.value) + [UInt8(ascii: "\n")], to: STDOUT_FILENO) }
        }
    }

    /// The lines of standard input, read on a thread of their own, for reading waits.
    private static func orders() -> AsyncStream<PreviewOrder> {
        AsyncStream { continuation in
            DispatchQueue(label: "orders").async {
                while let line = readLine() {
                    guard let value = try? JSONReader.read(Array(line.utf8)), let order = PreviewOrder(value) else {
                        break
                    }
                    continuation.yield(order)
                }
                continuation.finish()
            }
        }
    }

    /// What nobody reads any more is not missed: the end of the input follows.
    private static func write(_ bytes: some Sequence<UInt8>, to descriptor: Int32) {
        let bytes = Array(bytes)
        _ = Glibc.write(descriptor, bytes, bytes.count)
    }
}
