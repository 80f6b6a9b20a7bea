import Glibc

/// An empty folder of its own.
struct ScratchFolder {
    let path: String

    init?() {
        var template = Array("/tmp/pingshen-comments-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { return nil }
        path = String(cString: made)
    }

    func remove() {
        for name in ["d.docx", "d.reviewed.docx"] { unlink(path + "/" + name) }
        rmdir(path)
    }
}
