/// What a plugin in the sandbox may not ask the kernel, as a program for seccomp.
///
/// Namespaces hide processes, networks and folders, but not a Unix socket that lies in a folder that stays visible, not
/// the sockets of a virtual machine (vsock), and not the kernel's ways around a filter (io_uring). Calls that are refused
/// fail as they do on a kernel that does not know them, which programs are prepared for.
enum SystemCallFilter {
    /// The numbers of calls on one kind of processor.
    private struct Calls {
        /// As the kernel names the processor: AUDIT_ARCH.
        var architecture: UInt32
        var socket, socketpair, clone, unshare: UInt32
        /// Fail with EPERM.
        var forbidden: [UInt32]
        /// Fail with ENOSYS.
        var unknown: [UInt32]
        /// The first number of another numbering of the same calls; 0 where there is none.
        var otherNumbers: UInt32 = 0
    }

    #if arch(x86_64)
        private static let calls: Calls? = Calls(
            architecture: 0xC000_003E,
            socket: 41,
            socketpair: 53,
            clone: 56,
            unshare: 272,
            // setns, bpf, perf_event_open, userfaultfd
            forbidden: [308, 321, 298, 323],
            // clone3, io_uring_setup, shmget, msgget, semget, add_key, request_key, keyctl
            unknown: [435, 425, 29, 68, 64, 248, 249, 250],
            otherNumbers: 0x4000_0000
        )
    #elseif arch(arm64)
        private static let calls: Calls? = Calls(
            architecture: 0xC000_00B7,
            socket: 198,
            socketpair: 199,
            clone: 220,
            unshare: 97,
            forbidden: [268, 280, 241, 282],
            unknown: [435, 425, 194, 186, 190, 217, 218, 219]
        )
    #else
        private static let calls: Calls? = nil
    #endif

    /// The program, as bwrap reads it; `nil` for a processor whose calls are not known here.
    static var program: [UInt8]? { calls.map(program) }

    /// INET and INET6, which lead nowhere in an empty network, and NETLINK, by which programs ask for their addresses.
    private static let families: [UInt32] = [2, 10, 16]
    /// STREAM and SEQPACKET, which stay connected as they were made; a datagram socket could be connected to another name.
    private static let pairTypes: [UInt32] = [1, 5]
    private static let newUserNamespace: UInt32 = 0x1000_0000

    private static func program(_ calls: Calls) -> [UInt8] {
        var program = Program()
        program.load(.architecture)
        program.refuse(unlessEqual: calls.architecture, .notKnown)
        program.load(.number)
        if calls.otherNumbers > 0 { program.refuse(from: calls.otherNumbers, .notKnown) }
        for number in calls.unknown { program.refuse(number, .notKnown) }
        for number in calls.forbidden { program.refuse(number, .notPermitted) }
        for number in [calls.unshare, calls.clone] {
            program.when(number) { program in
                program.load(.firstArgument)
                program.refuse(withBits: newUserNamespace, .notPermitted)
            }
        }
        program.when(calls.socket) { program in
            program.load(.firstArgument)
            program.allow(families)
            program.end(.noSuchFamily)
        }
        program.when(calls.socketpair) { program in
            program.load(.secondArgument)
            // Less SOCK_CLOEXEC and SOCK_NONBLOCK.
            program.mask(0xF)
            program.allow(pairTypes)
            program.end(.noSuchFamily)
        }
        program.end(.allowed)
        return program.bytes
    }
}

/// Instructions of classic BPF, as `struct sock_filter`: code, two jumps, a number.
private struct Program {
    private(set) var bytes: [UInt8] = []

    /// Offsets into `struct seccomp_data`; of arguments the lower half, which is all that the kernel looks at for these.
    enum Field: UInt32 {
        case number = 0
        case architecture = 4
        case firstArgument = 16
        case secondArgument = 24
    }

    enum Answer: UInt32 {
        case allowed = 0x7FFF_0000
        /// EPERM
        case notPermitted = 0x0005_0001
        /// ENOSYS
        case notKnown = 0x0005_0026
        /// EAFNOSUPPORT
        case noSuchFamily = 0x0005_0061
    }

    private mutating func add(_ code: UInt16, _ yes: UInt8 = 0, _ no: UInt8 = 0, _ number: UInt32) {
        bytes += [UInt8(truncatingIfNeeded: code), UInt8(truncatingIfNeeded: code >> 8), yes, no]
        for shift in [0, 8, 16, 24] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    mutating func load(_ field: Field) { add(0x20, 0, 0, field.rawValue) }
    mutating func mask(_ bits: UInt32) { add(0x54, 0, 0, bits) }
    mutating func end(_ answer: Answer) { add(0x06, 0, 0, answer.rawValue) }

    mutating func refuse(_ number: UInt32, _ answer: Answer) {
        add(0x15, 0, 1, number)
        end(answer)
    }

    mutating func refuse(unlessEqual number: UInt32, _ answer: Answer) {
        add(0x15, 1, 0, number)
        end(answer)
    }

    mutating func refuse(from number: UInt32, _ answer: Answer) {
        add(0x35, 0, 1, number)
        end(answer)
    }

    /// Ends either way.
    mutating func refuse(withBits bits: UInt32, _ answer: Answer) {
        add(0x45, 0, 1, bits)
        end(answer)
        end(.allowed)
    }

    mutating func allow(_ values: [UInt32]) {
        for value in values {
            add(0x15, 0, 1, value)
            end(.allowed)
        }
    }

    /// What is done about one call; it has to end.
    mutating func when(_ number: UInt32, _ body: (inout Program) -> Void) {
        var inner = Program()
        body(&inner)
        add(0x15, 0, UInt8(inner.bytes.count / 8), number)
        bytes += inner.bytes
    }
}
