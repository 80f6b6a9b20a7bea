internal import LocalFiles
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import PreviewWire

/// Answers the requests of one connection.
final class RequestHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let shelf: PageShelf
    private var head: HTTPRequestHead?
    private var hasBody = false
    private var isListening = false
    private var isAnswering = false

    init(_ shelf: PageShelf) { self.shelf = shelf }

    func channelActive(context: ChannelHandlerContext) {
        if !shelf.enter() { context.close(promise: nil) }
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        shelf.leave(context.channel)
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): (self.head, hasBody) = (head, false)
        case .body: hasBody = true
        case .end:
            guard let head else { return }
            self.head = nil
            answer(head, context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is IdleStateHandler.IdleStateEvent else { return context.fireUserInboundEventTriggered(event) }
        if isListening {
            // Keeps the way open, and finds out whether anybody is still there.
            write(": here\n\n", context)
        } else if !isAnswering {
            context.close(promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    // MARK: Answers

    private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        if hasBody { return refuse(.badRequest, head, context) }
        if let refusal = RequestCheck.refusal(head) { return refuse(refusal, head, context) }
        let path = head.uri.prefix { $0 != "?" && $0 != "#" }
        guard path.first == "/" else { return refuse(.notFound, head, context) }
        let parts = path.dropFirst().split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let token = parts.first, shelf.isToken(token) else { return refuse(.notFound, head, context) }
        guard parts.count == 2 else {
            // So that what the page names lies beneath it.
            return finish(.permanentRedirect, ["location": "\(path)/"], [], head, context)
        }
        guard let name = resolved(parts[1]) else { return refuse(.notFound, head, context) }
        if name == "events" { return listen(head, context) }
        guard let page = shelf.page(name) else { return refuse(.notFound, head, context) }
        if name.isEmpty, head.method == .GET { shelf.noteAsked() }
        send(page, head, context)
    }

    private func send(_ page: ServedPage, _ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        switch page.content {
        case .text(let text): finish(.ok, headers(of: page), Array(text.utf8), head, context)
        case .file(let path):
            isAnswering = true
            let reading = NIOThreadPool.singleton.runIfActive(eventLoop: context.eventLoop) {
                try FileSystem.read(path, atMost: maximumBytes)
            }
            reading.assumeIsolated().whenComplete { [self] result in
                isAnswering = false
                switch result {
                case .success(let bytes): finish(.ok, headers(of: page), bytes, head, context)
                // A review that is just being replaced; browsers are told of the new one.
                case .failure: refuse(.notFound, head, context)
                }
            }
        }
    }

    private func listen(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        var headers = HTTPHeaders(common)
        headers.add(name: "content-type", value: "text/event-stream")
        isListening = head.method == .GET
        guard isListening else { return finish(.ok, [:], [], head, context) }
        let response = HTTPResponseHead(version: head.version, status: .ok, headers: headers)
        context.write(wrapOutboundOut(.head(response)), promise: nil)
        write(shelf.listen(context.channel), context)
    }

    private func write(_ text: String, _ context: ChannelHandlerContext) {
        let bytes = context.channel.allocator.buffer(string: text)
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(bytes))), promise: nil)
    }

    private func refuse(_ status: HTTPResponseStatus, _ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        var headers: KeyValuePairs<String, String> = ["content-type": "text/plain; charset=utf-8"]
        if status == .methodNotAllowed {
            headers = ["content-type": "text/plain; charset=utf-8", "allow": "GET, HEAD"]
        }
        finish(status, headers, Array("\(status.code) \(status.reasonPhrase)\n".utf8), head, context)
    }

    private func finish(
        _ status: HTTPResponseStatus,
        _ fields: KeyValuePairs<String, String>,
        _ bytes: [UInt8],
        _ head: HTTPRequestHead,
        _ context: ChannelHandlerContext
    ) {
        var headers = HTTPHeaders(common + fields.map { ($0.key, $0.value) })
        headers.add(name: "content-length", value: String(bytes.count))
        // Who asks for what is not there is not listened to any longer than needed.
        let isLast = !head.isKeepAlive || status.code >= 400
        if isLast { headers.add(name: "connection", value: "close") }
        let response = HTTPResponseHead(version: head.version, status: status, headers: headers)
        context.write(wrapOutboundOut(.head(response)), promise: nil)
        if head.method != .HEAD, !bytes.isEmpty {
            let body = context.channel.allocator.buffer(bytes: bytes)
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        }
        let written = context.writeAndFlush(wrapOutboundOut(.end(nil)))
        if isLast { written.assumeIsolated().whenComplete { _ in context.close(promise: nil) } }
    }
}

/// A report with scans in it; it is held in memory while it is sent.
private let maximumBytes = 256 << 20

/// What every answer says: nothing is kept, nothing is guessed, no other site may use it or hear of the address.
private let common: [(String, String)] = [
    ("cache-control", "no-store"), ("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"), ("cross-origin-opener-policy", "same-origin"),
]

private func headers(of page: ServedPage) -> KeyValuePairs<String, String> {
    ["content-type": page.mediaType, "content-security-policy": policy(page.trust)]
}

/// https://www.w3.org/TR/CSP3/
private func policy(_ trust: ServedPage.Trust) -> String {
    switch trust {
    case .own:
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    case .shown:
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; font-src data:; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'self'"
    }
}
