internal import PluginWire
public import ReviewModel

/// A value as JSON for a file: indented, keys sorted, decimals as text, a line feed at the end.
public func jsonText(_ value: Value) -> String {
    String(decoding: JSONWriter.document(value), as: UTF8.self)
}
