import Glibc
import JSONDocument
import PreviewWire
import Testing

@testable import LocalFiles
@testable import PreviewServer

@Suite("A preview's server")
struct PreviewServerTests {
    private static let page = ServedPage("", "text/html; charset=utf-8", .text("<p>预览</p>"), .own)

    private static func report(_ path: String) -> ServedPage {
        ServedPage("review/report.html", "text/html; charset=utf-8", .file(path), .shown)
    }

    @Test("shows what it is given, to who knows the token; all else is not there, and looks the same")
    func shows() async throws {
        try await withServer([Self.page]) { _, browser in
            #expect(browser.get()?.body == "<p>预览</p>")
            let head = browser.get(method: "HEAD")
            #expect(head?.status == 200 && head?.body == "" && head?.headers["content-length"] == "13")
            let nothing = browser.get("nothing")
            for path in [
                "/", "/t0ke/", "/t0kenn/", "/T0KEN/", "//t0ken/", "/t0ken/../t0ken/", "/t0ken/%2e%2e/", "/%2Ft0ken/",
                "/t0ken/review", "/t0ken/%00", "/t0ken/%zz", "/t0ken/%E9", "/etc/passwd", "/t0ken//etc/passwd",
            ] {
                let answer = browser.get(path)
                #expect(answer?.status == 404 && answer?.body == nothing?.body, "\(path)")
            }
        }
    }

    @Test("the token without a slash leads to the page")
    func slash() async throws {
        try await withServer([Self.page]) { _, browser in
            let answer = browser.get("/t0ken")
            #expect(answer?.status == 308 && answer?.headers["location"] == "/t0ken/")
            #expect(browser.get("?1")?.status == 200, "what follows a question mark says nothing")
        }
    }

    @Test("a file is read when it is asked for, by the name that it was given and no other")
    func files() async throws {
        let folder = try FileSystem.makeTemporaryFolder(prefix: "/tmp/pingshen-server-")
        defer { FileSystem.remove(folder) }
        let path = folder + "/report.html"
        try FileSystem.write(Array("one".utf8), to: path)
        try FileSystem.write(Array("secret".utf8), to: folder + "/other.html")
        let odd = ServedPage("review/报告 1%.html", "text/html; charset=utf-8", .file(path), .shown)
        try await withServer([Self.page, Self.report(path), odd]) { server, browser in
            #expect(browser.get("review/report.html?1")?.body == "one")
            #expect(browser.get("review/%E6%8A%A5%E5%91%8A%201%25.html")?.body == "one")
            #expect(browser.get("review/other.html")?.status == 404)
            #expect(browser.get("review/../review/report.html")?.status == 404)
            #expect(browser.get("review/")?.status == 404, "no list of a folder")
            try FileSystem.replace(path, with: Array("two".utf8))
            #expect(browser.get("review/report.html")?.body == "two")
            FileSystem.remove(path)
            #expect(browser.get("review/report.html")?.status == 404)
            server.show([Self.page], version: 2)
            #expect(
                browser.get("review/%E6%8A%A5%E5%91%8A%201%25.html")?.status == 404,
                "what is shown no more is gone"
            )
        }
    }

    @Test("a link in a file's place is followed as people expect, a pipe is not waited for")
    func pipes() async throws {
        let folder = try FileSystem.makeTemporaryFolder(prefix: "/tmp/pingshen-server-")
        defer { FileSystem.remove(folder) }
        mkfifo(folder + "/pipe", 0o600)
        try await withServer([Self.report(folder + "/pipe")]) { _, browser in
            #expect(browser.get("review/report.html")?.status == 404)
        }
    }

    @Test("a name of another site that leads here (DNS rebinding) gets nothing, not even with the token")
    func hosts() async throws {
        try await withServer([Self.page]) { _, browser in
            for host in ["127.0.0.1", "127.0.0.1:1", "localhost", "LOCALHOST:\(browser.port)"] {
                #expect(browser.get("", ["Host": host])?.status == 200, "\(host)")
            }
            for host in [
                "evil.example", "evil.example:\(browser.port)", "127.0.0.1.evil.example", "localhost.evil.example",
                "127.0.0.1:80@evil.example", "0.0.0.0", "",
            ] {
                #expect(browser.get("", ["Host": host])?.status == 421, "\(host)")
            }
            let none = browser.send("GET /t0ken/ HTTP/1.1\r\nConnection: close\r\n\r\n")
            #expect(none?.status == 421)
            let two = browser.send(
                "GET /t0ken/ HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
            )
            #expect(two?.status != 200)
        }
    }

    @Test("a page of another site cannot ask, embed or listen; a link to the page can be followed")
    func origins() async throws {
        try await withServer([Self.page]) { _, browser in
            let own = "http://127.0.0.1:\(browser.port)"
            #expect(browser.get("", ["Origin": own])?.status == 200)
            for origin in [
                "http://evil.example", "null", own + "0", "https://127.0.0.1:\(browser.port)", "http://localhost:1",
            ] {
                #expect(browser.get("", ["Origin": origin])?.status == 403, "\(origin)")
                #expect(browser.get("events", ["Origin": origin])?.status == 403, "\(origin)")
            }
            #expect(browser.get("", ["Sec-Fetch-Site": "same-origin"])?.status == 200)
            #expect(browser.get("", ["Sec-Fetch-Site": "none", "Sec-Fetch-Dest": "document"])?.status == 200)
            #expect(browser.get("", ["Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"])?.status == 200)
            for kind in ["script", "iframe", "image", "empty"] {
                let answer = browser.get("", ["Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": kind])
                #expect(answer?.status == 403, "\(kind)")
            }
        }
    }

    @Test(
        "nothing can be sent: other methods, and bodies, are refused",
        arguments: ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT"]
    )
    func methods(method: String) async throws {
        try await withServer([Self.page]) { _, browser in
            let answer = browser.get(method: method)
            #expect(answer?.status == 405 && answer?.headers["allow"] == "GET, HEAD")
            let body = browser.send(
                "GET /t0ken/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n\r\nab"
            )
            #expect(body?.status == 400)
        }
    }

    @Test("what is no request, or has no end, is refused, and the next is answered")
    func nonsense() async throws {
        try await withServer([Self.page]) { _, browser in
            let long = String(repeating: "a", count: 200_000)
            for text in [
                "GET\r\n\r\n", "\u{16}\u{3}\u{1}\r\n\r\n", "GET /\(long) HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nX: \(long)\r\n\r\n",
            ] {
                let answer = browser.send(text)
                #expect(answer == nil || answer?.status == 400 || answer?.status == 431, "\(text.prefix(20))")
            }
            #expect(browser.get()?.status == 200)
        }
    }

    @Test("every answer says that it is kept nowhere, is what it says, and tells no other site its address")
    func headers() async throws {
        try await withServer([Self.page]) { _, browser in
            for answer in [browser.get(), browser.get("nothing"), browser.get(method: "POST")] {
                #expect(answer?.headers["cache-control"] == "no-store")
                #expect(answer?.headers["x-content-type-options"] == "nosniff")
                #expect(answer?.headers["referrer-policy"] == "no-referrer")
                #expect(answer?.headers["cross-origin-resource-policy"] == "same-origin")
            }
        }
    }

    @Test("no script of a report runs, nothing is fetched for it, and nobody else frames the page")
    func policies() async throws {
        let folder = try FileSystem.makeTemporaryFolder(prefix: "/tmp/pingshen-server-")
        defer { FileSystem.remove(folder) }
        try FileSystem.write([], to: folder + "/report.html")
        try await withServer([Self.page, Self.report(folder + "/report.html")]) { _, browser in
            let own = browser.get()?.headers["content-security-policy"] ?? ""
            #expect(own.contains("default-src 'none'") && own.contains("script-src 'self'"))
            #expect(own.contains("frame-ancestors 'none'") && !own.contains("unsafe"))
            let shown = browser.get("review/report.html")?.headers["content-security-policy"] ?? ""
            #expect(shown.contains("default-src 'none'") && !shown.contains("script-src"))
            #expect(shown.contains("frame-ancestors 'self'") && shown.contains("form-action 'none'"))
        }
    }

    @Test("who listens hears the version at once, then of each new one, and of one that is on its way")
    func events() async throws {
        try await withServer([Self.page]) { server, browser in
            let line = try #require(Line(port: browser.port))
            line.send("GET /t0ken/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
            let first = line.read(to: "event: version\ndata: 1\n\n")
            #expect(first.contains("content-type: text/event-stream") && first.contains("retry: "))
            server.tellBusy()
            #expect(line.read(to: "\n\n").contains("event: busy"))
            let late = try #require(Line(port: browser.port))
            late.send("GET /t0ken/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
            #expect(late.read(to: "event: busy\ndata: 1\n\n").contains("data: 1"))
            server.show([Self.page], version: 2)
            #expect(line.read(to: "\n\n").contains("data: 2") && late.read(to: "\n\n").contains("data: 2"))
            await server.close()
            _ = line.rest()
            // The kernel closes a port in its own time.
            var isOpen = true
            for _ in 0..<500 where isOpen {
                isOpen = Line(port: browser.port) != nil
                if isOpen { try await Task.sleep(for: .milliseconds(10)) }
            }
            #expect(!isOpen, "the end of the server is that of all")
        }
    }

    @Test("more connections than anybody needs are turned away, and it answers again when they are gone")
    func connections() async throws {
        try await withServer([Self.page]) { _, browser in
            var lines: [Line] = []
            for _ in 0..<PageShelf.maximumConnections {
                let line = try #require(Line(port: browser.port))
                line.send("GET /t0ken/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
                _ = line.read(to: "data: 1\n\n")
                lines.append(line)
            }
            #expect(browser.get() == nil)
            lines = []
            // The kernel tells of their end in its own time.
            while browser.get() == nil { await Task.yield() }
        }
    }

    @Test("the token is compared to its end, whatever is given")
    func token() {
        let shelf = PageShelf(token: "abc") {}
        #expect(shelf.isToken("abc"))
        for text in ["", "a", "ab", "abd", "abcd", "ABC", "abc\u{301}"] { #expect(!shelf.isToken(Substring(text))) }
    }

    @Test("does what the lines say, and ends with them")
    func orders() async throws {
        let (orders, input) = AsyncStream.makeStream(of: PreviewOrder.self)
        let answers = Answers()
        let server = Task { await obey(orders) { answers.add($0) } }
        input.yield(.open(token: "t0ken", port: 0))
        input.yield(.show(version: 7, pages: [Self.page]))
        input.yield(.busy)
        while answers.all.isEmpty { await Task.yield() }
        guard case .listening(let port)? = answers.all.first else { return #expect(Bool(false), "\(answers.all)") }
        while Browser(port: port).get()?.body != "<p>预览</p>" { await Task.yield() }
        #expect(answers.all.last == .asked)
        input.finish()
        await server.value
        #expect(Browser(port: port).get() == nil)
    }

    @Test("orders and answers come back as they were sent; what is none is none")
    func lines() {
        let file = ServedPage("review/a.html", "text/html", .file("/tmp/a.html"), .shown)
        for order in [PreviewOrder.open(token: "t", port: 1), .show(version: 2, pages: [Self.page, file]), .busy] {
            #expect(PreviewOrder(order.value) == order)
        }
        for answer in [PreviewAnswer.listening(port: 1), .failed(errno: 98), .asked] {
            #expect(PreviewAnswer(answer.value) == answer)
        }
        #expect(PreviewOrder([:]) == nil && PreviewAnswer([:]) == nil)
        #expect(PreviewOrder(["show": ["version": 1, "pages": [["path": ""]]]]) == nil, "none of its pages is lost")
    }

    @Test("a port that somebody has is told by the system's number")
    func takenPort() async throws {
        try await withServer([Self.page]) { server, _ in
            let (orders, input) = AsyncStream.makeStream(of: PreviewOrder.self)
            let answers = Answers()
            input.yield(.open(token: "t", port: server.port))
            await obey(orders) { answers.add($0) }
            #expect(answers.all == [.failed(errno: EADDRINUSE)])
        }
    }
}
