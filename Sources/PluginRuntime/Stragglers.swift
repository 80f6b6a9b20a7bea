internal import Glibc
internal import LocalFiles

/// Kills what plugins have left behind in sessions of their own, where a signal to the plugin's group does not reach:
/// such a process still has the environment that the plugin was given, with its scratch folder under `scratch`.
///
/// A process that has also cleared its environment is not found. Docs/Decisions/0013 says why this is the limit.
func killStragglers(of scratch: String) {
    let mark = Array("TMPDIR=\(scratch)/".utf8)
    // One that is just starting another needs a second look, and one that is just being started shows nothing for a moment.
    var quiet = 0
    for _ in 0..<10 where quiet < 2 {
        if quiet == 1 { usleep(1000) }
        let found = FileSystem.names(in: "/proc").compactMap { Int32($0) }.filter { pid in
            // What the kernel lets a program start with is less than 8 MiB.
            let environment = FileSystem.readFromKernel("/proc/\(pid)/environ", atMost: 8 << 20)
            guard pid != getpid(), let environment else { return false }
            return environment.split(separator: 0).contains { $0.starts(with: mark) }
        }
        quiet = found.isEmpty ? quiet + 1 : 0
        for pid in found { _ = kill(pid, SIGKILL) }
    }
}
