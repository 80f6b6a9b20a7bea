import Glibc
import PreviewServer
import PreviewWire

/// As much of a browser as the tests need: one request over a connection of its own.
struct Browser {
    var port: Int
    var token = "t0ken"

    struct Answer {
        var status: Int
        var headers: [String: String]
        var body: String
    }

    /// - Parameter path: behind the token; with a slash in front, the whole of it.
    func get(_ path: String = "", method: String = "GET", _ fields: [String: String] = [:]) -> Answer? {
        var fields = fields
        if fields["Host"] == nil { fields["Host"] = "127.0.0.1:\(port)" }
        if fields["Connection"] == nil { fields["Connection"] = "close" }
        let target = path.hasPrefix("/") ? path : "/\(token)/\(path)"
        let lines =
            ["\(method) \(target) HTTP/1.1"] + fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        return send(lines.joined(separator: "\r\n") + "\r\n\r\n")
    }

    /// What is answered to these bytes, up to the end of the conversation.
    func send(_ text: String) -> Answer? {
        guard let line = Line(port: port) else { return nil }
        line.send(text)
        return Answer(line.rest())
    }
}

extension Browser.Answer {
    init?(_ text: String) {
        guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
        let lines = text[..<end.lowerBound].split(separator: "\r\n").map(String.init)
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count > 1, let status = Int(words[1]) else { return nil }
        let pairs = lines.dropFirst().compactMap { line -> (String, String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return (line[..<colon].lowercased(), String(line[line.index(after: colon)...].drop { $0 == " " }))
        }
        let headers = Dictionary(pairs) { "\($0), \($1)" }
        self.init(status: status, headers: headers, body: String(text[end.upperBound...]))
    }
}

/// A connection to a port of this machine.
final class Line {
    private let descriptor: Int32

    init?(port: Int) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr = in_addr(s_addr: in_addr_t(0x7F00_0001).bigEndian)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
        }
        guard status == 0 else { return nil }
    }

    deinit { close(descriptor) }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(descriptor, bytes, bytes.count)
    }

    /// Everything up to the end.
    func rest() -> String {
        var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        while case let count = Glibc.read(descriptor, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What comes until `text` has come, or the end.
    func read(to text: String) -> String {
        var (bytes, byte) = ([UInt8](), [UInt8](repeating: 0, count: 1))
        while !String(decoding: bytes, as: UTF8.self).hasSuffix(text), Glibc.read(descriptor, &byte, 1) == 1 {
            bytes += byte
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Runs `body` with a server that shows `pages`.
func withServer(_ pages: [ServedPage], _ body: (PreviewServer, Browser) async throws -> Void) async throws {
    let server = try await PreviewServer(token: "t0ken", port: 0)
    server.show(pages, version: 1)
    do { try await body(server, Browser(port: server.port)) } catch {
        await server.close()
        throw error
    }
    await server.close()
}
