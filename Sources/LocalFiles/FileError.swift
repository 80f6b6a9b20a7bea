internal import Glibc
public import Groundwork

/// A file operation that failed: what is in the way, and where there is one, the next step.
public struct FileError: Error, Sendable, CustomStringConvertible {
    public var path: String
    /// Half a sentence, to stand after a colon: `it is a folder`.
    public var reason: LocalizedText
    public var help: LocalizedText?

    public var description: String { "\(path): \(reason.en)" }

    /// What is in the way and the next step, in one sentence.
    package var sentence: LocalizedText {
        LocalizedText(
            zh: "\(path)：\(reason.zh)" + (help.map { "；\($0.zh)" } ?? ""),
            en: "\(path): \(reason.en)" + (help.map { "; \($0.en)" } ?? "")
        )
    }

    package init(_ path: String, errno code: Int32 = errno) {
        self.init(path, reason: words(code), help: code == EMFILE ? moreDescriptors : nil)
    }

    /// Why a process or a thread could not be started.
    package init(starting name: String, errno code: Int32) {
        guard code == EAGAIN else {
            self.init(name, errno: code)
            return
        }
        self.init(
            name,
            reason: LocalizedText(zh: "系统不再允许新的进程或线程", en: "the system allows no more processes or threads"),
            help: LocalizedText(
                zh: "请提高上限（ulimit -u，ulimit -v），或结束别的程序",
                en: "allow more (ulimit -u, ulimit -v), or end other programs"
            )
        )
    }

    package init(_ path: String, reason: LocalizedText, help: LocalizedText? = nil) {
        (self.path, self.reason, self.help) = (path, reason, help)
    }
}

// MARK: - Messages

private let moreDescriptors = LocalizedText(
    zh: "请提高同时打开文件数的上限：ulimit -n 1024",
    en: "allow more at once: ulimit -n 1024"
)

/// What the system says, in the words of people who keep files in folders.
private func words(_ code: Int32) -> LocalizedText {
    let plain: [Int32: String] = [
        ELOOP: "it is a link, or leads elsewhere by one", EXDEV: "it leads out of the folder",
        EWOULDBLOCK: "another program holds it",
    ]
    let en = plain[code] ?? String(cString: strerror(code))
    let zh: [Int32: String] = [
        ENOENT: "没有这个文件", EACCES: "没有权限", EPERM: "没有权限", EISDIR: "这是文件夹", ENOTDIR: "路径中有一段不是文件夹",
        ENOSPC: "磁盘已满", EDQUOT: "超出磁盘配额", EROFS: "磁盘只读", ELOOP: "它是链接，或经由链接通到别处", EXDEV: "它通到文件夹之外",
        ENAMETOOLONG: "名称过长",
        EMFILE: "打开的文件过多", ENFILE: "系统打开的文件过多", EIO: "读写出错", EEXIST: "已经存在",
        ENOTEMPTY: "文件夹不是空的", EBUSY: "正被占用", EWOULDBLOCK: "正被另一程序占用",
    ]
    return LocalizedText(zh: zh[code] ?? en, en: en)
}

extension FileError {
    static func isFolder(_ path: String) -> FileError {
        FileError(
            path,
            reason: LocalizedText(zh: "这是文件夹，此处应为文件", en: "it is a folder, where a file is expected"),
            help: LocalizedText(zh: "请写文件夹中那个文件的路径", en: "name a file in it")
        )
    }

    static func isNoFile(_ path: String, _ kind: LocalizedText) -> FileError {
        FileError(
            path,
            reason: LocalizedText(
                zh: "这是\(kind.zh)，此处应为普通文件",
                en: "it is \(kind.en), where a regular file is expected"
            ),
            help: LocalizedText(
                zh: "请先把内容存为文件，再写那个文件的路径",
                en: "save what it gives in a file, and name that"
            )
        )
    }

    static func belongsToKernel(_ path: String) -> FileError {
        FileError(
            path,
            reason: LocalizedText(
                zh: "这是系统内核的文件（/proc、/sys 之类），此处应为磁盘上的普通文件",
                en: "it is one of the kernel's files (/proc, /sys and the like), where a file on a disk is expected"
            ),
            help: LocalizedText(
                zh: "请先把内容存为文件，再写那个文件的路径",
                en: "save what it gives in a file, and name that"
            )
        )
    }

    package static func isTooLarge(_ path: String, bytes: Int, limit: Int) -> FileError {
        FileError(
            path,
            reason: LocalizedText(
                zh: "文件有 \(bytes) 字节，此处最多 \(limit) 字节",
                en: "it has \(bytes) bytes, where at most \(limit) are expected"
            ),
            help: LocalizedText(
                zh: "请检查写的是不是这个文件；确需这么大，请拆成几个",
                en: "look whether this is the file that is meant; one that is needed at that size has to be split"
            )
        )
    }

    static func hasOtherNames(_ path: String) -> FileError {
        FileError(
            path,
            reason: LocalizedText(
                zh: "这个文件另有名称（硬链接），可能是别人的文件",
                en: "the file has another name elsewhere (a hard link) and may be somebody else's"
            ),
            help: LocalizedText(zh: "请复制文件，不要链接", en: "copy files instead of linking them")
        )
    }

    static func liesOutside(_ path: String) -> FileError {
        FileError(
            path,
            reason: LocalizedText(
                zh: "它是链接，或经由链接通到别处",
                en: "it is a link, or leads elsewhere by one"
            ),
            help: LocalizedText(zh: "请把文件本身放进文件夹", en: "put the file itself into the folder")
        )
    }

    static func isMounted(_ path: String) -> FileError {
        FileError(
            path,
            reason: LocalizedText(
                zh: "其上挂载了别的文件系统或文件夹，没有进入，也没有删除",
                en: "something is mounted there, which was neither entered nor removed"
            ),
            help: LocalizedText(
                zh: "请先卸载（umount），再删除该文件夹",
                en: "unmount it (umount), then remove the folder"
            )
        )
    }
}
