import Glibc

/// One input for libFuzzer; returns 0.
public typealias FuzzInput = @convention(c) (_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt

/// Hands the command line and `input` to libFuzzer, whose own `main` a Swift package cannot use.
public func fuzz(_ input: FuzzInput) -> Never {
    // Looked up by name, for only Scripts/fuzz links the library.
    typealias Driver =
        @convention(c) (
            UnsafeMutablePointer<CInt>, UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
            FuzzInput
        ) -> CInt
    guard let symbol = dlsym(nil, "LLVMFuzzerRunDriver") else {
        print("build this with Scripts/fuzz")
        exit(64)
    }
    var (count, arguments) = (CommandLine.argc, CommandLine.unsafeArgv)
    exit(unsafeBitCast(symbol, to: Driver.self)(&count, &arguments, input))
}
