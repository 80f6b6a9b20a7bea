internal import Glibc

/// Reads a long part on a thread of its own, some pieces ahead of who asks, so that unpacking and reading it go on side by side.
final class ReadAhead {
    /// A part that is shorter is unpacked before a thread has begun.
    static let shortest = 4 << 20

    private let shared: Shared
    private var thread: pthread_t?
    /// The piece that is being handed over, and how much of it was.
    private var (piece, taken) = (nil as Piece?, 0)

    init(_ source: @escaping ByteFeed.Source) {
        shared = Shared(source)
        var thread = pthread_t()
        let status = pthread_create(
            &thread,
            nil,
            { context in
                if let context { Unmanaged<Shared>.fromOpaque(context).takeUnretainedValue().work() }
                return nil
            },
            Unmanaged.passUnretained(shared).toOpaque()
        )
        // No thread is to be had: then one after the other.
        if status == 0 { self.thread = thread }
    }

    deinit {
        shared.stop()
        if let thread { pthread_join(thread, nil) }
    }

    /// Fills the buffer as far as a piece has something.
    ///
    /// - Returns: how many bytes, 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(OfficeFileError) -> Int {
        guard thread != nil else { return try shared.source(buffer) }
        if taken == piece?.count ?? 0 {
            if let piece { shared.giveBack(piece) }
            (piece, taken) = (try shared.next(), 0)
        }
        guard let piece else { return 0 }
        let count = min(buffer.count, piece.count - taken)
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: piece.bytes[taken..<(taken + count)]))
        taken += count
        return count
    }

    /// Some bytes of the part; none at its end.
    private final class Piece {
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        var count = 0
        deinit { bytes.deallocate() }
    }

    /// What both threads see.
    private final class Shared {
        let source: ByteFeed.Source
        private let lock = ThreadLock()
        private let change = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
        private var free = [Piece(), Piece(), Piece()]
        private var full: [Piece] = []
        private var (isDone, isStopped) = (false, false)
        private var failure: OfficeFileError?

        init(_ source: @escaping ByteFeed.Source) {
            self.source = source
            pthread_cond_init(change, nil)
        }

        deinit {
            pthread_cond_destroy(change)
            change.deallocate()
        }

        func stop() {
            lock.locked {
                isStopped = true
                pthread_cond_broadcast(change)
            }
        }

        /// The thread's work: fills pieces as long as there are empty ones.
        func work() {
            while let piece = empty() {
                var failure: OfficeFileError?
                do throws(OfficeFileError) { piece.count = try source(piece.bytes) } catch { failure = error }
                lock.locked {
                    self.failure = failure
                    isDone = failure != nil || piece.count == 0
                    if !isDone { full.append(piece) }
                    pthread_cond_broadcast(change)
                }
            }
        }

        private func empty() -> Piece? {
            lock.locked {
                while free.isEmpty, !isStopped, !isDone { pthread_cond_wait(change, lock.mutex) }
                return isStopped || isDone ? nil : free.removeLast()
            }
        }

        /// The next piece; `nil` at the end.
        func next() throws(OfficeFileError) -> Piece? {
            let (piece, failure): (Piece?, OfficeFileError?) = lock.locked {
                while full.isEmpty, !isDone { pthread_cond_wait(change, lock.mutex) }
                return full.isEmpty ? (nil, self.failure) : (full.removeFirst(), nil)
            }
            if let failure { throw failure }
            return piece
        }

        func giveBack(_ piece: Piece) {
            lock.locked {
                free.append(piece)
                pthread_cond_broadcast(change)
            }
        }
    }
}

/// What one thread holds at a time.
final class ThreadLock {
    let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

    init() { pthread_mutex_init(mutex, nil) }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    func locked<Result>(_ body: () -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body()
    }
}
