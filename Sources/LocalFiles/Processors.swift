internal import CLinux

/// The processors of this machine.
package enum Processors {
    /// As many as this process may run on; at least one.
    package static var count: Int { max(1, Int(get_nprocs())) }
}
