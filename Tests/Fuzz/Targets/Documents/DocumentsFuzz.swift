import FuzzProperties

/// Gives libFuzzer what to call; see Scripts/fuzz.
@main
struct Fuzz {
    static func main() {
        fuzz { bytes, count in
            let bytes = Array(UnsafeBufferPointer(start: bytes, count: count))
            if let broken = Property.documents(bytes) { preconditionFailure(broken) }
            return 0
        }
    }
}
