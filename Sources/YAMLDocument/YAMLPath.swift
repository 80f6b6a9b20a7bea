/// A JSON Pointer as RFC 6901 writes it: `/dossier/tables/lines/3/amount`, with `~1` for "/" and `~0` for "~".
public typealias JSONPointerString = String

/// The way from the root of a document to a value.
///
/// ```swift
/// path.description  // "dossier.tables.lines[3].amount"
/// path.jsonPointer  // "/dossier/tables/lines/3/amount"
/// ```
public struct YAMLPath: Sendable, Hashable, CustomStringConvertible {
    /// One step down.
    public enum Component: Sendable, Hashable {
        /// Into a mapping.
        case key(String)
        /// Into a sequence, counted from 0.
        case index(Int)
    }

    /// The steps, from the root down.
    public var components: [Component]

    /// A path of the given steps.
    public init(_ components: [Component] = []) {
        self.components = components
    }

    /// The path of the whole document.
    public static let root = YAMLPath()

    /// The path one step further down.
    public func appending(_ component: Component) -> YAMLPath {
        YAMLPath(components + [component])
    }

    /// Keys joined by dots and indices in brackets; a key with other than letters, digits, "-" and "_" is quoted. The
    /// root is the empty string.
    public var description: String {
        var result = ""
        for component in components {
            switch component {
            case .index(let index): result += "[\(index)]"
            case .key(let key) where key.isWord: result += result.isEmpty ? key : "." + key
            case .key(let key): result += "[\(quoted(key))]"
            }
        }
        return result
    }

    /// The path as a JSON Pointer; the root is the empty string.
    public var jsonPointer: JSONPointerString {
        var result = ""
        for component in components {
            result += "/"
            switch component {
            case .index(let index): result += String(index)
            case .key(let key):
                for scalar in key.unicodeScalars {
                    switch scalar {
                    case "~": result += "~0"
                    case "/": result += "~1"
                    default: result.unicodeScalars.append(scalar)
                    }
                }
            }
        }
        return result
    }
}

extension String {
    fileprivate var isWord: Bool {
        !isEmpty
            && unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0 == "-" || $0 == "_" || $0.isASCIIDigit }
    }
}

extension Unicode.Scalar {
    var isASCIIDigit: Bool { (0x30...0x39).contains(value) }
}
