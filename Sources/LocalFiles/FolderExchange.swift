internal import CLinux
internal import Glibc

extension FileSystem {
    /// Moves a folder to a place where there is nothing, or an empty folder.
    ///
    /// - Returns: `false` where there is something else; then nothing was moved.
    package static func moveFolder(_ folder: String, to place: String) throws(FileError) -> Bool {
        if Glibc.rename(folder, place) == 0 { return true }
        if errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR { return false }
        throw FileError(place)
    }

    /// Lets two folders change places, at once where the file system can (`renameat2`; all that Linux writes to at home can,
    /// some network file systems cannot). Elsewhere it takes three renames, and there is a moment at which nothing is in
    /// either place; who is killed in it leaves what was in `place` beside `folder`, under its name and `.earlier`.
    ///
    /// - Returns: `false` where one of them is not there, or somebody else was faster; then `folder` is where it was.
    package static func exchange(_ folder: String, _ place: String) throws(FileError) -> Bool {
        if pingshen_exchange(AT_FDCWD, folder, place) == 0 { return true }
        switch errno {
        case ENOENT: return false
        case EINVAL, ENOSYS: return try exchangeByThree(folder, place)
        default: throw FileError(place)
        }
    }

    /// How the name of what was in a place ends while it is exchanged by three renames.
    package static let earlierSuffix = ".earlier"

    static func exchangeByThree(_ folder: String, _ place: String) throws(FileError) -> Bool {
        let earlier = folder + earlierSuffix
        guard Glibc.rename(place, earlier) == 0 else {
            if errno == ENOENT { return false }
            throw FileError(place)
        }
        if Glibc.rename(folder, place) == 0 {
            // Who tidies up after hosts that were killed may have removed it, as the caller is about to.
            guard Glibc.rename(earlier, folder) == 0 || errno == ENOENT else { throw FileError(folder) }
            return true
        }
        let reason = FileError(place)
        if Glibc.rename(earlier, place) == 0 { throw reason }
        // Somebody else has filled the place meanwhile: what was there before has been replaced by that.
        remove(earlier)
        return false
    }
}
