import Glibc

func symlinkForTests(_ path: String, _ target: String) { _ = symlink(target, path) }

func chmodForTests(_ path: String, _ mode: UInt32) { _ = chmod(path, mode) }
