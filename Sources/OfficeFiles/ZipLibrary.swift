internal import CLibZip

/// libzip works out what a source must be able to do at its first call and keeps it in two variables, one after the other and
/// without a lock. Two first calls at the same moment: one may see the first and not yet the second, take its archive for one that can
/// only be read, and fail. So the first call is made alone.
enum ZipLibrary {
    /// Has made the first call. To be asked for before anything is opened.
    static let isReady: Bool = {
        guard let source = zip_source_buffer_create(nil, 0, 0, nil) else { return false }
        guard let archive = zip_open_from_source(source, ZIP_TRUNCATE, nil) else {
            zip_source_free(source)
            return false
        }
        zip_discard(archive)
        return true
    }()
}
