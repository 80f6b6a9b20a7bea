public import PreviewWire

/// Does what the orders say until there are no more.
///
/// - Parameter answer: is called from several threads.
public func obey(
    _ orders: AsyncStream<PreviewOrder>,
    _ answer: @escaping @Sendable (PreviewAnswer) -> Void
) async {
    var orders = orders.makeAsyncIterator()
    guard case .open(let token, let port)? = await orders.next() else { return }
    let server: PreviewServer
    do { server = try await PreviewServer(token: token, port: port) { answer(.asked) } } catch {
        return answer(.failed(errno: systemError(error)))
    }
    answer(.listening(port: server.port))
    while let order = await orders.next() {
        switch order {
        case .open: break
        case .show(let version, let pages): server.show(pages, version: version)
        case .busy: server.tellBusy()
        }
    }
    await server.close()
}
