internal import NIOHTTP1

/// Whether a request may be answered at all, whatever it asks for.
///
/// Pages of other sites that a browser shows can make it send requests here, and a name of theirs may come to lead here (DNS
/// rebinding). They cannot choose what the browser says of where the request comes from, nor the name that it was sent to.
enum RequestCheck {
    /// What it is refused with, if it is.
    static func refusal(_ head: HTTPRequestHead) -> HTTPResponseStatus? {
        let hosts = head.headers[canonicalForm: "host"]
        guard hosts.count == 1, isOurs(hosts[0]) else { return .misdirectedRequest }
        let origins = head.headers[canonicalForm: "origin"]
        guard origins.allSatisfy({ $0 == "http://" + hosts[0] }) else { return .forbidden }
        // A link that somebody follows comes from elsewhere, too; it must know the token.
        let isFollowed = head.headers[canonicalForm: "sec-fetch-dest"] == ["document"]
        let sites = head.headers[canonicalForm: "sec-fetch-site"]
        guard isFollowed || sites.allSatisfy({ $0 == "same-origin" || $0 == "none" }) else { return .forbidden }
        guard head.method == .GET || head.method == .HEAD else { return .methodNotAllowed }
        return nil
    }

    /// Whether a host as the address has it is this machine. The port may be another's, who passes it on (`ssh -L`).
    private static func isOurs(_ host: Substring) -> Bool {
        let name = host.lowercased()
        return ["127.0.0.1", "localhost"].contains { known in
            guard name.hasPrefix(known) else { return false }
            let rest = name.dropFirst(known.count)
            return rest.isEmpty || rest.first == ":" && rest.dropFirst().allSatisfy { ("0"..."9").contains($0) }
        }
    }
}

/// A path of an address with its percent signs resolved; `nil` where that gives no text, or one with a NUL.
func resolved(_ path: Substring) -> String? {
    var (bytes, rest) = ([UInt8](), Array(path.utf8)[...])
    while let byte = rest.popFirst() {
        guard byte == UInt8(ascii: "%") else {
            bytes.append(byte)
            continue
        }
        guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else { return nil }
        bytes.append(high << 4 | low)
    }
    return bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
}

private func digit(_ letter: UInt8) -> UInt8? { Character(UnicodeScalar(letter)).hexDigitValue.map { UInt8($0) } }
